"""When may a decision now be expected?  What the forecast of a running plan rests on."""

from datetime import date, datetime

from luodi.domain.clock.ledger import Reading, Terms
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import periods
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import WorkCalendar


def expected(
    *, reading: Reading, terms: Terms, now: datetime, calendar: WorkCalendar, resumes: date | None = None
) -> date | None:
    """The working day on which the decision may now be expected; of a closed case, the day it ended.

    While the promise holds, its due day; once that has passed, the law's; once both have, today.  `resumes`: when a
    stopped clock is told to run again, or when a case not yet accepted may be (the day a correction is due); a day
    that has passed counts as today.  None: no limit is known.
    """
    if reading.ended is not None:
        return reading.ended
    today = calendar.next_workday(day_of(now))
    resumed = calendar.next_workday(max(today, resumes or today))
    if reading.started is None:
        return _from_acceptance(terms, resumed, calendar)
    if reading.paused_since is not None:
        return _from_rest(reading, terms, resumed, calendar)
    limits = [due for due in (reading.promise_due, reading.due) if due is not None]
    if not limits:
        return None
    return next((due for due in limits if due >= today), today)


def deemed_accepted(received: datetime, told: datetime | None, calendar: WorkCalendar) -> date | None:
    """The day an application counts as accepted because nobody said in time what it lacks: the day of receipt.

    `told`: when the one-time notice was given, or the latest moment known.  None: it was given within the five
    working days (行政许可法 第32条(四)), or they have not run out.
    """
    period = periods()["notice_of_corrections"]
    last = calendar.due(day_of(received), period.days, period.unit)
    return day_of(received) if told is None or day_of(told) > last else None


def _from_acceptance(terms: Terms, accepted: date, calendar: WorkCalendar) -> date | None:
    if terms.promise is not None:
        return calendar.due(accepted, terms.promise, terms.promise_unit or terms.unit)
    return None if terms.budget is None else calendar.due(accepted, terms.budget, terms.unit)


def _from_rest(reading: Reading, terms: Terms, resumed: date, calendar: WorkCalendar) -> date | None:
    """What is left of the promise, or of the law's limit when the promise has passed, from the day it runs again."""
    sides = ((reading.promise_left, terms.promise_unit or terms.unit), (reading.left, terms.unit))
    known = [(left, unit) for left, unit in sides if left is not None]
    if not known:
        return None
    left, unit = next(((left, unit) for left, unit in known if left >= 0), (0, DayUnit.WORKING))
    return calendar.due(resumed, left, unit if unit is DayUnit.WORKING else DayUnit.CALENDAR)
