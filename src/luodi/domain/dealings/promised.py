"""What became of a promise: its states, which may follow which, and what was promised against what came."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from luodi.domain.dealings.kinds import LESS, kinds
from luodi.domain.dealings.terms import Term
from luodi.domain.vocabulary import Text

OPEN, KEPT, PARTLY, BROKEN, WAIVED = "open", "kept", "partly", "broken", "waived"
STATES: Mapping[str, Text] = MappingProxyType(
    {
        OPEN: Text("待兑现", "Open"),
        KEPT: Text("已兑现", "Kept"),
        PARTLY: Text("部分兑现", "Kept in part"),
        BROKEN: Text("未兑现", "Broken"),
        WAIVED: Text("经同意免除", "Waived"),
    }
)
FOLLOWS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        OPEN: frozenset((KEPT, PARTLY, BROKEN, WAIVED)),
        PARTLY: frozenset((KEPT, PARTLY, BROKEN, WAIVED)),
        BROKEN: frozenset((KEPT, PARTLY, WAIVED)),
        KEPT: frozenset((OPEN,)),
        WAIVED: frozenset((OPEN,)),
    }
)
"""What may be recorded after what; a finding that was wrong is opened again, with the reason."""
SETTLED = frozenset((KEPT, WAIVED))
REASONED = frozenset((OPEN, BROKEN, WAIVED))
"""States that want a reason; the others want evidence."""


def share(promised: Term, actual: Term) -> Fraction | None:
    """How much of what was promised came: actual ÷ promised; None where the two are no amounts."""
    if promised.size is None or actual.size is None:
        return None
    return Fraction(actual.size, promised.size)


def late(promised: Term, actual: Term) -> int | None:
    """Calendar days after the promised day (negative: before it); None where the two are no days."""
    if promised.on is None or actual.on is None:
        return None
    return (actual.on - promised.on).days


def found(promised: Term, actual: Term) -> str | None:
    """The state that figures speak for: kept, or in part; None where figures say nothing.

    What came late came: by how many days is said beside it.  The officer decides; this is only compared with what the
    officer says.
    """
    part = share(promised, actual)
    if late(promised, actual) is not None:
        return KEPT
    if part is None:
        return None
    if kinds()[promised.kind].gives == LESS:
        return KEPT if part <= 1 else PARTLY
    return KEPT if part >= 1 else PARTLY


def overdue(state: str, due: date, today: date) -> bool:
    """Whether a promise should have been kept by now."""
    return state not in SETTLED and due < today


def masked(name: str) -> str:
    """A person's name as lists show it: the first character, the rest hidden."""
    return name[:1] + "＊" * (len(name) - 1)
