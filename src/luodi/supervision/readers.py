"""Questions about supervision.  Each answers with frozen rows, newest or most urgent first, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, F, Q, QuerySet

from luodi.domain.vocabulary import Text
from luodi.supervision.models import Campaign, Order, Rating, Request, Visit

Zones = frozenset[str] | None
"""The zones somebody may see; None: all."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists show it.  `left`: calendar days to its day, negative when overdue; None once closed."""

    id: int
    zone: str
    project: str
    project_name: Text
    meeting: str
    decision: str
    owner: Text
    owner_id: int
    chair: int
    chair_name: str
    at: datetime
    due: date
    evidence: str
    evidence_at: datetime | None
    closed_at: datetime | None
    left: int | None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as lists show it."""

    id: int
    zone: str
    project: str
    project_name: Text
    leader_name: str
    on: date
    problem: str
    solver: Text | None
    solver_id: int | None
    due: date | None
    closed_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign with its countdown: day `day` of `days`; `left` days remain (0 on the last)."""

    id: int
    zone: str
    name: Text
    goal: str
    starts: date
    ends: date
    projects: int
    day: int
    days: int
    left: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as lists show it.  `waited`: hours to the first answer, or until now while there is none."""

    id: int
    zone: str
    project: str
    project_name: Text
    kind: str
    text: str
    by: int
    at: datetime
    first_answer_at: datetime | None
    answer: str
    closed_at: datetime | None
    waited: float


@dataclass(frozen=True, slots=True)
class Rated:
    """How a unit is rated."""

    unit: str
    count: int
    stars: float
    poor: int  # one or two stars


def orders(
    zones: Zones, today: date, *, owner: int | None = None, done: bool = False, limit: int = 50
) -> tuple[OrderRow, ...]:
    """Orders by day due; open ones unless `done`; of one owner where given."""
    rows = _within(Order.objects.filter(closed_at__isnull=not done), zones)
    if owner is not None:
        rows = rows.filter(owner=owner)
    found = rows.order_by("due", "id").values_list(
        "id", "zone", "project__slug", "project__zh", "project__en", "meeting", "decision", "owner__zh", "owner__en",
        "owner", "chair", "chair__person__name", "at", "due", "evidence", "evidence_at", "closed_at",
    )[:limit]  # fmt: skip
    return tuple(
        OrderRow(
            r[0], r[1], r[2] or "", Text(r[3] or "", r[4] or ""), r[5], r[6], Text(r[7], r[8]), r[9], r[10], r[11], r[12],
            r[13], r[14], r[15], r[16], None if r[16] else (r[13] - today).days,
        )
        for r in found
    )  # fmt: skip


def visits(
    zones: Zones, *, project: int | None = None, open_only: bool = False, limit: int = 50
) -> tuple[VisitRow, ...]:
    """Visits, the last first; with `open_only` those whose problem is not solved."""
    rows = _within(Visit.objects.all(), zones)
    if project is not None:
        rows = rows.filter(project=project)
    if open_only:
        rows = rows.filter(closed_on__isnull=True).exclude(problem="")
    found = rows.order_by("-on", "-id").values_list(
        "id", "zone", "project__slug", "project__zh", "project__en", "leader__person__name", "on", "problem",
        "solver__zh", "solver__en", "solver", "due", "closed_on", "result",
    )[:limit]  # fmt: skip
    return tuple(
        VisitRow(
            r[0],
            r[1],
            r[2],
            Text(r[3], r[4]),
            r[5],
            r[6],
            r[7],
            Text(r[8], r[9]) if r[8] else None,
            r[10],
            r[11],
            r[12],
            r[13],
        )
        for r in found
    )


def campaigns(zones: Zones, today: date) -> tuple[CampaignRow, ...]:
    """Campaigns that run today or lie ahead, the one that ends first on top."""
    rows = (
        _within(Campaign.objects.filter(ends__gte=today), zones)
        .annotate(count=Count("projects"))
        .order_by("ends", "id")
    )
    found = rows.values_list("id", "zone", "zh", "en", "goal", "starts", "ends", "count")
    return tuple(
        CampaignRow(
            id_, zone, Text(zh, en or zh), goal, starts, ends, count,
            max(0, (today - starts).days + 1), (ends - starts).days + 1, (ends - max(today, starts)).days,
        )
        for id_, zone, zh, en, goal, starts, ends, count in found
    )  # fmt: skip


def requests(
    zones: Zones, now: datetime, *, project: int | None = None, open_only: bool = False, limit: int = 50
) -> tuple[RequestRow, ...]:
    """Requests, those without an answer first, then the oldest."""
    rows = _within(Request.objects.all(), zones)
    if project is not None:
        rows = rows.filter(project=project)
    if open_only:
        rows = rows.filter(closed_at__isnull=True)
    found = rows.order_by(F("closed_at").asc(nulls_first=True), F("first_answer_at").asc(nulls_first=True), "at").values_list(
        "id", "zone", "project__slug", "project__zh", "project__en", "kind", "text", "by", "at", "first_answer_at",
        "answer", "closed_at",
    )[:limit]  # fmt: skip
    return tuple(
        RequestRow(
            r[0], r[1], r[2], Text(r[3], r[4]), r[5], r[6], r[7], r[8], r[9], r[10], r[11],
            ((r[9] or now) - r[8]).total_seconds() / 3600,
        )
        for r in found
    )  # fmt: skip


def ratings(zones: Zones) -> tuple[Rated, ...]:
    """The ratings of each unit, the worst first."""
    rows = _within(Rating.objects.all(), zones).values("unit").annotate(
        count=Count("id"), mean=Avg("stars"), poor=Count("id", filter=Q(stars__lte=2))
    )  # fmt: skip
    return tuple(Rated(r["unit"], r["count"], float(r["mean"]), r["poor"]) for r in rows.order_by("mean", "unit"))


def rated(cases: Iterable[int]) -> dict[int, int]:
    """The stars each of these cases was given."""
    return dict(Rating.objects.filter(case__in=list(cases)).values_list("case", "stars"))


def _within(rows: QuerySet, zones: Zones) -> QuerySet:  # type: ignore[type-arg]
    return rows if zones is None else rows.filter(zone__in=zones)


def zone_of_request(request: int) -> str:
    """The zone of a request, "" where there is none.  One query."""
    return Request.objects.filter(pk=request).values_list("zone", flat=True).first() or ""
