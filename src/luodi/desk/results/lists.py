"""The rows of the lists of results as files: the same readers and filters as their pages."""

from collections.abc import Iterator

from luodi.accounts.gate import SignedIn
from luodi.desk.charting import answers
from luodi.desk.results import telling
from luodi.desk.results.asking import asked, month_asked, today_of
from luodi.desk.results.lag_views import sift
from luodi.domain.indicators.published import clock as the_clock
from luodi.domain.indicators.sizes import sizes as size_rules
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.indicators import batched, clocking, enrolled, lagging, tabling
from luodi.indicators.sizing import YI, size_table
from luodi.projects.readers import ROLES

PAGE = 500
PROJECT, ZONE = Shown(Text("项目", "Project"), 44), Shown(Text("开发区", "Zone"), 30)
SAMPLE = Shown(Text("示例", "Sample"), 8)
FIGURES = (
    Shown(Text("指标", "Indicator"), 34), Shown(Text("单位", "Unit"), 12), Shown(Text("口径", "Measure"), 12),
    Shown(Text("月份", "Month"), 10), Shown(Text("本月数", "Figure"), 12), Shown(Text("当月", "Month alone"), 12),
    Shown(Text("比上月", "Since last month"), 12), Shown(Text("比上年同期", "Since last year"), 12),
    Shown(Text("年度目标", "Yearly target"), 12), Shown(Text("序时进度（%）", "Pace (%)"), 12),
    Shown(Text("亮灯", "Light"), 18), SAMPLE,
)  # fmt: skip
CLOCK = (
    PROJECT, ZONE, Shown(Text("起点事件", "Start event"), 14), Shown(Text("起点日期", "Start"), 12),
    Shown(Text("终点事件", "End event"), 14), Shown(Text("终点日期", "End"), 12), Shown(Text("天数", "Days"), 8),
    Shown(Text("单位", "Unit"), 10), Shown(Text("来源", "Source"), 22), SAMPLE,
)  # fmt: skip
LAGS = (
    PROJECT, ZONE, Shown(Text("滞后环节", "Waits"), 18), Shown(Text("自", "Since"), 12), Shown(Text("天数", "Days"), 8),
    Shown(Text("超出", "Over"), 8), Shown(Text("在办事项", "Open matter"), 28), Shown(Text("在谁手里", "Who holds it"), 28),
    Shown(Text("下一步", "Next act"), 36), Shown(Text("现任负责人", "Owner today"), 14),
    Shown(Text("无人负责（天）", "Days without owner"), 12), SAMPLE,
)  # fmt: skip
BATCHES = (
    Shown(Text("批次", "Round"), 24), Shown(Text("日期", "Day"), 12), Shown(Text("类别", "Class"), 8), PROJECT, ZONE,
    Shown(Text("总投资（亿元）", "Investment (亿元)"), 12), Shown(Text("签约", "Signed"), 12),
    Shown(Text("开工", "Started"), 12), Shown(Text("投产", "Producing"), 12),
    Shown(Text("预期年产值（亿元）", "Expected output (亿元)"), 12),
    Shown(Text("实际年产值（亿元）", "Actual output (亿元)"), 12), Shown(Text("凭证", "Evidence"), 30), SAMPLE,
)  # fmt: skip
ENROLMENT = (
    PROJECT, ZONE, Shown(Text("总投资（万元）", "Investment (万元)"), 14), Shown(Text("开工", "Started"), 12),
    Shown(Text("开工至今（日历日）", "Calendar days since start"), 12), Shown(Text("缺的材料", "Missing papers"), 50), SAMPLE,
)  # fmt: skip
FIRMS = (
    Shown(Text("企业", "Firm"), 34), Shown(Text("统一社会信用代码", "Social credit code"), 22), ZONE,
    Shown(Text("营业收入（万元）", "Revenue (万元)"), 12), Shown(Text("年度", "Year"), 8),
    Shown(Text("状态", "Standing"), 18), Shown(Text("入统日期", "Enrolled"), 12), Shown(Text("缺的材料", "Missing papers"), 50),
    Shown(Text("奖励（元）", "Reward (yuan)"), 12), SAMPLE,
)  # fmt: skip
SIZES = (
    Shown(Text("分档（亿元）", "Class (亿元)"), 16), PROJECT, ZONE, Shown(Text("总投资（亿元）", "Total (亿元)"), 14),
    Shown(Text("本年完成（亿元）", "Done (亿元)"), 14), SAMPLE,
)  # fmt: skip


