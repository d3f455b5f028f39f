"""The rows of lists of what is kept: handbook, working days, powers, zones, notices, documents, ledgers, sessions."""

from collections.abc import Iterator

from django.utils import timezone

from luodi.accounts import readers as accounts
from luodi.accounts.gate import SignedIn
from luodi.accounts.offices import offices
from luodi.desk.casework import views as case_views
from luodi.desk.charting import answers, words
from luodi.desk.doors import national_views, sheet_views
from luodi.desk.tongue import language
from luodi.desk.workdays import months, views
from luodi.domain.documents.kinds import rules as paper_rules
from luodi.domain.vocabulary import Text
from luodi.exchange.national.answers import read_back
from luodi.exchange.national.standard import standard
from luodi.exchange.sheets import ledgers
from luodi.exchange.sheets import readers as sheets
from luodi.exchange.sheets.export import Shown
from luodi.notices import readers as notices
from luodi.papers import readers as papers
from luodi.workcalendar import readers as calendars
from luodi.zones import readers as zones
from luodi.zones.registry import registry

SIZE = 500
CONFIDENCE = {
    "verified": Text("已核实", "verified"), "article": Text("见于文章", "named in an article"),
    "unverified": Text("未核实", "unverified"),
}  # fmt: skip
STANDING = {
    "holds": Text("有效", "holds"), "replaced": Text("已被替换", "replaced"), "revoked": Text("已作废", "revoked"),
}  # fmt: skip

MATTERS = (
    Shown(Text("事项", "Matter"), 36), Shown(Text("编号", "Identifier"), 26), Shown(Text("阶段", "Stage"), 18),
    Shown(Text("承办单位", "Unit"), 26), Shown(Text("种类", "Kind"), 14), Shown(Text("适用情形", "Applies when"), 44),
    Shown(Text("期限", "Limit"), 20), Shown(Text("依据", "Rests on"), 12), Shown(Text("来源", "Source"), 50),
)  # fmt: skip
DAYS = (
    Shown(Text("日期", "Day"), 12), Shown(Text("是", "Is"), 14), Shown(Text("节日", "Holiday"), 16),
    Shown(Text("推算", "Projected"), 10),
)  # fmt: skip
POWERS = (
    Shown(Text("事项", "Matter"), 34), Shown(Text("单位", "Organisation"), 30), Shown(Text("类别", "Category"), 18),
    Shown(Text("起", "From"), 12), Shown(Text("止", "Until"), 12), Shown(Text("依据文件", "Document"), 44),
    Shown(Text("示例", "Sample"), 8),
)  # fmt: skip
ZONES = (
    Shown(Text("开发区", "Zone"), 36), Shown(Text("类型", "Type"), 14), Shown(Text("所在市", "City"), 12),
    Shown(Text("级别", "Level"), 12), Shown(Text("核实情况", "Confidence"), 14), Shown(Text("来源", "Source"), 50),
)  # fmt: skip
UNITS = (
    Shown(Text("单位", "Organisation"), 36), Shown(Text("种类", "Kind"), 16), Shown(Text("开发区", "Zone"), 16),
    Shown(Text("编码", "Code"), 20), Shown(Text("起", "Since"), 12), Shown(Text("止", "Until"), 12),
    Shown(Text("示例", "Sample"), 8),
)  # fmt: skip
NOTICES = (
    Shown(Text("内容", "What"), 70), Shown(Text("项目", "Project"), 20), Shown(Text("时间", "When"), 17),
    Shown(Text("紧急", "Urgent"), 8), Shown(Text("已读", "Read"), 8),
)  # fmt: skip
PAPERS = (
    Shown(Text("文书", "Document"), 24), Shown(Text("文号", "Number"), 34), Shown(Text("单位", "Organisation"), 28),
    Shown(Text("印发时间", "Issued"), 17), Shown(Text("经办", "By"), 30), Shown(Text("校验码", "Check code"), 18),
    Shown(Text("状态", "Standing"), 12), Shown(Text("原因", "Reason"), 30),
)  # fmt: skip
IMPORTS = (
    Shown(Text("文件", "File"), 30), Shown(Text("台账种类", "Kind of ledger"), 16), Shown(Text("状态", "State"), 16),
    Shown(Text("新增", "New"), 8), Shown(Text("更改", "Changed"), 8), Shown(Text("无变化", "Already so"), 8),
    Shown(Text("需修改", "To mend"), 8), Shown(Text("经办", "By"), 34), Shown(Text("时间", "When"), 17),
)  # fmt: skip
FAILED = (
    Shown(Text("数据表", "Table"), 24), Shown(Text("主键", "Key"), 30), Shown(Text("关于", "About"), 24),
    Shown(Text("失败原因", "Why, in their words"), 50), Shown(Text("写入时间", "Written"), 17),
)  # fmt: skip
SESSIONS = (
    Shown(Text("姓名", "Name"), 14), Shown(Text("账号", "User name"), 20), Shown(Text("登录时间", "Since"), 17),
    Shown(Text("地址", "Address"), 18), Shown(Text("浏览器", "Browser"), 50),
)  # fmt: skip


