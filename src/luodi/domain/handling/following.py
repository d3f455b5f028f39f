"""What may follow what in a case, and the events that must be written with it.

The senders of the national exchange keep these rules before they push anything (national exchange, §1.2); we keep
them when the event is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from luodi.domain.clock.office import SHANGHAI
from luodi.domain.handling.states import AGREED, CLOSED, DECIDED, State, StateTable, state_table
from luodi.domain.vocabulary import Refusal, Text


@dataclass(frozen=True, slots=True)
class Happened:
    """A state and the moment it began."""

    state: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a case stands: its phase, and which of the two pairs are open.

    `phase`: draft | window | accepted (nobody has begun) | handling | granted | closed.  A correction or special
    procedure that ended leads back to the phase it left.
    """

    phase: str
    correcting: bool
    special: bool
    last: State | None


def standing(history: Sequence[Happened]) -> Stand:
    """Where a case stands after its events, which are in order."""
    phase, correcting, special = "draft", False, False
    for one in history:
        match one.state:
            case State.RECEIVED:
                phase = "window"
            case State.ACCEPTED:
                phase = "accepted"
            case State.HANDLING:
                phase = "handling"
            case State.CORRECTING | State.CORRECTED:
                correcting = one.state is State.CORRECTING
            case State.SPECIAL | State.SPECIAL_ENDED:
                special = one.state is State.SPECIAL
            case state:
                phase = "granted" if state in AGREED else "closed"
    over = phase in ("granted", "closed")
    return Stand(phase, correcting and not over, special and not over, history[-1].state if history else None)


def allowed(history: Sequence[Happened]) -> tuple[State, ...]:
    """The states a person may bring about now, in the order of their numbers.

    6 is among them even where it would be a second notice: `follow` then wants `again`.
    """
    return tuple(sorted(_open_to(standing(history), state_table())))


def follow(
    history: Sequence[Happened], new: State, at: datetime, *, one_office: bool = False, again: bool = False
) -> tuple[Happened, ...]:
    """The events to append when `new` happens at `at`, in order, in whole seconds, each later than the one before.

    `one_office`: who accepts also handles, so 8 follows 3 a second later.  `again`: a second correction notice in the
    same case; the caller has its reason and counts it.  A finish brings the 8 that is missing and the 10 of an open
    9; a denial before acceptance comes back as 5.

    Raises `Refusal` with the broken rule: `case_closed`, `case_not_received`, `case_not_accepted`, `state_written`,
    `second_correction`, `correction_open`, `correction_not_open`, `correction_awaited`, `special_open`,
    `special_not_open`, `state_out_of_order`, `time_before_last`.
    """
    table = state_table()
    stand = standing(history)
    if new is State.DENIED and stand.phase == "window":
        new = State.REFUSED
    _check(history, new, stand, again, table)
    states = [new]
    if new in CLOSED and stand.special:
        states.insert(0, State.SPECIAL_ENDED)
    if new in DECIDED and stand.phase == "accepted":
        states.insert(0, State.HANDLING)
    if new is State.ACCEPTED and one_office:
        states.append(State.HANDLING)
    moment = _moment(history, at, table)
    return tuple(Happened(state, moment + place * table.step) for place, state in enumerate(states))


def to_send(history: Sequence[Happened]) -> tuple[Happened, ...]:
    """The events the exchange gets: of repeated corrections only the first pair, since 6 and 7 go once per case."""
    sent: set[State] = set()
    kept = []
    for one in history:
        if one.state in (State.CORRECTING, State.CORRECTED) and one.state in sent:
            continue
        sent.add(one.state)
        kept.append(one)
    return tuple(kept)


def _open_to(stand: Stand, table: StateTable) -> tuple[State, ...]:
    """The states that the phase and the open pairs leave."""
    found = set(table.follows[stand.phase])
    if stand.correcting:
        found &= set(table.while_correcting)
        found.add(State.CORRECTED)
    if stand.special:
        found &= {*table.while_special, State.CORRECTED}
        found.add(State.SPECIAL_ENDED)
    return tuple(found)


def _check(history: Sequence[Happened], new: State, stand: Stand, again: bool, table: StateTable) -> None:
    written = {one.state for one in history}
    state, last = _name(new, table), _name(stand.last, table) if stand.last else Text("", "")
    if stand.phase == "closed" or (stand.phase == "granted" and new is not State.REVOKED):
        raise Refusal("case_closed", last=last)
    if not history and new is not State.RECEIVED:
        raise Refusal("case_not_received", state=state)
    _check_pairs(new, stand)
    if new is State.CORRECTING and new in written and not again:
        raise Refusal("second_correction")
    if new in written and new not in table.repeats and new not in (State.CORRECTING, State.CORRECTED):
        raise Refusal("state_written", state=state)
    if stand.phase == "window" and new in DECIDED:
        raise Refusal("case_not_accepted", state=state)
    if stand.correcting and new not in _open_to(stand, table):
        raise Refusal("correction_awaited", state=state)
    if new not in _open_to(stand, table):
        names = [_name(one, table) for one in allowed(history)]
        choices = Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))
        raise Refusal("state_out_of_order", state=state, last=last, choices=choices)


def _check_pairs(new: State, stand: Stand) -> None:
    match new:
        case State.CORRECTING if stand.correcting:
            raise Refusal("correction_open")
        case State.CORRECTED if not stand.correcting:
            raise Refusal("correction_not_open")
        case State.SPECIAL if stand.special:
            raise Refusal("special_open")
        case State.SPECIAL_ENDED if not stand.special:
            raise Refusal("special_not_open")


def _moment(history: Sequence[Happened], at: datetime, table: StateTable) -> datetime:
    """The whole second of `at`, or the first one after the last event where clocks disagree a little."""
    moment = at.replace(microsecond=0)
    if not history:
        return moment
    last = history[-1].at
    if at < last - table.skew:
        raise Refusal("time_before_last", at=at.astimezone(SHANGHAI), last=last.astimezone(SHANGHAI))
    return max(moment, last.replace(microsecond=0) + table.step)


def _name(state: State, table: StateTable) -> Text:
    return table.states[state].name
