"""Figures of zones from the sums that acts keep; nothing here counts cases."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
DUE = ("due", "promise_due")
OF_ZONE = ("open", "overdue", "at_risk", *SPENT)
COLUMN = {"due 1": "overdue", "due 0": "at_risk"} | {one: one for one in ("open", *SPENT)}
"""Which column of a zone a sum belongs to."""
Rows = list[tuple[str, str, int]]
"""What is summed, the zone, and the sum."""


def standing_of(zones: Zones, today: date) -> Figures:
    """How zones stand.  One query, whatever the number of cases."""
    return _added(_now(zones, today))


def by_zone(zones: Zones, today: date, since: date) -> tuple[ZoneFigures, ...]:
    """How each zone stands; `decided` and `lost` since a day.  One query, whatever the number of cases.

    A second where the sums of the days before are not kept (`plans.settled`).
    """
    return _apart(_now(zones, today), _before(zones, today, since))


def at_a_glance(zones: Zones, today: date, since: date) -> tuple[Figures, tuple[ZoneFigures, ...]]:
    """Both of the above from the same query (or two)."""
    now = _now(zones, today)
    return _added(now), _apart(now, _before(zones, today, since))


def _added(now: Rows) -> Figures:
    sums = Counter[str]()
    for what, _zone, count in now:
        sums[what] += count
    left = (sums[f"{measure} {late}"] for measure in DUE for late in (1, 0))
    return Figures(sums["open"], *left, *(sums[one] for one in TODAY))


def _apart(now: Rows, before: Rows) -> tuple[ZoneFigures, ...]:
    found = defaultdict[str, Counter[str]](Counter)
    for what, zone, count in (*now, *before):
        if what in COLUMN:
            found[zone][COLUMN[what]] += count
    return tuple(
        ZoneFigures(zone, **{one: figures[one] for one in OF_ZONE})
        for zone, figures in sorted(found.items(), key=_worst_first)
    )


def _now(zones: Zones, today: date) -> Rows:
    """What, zone and how many: open, what happened today, and what is due until the next working day.  One query.

    `due 1`: its day has gone; `due 0`: not yet; `promise_due` likewise.  Six sums in one statement: each runs along the index
    and groups by as few columns as it can, which is twice as fast as one sum by three.
    """
    lights = Lights(midnight(today))
    spans = ((1, date.min, lights.late_before), (0, lights.late_before, lights.amber_until + timedelta(days=1)))
    within, given = _within_zones(zones)
    parts, values = [], list[str | date]()

    def add(what: str, where: str, *more: str | date) -> None:
        by = "zone" if what.startswith("'") else f"{what}, zone"
        parts.append(f"SELECT {what}, zone, SUM(count) FROM cases_tally WHERE {where}{within} GROUP BY {by}")  # noqa: S608
        values.extend((*more, *given))

    for measure in DUE:
        for late, first, before in spans:
            due = f"measure = '{measure}' AND day >= %s AND day < %s AND count > 0"
            add(f"'{measure} {late}'", due, first, before)
    add("'open'", "measure = 'open' AND day = %s AND count > 0", ALWAYS)
    add("measure", f"day = %s AND measure IN ({', '.join(['%s'] * len(HAPPENS))})", today, *HAPPENS)
    return _rows(" UNION ALL ".join(parts), values)


def _before(zones: Zones, today: date, since: date) -> Rows:
    """What, zone and sum of what was decided and lost from a day until yesterday: kept for a while.  One query at most."""
    place = ("by zone", None if zones is None else frozenset(zones), since, today)
    return kept(place, lambda: _done(zones, since, today))


def _done(zones: Zones, since: date, before: date) -> Rows:
    """What, zone and sum of what was decided and lost in a span of days, its end excluded.  One query."""
    within, given = _within_zones(zones)
    where = f"measure IN ('decided', 'lost') AND day >= %s AND day < %s{within}"
    sql = f"SELECT measure, zone, SUM(count) FROM cases_tally WHERE {where} GROUP BY measure, zone"  # noqa: S608
    return _rows(sql, (since, before, *given))


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
