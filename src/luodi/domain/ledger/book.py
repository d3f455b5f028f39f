"""What a step does to the two accounts it stands between, and which step may follow which.

Amounts are whole numbers of the smallest unit of their kind (`kinds.py`): sums of them are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Phase(StrEnum):
    """What a step is.  `MOVE` and `REVERSE` stand by themselves; the others are the life of a promise."""

    MOVE = "move"  # allotted: at once and for good
    RESERVE = "reserve"  # promised until a day
    COMMIT = "commit"  # promised by a signature
    POST = "post"  # used up: the permit is there
    VOID = "void"  # withdrawn
    EXPIRE = "expire"  # the reservation ran out
    REVERSE = "reverse"  # a mistake taken back


PENDING = frozenset({Phase.RESERVE, Phase.COMMIT})
"""Steps after which a promise still stands open."""

FOLLOWS: Mapping[Phase | None, frozenset[Phase]] = MappingProxyType(
    {
        None: frozenset({Phase.MOVE, Phase.RESERVE, Phase.COMMIT}),
        Phase.MOVE: frozenset({Phase.REVERSE}),
        Phase.RESERVE: frozenset({Phase.RESERVE, Phase.COMMIT, Phase.POST, Phase.VOID, Phase.EXPIRE}),
        Phase.COMMIT: frozenset({Phase.POST, Phase.VOID}),
        Phase.POST: frozenset({Phase.REVERSE}),
        Phase.VOID: frozenset(),
        Phase.EXPIRE: frozenset(),
        Phase.REVERSE: frozenset(),
    }
)
"""What may follow a step; under None, what may begin."""

WHOLE = frozenset({Phase.VOID, Phase.EXPIRE, Phase.REVERSE})
"""Steps that take back all of the step before them, never a part."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands on an account.

    `inward` came in for good, `outward` went out for good; `reserved` and `committed` are promised out of it;
    `expected` is promised to it, and cannot be promised on.
    """

    inward: int = 0
    outward: int = 0
    reserved: int = 0
    committed: int = 0
    expected: int = 0

    @property
    def balance(self) -> int:
        """What came in for good and has not gone out for good."""
        return self.inward - self.outward

    @property
    def promised(self) -> int:
        """What is promised out of it, by a reservation or a signature."""
        return self.reserved + self.committed

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.balance - self.promised

    @property
    def sound(self) -> bool:
        """Whether no single sum is below zero; none ever can be."""
        return min(self.inward, self.outward, self.reserved, self.committed, self.expected) >= 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.inward + other.inward,
            self.outward + other.outward,
            self.reserved + other.reserved,
            self.committed + other.committed,
            self.expected + other.expected,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One side-to-side transfer as it was written; `promise` None for what stands by itself.

    `place` counts the steps of a promise from 1; `act` names the entry of the record under which it was written, the
    same for all steps of one act.
    """

    id: int
    act: str
    phase: Phase
    source: int
    target: int
    amount: int
    at: datetime
    promise: int | None = None
    place: int = 0
    reverses: int | None = None
    expires: datetime | None = None


def may_follow(phase: Phase, amount: int, before: tuple[Phase, int] | None) -> bool:
    """Whether a step of this amount may follow the one before it (None: it begins).

    Signing and posting never make a promise larger: more than was reserved needs a promise of its own.
    """
    if amount <= 0 or phase not in FOLLOWS[before[0] if before else None]:
        return False
    if before is None:
        return True
    if phase in WHOLE:
        return amount == before[1]
    return phase is Phase.RESERVE or amount <= before[1]


def effects(phase: Phase, amount: int, before: tuple[Phase, int] | None = None) -> tuple[Sums, Sums]:
    """What a step adds to the sums of its source and of its target; `before`: the step it follows, and its amount.

    What the step before had set aside is given back first, so that a smaller permit frees the rest.
    """
    source, target = _standing(phase, amount)
    if before is None:
        return source, target
    undone, unexpected = _standing(*before)
    return source + _minus(undone), target + _minus(unexpected)


def _standing(phase: Phase, amount: int) -> tuple[Sums, Sums]:
    """What stands on both sides as long as a step is the last."""
    if phase is Phase.RESERVE:
        return Sums(reserved=amount), Sums(expected=amount)
    if phase is Phase.COMMIT:
        return Sums(committed=amount), Sums(expected=amount)
    if phase in (Phase.MOVE, Phase.POST):
        return Sums(outward=amount), Sums(inward=amount)
    return Sums(), Sums()


def _minus(sums: Sums) -> Sums:
    return Sums(-sums.inward, -sums.outward, -sums.reserved, -sums.committed, -sums.expected)
