"""What the forms of the calendar sent: the notice of a year, or a single day, as the domain takes it."""

import re
from datetime import date

from django.http import QueryDict

from luodi.desk import asked
from luodi.domain import written
from luodi.domain.vocabulary import Refusal, Source, Text
from luodi.domain.workdays import Added, WorkCalendar
from luodi.domain.workdays.adding import single_day, year_notice
from luodi.domain.workdays.notices import Holiday

ROWS = 9
"""Holidays of the form; a notice names seven."""


def added(sent: QueryDict, calendar: WorkCalendar) -> Added:
    """What is to be added to a calendar.  Raises `Refusal` beside its field."""
    return notice(sent, calendar) if sent.get("what") == "notice" else single(sent, calendar)


def source(sent: QueryDict) -> Source:
    """The paper it rests on."""
    number = written.line(sent.get("number", ""), "number", empty=True)
    return Source(written.line(sent.get("title", ""), "title"), number or None, _link(sent) or None)


def notice(sent: QueryDict, calendar: WorkCalendar) -> Added:
    """The notice of a year."""
    held = [one for one in (_holiday(sent, i) for i in range(ROWS)) if one is not None]
    return year_notice(calendar, asked.number(sent, "year"), source(sent), held, _days(sent))


def single(sent: QueryDict, calendar: WorkCalendar) -> Added:
    """One day that becomes a day off, or a working day."""
    day = asked.day(sent, "day")
    if sent.get("works") not in ("yes", "no"):
        raise Refusal("choice_missing", field="works")
    if sent["works"] == "yes":
        return single_day(calendar, day, None, source(sent))
    zh = written.line(sent.get("name", ""), "name")
    return single_day(calendar, day, _name(zh, sent.get("name_en", ""), "name_en"), source(sent))


def _holiday(sent: QueryDict, i: int) -> Holiday | None:
    first, last = (asked.given(sent, f"{part}-{i}") for part in ("first", "last"))
    zh = written.line(sent.get(f"zh-{i}", ""), f"zh-{i}", empty=True)
    if not first and not last:
        return None
    if not (first and last and zh):
        raise Refusal("calendar_holiday_half", field="holidays", name=zh or str(i + 1))
    name = _name(zh, sent.get(f"en-{i}", ""), f"en-{i}")
    return Holiday(name, asked.day(sent, f"first-{i}"), asked.day(sent, f"last-{i}"))


def _name(zh: str, en: str, field: str) -> Text:
    """A name of a holiday: 64 characters hold the longest."""
    zh = written.text(zh, "name", longest=64)
    return Text(zh, written.text(" ".join(en.split()), field, longest=64, empty=True) or zh)


def _days(sent: QueryDict) -> list[date]:
    found = []
    for text in re.split(r"[\s,，、;；]+", written.line(sent.get("workdays", ""), "workdays", empty=True)):
        if text:
            try:
                found.append(date.fromisoformat(text))
            except ValueError:
                raise Refusal("date_unreadable", field="workdays", value=text[:40]) from None
    return found


def _link(sent: QueryDict) -> str:
    """An address of the web, or nothing: a link of another kind would be run by whoever follows it."""
    text = written.text(sent.get("link", ""), "link", longest=500, empty=True)
    if text and not re.match(r"https?://[^\s]+$", text):
        raise Refusal("link_unreadable", field="link")
    return text
