"""What must hold of a notice, or of single days, that an officer adds to the calendar."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from luodi.domain.vocabulary import Refusal, Source, Text
from luodi.domain.workdays.calendar import WorkCalendar
from luodi.domain.workdays.notices import Added, Holiday

LONGEST = 30
"""Days of one holiday, at most: more is a slip of the pen."""


def year_notice(
    calendar: WorkCalendar, year: int, source: Source, holidays: Sequence[Holiday], workdays: Sequence[date]
) -> Added:
    """The notice of a year: the next one after the last notice, or one that changes a year already published.

    Raises `Refusal`: `calendar_year_skipped`, `calendar_year_too_early`, `calendar_no_holidays`, `dates_turned_round`,
    `holiday_too_long`, `day_outside_year`, `makeup_on_weekday`, `day_edited_twice`.
    """
    following = calendar.published.year + 1
    if year > following:
        raise Refusal("calendar_year_skipped", field="year", year=year, next=following)
    if year < calendar.first.year:
        raise Refusal("calendar_year_too_early", field="year", year=year, first=calendar.first.year)
    if not holidays:
        raise Refusal("calendar_no_holidays", field="holidays")
    for one in holidays:
        if one.last < one.first:
            raise Refusal("dates_turned_round", field="holidays", name=one.name, first=one.first, last=one.last)
        if (one.last - one.first).days >= LONGEST:
            raise Refusal("holiday_too_long", field="holidays", name=one.name, longest=LONGEST)
    for day in workdays:
        if day.weekday() < 5:
            raise Refusal("makeup_on_weekday", field="workdays", day=day)
    off = [
        (one.first + timedelta(days=i), one.name) for one in holidays for i in range((one.last - one.first).days + 1)
    ]
    days: list[tuple[date, Text | None]] = [*off, *((day, None) for day in workdays)]
    for day, _ in days:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise Refusal("day_outside_year", field="holidays", day=day, year=year)
    return Added(source, year, _once(days))


def single_day(calendar: WorkCalendar, day: date, name: Text | None, source: Source) -> Added:
    """One day that becomes a day off (`name`) or, without one, a working day.

    Raises `Refusal`: `day_stands_so_already`, and the calendar's own for a day it does not cover.
    """
    if calendar.is_workday(day) is (name is None):
        raise Refusal("day_stands_so_already", field="day", day=day)
    return Added(source, None, ((day, name),))


def _once(days: Sequence[tuple[date, Text | None]]) -> tuple[tuple[date, Text | None], ...]:
    """The days in order; none named twice."""
    for day, count in Counter(day for day, _ in days).items():
        if count > 1:
            raise Refusal("day_edited_twice", field="holidays", day=day)
    return tuple(sorted(days, key=lambda one: one[0]))
