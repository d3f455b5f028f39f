"""Figures of zones from the sums that acts keep; nothing here counts cases."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
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
SPENT = ("decided", "lost")
HAPPENS = (*TODAY, "lost")
OF_ZONE = ("open", "overdue", "at_risk", *SPENT)
Rows = list[tuple[Any, ...]]
"""Columns and, last, a sum."""


def standing_of(zones: Zones, today: date) -> Figures:
    """How zones stand.  Three queries, whatever the number of cases."""
    return _added(_due(zones, today), _open(zones), _today(zones, today))


def by_zone(zones: Zones, today: date, since: date) -> tuple[ZoneFigures, ...]:
    """How each zone stands; `decided` and `lost` since a day.  Three queries, whatever the number of cases.

    A fourth where the sums of the days before are not kept (`plans.settled`).
    """
    return _apart(_due(zones, today), _open(zones), _today(zones, today), _before(zones, today, since))


def at_a_glance(zones: Zones, today: date, since: date) -> tuple[Figures, tuple[ZoneFigures, ...]]:
    """Both of the above from the same three queries (or four)."""
    now = _due(zones, today), _open(zones), _today(zones, today)
    return _added(*now), _apart(*now, _before(zones, today, since))


def _added(due: Rows, still: Rows, done: Rows) -> Figures:
    left = {"due": [0, 0], "promise_due": [0, 0]}
    for _, measure, late, count in due:
        left[measure][not late] += count
    days = Counter[str]()
    for _, measure, count in done:
        days[measure] += count
    numbers = (days[one] for one in TODAY)
    return Figures(sum(count for _, count in still), *left["due"], *left["promise_due"], *numbers)


def _apart(due: Rows, still: Rows, done: Rows, before: Rows) -> tuple[ZoneFigures, ...]:
    found = defaultdict[str, Counter[str]](Counter)
    for zone, count in still:
        found[zone]["open"] += count
    for zone, measure, late, count in due:
        if measure == "due":
            found[zone]["overdue" if late else "at_risk"] += count
    for zone, measure, count in (*done, *before):
        if measure in SPENT:
            found[zone][measure] += count
    return tuple(
        ZoneFigures(zone, **{one: figures[one] for one in OF_ZONE})
        for zone, figures in sorted(found.items(), key=_worst_first)
    )


def _due(zones: Zones, today: date) -> Rows:
    """Zone, measure, whether its day has gone, and how many: of what is due until the next working day.  One query.

    Four sums in one statement: each runs along the index and groups by one column, which is twice as fast as by three.
    """
    lights = Lights(midnight(today))
    spans = ((1, date.min, lights.late_before), (0, lights.late_before, lights.amber_until + timedelta(days=1)))
    within, given = _within_zones(zones)
    parts, values = [], list[str | date]()
    for measure in ("due", "promise_due"):
        for late, first, before in spans:
            parts.append(
                f"SELECT zone, '{measure}', {late}, SUM(count) FROM cases_tally"  # noqa: S608 - words of this room
                f" WHERE measure = '{measure}' AND day >= %s AND day < %s AND count > 0{within} GROUP BY zone"
            )
            values += (first, before, *given)
    return _rows(" UNION ALL ".join(parts), values)


def _open(zones: Zones) -> Rows:
    """Zone, and how many of its cases are open.  One query."""
    return _summed("zone", zones, "measure = 'open' AND day = %s AND count > 0", ALWAYS)


def _today(zones: Zones, today: date) -> Rows:
    """Zone, measure and sum of what happened today.  One query."""
    marks = ", ".join(["%s"] * len(HAPPENS))
    return _summed("zone, measure", zones, f"day = %s AND measure IN ({marks})", today, *HAPPENS)


def _before(zones: Zones, today: date, since: date) -> Rows:
    """Zone, measure and sum of what was decided and lost from a day until yesterday: kept for a while.  One query at most."""
    place = ("by zone", None if zones is None else frozenset(zones), since, today)
    return kept(place, lambda: _done(zones, since, today))


def _done(zones: Zones, since: date, before: date) -> Rows:
    """Zone, measure and sum of what was decided and lost in a span of days, its end excluded.  One query."""
    return _summed("zone, measure", zones, "measure IN ('decided', 'lost') AND day >= %s AND day < %s", since, before)


def _summed(by: str, zones: Zones, where: str, *values: str | date) -> Rows:
    """Sums by some columns.  One query."""
    within, given = _within_zones(zones)
    return _rows(f"SELECT {by}, SUM(count) FROM cases_tally WHERE {where}{within} GROUP BY {by}", (*values, *given))  # noqa: S608


def _within_zones(zones: Zones) -> tuple[str, tuple[str, ...]]:
    """The condition that keeps to zones, and its values."""
    if zones is None:
        return "", ()
    return (f" AND zone IN ({', '.join(['%s'] * len(zones))})" if zones else " AND 1 = 0"), tuple(sorted(zones))


def _rows(sql: str, values: Sequence[str | date]) -> Rows:
    """What plain SQL finds: these figures are asked so often that building the queries would cost more.  One query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()  # type: ignore[no-any-return]


def _worst_first(one: tuple[str, Counter[str]]) -> tuple[int, int, str]:
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
