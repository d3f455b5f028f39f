"""The working days as a calendar of Microsoft Project: plain weeks, and every holiday and make-up day as an exception."""

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from luodi.domain.vocabulary import Text
from luodi.domain.workdays import WorkCalendar

NAME = Text("国家法定工作日", "China's working days")
MAKE_UP = Text("调休上班", "Make-up working day")
FROM, TO, DAY_HOURS = 8, 17, 8
SHIFTS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
WEEKEND = (1, 7)
"""Sunday and Saturday, as the format numbers the days of a week."""
EXCEPTION, DAILY = "0", "1"


def put(parent: ET.Element, key: str, value: str) -> None:
    """An element that holds a text."""
    ET.SubElement(parent, key).text = value


def write_calendar(root: ET.Element, days: WorkCalendar, first: date, last: date, language: str) -> None:
    """The base calendar (number 1) from a day to a day.

    Exceptions stand twice, among the week days for readers of the older format and as `Exceptions` for those of 2007, as
    MS Project itself writes them.
    """
    calendar = ET.SubElement(ET.SubElement(root, "Calendars"), "Calendar")
    for key, value in (("UID", "1"), ("Name", NAME[language]), ("IsBaseCalendar", "1"), ("BaseCalendarUID", "-1")):
        put(calendar, key, value)
    week = ET.SubElement(calendar, "WeekDays")
    for number in range(1, 8):
        usual = ET.SubElement(week, "WeekDay")
        put(usual, "DayType", str(number))
        _working(usual, number not in WEEKEND)
    found = list(_exceptions(days, first, last, language))
    for day, works, _name in found:
        one = ET.SubElement(week, "WeekDay")
        put(one, "DayType", EXCEPTION)
        put(one, "DayWorking", str(int(works)))
        _period(one, day)
        _shifts(one, works)
    if found:
        _newer(calendar, found)


def _newer(calendar: ET.Element, found: list[tuple[date, bool, str]]) -> None:
    exceptions = ET.SubElement(calendar, "Exceptions")
    for day, works, name in found:
        one = ET.SubElement(exceptions, "Exception")
        put(one, "EnteredByOccurrences", "0")
        _period(one, day)
        put(one, "Occurrences", "1")
        put(one, "Name", name)
        put(one, "Type", DAILY)
        put(one, "DayWorking", str(int(works)))
        _shifts(one, works)


def _exceptions(days: WorkCalendar, first: date, last: date, language: str) -> Iterator[tuple[date, bool, str]]:
    """Every day that is not what its place in the week says."""
    day = max(first, days.first)
    while day <= min(last, days.last):
        works = days.is_workday(day)
        if works is not (day.weekday() < 5):
            named = MAKE_UP if works else days.holidays.get(day, Text("放假", "Holiday"))
            yield day, works, named[language]
        day += timedelta(days=1)


def _period(parent: ET.Element, day: date) -> None:
    period = ET.SubElement(parent, "TimePeriod")
    put(period, "FromDate", f"{day.isoformat()}T00:00:00")
    put(period, "ToDate", f"{day.isoformat()}T23:59:00")


def _working(parent: ET.Element, works: bool) -> None:
    put(parent, "DayWorking", str(int(works)))
    _shifts(parent, works)


def _shifts(parent: ET.Element, works: bool) -> None:
    if not works:
        return
    times = ET.SubElement(parent, "WorkingTimes")
    for begin, end in SHIFTS:
        shift = ET.SubElement(times, "WorkingTime")
        put(shift, "FromTime", begin)
        put(shift, "ToTime", end)
