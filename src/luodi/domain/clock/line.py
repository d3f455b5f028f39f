"""The line on which the clock counts: working days by their number, calendar days by their date, pauses cut out once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import WorkCalendar
from luodi.domain.workdays.months import months_after, months_between

Spans = tuple[tuple[date, date], ...]
"""Stretches of days, each without its first day and with its last."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of counted days from `start` to `end`, without the day `start`; `cuts` are the pauses, apart and in order.

    `first` and `last` are the places of `start` and `end` on the line; `paused`: how many places the cuts take.
    """

    unit: DayUnit
    calendar: WorkCalendar
    start: date
    end: date
    first: int
    last: int
    cuts: tuple[tuple[int, int], ...]
    paused: int

    def used(self) -> int:
        """How much of a limit is used up by the end of the last day: days, or whole months."""
        if self.unit is DayUnit.MONTHS:
            return months_between(self.start, self.end - timedelta(days=self.paused))
        return self.last - self.first - self.paused

    def due(self, budget: int) -> date:
        """The day on which a budget runs out: the first on which `used` reaches it, or the next working day."""
        if self.unit is DayUnit.WORKING:
            place = self.first + budget
            for begin, finish in self.cuts:
                if begin >= place:
                    break
                place += finish - begin
            return _workday(self.calendar, place)
        if self.unit is DayUnit.MONTHS:
            place = months_after(self.start, budget, self.calendar.last).toordinal()
        else:
            place = self.first + budget
        due = _rolled(self.calendar, place)
        for begin, finish in self.cuts:
            if begin >= due.toordinal():
                break
            place += finish - begin
            due = _rolled(self.calendar, place)
        return due

    def left(self, due: date) -> int:
        """Days from the last day to `due`; when that has passed, the days since, pauses after it left out, negative."""
        place = place_on(self.unit, self.calendar)(due)
        if place >= self.last:
            return place - self.last
        excused = sum(finish - max(begin, place) for begin, finish in self.cuts if finish > place)
        return place - self.last + excused


def line_of(unit: DayUnit, start: date, end: date, spans: Spans, calendar: WorkCalendar) -> Line:
    """The line from `start` to `end` in a unit, with overlapping `spans` joined."""
    place = place_on(unit, calendar)
    cuts: list[tuple[int, int]] = []
    for begin, finish in sorted((place(one), place(other)) for one, other in spans) if spans else ():
        if cuts and begin <= cuts[-1][1]:
            cuts[-1] = (cuts[-1][0], max(cuts[-1][1], finish))
        else:
            cuts.append((begin, finish))
    paused = sum(finish - begin for begin, finish in cuts)
    return Line(unit, calendar, start, end, place(start), place(end), tuple(cuts), paused)


def place_on(unit: DayUnit, calendar: WorkCalendar) -> Callable[[date], int]:
    """Where a day lies on the line: how many working days there are up to it, or its ordinal."""
    return (lambda day: _rank(calendar, day)) if unit is DayUnit.WORKING else date.toordinal


def _rank(calendar: WorkCalendar, day: date) -> int:
    found = calendar.rank.get(day)
    return calendar.index(day) if found is None else found  # index: refuses with the reason


def _workday(calendar: WorkCalendar, place: int) -> date:
    days = calendar.days
    if place > len(days):
        return calendar.add(calendar.last, 1)  # refuses with the reason
    return days[place - 1]


def _rolled(calendar: WorkCalendar, place: int) -> date:
    if place > calendar.last.toordinal():
        return calendar.add(calendar.last, 1)  # refuses with the reason
    return calendar.next_workday(date.fromordinal(place))