def matters(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The matters of the handbook, by stage."""
    rules = answers.catalogue()
    for one in sorted(rules.matters.values(), key=lambda matter: matter.stage):
        first = next(iter(one.limits), None)
        yield (
            one.name, one.id, rules.stages[one.stage], rules.units.get(one.unit), words.MODES.get(one.mode, one.mode),
            one.because if one.applies else None, words.size(first, language()) if first else None,
            words.BASES[first.confidence if first else one.confidence], str(first.source) if first and first.source else None,
        )  # fmt: skip


def days(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The days of a year (`year`) that are not as their weekday says: holidays, and weekend days worked."""
    known = calendars.in_force()
    year = views.year_of(request.GET.get("year", ""), known, timezone.localdate(request.now))
    for month in months.months(known, year):
        for one in (day for week in month.weeks for day in week if day and day.kind in ("holiday", "makeup")):
            yield one.date, months.KINDS[one.kind], one.name, "✓" if one.date > known.published else None


def powers(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The delegated powers of `/zones/powers/`."""
    on, reach = timezone.localdate(request.as_of or request.now), request.acting.reach
    wanted, named = request.GET.get("organisation", ""), answers.catalogue().matters
    chosen = next((one.id for one in accounts.organisations(zones=reach, on=on) if one.code == wanted), None)
    for row in zones.powers(zones=reach, organisation=chosen, on=on):
        matter = named[row.matter].name if row.matter in named else row.matter
        yield matter, row.name, row.category, row.starts, row.ends, row.document, "✓" if row.sample else None


def registered(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The registry of zones of `/zones/`."""
    kinds, levels = registry().kinds, registry().levels
    for row in zones.zones(timezone.localdate(request.as_of or request.now)):
        yield row.name, kinds.get(row.kind), row.city, levels.get(row.level), CONFIDENCE[row.confidence], row.source


def units(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The organisations of `/people/organisations/`."""
    kinds = offices().organisations
    for row in accounts.organisations(zones=request.acting.reach):
        yield (
            row.name,
            kinds.get(row.kind, row.kind),
            row.zone,
            row.code,
            row.starts,
            row.ends,
            "✓" if row.sample else None,
        )


def told(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """One's own notices, all or the unread."""
    person, only, after = request.acting.person, request.GET.get("show") == "unread", None
    while True:
        page = notices.listed(person, only_unread=only, after=after, limit=SIZE)
        for row in page.rows:
            yield row.words, row.project, row.at, "✓" if row.urgent else None, "✓" if row.read else None
        if page.after is None:
            return
        after = page.after


def issued(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The documents of one case (`number`), for whoever may see the case.  Raises 404 as its page does."""
    number, kinds = request.GET.get("number", ""), paper_rules().kinds
    case_views.found(request, number)
    for row in papers.of_case(number):
        at, standing = row.issued_at, STANDING[row.standing]
        yield kinds[row.kind].name, row.number, row.organisation_name, at, row.who, row.code, standing, row.reason


def imports(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The ledgers that were handed in, as `/sheets/` lists them."""
    before, post, within = None, request.acting.post, sheet_views.zones_of(request.acting)
    while rows := sheets.imports(post=post, zones=within, before=before, limit=SIZE):
        for row in rows:
            kind = ledgers.ledger(row.kind).name
            yield row.name, kind, row.state_name, row.new, row.changed, row.same, row.refused, row.who, row.at
        before = rows[-1].id


def failed(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The rows the national side refused, as `/exchange/national/` lists them.  Raises `Refusal` where none was set up."""
    url, after = national_views.staging(), 0
    while True:
        read = read_back(url, standard(), zones=request.acting.reach, after=after, limit=SIZE)
        for row in read.failed:
            yield row.title, row.key, row.about, row.reason, row.at
        if read.more is None:
            return
        after = read.more


def sessions(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The sessions that are open, as `/security/` lists them."""
    for row in accounts.sessions(limit=100_000):
        yield row.name, row.username, row.since, row.ip, row.browser
