"""Days that are due as iCalendar, for programs that ask again and again: the same days always make the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A whole-day event.  `uid` is stable, so that a day that moves is moved, not doubled; `changed`: since when it is so."""

    uid: str
    on: date
    title: str
    notes: str
    link: str
    changed: datetime


def write(name: str, days: Sequence[Day]) -> bytes:
    """An .ics file of `days`, named `name` in the calendar program; programs are asked to look again each hour."""
    from icalendar import Calendar, Event  # loaded by the first feed, not by the first page

    calendar = Calendar()
    calendar.add("prodid", "-//luodi//due//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), {"VALUE": "DURATION"})
    for day in days:
        event = Event()
        event.add("uid", f"{day.uid}@luodi")
        event.add("dtstamp", day.changed)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.title)
        event.add("description", day.notes)
        event.add("url", day.link)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
