"""Questions about plans: where a project stands, which days were lost, by whom and why, and what is offered."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db.models import Count, Q, QuerySet, Sum

from luodi.domain.planning.plan_json import read_plan
from luodi.domain.planning.plan_reading import plan_of
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Text
from luodi.plans import keeping
from luodi.plans.models import Delay, Offer, PlanRevision, Standing
from luodi.plans.offering import Affected
from luodi.plans.settled import kept

PAGE = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A project's plan at a moment.  `plan`: rolled forward; `announced`: what people were told.

    `target`: the milestone looked to; `finish`: its forecast day, None while there is no lawful plan (`blocked`: why, a
    refusal's or answer's code; `plan` is then the last lawful one).  `late_days`: calendar days against the announced day.
    """

    plan: Plan
    announced: Plan
    at: datetime
    seq: int
    told: int
    target: str
    finish: date | None
    late_days: int
    blocked: str


@dataclass(frozen=True, slots=True)
class Lost:
    """An event that moved the end of a project, by calendar days (negative: won)."""

    id: int
    project: str
    name: Text
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


@dataclass(frozen=True, slots=True)
class Tallied:
    """Days lost and won under one heading (a cause, a unit, an organisation), and by how many events."""

    key: str
    lost: int
    won: int
    events: int


class Scope(TypedDict, total=False):
    """Which delays: of `zones` or of one project, from `since` until `as_of`.

    `settled`: what happened before this moment is kept for a while (`plans.settled`), and only the rest asked for.
    """

    zones: Collection[str] | None
    slug: str | None
    since: datetime | None
    as_of: datetime | None
    settled: datetime | None


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a project is, from columns alone.  `forecast` None: no lawful plan now."""

    project: str
    name: Text
    zone: str
    target: str
    announced: date
    forecast: date | None
    days: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """An offered re-plan; `days`: its end against the announced one.  The plan itself: `offered_plan`."""

    id: int
    project: str
    at: datetime
    state: str
    affected: tuple[Affected, ...]
    days: int
    decided_by: str
    decided_at: datetime | None
    reason: str
    entry: str


def current(slug: str, as_of: datetime | None = None) -> Saved | None:
    """A project's plan, now or as it was at a moment; None where none was announced by then.  Two queries."""
    rows = PlanRevision.objects.filter(project__slug=slug)
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    newest = (
        rows.order_by("-seq")
        .values_list("project_id", "seq", "told", "root", "at", "target", "finish", "blocked")
        .first()
    )
    if newest is None:
        return None
    project, seq, told, root, at, target, finish, blocked = newest
    kept = keeping.kept(project, told, root, seq)
    announced = keeping.announced_plan(kept.announced)
    plan = announced if seq == told else plan_of(kept.forecast)
    late = (finish - announced.milestones[target]).days if finish else 0
    return Saved(plan, announced, at, seq, told, target, finish, late, blocked)


def revisions(slug: str) -> tuple[tuple[int, str, datetime, date | None], ...]:
    """Number, kind, moment and finish of every revision, newest first.  One query."""
    rows = PlanRevision.objects.filter(project__slug=slug).order_by("-seq")
    return tuple(rows.values_list("seq", "kind", "at", "finish"))


def delays(
    *,
    slug: str | None = None,
    zone: str | None = None,
    zones: Collection[str] | None = None,
    since: datetime | None = None,
    as_of: datetime | None = None,
    after: int | None = None,
    limit: int = PAGE,
) -> tuple[Lost, ...]:
    """What moved the end of a project, or of the projects of zones, newest first, up to a moment.  One query.

    `after`: the number of the last row of the page before.
    """
    rows = _delays(zones if zone is None else (zone,), since, as_of)
    if slug is not None:
        rows = rows.filter(project__slug=slug)
    if after is not None:
        last = Delay.objects.filter(id=after).values("at")[:1]
        rows = rows.filter(Q(at__lt=last) | Q(at=last, id__lt=after))
    columns = ("id", "project__slug", "project__zh", "project__en", "zone", "at", "matter", "unit", "organisation",
               "cause", "days", "was", "now", "entry")  # fmt: skip
    return tuple(
        Lost(id_, project, Text(zh, en), *rest)
        for id_, project, zh, en, *rest in rows.order_by("-at", "-id").values_list(*columns)[:limit]
    )


def _delays(zones: Collection[str] | None, since: datetime | None, as_of: datetime | None) -> QuerySet[Delay]:
    rows = Delay.objects.all()
    if zones is not None:
        rows = rows.filter(zone__in=zones)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    return rows


def lost_by_cause(**scope: Unpack[Scope]) -> tuple[Tallied, ...]:
    """Days lost and won by cause, the most lost first.  One query, summed in the database."""
    return lost_by("cause", **scope)[0]


