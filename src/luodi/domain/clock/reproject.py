"""A calendar is edited: which open deadlines move, from when to when, and because of which days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

import numpy as np

from luodi.domain.clock.ledger import Extension, Pause, Reading, Terms, read
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import PauseRule
from luodi.domain.vocabulary import DayUnit, Refusal, Source, Text
from luodi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Edit:
    """A day that becomes a working day or a day off; `name`: what it is taken off for."""

    day: date
    works: bool
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day on which two calendars differ, as the later one has it."""

    day: date
    works: bool
    name: Text | None


@dataclass(frozen=True, slots=True)
class Open:
    """An open case as the clock needs it; `key` is the caller's."""

    key: int | str
    accepted: datetime
    terms: Terms
    pauses: Sequence[Pause] = ()
    extensions: Sequence[Extension] = ()
    rules: Mapping[str, PauseRule] | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose deadlines move (or, while its clock is stopped, whose days left change), and the days that do it.

    `was` and `now` are the clock before and after the edit.
    """

    key: int | str
    was: Reading
    now: Reading
    because: tuple[ChangedDay, ...]


def edited(calendar: WorkCalendar, edits: Sequence[Edit], source: Source | None = None) -> WorkCalendar:
    """The calendar with some days changed; `source`: the notice that changes them.

    Raises `Refusal` for a day outside the calendar (as the calendar does) or named twice (`day_edited_twice`).
    """
    wanted = {edit.day: edit for edit in edits}
    if len(wanted) < len(edits):
        twice = next(edit.day for edit in edits if sum(one.day == edit.day for one in edits) > 1)
        raise Refusal("day_edited_twice", day=twice)
    working = set(calendar.days)
    holidays, notices = dict(calendar.holidays), dict(calendar.notices)
    for day, edit in wanted.items():
        calendar.is_workday(day)  # refuses a day outside the calendar
        (working.add if edit.works else working.discard)(day)
        holidays.pop(day, None)
        if not edit.works and edit.name is not None:
            holidays[day] = edit.name
        if source is not None and source not in notices.get(day.year, ()):
            notices[day.year] = (*notices.get(day.year, ()), source)
    span = [calendar.first + timedelta(days=i) for i in range((calendar.last - calendar.first).days + 1)]
    days = tuple(day for day in span if day in working)
    ranks = np.cumsum(np.asarray([day in working for day in span], dtype=np.int32), dtype=np.int32)
    dates = np.asarray(days, dtype="datetime64[D]")
    for table in (ranks, dates):
        table.setflags(write=False)
    return replace(
        calendar,
        dates=dates,
        ranks=ranks,
        days=days,
        rank=dict(zip(span, ranks.tolist(), strict=True)),
        holidays=MappingProxyType(holidays),
        notices=MappingProxyType(notices),
    )


def changed_days(before: WorkCalendar, after: WorkCalendar) -> tuple[ChangedDay, ...]:
    """The days on which the two differ, in order, over the time both cover."""
    first, last = max(before.first, after.first), min(before.last, after.last)
    works = set(after.days)
    changed = sorted(day for day in set(before.days) ^ works if first <= day <= last)
    return tuple(ChangedDay(day, day in works, after.holidays.get(day)) for day in changed)


def reproject(cases: Iterable[Open], *, before: WorkCalendar, after: WorkCalendar, now: datetime) -> tuple[Moved, ...]:
    """The open cases that the edit moves, in the order given.

    `because`: the changed days between acceptance (of a limit in calendar days: the earlier deadline) and the later one.
    """
    days = changed_days(before, after)
    if not days:
        return ()
    moved = []
    for case in cases:
        was, new = (_read(case, calendar, now) for calendar in (before, after))
        if _deadlines(was) != _deadlines(new):
            moved.append(Moved(case.key, was, new, _because(case, was, new, days, now)))
    return tuple(moved)


def _because(
    case: Open, was: Reading, new: Reading, days: Sequence[ChangedDay], now: datetime
) -> tuple[ChangedDay, ...]:
    """The changed days that count for a case: all of its time, or, where no working days are counted, the end of it."""
    ends = [due for one in (was, new) for due in (one.due, one.promise_due) if due is not None]
    counted = DayUnit.WORKING in (case.terms.unit, case.terms.promise_unit or case.terms.unit)
    first = day_of(case.accepted) if counted or not ends else min(ends)
    return tuple(day for day in days if first <= day.day <= max(ends, default=day_of(now)))


def _read(case: Open, calendar: WorkCalendar, now: datetime) -> Reading:
    return read(
        accepted=case.accepted,
        terms=case.terms,
        pauses=case.pauses,
        extensions=case.extensions,
        now=now,
        calendar=calendar,
        rules=case.rules,
    )


def _deadlines(reading: Reading) -> tuple[date | int | None, ...]:
    stopped = reading.paused_since is not None
    return (reading.left, reading.promise_left) if stopped else (reading.due, reading.promise_due)
