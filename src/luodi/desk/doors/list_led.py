"""The rows of lists of what is led and stopped: halts, orders, visits, requests, campaigns, and what a project still needs."""

from collections.abc import Iterator

from django.utils import timezone

from luodi.accounts.gate import SignedIn
from luodi.cases.readers import board as boards
from luodi.cases.readers import halted
from luodi.desk.casework import board_views
from luodi.desk.charting import answers
from luodi.desk.reach import reach
from luodi.desk.views import found
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.supervision import readers
from luodi.supervision.kinds import REQUESTS

SIZE = 500
ALL = 100_000
"""Rows of one file at most where a reader gives no cursor: far beyond what a zone orders, visits or is asked for."""

STEPS = Text("步骤", "Steps")
SOLVED = Text("解决", "Solution")
HALTS = (
    Shown(Text("情形", "What was found"), 20), Shown(Text("项目", "Project"), 40), Shown(Text("发现情况", "Details"), 46),
    Shown(Text("发现时间", "Found"), 17), Shown(Text("已走", "Taken"), 8, STEPS), Shown(Text("下一步", "Next"), 18, STEPS),
    Shown(Text("期限", "By"), 12, STEPS), Shown(Text("超期（日历日）", "Late (calendar days)"), 10, STEPS),
    Shown(Text("复工", "Resumed"), 17, STEPS), Shown(Text("冻结事项", "Waiting matters"), 10),
)  # fmt: skip
ORDERS = (
    Shown(Text("议定事项", "Decision"), 50), Shown(Text("会议", "Meeting"), 24), Shown(Text("交办人", "Given by"), 12),
    Shown(Text("项目", "Project"), 36), Shown(Text("责任单位", "Who owes it"), 26), Shown(Text("期限", "By"), 12),
    Shown(Text("剩余（日历日）", "Left (calendar days)"), 10), Shown(Text("办理情况", "What was done"), 44),
    Shown(Text("销号", "Closed"), 12),
)  # fmt: skip
VISITS = (
    Shown(Text("项目", "Project"), 40), Shown(Text("走访日期", "Visit"), 12), Shown(Text("领导", "Leader"), 12),
    Shown(Text("发现的问题", "Problem"), 46), Shown(Text("责任单位", "Who solves it"), 26, SOLVED),
    Shown(Text("期限", "By"), 12, SOLVED), Shown(Text("解决日期", "Solved"), 12, SOLVED),
    Shown(Text("结果", "Result"), 40, SOLVED),
)  # fmt: skip
REQUESTED = (
    Shown(Text("诉求", "Request"), 50), Shown(Text("类别", "Kind"), 12), Shown(Text("项目", "Project"), 40),
    Shown(Text("提出时间", "Asked"), 17), Shown(Text("首次答复", "First answer"), 17),
    Shown(Text("等待（小时）", "Waited (hours)"), 11), Shown(Text("答复", "Answer"), 46), Shown(Text("办结", "Closed"), 12),
)  # fmt: skip
RATINGS = (
    Shown(Text("单位", "Unit"), 30), Shown(Text("评价数", "Ratings"), 10), Shown(Text("平均星级", "Stars, mean"), 10),
    Shown(Text("一二星", "One or two stars"), 10),
)  # fmt: skip
CAMPAIGNS = (
    Shown(Text("攻坚行动", "Campaign"), 34), Shown(Text("目标", "Goal"), 46), Shown(Text("项目数", "Projects"), 10),
    Shown(Text("开始", "Starts"), 12), Shown(Text("结束", "Ends"), 12), Shown(Text("剩余（日历日）", "Left (calendar days)"), 10),
)  # fmt: skip
MINE = (
    Shown(Text("项目", "Project"), 44), Shown(Text("编号", "Number"), 20), Shown(Text("公布日期", "Announced"), 12),
    Shown(Text("预计日期", "Forecast"), 12), Shown(Text("晚（日历日）", "Late (calendar days)"), 10),
)  # fmt: skip
NEEDED = (
    Shown(Text("轮到谁", "Whose turn"), 18), Shown(Text("事项", "Matter"), 34), Shown(Text("承办单位", "Unit"), 28),
    Shown(Text("状态", "State"), 14), Shown(Text("等待", "Waits for"), 40), Shown(Text("到期", "Due"), 12),
    Shown(Text("预计开始", "Forecast start"), 12), Shown(Text("预计完成", "Forecast finish"), 12),
    Shown(Text("机动（日历日）", "Float (calendar days)"), 10),
)  # fmt: skip


