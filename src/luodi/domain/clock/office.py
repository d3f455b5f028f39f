"""Office hours: a day left is a day offices work, not twenty-four hours."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.vocabulary import Confidence, Source
from luodi.domain.workdays import WorkCalendar

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The clock of every office; China has had no other since 1991."""

SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The spans of a working day in minutes after midnight, and the minutes they make."""

    spans: tuple[tuple[int, int], ...]
    per_day: int
    source: Source
    confidence: Confidence


def day_of(at: datetime) -> date:
    """The date of a moment as an office calendar shows it."""
    return at.astimezone(SHANGHAI).date()


def minutes_left_today(hours: OfficeHours, now: datetime, calendar: WorkCalendar) -> int:
    """Office minutes still to come on the day of `now`; 0 on a day off."""
    local = now.astimezone(SHANGHAI)
    if not calendar.is_workday(local.date()):
        return 0
    minute = local.hour * 60 + local.minute
    return sum(end - max(start, minute) for start, end in hours.spans if end > minute)


def read_hours(row: ask.Row) -> OfficeHours:
    """The office hours of `clock.yaml`: spans in order that do not overlap."""
    spans: list[tuple[int, int]] = []
    for text in ask.texts(row, "spans"):
        found = SPAN.fullmatch(text)
        start, end = (int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])) if found else (0, 0)
        if end <= start or (spans and start < spans[-1][1]) or end > 24 * 60:
            row.faults.add(ask.item_line(row, "spans", text), "hours_unreadable", value=text[:40])
        else:
            spans.append((start, end))
    if not spans:
        row.faults.add(ask.line(row), "missing_key", key="spans")
    hours = OfficeHours(tuple(spans), sum(end - start for start, end in spans), source_of(row), confidence_of(row))
    ask.close(row)
    return hours
