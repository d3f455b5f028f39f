"""The monthly table: every indicator for a month, with what changed, the yearly target and the pace; and its rows."""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from luodi.domain.indicators.definitions import Indicator, definitions
from luodi.domain.indicators.periods import Month
from luodi.domain.indicators.progress import Change, Pace, change, own_month, pace
from luodi.domain.indicators.rounding import percent
from luodi.indicators import enrolled, readers
from luodi.projects import outlines, then
from luodi.projects.outlines import Reached
from luodi.zones.readers import subtree

ByZone = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the table of a month.

    `now`: the figure, None where nobody knows it; `month`: what the month alone brought, of a sum of the year;
    `monthly`, `yearly`: the change since last month and since the same month of last year, over the zones that have
    both; `zones`: how many zones it adds up; `sample`: some of it is invented.
    """

    indicator: Indicator
    now: Decimal | None
    month: Decimal | None
    monthly: Change | None
    yearly: Change | None
    target: Decimal | None
    pace: Pace | None
    zones: int
    sample: bool

    @property
    def behind(self) -> bool:
        """Whether it belongs on the red list."""
        return self.pace is not None and self.pace.light == "red"


def table(zones: Collection[str], month: Month, today: date, as_of: datetime | None = None) -> tuple[Line, ...]:
    """The table of some zones (parks are counted with their zone).  Three queries, whatever the number of zones; then five."""
    rules = [one for one in definitions().indicators.values() if one.scope == "zone"]
    periods = [str(month), str(month.before), str(month.year_before), str(month.year)]
    kept = readers.newest(zones=zones, periods=periods, as_of=as_of)
    sample = {one.indicator for one in kept if one.sample}
    entered: dict[tuple[str, str], dict[str, Decimal]] = {}
    for one in kept:
        if one.amount is not None and not one.project:
            entered.setdefault((one.indicator, one.period), {})[one.zone] = one.amount
    counted = _counted(zones, (month, month.before, month.year_before), today, as_of)
    lines = []
    for rule in rules:
        if rule.growth_of:
            lines.append(_growth(rule, entered, month, rule.growth_of in sample))
            continue
        of = counted.get(rule.id) if rule.event or rule.enrolled else None
        values = [of[str(one)] if of is not None else entered.get((rule.id, str(one)), {}) for one in
                  (month, month.before, month.year_before)]  # fmt: skip
        targets = entered.get((rule.id, str(month.year)), {})
        lines.append(_line(rule, values, targets, month, rule.id in sample, several=len(zones) > 1))
    return tuple(lines)


def counted_projects(
    rule: Indicator, zones: Collection[str], month: Month, today: date, as_of: datetime | None = None
) -> tuple[Reached, ...]:
    """The projects behind a counted figure, in the order of their days.  One query; three of the past."""
    first, last = date(month.year, 1, 1), end_of(month)
    rows = then.reached(outlines.Sift(today, zones=_all(zones)), as_of)
    found = [one for one in rows if first <= one.days.get(rule.event, date.max) <= min(last, today)]
    return tuple(sorted(found, key=lambda one: (one.days[rule.event], one.id)))


def end_of(month: Month) -> date:
    """The last day of a month."""
    return date(month.year, month.number, monthrange(month.year, month.number)[1])


def _line(
    rule: Indicator, values: Sequence[ByZone], targets: ByZone, month: Month, sample: bool, *, several: bool
) -> Line:
    """A line; of several zones no rate is told, and no target that is not of the same zones as the figure."""
    now, before, year_before = values
    if several and rule.measure == "rate":
        return Line(rule, None, None, None, None, None, None, len(now), sample)
    total, so_far, rules = _total(now), _total(before), definitions()
    target = _total(targets) if now.keys() == targets.keys() or not now else None
    own = rule.measure == "sum" and (now.keys() == before.keys() or not before)
    paced = rule.measure == "sum" and rule.direction == "up" and total is not None and target is not None
    return Line(
        rule, total, own_month(total, so_far, month.number) if own else None,
        _change(now, before) if rule.measure != "sum" or month.number > 1 else None, _change(now, year_before), target,
        pace(total, target, month.number, green=rules.green, amber=rules.amber)
        if paced and total is not None and target is not None else None,
        len(now), sample,
    )  # fmt: skip


def _growth(rule: Indicator, entered: Mapping[tuple[str, str], ByZone], month: Month, sample: bool) -> Line:
    """Growth against the same month of last year, and how it moved since last month."""

    def at(when: Month) -> Decimal | None:
        both = [entered.get((rule.growth_of, str(one)), {}) for one in (when, when.year_before)]
        common = both[0].keys() & both[1].keys()
        new, old = (sum((side[zone] for zone in common), Decimal(0)) for side in both)
        return percent(new - old, old, 1) if old > 0 else None

    now = at(month)
    return Line(rule, now, None, None, None, None, None, int(now is not None), sample)


def _total(values: ByZone) -> Decimal | None:
    return sum(values.values(), Decimal(0)) if values else None


def _change(now: ByZone, before: ByZone) -> Change | None:
    """The change over the zones that have both."""
    common = now.keys() & before.keys()
    return change(*(_total({zone: side[zone] for zone in common}) for side in (now, before)))


def _counted(
    zones: Collection[str], months: Sequence[Month], today: date, as_of: datetime | None
) -> dict[str, dict[str, ByZone]]:
    """The figures that are counted from rows: by indicator and month, per zone.  Two queries; four of the past."""
    top = {part: zone for zone in zones for part in subtree(zone)}
    rows = then.reached(outlines.Sift(today, zones=set(top)), as_of)
    firms = enrolled.enrolments(set(top), as_of)
    found: dict[str, dict[str, ByZone]] = {}
    for rule in definitions().indicators.values():
        if not (rule.event or rule.enrolled):
            continue
        days = firms if rule.enrolled else [(one.zone, one.days[rule.event]) for one in rows if rule.event in one.days]
        found[rule.id] = {str(month): _by_zone(days, top, zones, month, today) for month in months}
    return found


def _by_zone(
    days: Sequence[tuple[str, date]], top: Mapping[str, str], zones: Collection[str], month: Month, today: date
) -> ByZone:
    counts = dict.fromkeys(zones, Decimal(0))
    for zone, day in days:
        if date(month.year, 1, 1) <= day <= min(end_of(month), today):
            counts[top[zone]] += 1
    return counts


def _all(zones: Collection[str]) -> set[str]:
    return {part for zone in zones for part in subtree(zone)}
