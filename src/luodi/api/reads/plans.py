"""Plans: as they stand against what was announced, the days lost and why, what is offered; and the figures of zones."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Page, Shape, Slug
from luodi.cases import readers as cases
from luodi.desk.charting import answers
from luodi.desk.charting.state import read_state
from luodi.desk.views import found
from luodi.domain.planning.result import Plan as Planned
from luodi.domain.vocabulary import Refusal
from luodi.plans import readers

TAG = "plans"


class Step(Shape):
    """One matter in the plan.  `float_days`: calendar days it may slip without moving the target."""

    matter: str
    name: Words
    stage: int
    unit: str
    mode: str
    prepare_from: date
    prepare_to: date
    start: date
    finish: date
    float_days: int
    critical: bool
    levers: list[str]
    requires: list[str]
    because: Words
    state: str = Field(description="planned, started or done")
    projected: bool


class Plan(Shape):
    """A verified plan."""

    as_of: date
    status: str
    levers: list[str]
    milestones: dict[str, date]
    steps: list[Step]
    critical: list[str]
    assumed_share: float = Field(description="Share of the critical path's days that rests on assumptions, 0 to 1")


class Saved(Shape):
    """A project's plan as it stands, or stood.  `late_days`: against the announced day."""

    plan: Plan
    announced: Plan | None = Field(description="Null where nothing was announced: then the plan is worked out anew")
    at: datetime | None
    seq: int | None
    target: str | None
    finish: date | None
    late_days: int | None
    blocked: str = Field(description="Why there is no lawful plan now; empty where there is one")


class Bar(Shape):
    """A bar of the wall chart: a matter as forecast, as announced, and its case."""

    step: Step
    announced_start: date | None
    announced_finish: date | None
    case: str | None
    light: str | None


class Chart(Shape):
    """The wall chart of a live project."""

    today: date
    finish: date | None
    late_days: int
    blocked: str
    bars: list[Bar]


class Lost(Shape):
    """An event that moved the end of a project, by calendar days; negative: won."""

    id: int
    project: str
    name: Words
    zone: str
    at: datetime
    matter: str
    unit: str
    organisation: str
    cause: str
    days: int
    was: date
    now: date
    entry: str


class Affected(Shape):
    """A unit whose announced days an offer changes."""

    unit: str
    matters: list[str]
    days: int


class Offer(Shape):
    """An offered re-plan."""

    id: int
    project: str
    at: datetime
    state: str
    affected: list[Affected]
    days: int
    decided_by: str
    decided_at: datetime | None
    reason: str


class Tallied(Shape):
    """Days lost and won under one heading."""

    key: str
    lost: int
    won: int
    events: int


class ZoneFigures(Shape):
    """How one zone stands."""

    zone: str
    open: int
    overdue: int
    at_risk: int
    decided: int
    lost: int


class Figures(Shape):
    """How the zones in reach stand, and where days were lost."""

    since: date
    open: int
    overdue: int
    at_risk: int
    opened_today: int
    accepted_today: int
    decided_today: int
    by_zone: list[ZoneFigures]
    by_unit: list[Tallied]
    by_cause: list[Tallied]


Levers = Annotated[
    str | None,
    Query(max_length=400, description="Reforms to plan with, by comma; empty: none; not given: as it stands"),
]


@reads(TAG, "/projects/{slug:slug}/plan", "plan.read", Saved)
def plan(request: SignedIn, slug: Slug, levers: Levers = None) -> dict[str, object]:
    """A project's plan; of one that is not announced, or with other levers, what might be.  Four queries."""
    project = found(request, slug, "plan.read")
    tried = read_state(request.GET, answers.catalogue()).levers
    saved = readers.current(slug, as_of=request.as_of) if tried is None else None
    names = ("plan", "announced", "at", "seq", "target", "finish", "late_days", "blocked")
    if saved is not None:
        return {name: getattr(saved, name) for name in names}
    shown = answers.planned(project, tried)
    if not isinstance(shown, Planned):
        raise Refusal("no_lawful_plan", project=slug)
    return dict.fromkeys(names) | {"plan": shown, "finish": shown.span.finish, "blocked": ""}


@reads(TAG, "/projects/{slug:slug}/chart", "plan.read", Chart)
def chart(request: SignedIn, slug: Slug) -> dict[str, object]:
    """The wall chart of a live project: forecast, announcement and cases side by side.  Five queries."""
    found(request, slug, "plan.read")
    saved = readers.current(slug, as_of=request.as_of)
    if saved is None:
        raise Refusal("api_not_found")
    told = {one.matter: one for one in saved.announced.steps}
    rows = {row.matter: row for row in cases.of_project(slug, now=request.now, as_of=request.as_of)}
    bars = []
    for step in saved.plan.steps:
        before, row = told.get(step.matter), rows.get(step.matter)
        bars.append(
            {
                "step": step, "announced_start": before.start if before else None,
                "announced_finish": before.finish if before else None, "case": row.number if row else None,
                "light": row.light if row else None,
            }
        )  # fmt: skip
    today = timezone.localdate(request.as_of or request.now)
    return {
        "today": today, "finish": saved.finish, "late_days": saved.late_days, "blocked": saved.blocked, "bars": bars,
    }  # fmt: skip


After = Annotated[int | None, Query(ge=1, le=2**53 - 1, description="`next` of the page before")]


@reads(TAG, "/projects/{slug:slug}/delays", "plan.read", Page[Lost])
def delays(request: SignedIn, slug: Slug, after: After = None, limit: Few = 50) -> dict[str, object]:
    """What moved the end of a project, newest first.  Three queries."""
    found(request, slug, "plan.read")
    return _paged(readers.delays(slug=slug, as_of=request.as_of, after=after, limit=limit + 1), limit)


@reads(TAG, "/delays", "zone.read", Page[Lost])
def zone_delays(request: SignedIn, after: After = None, limit: Few = 50) -> dict[str, object]:
    """What moved the ends of the projects within reach, newest first.  One query."""
    rows = readers.delays(zones=request.acting.reach, as_of=request.as_of, after=after, limit=limit + 1)
    return _paged(rows, limit)


def _paged(rows: tuple[readers.Lost, ...], limit: int) -> dict[str, object]:
    return {"rows": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}


@reads(TAG, "/projects/{slug:slug}/offers", "plan.read", list[Offer])
def offers(request: SignedIn, slug: Slug) -> object:
    """The offered plans of a project, newest first.  Three queries."""
    found(request, slug, "plan.read")
    return readers.offers(slug, as_of=request.as_of)


@reads(TAG, "/figures", "zone.read", Figures)
def figures(request: SignedIn, days: Annotated[int, Query(ge=1, le=366)] = 30) -> dict[str, object]:
    """The zones in reach at a glance, from kept sums.  Six queries."""
    reach, today = request.acting.reach, timezone.localdate(request.as_of or request.now)
    since = timezone.make_aware(datetime.combine(today - timedelta(days=days), time()))
    counts = cases.standing_of(reach, today)
    names = ("open", "overdue", "at_risk", "opened_today", "accepted_today", "decided_today")
    return {name: getattr(counts, name) for name in names} | {
        "since": since.date(),
        "by_zone": cases.by_zone(reach, today, since.date()),
        "by_unit": readers.lost_by_unit(zones=reach, since=since, as_of=request.as_of),
        "by_cause": readers.lost_by_cause(zones=reach, since=since, as_of=request.as_of),
    }
