"""Figures of zones from the sums that acts keep; nothing here counts cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum

from luodi.cases.models import Tally
from luodi.cases.progress import now_progress, progress_at
from luodi.cases.readers.lights import Lights
from luodi.cases.standing import midnight
from luodi.cases.tallying import ALWAYS
from luodi.domain.facts.project import Progress
from luodi.plans.settled import kept

Zones = Collection[str] | None
"""Zone ids; None: the whole province."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How zones stand today.  `overdue`, `at_risk`: by the statutory clock; `promise_…`: by the promised one."""

    open: int
    overdue: int
    at_risk: int
    promise_overdue: int
    promise_at_risk: int
    opened_today: int
    accepted_today: int
    decided_today: int
    refused_today: int
    corrected_today: int


@dataclass(frozen=True, slots=True)
class Sums:
    """A sum by zone or unit (`of`), and measure."""

    of: str
    measure: str
    count: int


@dataclass(frozen=True, slots=True)
class ZoneFigures:
    """How one zone stands; `lost`: calendar days that ends of projects moved out."""

    zone: str
    open: int
    overdue: int
    at_risk: int
    decided: int
    lost: int


TODAY = ("opened", "accepted", "decided", "refused", "corrected")


def standing_of(zones: Zones, today: date) -> Figures:
    """How zones stand.  Three queries, whatever the number of cases."""
    lights = Lights(midnight(today))
    days = dict(_summed("measure", zones, "day = %s AND measure IN (%s, %s, %s, %s, %s)", today, *TODAY))
    still = sum(count for _, count in _summed("measure", zones, "day = %s AND measure = 'open'", ALWAYS))
    due = {"due": [0, 0], "promise_due": [0, 0]}
    left = "measure IN ('due', 'promise_due') AND day <= %s AND count > 0"
    for measure, day, count in _summed("measure, day", zones, left, lights.amber_until):
        due[measure][day >= lights.late_before] += count
    return Figures(still, *due["due"], *due["promise_due"], *(days.get(one, 0) for one in TODAY))


def by_zone(zones: Zones, today: date, since: date) -> tuple[ZoneFigures, ...]:
    """How each zone stands; `decided` and `lost` since a day.  Four queries, whatever the number of cases.

    A fifth where the sums of the days before are not kept (`plans.settled`).
    """
    lights, found = Lights(midnight(today)), dict[str, dict[str, int]]()

    def tally(zone: str, what: str, count: int) -> None:
        figures = found.setdefault(zone, dict.fromkeys(("open", "overdue", "at_risk", "decided", "lost"), 0))
        figures[what] += count

    for zone, count in _summed("zone", zones, "measure = 'open' AND day = %s AND count > 0", ALWAYS):
        tally(zone, "open", count)
    left = "measure = 'due' AND day >= %s AND day < %s AND count > 0"
    for first, until in ((date.min, lights.late_before), (lights.late_before, lights.amber_until + timedelta(days=1))):
        for zone, count in _summed("zone", zones, left, first, until):
            tally(zone, "overdue" if until == lights.late_before else "at_risk", count)
    place = ("by zone", None if zones is None else frozenset(zones), since, today)
    for one in (*kept(place, lambda: _done(zones, since, today)), *_done(zones, today, today + timedelta(days=1))):
        tally(*one)
    return tuple(ZoneFigures(zone, **figures) for zone, figures in sorted(found.items(), key=_worst_first))


def _done(zones: Zones, since: date, before: date) -> list[tuple[Any, ...]]:
    """Zone, measure and sum of what was decided and lost in a span of days, its end excluded.  One query."""
    return _summed("zone, measure", zones, "measure IN ('decided', 'lost') AND day >= %s AND day < %s", since, before)


def _summed(by: str, zones: Zones, where: str, *values: str | date) -> list[tuple[Any, ...]]:
    """Sums by some columns, in plain SQL: these are asked so often that building the queries would cost more.  One query."""
    if zones is not None:
        where += f" AND zone IN ({', '.join(['%s'] * len(zones))})" if zones else " AND 1 = 0"
        values += tuple(sorted(zones))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {by}, SUM(count) FROM cases_tally WHERE {where} GROUP BY {by}", values)  # noqa: S608
        return cursor.fetchall()  # type: ignore[no-any-return]


def _worst_first(one: tuple[str, dict[str, int]]) -> tuple[int, int, str]:
    return -one[1]["overdue"], -one[1]["lost"], one[0]


def overdue_by_unit(zones: Zones, *, today: date, measure: str = "due") -> tuple[Sums, ...]:
    """How many open cases of each unit are overdue, most first.  One query."""
    rows = (
        _within(zones)
        .filter(measure=measure, day__lt=Lights(midnight(today)).late_before, count__gt=0)
        .values_list("unit")
        .annotate(sum=Sum("count"))
    )
    return tuple(Sums(unit, measure, count) for unit, count in rows.order_by("-sum", "unit"))


def tallies(zones: Zones, *, since: date, until: date, by: str = "unit") -> tuple[Sums, ...]:
    """The sums of a span of days by `unit`, `zone` or `day`.  One query."""
    rows = _within(zones).filter(day__gte=since, day__lte=until).exclude(measure__in=("open", "number"))
    found = rows.values_list(by, "measure").annotate(sum=Sum("count")).order_by(by, "measure")
    return tuple(Sums(str(of), measure, count) for of, measure, count in found)


def progress_of(project: int, *, today: date, as_of: datetime | None = None) -> dict[str, Progress]:
    """The progress that the cases of a project make, now or as it was known at a moment.  One query."""
    return now_progress(project, today) if as_of is None else progress_at(project, as_of)


def _within(zones: Zones) -> QuerySet[Tally]:
    found = Tally.objects.all()
    return found if zones is None else found.filter(zone__in=sorted(zones))
