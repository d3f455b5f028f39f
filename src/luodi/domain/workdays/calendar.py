"""Working days as table look-ups, so that a portfolio of plans can ask for millions of dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from luodi.domain.vocabulary import DayUnit, Refusal, Source, Text
from luodi.domain.workdays.months import months_after, months_between

Dates = NDArray[np.datetime64]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """The working days from `first` to `last`, one by one; immutable.

    `dates`: every working day in order.  `ranks[i]`: how many of them lie on or before the i-th day after `first`.
    Days after `published` rest on no notice: weekends only (see `projected`).
    Asking outside `first`..`last` raises `Refusal` (`before_first_holiday_notice`, `no_holiday_notice`,
    `beyond_projection`); nothing is ever guessed.
    """

    first: date
    last: date
    published: date
    dates: Dates
    ranks: Integers
    holidays: Mapping[date, Text]  # the name of the holiday, on every day it is taken
    notices: Mapping[int, tuple[Source, ...]]  # by year, in order of issue
    days: tuple[date, ...] = field(repr=False)
    rank: Mapping[date, int] = field(repr=False)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`."""
        rank = _rank_of(self, day)
        return rank > 0 and self.days[rank - 1] == day

    def add(self, day: date, days: int) -> date:
        """The `days`-th working day strictly after `day`; strictly before it when negative.

        0 is `day` itself when it is a working day, else the next working day.
        """
        if days > 0:
            try:
                return self.days[self.rank[day] + days - 1]
            except (KeyError, IndexError):
                raise _refusal(self, day) from None
        if days == 0:
            return self.next_workday(day)
        place = self.index(day) + days
        if place < 0:
            raise _refusal(self, self.first - timedelta(days=1))
        return self.days[place]

    def count(self, start: date, end: date) -> int:
        """Working days in (start, end]; negative when `end` lies before `start`."""
        try:
            return self.rank[end] - self.rank[start]
        except KeyError:
            raise _refusal(self, start if start not in self.rank else end) from None

    def next_workday(self, day: date) -> date:
        """`day` itself when it is a working day, else the first one after it."""
        rank = _rank_of(self, day)
        if rank and self.days[rank - 1] == day:
            return day
        if rank == len(self.days):
            raise _refusal(self, self.last + timedelta(days=1))
        return self.days[rank]

    def last_workday(self, day: date) -> date:
        """`day` itself when it is a working day, else the last one before it."""
        rank = _rank_of(self, day)
        if rank == 0:
            raise _refusal(self, self.first - timedelta(days=1))
        return self.days[rank - 1]

    def due(self, accepted: date, period: int, unit: DayUnit) -> date:
        """The last day of a statutory period of `period` units for what was accepted on `accepted`.

        Acceptance on a day off counts as acceptance on the next working day; that day is not counted
        (民法典 第201条).  A period of calendar days or months that ends on a day off ends on the next working
        day (第203条); a month ends on the day of the same number, or on its last day (第202条).
        """
        if period < 0:
            raise Refusal("negative_period", period=period)
        start = self.next_workday(accepted)
        match unit:
            case DayUnit.WORKING:
                return self.add(start, period)
            case DayUnit.CALENDAR:
                return self.next_workday(_later(self, start, period))
            case DayUnit.MONTHS:
                return self.next_workday(months_after(start, period, self.last))

    def elapsed(self, accepted: date, on: date, unit: DayUnit) -> int:
        """How many units of a period have run by the end of the day `on`; 0 until the clock starts.

        The same counting as `due`: a period of n falls due on the first day on which n have elapsed, or on the
        next working day when that is a day off.
        """
        start = self.next_workday(accepted)
        if on <= start:
            return 0
        match unit:
            case DayUnit.WORKING:
                return self.count(start, on)
            case DayUnit.CALENDAR:
                return (on - start).days
            case DayUnit.MONTHS:
                return months_between(start, on)

    def index(self, day: date) -> int:
        """Working days before `day`: the place in `dates` of the first working day on or after it."""
        return _rank_of(self, day) - self.is_workday(day)

    def projected(self, day: date) -> bool:
        """Whether `day` lies after the last published notice, so that only its weekend is known."""
        return day > self.published

    def add_many(self, days: Dates, counts: Integers | int) -> Dates:
        """`add` for arrays of days (`datetime64[D]`) and of counts, or one count for all."""
        ranks = _ranks_of(self, days)
        steps = np.asarray(counts)
        if steps.size and steps.min() > 0:
            places = ranks + (steps - 1)
        else:
            before = ranks - (self.dates[np.maximum(ranks, 1) - 1] == days)
            places = np.where(steps > 0, ranks + steps - 1, before + steps)
        if places.size and places.min() < 0:
            raise _refusal(self, self.first - timedelta(days=1))
        if places.size and places.max() >= len(self.dates):
            raise _refusal(self, self.last + timedelta(days=1))
        picked: Dates = self.dates[places]
        return picked

    def count_many(self, starts: Dates, ends: Dates) -> Integers:
        """`count` for arrays of days (`datetime64[D]`)."""
        return _ranks_of(self, ends) - _ranks_of(self, starts)


def _later(calendar: WorkCalendar, day: date, days: int) -> date:
    """`days` calendar days later, or a refusal where that lies beyond the calendar (or beyond all dates)."""
    if days > (calendar.last - day).days:
        raise _refusal(calendar, calendar.last + timedelta(days=1))
    return day + timedelta(days=days)


def _refusal(calendar: WorkCalendar, day: date) -> Refusal:
    """Why the calendar has no answer for `day`."""
    if day < calendar.first:
        return Refusal("before_first_holiday_notice", day=day, first=calendar.first)
    if calendar.last > calendar.published:
        return Refusal("beyond_projection", last=calendar.last)
    return Refusal("no_holiday_notice", year=calendar.published.year + 1)


def _rank_of(calendar: WorkCalendar, day: date) -> int:
    try:
        return calendar.rank[day]
    except KeyError:
        raise _refusal(calendar, day) from None


def _ranks_of(calendar: WorkCalendar, days: Dates) -> Integers:
    places = (np.asarray(days, dtype="datetime64[D]") - np.datetime64(calendar.first)).view(np.int64)
    if places.size and places.min() < 0:
        raise _refusal(calendar, calendar.first - timedelta(days=1))
    if places.size and places.max() >= len(calendar.ranks):
        raise _refusal(calendar, calendar.last + timedelta(days=1))
    picked: Integers = calendar.ranks[places]
    return picked
