"""The kinds of event a case can have, and the state of the national exchange that each writes."""

from collections.abc import Mapping
from types import MappingProxyType

from luodi.domain.handling.states import State

WRITES: Mapping[State, str] = MappingProxyType(
    {
        State.RECEIVED: "case.opened",
        State.WITHDRAWN: "case.withdrawn",
        State.ACCEPTED: "case.accepted",
        State.NOT_NEEDED: "case.not_needed",
        State.REFUSED: "case.refused",
        State.CORRECTING: "case.correction_asked",
        State.CORRECTED: "case.corrected",
        State.HANDLING: "case.handling",
        State.SPECIAL: "case.paused",
        State.SPECIAL_ENDED: "case.resumed",
        State.GRANTED: "case.granted",
        State.GRANTED_DEFERRED: "case.granted_deferred",
        State.DENIED: "case.denied",
        State.TAKEN_BACK: "case.taken_back",
        State.REVOKED: "case.revoked",
    }
)
"""State -> kind of the event that writes it; data/journal/cases.yaml has the words."""

STATES: Mapping[str, State] = MappingProxyType({kind: state for state, kind in WRITES.items()})
"""Kind -> the state it writes; a kind that is not here leaves the state as it was."""

EXTENDED, ASSIGNED, RELEASED = "case.extended", "case.assigned", "case.released"
ASKED, ANSWERED, REPROJECTED = "case.asked", "case.answered", "case.reprojected"

CORRECTION = "correction"
"""The kind of pause that a correction (6 … 7) opens after acceptance."""
