"""The course of a case, told again from its events: states, pauses, extensions, and what the clock makes of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.cases.kinds import CORRECTION, EXTENDED, STATES
from luodi.domain.clock.ledger import Extension, Pause, Reading, Terms, read
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import pause_rules
from luodi.domain.handling.following import Happened
from luodi.domain.handling.states import CLOSED, State
from luodi.domain.workdays import WorkCalendar

Details = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is kept.  `details` is the JSON of its particulars, read only where it is needed."""

    seq: int
    at: datetime
    kind: str
    state: State
    who: str = ""
    reason: str = ""
    basis: str = ""
    details: str = "{}"
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened with a case.  `waiting`: the kind of the pause that is open, "" for none.

    `resumes`: the day on which the open pause was told to end, or the open correction is due.
    """

    happened: tuple[Happened, ...]
    opened: datetime
    accepted: datetime | None
    closed: datetime | None
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    waiting: str = ""
    waiting_since: datetime | None = None
    resumes: date | None = None

    @property
    def state(self) -> State:
        """The last state that was written."""
        return self.happened[-1].state

    def reading(self, terms: Terms, matter: str, now: datetime, calendar: WorkCalendar) -> Reading:
        """What the clock says at a moment.  `terms`: as the law gives them, extensions not included."""
        return read(
            accepted=self.accepted, terms=terms, pauses=self.pauses, extensions=self.extensions, closed=self.closed,
            now=now, calendar=calendar, rules=pause_rules(matter),
        )  # fmt: skip


@dataclass(slots=True)
class _Open:
    """The pause that is open while a course is told."""

    kind: str = ""
    since: datetime | None = None
    reason: str = ""
    basis: str = ""
    resumes: date | None = None


def course_of(events: Iterable[Told]) -> Course:
    """The course that events make, in the order of their numbers; the first must be the opening."""
    happened: list[Happened] = []
    pauses: dict[State, list[Pause]] = {State.SPECIAL: [], State.CORRECTING: []}
    opened_by: dict[State, _Open] = {}
    extensions: list[Extension] = []
    opened, accepted, closed = None, None, None
    for event in events:
        state = STATES.get(event.kind)
        opened = opened or event.at
        if event.kind == EXTENDED:
            days = int(str(_details(event)["days"]))
            extensions.append(Extension(days, event.at, event.who, event.basis))
        if state is None:
            continue
        happened.append(Happened(state, event.at))
        if state is State.ACCEPTED:
            accepted = event.at
        elif state in (State.SPECIAL, State.CORRECTING):
            opened_by[state] = _opened(event, state)
        elif state in (State.SPECIAL_ENDED, State.CORRECTED):
            _close(opened_by, pauses, State.SPECIAL if state is State.SPECIAL_ENDED else State.CORRECTING, event.at)
        if state in CLOSED:
            closed = closed or event.at
            for open_ in tuple(opened_by):
                _close(opened_by, pauses, open_, event.at)
    if opened is None:
        raise ValueError("a case without events")
    told = [Pause(one.kind, one.since, None, one.reason, one.basis) for one in opened_by.values() if one.since]
    last = opened_by.get(State.SPECIAL) or opened_by.get(State.CORRECTING) or _Open()
    spans = (*pauses[State.SPECIAL], *pauses[State.CORRECTING], *told)
    return Course(
        tuple(happened), opened, accepted, closed, tuple(p for p in spans if _counts(p, accepted)), tuple(extensions),
        last.kind, last.since, last.resumes,
    )  # fmt: skip


def _opened(event: Told, state: State) -> _Open:
    details = _details(event)
    kind = CORRECTION if state is State.CORRECTING else str(details["pause"])
    told = details.get("due" if state is State.CORRECTING else "until")
    return _Open(kind, event.at, event.reason, event.basis, date.fromisoformat(str(told)) if told else None)


def _close(opened: dict[State, _Open], pauses: dict[State, list[Pause]], which: State, at: datetime) -> None:
    one = opened.pop(which, None)
    if one is not None and one.since is not None:
        pauses[which].append(Pause(one.kind, one.since, at, one.reason, one.basis))


def _counts(pause: Pause, accepted: datetime | None) -> bool:
    """A correction at the window, before acceptance, stops no clock: none runs yet."""
    return accepted is not None and pause.since >= accepted


def _details(event: Told) -> Details:
    found: Details = json.loads(event.details)
    return found


def day(at: datetime | None) -> date | None:
    """The Shanghai day of a moment, None for none."""
    return day_of(at) if at else None
