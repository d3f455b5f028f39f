"""The yearly holiday notices of the State Council, and the calendar they make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from luodi.domain.vocabulary import Source, Text
from luodi.domain.workdays.calendar import WorkCalendar

PROJECTED_YEARS = 15


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in one row, first and last included."""

    name: Text
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Each day off."""
        return (self.first + timedelta(days=offset) for offset in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: days off, and the weekend days on which offices work."""

    source: Source
    issued: date
    holidays: tuple[Holiday, ...]
    workdays: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The notices of one year in order of issue; a later one prevails day by day."""

    year: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What an officer added to the published notices.  `year`: of which year it is the notice (that year is published
    from then on); None for single days.  `days`: each day with the name of the day off, None where offices work.
    """

    source: Source
    year: int | None
    days: tuple[tuple[date, Text | None], ...]


def calendar_of(years: Sequence[Year], projected: bool = False, added: Sequence[Added] = ()) -> WorkCalendar:
    """The calendar of consecutive `years`; with `projected`, 15 more years of plain weekends after the last.

    A day no notice names is a working day from Monday to Friday.  A notice may name days at the end of the year
    before (New Year): those count too.  `added` prevails over the notices day by day, the later over the earlier.
    """
    ends = max((years[-1].year, *(one.year for one in added if one.year is not None)))
    first, published = date(years[0].year, 1, 1), date(ends, 12, 31)
    last = published.replace(year=published.year + PROJECTED_YEARS) if projected else published
    named: dict[date, Text | None] = {}
    for notice in (notice for year in years for notice in year.notices):
        named |= {day: holiday.name for holiday in notice.holidays for day in holiday.days()}
        named |= dict.fromkeys(notice.workdays)
    for one in added:
        named |= one.days
    span = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    working = [named[day] is None if day in named else day.weekday() < 5 for day in span]
    days = tuple(day for day, works in zip(span, working, strict=True) if works)
    ranks = np.cumsum(np.asarray(working, dtype=np.int32), dtype=np.int32)
    dates = np.asarray(days, dtype="datetime64[D]")
    for table in (ranks, dates):
        table.setflags(write=False)
    return WorkCalendar(
        first=first,
        last=last,
        published=published,
        dates=dates,
        ranks=ranks,
        holidays=MappingProxyType({day: name for day, name in named.items() if name is not None and day >= first}),
        notices=MappingProxyType(_sources(years, added)),
        days=days,
        rank=dict(zip(span, ranks.tolist(), strict=True)),
    )


def _sources(years: Sequence[Year], added: Sequence[Added]) -> dict[int, tuple[Source, ...]]:
    """What each year rests on, in order of issue."""
    found = {year.year: tuple(notice.source for notice in year.notices) for year in years}
    for one in added:
        for year in (one.year,) if one.year is not None else sorted({day.year for day, _ in one.days}):
            found[year] = (*found.get(year, ()), one.source)
    return found
