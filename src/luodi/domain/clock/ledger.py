"""The clock of one case as a ledger: what the limit gives, what is used up, what is left, on which day it runs out.

One way of counting serves the due day and the days used.  Days lie on a line: working days by their number in the
calendar, calendar days by their date.  The day of acceptance is not counted, a pause takes the days after the one it
begins on up to the one it ends on, and overlapping pauses take each day once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.domain.clock.line import Line, Spans, line_of
from luodi.domain.clock.office import day_of, minutes_left_today
from luodi.domain.clock.rules import PauseRule, clock_rules, pause_rules
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of a kind of `clock.yaml`; `until` None: still open."""

    kind: str
    since: datetime
    until: datetime | None = None
    reason: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Days added to the statutory limit, in its unit; granted after the limit ran out they count for nothing."""

    days: int
    at: datetime
    approver: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The limits of a case: what the law gives and what was promised; `promise_unit` None: counted as the law's."""

    budget: int | None
    unit: DayUnit
    promise: int | None = None
    promise_unit: DayUnit | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The clock as it stands at a moment.

    `due` and `promise_due` are None while the clock is stopped; `left` then stands still.  `left`: days to the due
    day, negative when overdue, working days for a limit of working days, calendar days for the others.  `used` and
    `paused` are in the unit of the law's limit, `used_promise` in that of the promise (months: whole months used,
    calendar days paused).  `hours_left`: office hours to the end of the due day, rounded down.  `light`: none, green,
    amber or red; of a closed case, green or red: in time or not.  `outlasted`: kinds of pause that lasted longer
    than their own maximum, after which the clock ran again.
    """

    started: date | None
    ended: date | None
    used: int
    used_promise: int
    paused: int
    running: bool
    paused_since: date | None
    due: date | None
    promise_due: date | None
    left: int | None
    promise_left: int | None
    hours_left: int | None
    promise_hours_left: int | None
    light: str
    promise_light: str
    projected: bool
    outlasted: tuple[str, ...]


NOT_STARTED = Reading(
    None, None, 0, 0, 0, False, None, None, None, None, None, None, None, "none", "none", False, ()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stops:
    """The days that pauses took, since when the clock stands still, and which kinds outlasted their maximum."""

    spans: Spans
    since: date | None
    outlasted: tuple[str, ...]


NO_STOPS = _Stops((), None, ())


def read(
    *,
    accepted: datetime | None,
    terms: Terms,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    closed: datetime | None = None,
    now: datetime,
    calendar: WorkCalendar,
    rules: Mapping[str, PauseRule] | None = None,
) -> Reading:
    """The clock at `now`: whatever happened after `now` is not known yet, so any earlier moment can be asked for.

    `rules`: `pause_rules(matter)`; default: the general ones.  Raises `Refusal` where the calendar ends.
    """
    if accepted is None or accepted > now:
        return NOT_STARTED
    start = calendar.next_workday(day_of(accepted))
    until = now if closed is None else min(closed, now)
    over = until == closed
    end = max(start, day_of(until))
    stops = _stops(pauses, pause_rules() if rules is None else rules, start, end, until, over, calendar)
    line = line_of(terms.unit, start, end, stops.spans, calendar)
    other = line
    if terms.promise_unit is not None and terms.promise_unit is not terms.unit:
        other = line_of(terms.promise_unit, start, end, stops.spans, calendar)
    budget = _with_extensions(terms.budget, extensions, line, now)
    return _reading(line, other, budget, terms.promise, stops, now, over)


def _reading(
    line: Line, other: Line, budget: int | None, promised: int | None, stops: _Stops, now: datetime, over: bool
) -> Reading:
    stopped = stops.since is not None
    law, promise = (
        _side(days, where, None if over else now, stopped) for days, where in ((budget, line), (promised, other))
    )
    return Reading(
        started=line.start,
        ended=line.end if over else None,
        used=line.used(),
        used_promise=other.used(),
        paused=line.paused,
        running=not (over or stopped),
        paused_since=stops.since,
        due=None if stopped else law.due,
        promise_due=None if stopped else promise.due,
        left=law.left,
        promise_left=promise.left,
        hours_left=law.hours,
        promise_hours_left=promise.hours,
        light=law.light,
        promise_light=promise.light,
        projected=any(due is not None and line.calendar.projected(due) for due in (law.due, promise.due)),
        outlasted=stops.outlasted,
    )


def _stops(
    pauses: Sequence[Pause],
    rules: Mapping[str, PauseRule],
    start: date,
    end: date,
    until: datetime,
    over: bool,
    calendar: WorkCalendar,
) -> _Stops:
    """The spans (first day, last day] within `start`..`end`, in no order, of the pauses that stop the clock."""
    if not pauses:
        return NO_STOPS
    spans: list[tuple[date, date]] = []
    since: date | None = None
    outlasted: dict[str, None] = {}
    for pause in pauses:
        rule = rules[pause.kind]
        if not rule.stops or pause.since > until:
            continue
        first = day_of(pause.since)
        is_open = pause.until is None or pause.until > until
        last = end if pause.until is None or is_open else day_of(pause.until)
        if rule.max_days is not None:
            latest = _latest(first, rule, calendar)
            if latest < last:
                outlasted[pause.kind] = None
                last, is_open = latest, False
        first = max(first, start)
        if is_open and not over:
            since = first if since is None else min(since, first)
        if last > first:
            spans.append((first, last))
    return _Stops(tuple(spans), since, tuple(outlasted))


def _latest(first: date, rule: PauseRule, calendar: WorkCalendar) -> date:
    """The last day a pause can take that begins on `first`."""
    days = rule.max_days or 0
    if rule.unit is DayUnit.WORKING:
        return calendar.add(first, days)
    return first + timedelta(days=days if rule.unit is DayUnit.CALENDAR else 31 * days)


def _with_extensions(budget: int | None, extensions: Sequence[Extension], line: Line, now: datetime) -> int | None:
    """The budget with every extension that was granted before it ran out."""
    if budget is None or not extensions:
        return budget
    for extension in sorted(extensions, key=lambda one: one.at):
        if extension.at <= now and day_of(extension.at) <= line.due(budget):
            budget += extension.days
    return budget


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two clocks: `due` as if the clock ran on from today."""

    due: date | None
    left: int | None
    hours: int | None
    light: str


NO_LIMIT = _Side(None, None, None, "none")


def _side(budget: int | None, line: Line, now: datetime | None, still: bool) -> _Side:
    """The statutory or the promised clock; `now` None: the case is closed."""
    if budget is None:
        return NO_LIMIT
    due = line.due(budget)
    left = line.left(due)
    if now is None:
        return _Side(due, left, None, "red" if left < 0 else "green")
    if budget == 0 and left >= 0:
        return _Side(due, left, None, "none")  # done on the spot: nothing to count down
    rules = clock_rules()
    days = left if still and left < 0 else line.calendar.count(line.end if still else day_of(now), due)
    minutes = rules.hours.per_day * days + (0 if still else minutes_left_today(rules.hours, now, line.calendar))
    light = "red" if left < 0 else "amber" if days <= rules.lights.amber else "green"
    return _Side(due, left, minutes // 60, light)
