"""Checks of a case's events together: their order, their pairs, and what each must carry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from luodi.domain.handling.states import CLOSED, State, state_rules
from luodi.exchange.national.choices import Choices
from luodi.exchange.national.objecting import Objection
from luodi.exchange.national.rows import Row

ENDS_OF_PAIRS = {State.SPECIAL_ENDED: State.SPECIAL, State.CORRECTED: State.CORRECTING}
FINISHES = frozenset({State.GRANTED, State.GRANTED_DEFERRED, State.DENIED})
REPEAT = frozenset({State.SPECIAL, State.SPECIAL_ENDED})
BEFORE_A_FINISH = frozenset({State.ACCEPTED, State.HANDLING})


@dataclass(slots=True)
class _Course:
    """How far the events of a case have been followed."""

    seen: set[State] = field(default_factory=set)
    open: set[State] = field(default_factory=set)
    last: datetime | None = None
    closed: State | None = None


def event_checks(events: Sequence[Row], special: Sequence[Row], choices: Choices) -> Iterator[Objection]:
    """Everything wrong with the events of one case, in their order.  `special`: its rows of special procedures."""
    course, begun = _Course(), {row.key for row in special}
    for row in events:
        found = State(number) if isinstance(number := row.values.get("BLZT"), int) and number in set(State) else None
        if found is None:
            continue  # the code list has spoken
        yield from _order(row, found, course)
        yield from _carried(row, found, begun, choices)
        _move(course, row, found)


def _order(row: Row, state: State, course: _Course) -> Iterator[Objection]:
    at, facts = row.values.get("BLSJ"), _facts(row, state)
    if isinstance(at, datetime) and course.last is not None and at.replace(microsecond=0) <= course.last:
        yield Objection(row, "national_event_order", facts)
    if course.closed is not None and not (course.closed in (State.GRANTED, State.GRANTED_DEFERRED)
                                          and state is State.REVOKED):  # fmt: skip
        yield Objection(row, "national_event_after_end", {**facts, "ended": state_rules()[course.closed].name})
    if state in course.seen and state not in REPEAT:
        yield Objection(row, "national_event_repeated", facts)
    if (state is State.SPECIAL and State.SPECIAL in course.open) or (
        state in ENDS_OF_PAIRS and ENDS_OF_PAIRS[state] not in course.open
    ):
        yield Objection(row, "national_event_unpaired", facts)
    if state is State.DENIED and State.ACCEPTED not in course.seen:
        yield Objection(row, "national_denied_unaccepted", facts)
    elif state in FINISHES and not course.seen & BEFORE_A_FINISH:
        yield Objection(row, "national_finish_unaccepted", facts)
    elif state in FINISHES and State.SPECIAL in course.open:
        yield Objection(row, "national_finish_while_paused", facts)


def _carried(row: Row, state: State, begun: set[str], choices: Choices) -> Iterator[Objection]:
    words = row.values.get("BLYJ")
    if state is State.CORRECTING and not words:
        yield Objection(row, "national_correction_unlisted", {})
    elif int(state) in choices.opinions_wanted and not words:
        yield Objection(row, "national_opinion_missing", _facts(row, state))
    if state is State.SPECIAL and row.key not in begun:
        yield Objection(row, "national_special_untold", {})


def _move(course: _Course, row: Row, state: State) -> None:
    at = row.values.get("BLSJ")
    course.seen.add(state)
    if state in ENDS_OF_PAIRS:
        course.open.discard(ENDS_OF_PAIRS[state])
    elif state in ENDS_OF_PAIRS.values():
        course.open.add(state)
    if isinstance(at, datetime):
        course.last = max(at.replace(microsecond=0), course.last or at.replace(microsecond=0))
    if state in CLOSED:
        course.closed = state


def _facts(row: Row, state: State) -> Mapping[str, object]:
    return {"state": state_rules()[state].name, "at": row.values.get("BLSJ")}