def halts(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The stops that `/halts/` lists, or those of one project."""
    limits, slug, after = reach(request, "halt.read"), request.GET.get("project") or None, None
    open_only = None if slug else request.GET.get("state") != "over"
    while rows := halted.halts(
        slug, now=request.now, zones=limits.zones, slugs=limits.slugs, open_only=open_only, after=after, limit=SIZE,
        as_of=request.as_of,
    ):  # fmt: skip
        for row in rows:
            step = row.next
            taken = f"{sum(1 for one in row.steps if one.at)}/{len(row.steps)}"
            yield (
                row.kind.name, row.project_name, row.found, row.found_at, taken,
                step.name if step else None, step.due if step else None, step.late or None if step else None,
                row.resumed_at, len(row.freezes) if step else None,
            )  # fmt: skip
        after = rows[-1].id


def orders(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The orders of `/orders/`, those open first, then those closed."""
    zones, today = request.acting.reach, timezone.localdate(request.now)
    for done in (False, True):
        for row in readers.orders(zones, today, done=done, limit=ALL):
            yield (
                row.decision, row.meeting, row.chair_name, row.project_name if row.project else None, row.owner, row.due,
                row.left, row.evidence, timezone.localdate(row.closed_at) if row.closed_at else None,
            )  # fmt: skip


def visits(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The visits of `/visits/`."""
    for row in readers.visits(request.acting.reach, limit=ALL):
        yield row.project_name, row.on, row.leader_name, row.problem, row.solver, row.due, row.closed_on, row.result


def requests(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The requests of `/requests/`."""
    for row in readers.requests(request.acting.reach, request.now, limit=ALL):
        yield (
            row.text, REQUESTS.get(row.kind, row.kind), row.project_name, row.at, row.first_answer_at, round(row.waited, 1),
            row.answer, timezone.localdate(row.closed_at) if row.closed_at else None,
        )  # fmt: skip


def ratings(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """How handling is rated, as `/requests/` shows it."""
    units = answers.catalogue().units
    for row in readers.ratings(request.acting.reach):
        yield units.get(row.unit, row.unit), row.count, round(row.stars, 1), row.poor


def campaigns(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The campaigns of the command room."""
    today = timezone.localdate(request.as_of or request.now)
    for row in readers.campaigns(request.acting.reach, today):
        yield row.name, row.goal, row.projects, row.starts, row.ends, row.left


def mine(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The projects of `/board/`: those whose team one is on."""
    on = timezone.localdate(request.now)
    rows = projects.mine(post=request.acting.post, organisation=request.acting.organisation, on=on)
    late = {one.project: one for one in plans.lateness(slugs=[one.slug for one in rows], limit=None)}
    for row in rows:
        plan = late.get(row.slug)
        yield row.name, row.slug, *((plan.announced, plan.forecast, plan.days) if plan else (None,) * 3)


def needed(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """What one project (`project`) still needs, as its board has it.  Raises 404 as the board does."""
    project, rules = found(request, request.GET.get("project", ""), "case.read"), answers.catalogue()
    if not project.live:
        return
    turns = boards(project.slug, now=request.now).turns
    for turn, name in board_views.GROUPS.items():
        for one in turns.get(turn, ()):
            row, step = one.row, one.step
            unit = row.organisation_name if row else rules.units.get(one.matter.unit)
            yield (
                name, one.matter.name, unit, state_rules()[State(row.state)].name if row else None, one.why,
                row.promise_due or row.due if row else None, step.start if step else None, step.finish if step else None,
                board_views.cost(one),
            )  # fmt: skip