def lost_by_unit(**scope: Unpack[Scope]) -> tuple[Tallied, ...]:
    """Days lost and won by unit of the catalogue ("": nobody's), the most lost first.  One query."""
    return lost_by("unit", **scope)[0]


def lost_by_organisation(**scope: Unpack[Scope]) -> tuple[Tallied, ...]:
    """Days lost and won by organisation (code; "": nobody's), the most lost first.  One query."""
    return lost_by("organisation", **scope)[0]


def lost_by(*keys: str, **scope: Unpack[Scope]) -> tuple[tuple[Tallied, ...], ...]:
    """Days lost and won by each of `keys` (cause, unit, organisation).  One query for all of them.

    A second where the days before `settled` are not kept (`plans.settled`).
    """
    zones, slug, since = scope.get("zones"), scope.get("slug"), scope.get("since")
    as_of, settled = scope.get("as_of"), scope.get("settled")
    rows = _delays(zones, since, as_of)
    if slug is not None:
        rows = rows.filter(project__slug=slug)
    nothing: tuple[Sums, ...] = ({},) * len(keys)
    if settled is None or as_of is not None:
        return _ordered(_summed(nothing, _added(keys, rows)))
    place = (keys, None if zones is None else frozenset(zones), slug, since, settled)
    before = kept(place, lambda: _summed(nothing, _added(keys, rows.filter(at__lt=settled))))
    return _ordered(_summed(before, _added(keys, rows.filter(at__gte=settled))))


Sums = dict[str, tuple[int, int, int]]
"""Days lost, days won (negative) and events, by one of the keys."""


def _added(keys: tuple[str, ...], rows: QuerySet[Delay]) -> list[tuple[Any, ...]]:
    """The keys, days lost, days won (negative) and events.  One query."""
    sums = rows.values(*keys).annotate(
        lost=Sum("days", filter=Q(days__gt=0), default=0), won=Sum("days", filter=Q(days__lt=0), default=0),
        events=Count("id"),
    )  # fmt: skip
    return list(sums.values_list(*keys, "lost", "won", "events"))


def _summed(before: tuple[Sums, ...], rows: list[tuple[Any, ...]]) -> tuple[Sums, ...]:
    """The rows by each of their keys, on top of what was before."""
    found = tuple(dict(one) for one in before)
    for *keys, lost, won, events in rows:
        for key, sums in zip(keys, found, strict=True):
            old = sums.get(key, (0, 0, 0))
            sums[key] = old[0] + lost, old[1] + won, old[2] + events
    return found


def _ordered(found: tuple[Sums, ...]) -> tuple[tuple[Tallied, ...], ...]:
    every = ([Tallied(name, lost, -won, events) for name, (lost, won, events) in sums.items()] for sums in found)
    return tuple(tuple(sorted(rows, key=lambda one: (-one.lost, one.key))) for rows in every)


def lateness(
    *, zones: Collection[str] | None = None, slugs: Collection[str] | None = None, limit: int | None = PAGE
) -> tuple[Lateness, ...]:
    """How late projects are, the latest first: of `zones`, of `slugs`, or all.  One query, no plan is read."""
    rows = Standing.objects.all()
    if zones is not None:
        rows = rows.filter(zone__in=zones)
    if slugs is not None:
        rows = rows.filter(project__slug__in=slugs)
    columns = ("project__slug", "project__zh", "project__en", "zone", "target", "announced", "finish", "late", "at")
    return tuple(
        Lateness(slug, Text(zh, en), *rest)
        for slug, zh, en, *rest in rows.order_by("-late", "project_id").values_list(*columns)[:limit]
    )


def offers(slug: str, *, as_of: datetime | None = None, limit: int = PAGE) -> tuple[Offered, ...]:
    """The offers of a project, newest first.  One query; their plans are not read."""
    rows = Offer.objects.filter(project__slug=slug)
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    columns = ("id", "project__slug", "at", "state", "affected", "days", "decided_by", "decided_at", "reason", "entry")
    return tuple(
        Offered(id_, project, at, state, _affected(affected), *rest)
        for id_, project, at, state, affected, *rest in rows.order_by("-at", "-id").values_list(*columns)[:limit]
    )


def offered_plan(offer: int) -> Plan | None:
    """The plan of an offer, None where it has none (yet).  One query."""
    text = Offer.objects.filter(pk=offer).values_list("answer", flat=True).first()
    return read_plan(text) if text else None


def _affected(text: str) -> tuple[Affected, ...]:
    return tuple(Affected(row["unit"], tuple(row["matters"]), row["days"]) for row in json.loads(text))