def figures(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The monthly table of `/results/`."""
    where = asked(request, "dimension")
    month = month_asked(request, where.tops)
    dimension = where.parameters.get("dimension", "")
    for one in tabling.table(where.tops, month, today_of(request), request.as_of):
        rule = one.indicator
        if dimension and rule.dimension != dimension:
            continue
        yield (
            rule.name, rule.unit, telling.MEASURES[rule.measure], str(month), one.now, one.month,
            one.monthly.by if one.monthly else None, one.yearly.by if one.yearly else None, one.target,
            one.pace.ratio if one.pace else None, telling.LIGHTS[one.pace.light] if one.pace else None, _tick(one.sample),
        )  # fmt: skip


def clock(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The durations of `/results/clock/`, each with both events, its unit and its source."""
    where, rules = asked(request, "span", "year"), the_clock()
    span = rules.spans.get(where.parameters.get("span", ""), next(iter(rules.spans.values())))
    for one in clocking.timed(where.within, span, today_of(request), request.as_of):
        stretch, year = one.stretch, where.parameters.get("year", "")
        if year and (stretch.end is None or str(stretch.end.year) != year):
            continue
        yield (
            one.project.name, where.names.get(one.project.zone), telling.event(stretch.start_event), stretch.start,
            telling.event(stretch.end_event), stretch.end, stretch.days, telling.UNITS[stretch.unit],
            telling.source(stretch), _tick(one.project.sample),
        )  # fmt: skip


def lags(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The projects of `/results/lags/`."""
    where, today, matters = asked(request, "wait", "show"), today_of(request), answers.catalogue().matters
    rows = sift(where, lagging.waiting(where.within, today, request.as_of))
    for begin in range(0, len(rows), PAGE):
        for one in lagging.told(rows[begin : begin + PAGE], today, request.as_of):
            held = one.holding
            yield (
                one.project.name, where.names.get(one.project.zone), one.lag.wait.name, one.lag.since, one.lag.days,
                one.lag.over or None, (matters[held.matter].name if held.matter in matters else held.matter) if held else None,
                held.organisation if held else None, one.lag.wait.act, ROLES[one.owners[0].role] if one.owners else None,
                one.unowned or None, _tick(one.project.sample),
            )  # fmt: skip


def batches(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The projects in rounds, all or of one (`batch`), of one class (`group`)."""
    where, today = asked(request, "group", "batch"), today_of(request)
    number = where.parameters.get("batch", "")
    batch = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    classes = telling.batches().classes
    group = where.parameters.get("group", "")
    for one in batched.rows(where.within, today, batch=batch, group=group, as_of=request.as_of):
        yield (
            one.batch_name, one.on, classes[one.group].name, one.project.name, where.names.get(one.project.zone),
            round(one.project.invested / YI, 4) if one.project.invested is not None else None,
            *(one.day(event, today) for event in ("signed", "construction_start", "production")), one.expected, one.actual,
            one.evidence, _tick(one.project.sample),
        )  # fmt: skip


def enrolment(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The investment projects of `/results/enrolment/`."""
    where = asked(request)
    for one in enrolled.candidates(where.within, today_of(request), request.as_of):
        yield (
            one.project.name, where.names.get(one.project.zone), one.invested, one.started, one.waited,
            _together([paper.paper.name for paper in one.missing]), _tick(one.project.sample),
        )  # fmt: skip


def firms(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The firms of `/results/enrolment/`."""
    where = asked(request)
    for one in enrolled.firms(where.within, today_of(request), request.as_of):
        yield (
            one.name, one.uscc, where.names.get(one.zone), one.revenue, one.year, enrolled.STATES[one.state], one.enrolled,
            _together([paper.paper.name for paper in one.missing]), one.reward.together if one.enrolled else None,
            _tick(one.sample),
        )  # fmt: skip


def sizes(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The projects of `/results/sizes/`, with their class."""
    where = asked(request, "size")
    month, wanted = month_asked(request, where.tops), where.parameters.get("size", "")
    for one in size_table(where.tops, month, today_of(request), request.as_of).projects:
        size = next((size for size in size_rules().classes if one.total in size), None)
        if wanted and (size is None or size.id != wanted):
            continue
        yield (
            size.name if size else None, one.project.name, where.names.get(one.project.zone), one.total, one.done,
            _tick(one.sample),
        )  # fmt: skip


def _tick(yes: bool) -> str | None:
    return "✓" if yes else None


def _together(names: list[Text]) -> Text | None:
    return Text("、".join(one.zh for one in names), ", ".join(one.en for one in names)) if names else None
