"""The fifteen states of a case, numbered as the national exchange numbers them (BLZT), and their table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.source.tree import Leaf, Series
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "cases/states.yaml"
CLOCK = ("none", "starts", "runs", "stops", "resumes", "ends", "dropped")
PHASES = ("draft", "window", "accepted", "handling", "granted", "closed")


class State(IntEnum):
    """The state an event of a case brings."""

    RECEIVED = 1
    WITHDRAWN = 2
    ACCEPTED = 3
    NOT_NEEDED = 4
    REFUSED = 5
    CORRECTING = 6
    CORRECTED = 7
    HANDLING = 8
    SPECIAL = 9
    SPECIAL_ENDED = 10
    GRANTED = 11
    GRANTED_DEFERRED = 12
    DENIED = 13
    TAKEN_BACK = 14
    REVOKED = 15


CLOSED = frozenset(State(number) for number in (2, 4, 5, 11, 12, 13, 14, 15))
"""States that close a case (the provincial calculator's set: an open 撤件 once kept counting)."""
AGREED = frozenset({State.GRANTED, State.GRANTED_DEFERRED})
"""The matter was granted."""
DECIDED = AGREED | {State.DENIED}
"""The matter was decided on its merits."""
TIMED = AGREED
"""Counted in time and overdue statistics; cases ending otherwise have no time (2, 4, 5, 13, 14, 15)."""


@dataclass(frozen=True, slots=True)
class StateRule:
    """A state: its words, and what it means for the case and its clock."""

    state: State
    name: Text
    closes: bool
    agrees: bool
    timed: bool
    clock: str


@dataclass(frozen=True, slots=True)
class StateTable:
    """All of `states.yaml`."""

    states: Mapping[State, StateRule]
    follows: Mapping[str, tuple[State, ...]]
    while_correcting: tuple[State, ...]
    while_special: tuple[State, ...]
    repeats: tuple[State, ...]
    step: timedelta
    skew: timedelta
    source: Source
    confidence: Confidence


@cache
def state_table() -> StateTable:
    """The states and their order, as shipped."""
    return read_table(FILE, read_states)


def state_rules() -> Mapping[State, StateRule]:
    """Every state in the order of its number."""
    return state_table().states


def read_states(root: ask.Row) -> StateTable:
    """`states.yaml`; a state missing or unknown is a problem, and so is one that says it closes and does not."""
    rows = dict(ask.rows(ask.child(root, "states")))
    states = {State(int(key)): _state(State(int(key)), row) for key, row in rows.items() if _is_state(row, key)}
    for state in State:
        if state not in states:
            root.faults.add(ask.line(root, "states"), "state_missing", number=int(state))
    follows, times = ask.child(root, "follows"), ask.child(root, "times")
    source_of(times), confidence_of(times)
    table = StateTable(
        MappingProxyType(dict(sorted(states.items()))),
        MappingProxyType({phase: _numbers(follows, phase) for phase in PHASES}),
        _numbers(root, "while_correcting"),
        _numbers(root, "while_special"),
        _numbers(root, "repeats"),
        timedelta(seconds=ask.whole(times, "step_seconds", low=1)),
        timedelta(seconds=ask.whole(times, "skew_seconds", low=0)),
        source_of(root),
        confidence_of(root),
    )
    for row in (follows, times, root):
        ask.close(row)
    return table


def _state(state: State, row: ask.Row) -> StateRule:
    rule = StateRule(
        state,
        ask.pair(row),
        ask.flag(row, "closes"),
        ask.flag(row, "agrees"),
        ask.flag(row, "timed"),
        ask.choice(row, "clock", CLOCK),
    )
    said = (rule.closes, rule.agrees, rule.timed)
    if said != (state in CLOSED, state in AGREED, state in TIMED):
        row.faults.add(ask.line(row), "state_contradicted", number=int(state))
    ask.close(row)
    return rule


def _is_state(row: ask.Row, key: str) -> bool:
    if key.isascii() and key.isdigit() and len(key) < 3 and int(key) in set(State):
        return True
    row.faults.add(ask.line(row), "no_such_state", key=key[:40])
    return False


def _numbers(row: ask.Row, key: str) -> tuple[State, ...]:
    found = ask.node(row, key)
    if not isinstance(found, Series):
        row.faults.add(ask.line(row, key), "expected_list", key=key, value="")
        return ()
    numbers = []
    for item in found.items:
        value = item.value if isinstance(item, Leaf) else None
        if isinstance(value, int) and value in set(State):
            numbers.append(State(value))
        else:
            row.faults.add(item.line, "no_such_state", key=str(value)[:40])
    return tuple(numbers)
