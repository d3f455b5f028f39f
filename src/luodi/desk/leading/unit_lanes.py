"""From cases to the wall by unit: which light a case stood in on a day, and what a unit had open on it.  No Django."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.desk.leading.unit_picture import Band, Cell, Window

WORST = ("red", "amber", "green", "paused", "none")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handled:
    """A case as days.  `limit`: the day that runs out first; it warns from `warns` on and is overdue from `late` on.

    `stops`: the stretches without a running clock.
    """

    number: str
    opened: date
    accepted: date | None
    closed: date | None
    limit: date | None
    warns: date | None
    late: date | None
    stops: tuple[tuple[date, date | None], ...] = ()

    def light(self, day: date) -> str:
        """The light of the case on a day on which it was open."""
        if self.accepted is None or day < self.accepted:
            return "none"
        if any(since <= day and (until is None or day < until) for since, until in self.stops):
            return "paused"
        if self.late is not None and day >= self.late:
            return "red"
        return "amber" if self.warns is not None and day >= self.warns else "green"

    @property
    def turns(self) -> tuple[date | None, ...]:
        """The days on which its light may change."""
        return (self.accepted, self.warns, self.late, *(day for stop in self.stops for day in stop))


def bands(case: Handled, window: Window) -> tuple[Band, ...]:
    """The row of a case: stretches of one light, up to today."""
    first, last = max(window.first, case.opened), min(window.today, window.last, case.closed or date.max)
    if first > last:
        return ()
    starts = sorted({first, *(day for day in case.turns if day is not None and first < day <= last)})
    result: list[Band] = []
    for since, following in zip(starts, [*starts[1:], last + DAY], strict=True):
        light = case.light(since)
        if result and result[-1].light == light:
            since = result.pop().since
        result.append(Band(since, following - DAY, light))
    return tuple(result)


def cells(cases: Sequence[Handled], window: Window) -> tuple[Cell, ...]:
    """The row of a unit: what was open each day up to today, and what runs out each day after it."""
    return (*past(cases, window), *ahead(cases, window))


def past(cases: Iterable[Handled], window: Window) -> Iterator[Cell]:
    """Up to today the number of open cases and the worst light among them; days alike are one cell, today its own."""
    changes: dict[date, dict[str, int]] = {}
    for band in (band for case in cases for band in bands(case, window)):
        for day, step in ((band.since, 1), (band.until + DAY, -1)):
            lights = changes.setdefault(day, {})
            lights[band.light] = lights.get(band.light, 0) + step
    counts, last = dict.fromkeys(WORST, 0), min(window.today, window.last)
    changes.setdefault(window.today, {})
    turns = sorted(day for day in changes if window.first <= day <= last)
    for day, following in zip(turns, [*turns[1:], last + DAY], strict=True):
        for light, step in changes[day].items():
            counts[light] += step
        if total := sum(counts.values()):
            yield Cell(day, following - DAY, total, next(light for light in WORST if counts[light]))


def ahead(cases: Iterable[Handled], window: Window) -> Iterator[Cell]:
    """Each day after today on which open cases run out."""
    counts: dict[date, int] = {}
    for case in cases:
        if case.closed is None and case.limit and window.today < case.limit <= window.last:
            counts[case.limit] = counts.get(case.limit, 0) + 1
    for day in sorted(counts):
        yield Cell(day, day, counts[day], "none", ahead=True)
