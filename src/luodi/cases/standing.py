"""How a case stands after an event: the columns that `Case` and `CaseEvent` share, worked out by the clock alone."""

from dataclasses import dataclass
from datetime import date, datetime, time

from luodi.cases.course import Course
from luodi.cases.kinds import CORRECTION
from luodi.cases.limits import COMMITMENT, OWNER
from luodi.cases.models import FAR
from luodi.domain.catalogue.matters import Matter, Number
from luodi.domain.clock.expecting import expected
from luodi.domain.clock.ledger import Reading, Terms
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.clock.rules import pause_rules
from luodi.domain.handling.states import CLOSED
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Stands:
    """The shared columns but the handler.  `due`, `promise_due`: None while no clock runs."""

    state: int
    open: bool
    accepted_at: datetime | None
    closed_at: datetime | None
    paused_since: datetime | None
    pause: str
    budget: int | None
    promise: int | None
    due: date | None
    promise_due: date | None
    runs_out: date
    expected: date | None
    used: int
    turn: str

    def columns(self) -> dict[str, object]:
        """The columns by name."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = tuple(Stands.__slots__)


def stands(
    course: Course, terms: Terms, minimum: Number | None, mode: str, matter: Matter, now: datetime,
    calendar: WorkCalendar,
) -> Stands:  # fmt: skip
    """How a case with this course stands at a moment."""
    reading = course.reading(terms, matter.id, now, calendar)
    open_ = course.closed is None
    days = [one for one in (reading.due, reading.promise_due) if one and open_]
    stopped = course.waiting_since if reading.paused_since and open_ else None
    return Stands(
        state=int(course.state),
        open=open_,
        accepted_at=course.accepted,
        closed_at=course.closed,
        paused_since=stopped,
        pause=course.waiting if open_ else "",
        budget=None if terms.budget is None else terms.budget + sum(one.days for one in course.extensions),
        promise=terms.promise,
        due=reading.due,
        promise_due=reading.promise_due,
        runs_out=min(days, default=FAR),
        expected=_expected(course, reading, terms, minimum, mode, now, calendar) if open_ else None,
        used=reading.used,
        turn=turn(course, matter),
    )


def turn(course: Course, matter: Matter) -> str:
    """Whose move it is: window, unit, applicant, other or nobody."""
    if course.closed is not None or course.state in CLOSED:
        return "nobody"
    if matter.unit == OWNER:
        return "applicant"
    if course.waiting:
        rule = pause_rules(matter.id).get(course.waiting)
        return "applicant" if course.waiting == CORRECTION or rule is None else rule.whose
    return "window" if course.accepted is None else "unit"


def _expected(
    course: Course, reading: Reading, terms: Terms, minimum: Number | None, mode: str, now: datetime,
    calendar: WorkCalendar,
) -> date:  # fmt: skip
    """When the decision may be expected; never a day that has gone, always a working day."""
    today = calendar.next_workday(day_of(now))
    resumes = max(today, course.resumes or today)
    if mode == COMMITMENT:
        return calendar.next_workday(resumes if course.waiting else today)
    if minimum is not None:
        begun = day_of(course.accepted) if course.accepted else resumes
        return max(today, calendar.due(begun, minimum.days, minimum.unit))
    waits = resumes if course.waiting or course.accepted is None else None
    found = expected(reading=reading, terms=terms, now=now, calendar=calendar, resumes=waits)
    return max(today, calendar.next_workday(found)) if found else today


def end_of_minimum(accepted: datetime, minimum: Number, calendar: WorkCalendar) -> date:
    """The first day on which a matter bound to a minimum period may be decided."""
    return calendar.due(day_of(accepted), minimum.days, minimum.unit)


def midnight(day: date) -> datetime:
    """The first moment of a Shanghai day."""
    return datetime.combine(day, time(), SHANGHAI)


def terms_from(budget: int | None, unit: str, promise: int | None, promise_unit: str, extended: int) -> Terms:
    """The terms a row keeps: its budget holds the extensions, the law's own does not."""
    return Terms(None if budget is None else budget - extended, DayUnit(unit), promise, DayUnit(promise_unit or unit))
