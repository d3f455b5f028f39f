"""The rows of lists that are had as files: the same readers and the same reach as their pages, page after page."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from luodi.accounts import readers as accounts
from luodi.accounts.gate import SignedIn, require
from luodi.accounts.offices import kind_name
from luodi.cases import readers as cases
from luodi.debts import readers as owed
from luodi.desk import durations
from luodi.desk.casework import inbox_state, spoken
from luodi.desk.charting import answers
from luodi.desk.owing import telling
from luodi.desk.reach import reach
from luodi.desk.region.asked import asked, sift
from luodi.desk.region.asked import within as narrowed
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.plans import readers as plans
from luodi.projects import outlines, then
from luodi.projects.outlines import Sift
from luodi.projects.readers import Listed
from luodi.zones import readers as zones

SIZE = 500
LIMITS = Text("期限", "Limits")
PLAN = Text("计划", "Plan")

PROJECTS = (
    Shown(Text("项目", "Project"), 44), Shown(Text("编号", "Number"), 20), Shown(Text("开发区", "Zone"), 28),
    Shown(Text("目标节点", "On the way to"), 12, PLAN), Shown(Text("公布日期", "Announced"), 12, PLAN),
    Shown(Text("预计日期", "Expected now"), 12, PLAN), Shown(Text("晚（日历日）", "Late (calendar days)"), 10, PLAN),
    Shown(Text("示例", "Sample"), 8),
)  # fmt: skip
INBOX = (
    Shown(Text("办件编号", "Number"), 24), Shown(Text("项目", "Project"), 40), Shown(Text("事项", "Matter"), 30),
    Shown(Text("承办单位", "Unit"), 26), Shown(Text("状态", "State"), 14), Shown(Text("在谁手里", "Whose turn"), 12),
    Shown(Text("经办人", "Handler"), 12), Shown(Text("受理", "Accepted"), 12, LIMITS),
    Shown(Text("法定到期", "Statutory limit"), 12, LIMITS), Shown(Text("承诺到期", "Promised limit"), 12, LIMITS),
    Shown(Text("已用", "Used"), 8, LIMITS), Shown(Text("时限", "Budget"), 8, LIMITS),
    Shown(Text("天数单位", "Counted in"), 12, LIMITS), Shown(Text("灯", "Light"), 10, LIMITS),
)  # fmt: skip
DEBTS = (
    Shown(Text("项目", "Project"), 40), Shown(Text("事项", "Matter"), 28), Shown(Text("种类", "Kind"), 14),
    Shown(Text("内容", "What"), 50), Shown(Text("起", "Since"), 12, LIMITS), Shown(Text("到期", "Due"), 12, LIMITS),
    Shown(Text("剩余工作日", "Working days left"), 10, LIMITS), Shown(Text("状态", "State"), 12),
)  # fmt: skip
PEOPLE = (
    Shown(Text("姓名", "Name"), 14), Shown(Text("账号", "User name"), 18), Shown(Text("单位", "Organisation"), 32),
    Shown(Text("岗位", "Post"), 16), Shown(Text("任职日期", "From"), 12), Shown(Text("离任日期", "Until"), 12),
    Shown(Text("任期", "Term"), 8), Shown(Text("聘期截止", "Contract until"), 12),
)  # fmt: skip


def projects(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The projects that `/projects/` lists."""
    within, filters, registry = reach(request, "project.read"), asked(request), zones.zones()
    names = {one.id: one.name for one in registry}
    milestones, before = answers.catalogue().milestones, None
    wanted = sift(filters, narrowed(filters, registry, within.zones), within.slugs)
    while rows := page(wanted, request.as_of, before):
        slugs = [] if request.as_of else [one.slug for one in rows]
        late = {one.project: one for one in plans.lateness(slugs=slugs, limit=None)}
        for one in rows:
            plan = late.get(one.slug)
            told = (milestones[plan.target].name if plan.target in milestones else plan.target, plan.announced, plan.forecast,
                    plan.days) if plan else (None,) * 4  # fmt: skip
            yield one.name, one.slug, names.get(one.zone, one.zone), *told, "✓" if one.sample else None
        before = rows[-1].id


def page(wanted: Sift, as_of: datetime | None, before: int | None) -> tuple[Listed, ...]:
    """The next projects of the list, as they stand or stood."""
    if as_of is None:
        return outlines.listed(wanted, before=before, limit=SIZE)
    return then.listed(wanted, as_of, before=before, limit=SIZE)


def inbox(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The cases that `/inbox/` lists."""
    state, acting = inbox_state.read_inbox(request.GET), request.acting
    whose = state.whose or ("unit" if acting.unit else "zone")
    if whose == "zone":
        require(acting, "case.read", zone=acting.zone)
    matters, after = answers.catalogue().matters, None
    while True:
        page = cases.inbox(
            now=request.now, organisations=[acting.organisation] if whose == "unit" else None,
            posts=[acting.post] if whose == "mine" else None, zones=acting.reach if whose == "zone" else None,
            state=int(state.state) if state.state else None, light=state.light, project=state.project, turn=state.turn,
            after=after, limit=SIZE, as_of=request.as_of,
        )  # fmt: skip
        for row in page.rows:
            yield (
                row.number, row.project_name, matters[row.matter].name if row.matter in matters else row.matter,
                row.organisation_name, state_rules()[State(row.state)].name, spoken.TURNS.get(row.turn, row.turn), row.handler,
                timezone.localdate(row.accepted_at) if row.accepted_at else None, row.due, row.promise_due, row.used,
                row.budget, durations.unit_of(row.unit), spoken.LIGHTS["paused" if row.paused_since else row.light],
            )  # fmt: skip
        if page.next is None:
            return
        after = page.next


def debts(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """What `/debts/` lists."""
    within, asked = reach(request, "debt.read"), request.GET
    kind = asked.get("kind") if asked.get("kind") in telling.KINDS else None
    state = asked.get("state") if asked.get("state") in telling.STATES else None
    settled = {"settled": True, "all": None}.get(asked.get("state", ""), False)
    matters, after = answers.catalogue().matters, None
    while rows := owed.owed(
        today=timezone.localdate(request.now), slug=asked.get("project") or None, zones=within.zones, slugs=within.slugs,
        kind=kind, state=state, settled=settled, after=after, limit=SIZE, as_of=request.as_of,
    ):  # fmt: skip
        for row in rows:
            yield (
                row.project_name, matters[row.matter].name if row.matter in matters else row.matter,
                telling.KINDS.get(row.kind, row.kind), row.text, timezone.localdate(row.since), row.due, row.days_left,
                telling.STATES.get(row.state, row.state),
            )  # fmt: skip
        after = (rows[-1].due, rows[-1].id)
        if len(rows) < SIZE:
            return


def people(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The posts that `/people/` lists."""
    on = None if request.GET.get("all") == "1" else timezone.localdate(request.now)
    words, kind, after = request.GET.get("q", "").strip()[:80], request.GET.get("kind", "")[:32], 0
    while rows := accounts.posts(on=on, zones=request.acting.reach, words=words, kind=kind, after=after, limit=SIZE):
        for row in rows:
            yield (
                row.name, row.username, row.organisation_name, kind_name(row.kind), row.starts, row.ends, row.term,
                row.contract_until,
            )  # fmt: skip
        after = rows[-1].id
