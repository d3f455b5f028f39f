"""The life of a request: what may follow what, and which states are open."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from luodi.domain.vocabulary import Text


class State(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    PARTLY_MET = "partly_met"
    MET = "met"
    BLOCKED = "blocked"
    DROPPED = "dropped"


WORDS: Mapping[State, Text] = MappingProxyType(
    {
        State.REQUESTED: Text("已提出", "Requested"),
        State.ACCEPTED: Text("已接收", "Accepted"),
        State.SCHEDULED: Text("已承诺", "Promised"),
        State.PARTLY_MET: Text("部分落实", "Partly met"),
        State.MET: Text("已落实", "Met"),
        State.BLOCKED: Text("受阻", "Blocked"),
        State.DROPPED: Text("已撤销", "Dropped"),
    }
)
CLOSED = frozenset({State.MET, State.DROPPED})
PROMISED = frozenset({State.SCHEDULED, State.PARTLY_MET})
"""The states in which somebody has given a day."""

_AFTER: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.REQUESTED: frozenset({State.ACCEPTED, State.SCHEDULED, State.BLOCKED, State.DROPPED}),
        State.ACCEPTED: frozenset({State.SCHEDULED, State.BLOCKED, State.DROPPED}),
        State.SCHEDULED: frozenset({State.SCHEDULED, State.PARTLY_MET, State.MET, State.BLOCKED, State.DROPPED}),
        State.PARTLY_MET: frozenset({State.SCHEDULED, State.PARTLY_MET, State.MET, State.BLOCKED, State.DROPPED}),
        State.BLOCKED: frozenset({State.ACCEPTED, State.SCHEDULED, State.DROPPED}),
        State.MET: frozenset(),
        State.DROPPED: frozenset(),
    }
)


def following(state: State) -> frozenset[State]:
    """The states that may follow; scheduled again is another promise, partly met again another part of it."""
    return _AFTER[state]
