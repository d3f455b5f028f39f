"""A year of the calendar of working days as months and weeks, each day with what it is."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from luodi.domain.vocabulary import Text
from luodi.domain.workdays import WorkCalendar

WEEKDAYS = (
    Text("一", "Mo"), Text("二", "Tu"), Text("三", "We"), Text("四", "Th"), Text("五", "Fr"), Text("六", "Sa"),
    Text("日", "Su"),
)  # fmt: skip
KINDS = {
    "holiday": Text("放假", "holiday"),
    "makeup": Text("调休上班", "make-up working day"),
    "weekend": Text("周末", "weekend"),
    "work": Text("工作日", "working day"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `name`: of the holiday it belongs to."""

    date: date
    kind: str
    name: Text | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday; None before its first day and after its last."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    working: int


@lru_cache(maxsize=32)
def months(calendar: WorkCalendar, year: int) -> tuple[Month, ...]:
    """The twelve months of a year that the calendar covers."""
    return tuple(_month(calendar, year, number) for number in range(1, 13))


def _month(calendar: WorkCalendar, year: int, number: int) -> Month:
    weeks = tuple(
        tuple(_day(calendar, day) if day.month == number else None for day in week)
        for week in Calendar().monthdatescalendar(year, number)
    )
    working = sum(one.kind in ("work", "makeup") for week in weeks for one in week if one)
    return Month(date(year, number, 1), weeks, working)


def _day(calendar: WorkCalendar, day: date) -> Day:
    if calendar.is_workday(day):
        return Day(day, "makeup" if day.weekday() >= 5 else "work", None)
    name = calendar.holidays.get(day)
    return Day(day, "holiday" if name is not None or day.weekday() < 5 else "weekend", name)
