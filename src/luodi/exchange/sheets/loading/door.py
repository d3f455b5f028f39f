"""What every loader answers to: look rows up, say what they would do, do it, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from luodi.accounts.acting import Acting
from luodi.domain.events.canonical import Json
from luodi.exchange.sheets.checking import Row


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row did, or would do: `new`, `changed` or `same`; to what; and what must be known to take it back."""

    outcome: str
    subject: str
    before: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was taken in, as it is taken back."""

    number: int
    outcome: str
    subject: str
    before: Mapping[str, Json]


class Loader(Protocol):
    """One kind of ledger, for one file and whoever handed it in."""

    def __init__(self, by: Acting, today: date) -> None: ...

    def look_up(self, rows: Sequence[Row]) -> None:
        """Read what the next rows need, with the same number of queries however many they are."""

    def foresee(self, row: Row, *, thoroughly: bool) -> Taken:
        """What a row would do; nothing is written.  `thoroughly`: try what would be recorded too.  Raises Refusal, BadInput."""

    def take(self, row: Row, at: datetime) -> Taken:
        """Do what a row says, inside the caller's transaction.  Raises Refusal, BadInput: then nothing of it is done."""

    def take_back(self, line: Line, reason: str, at: datetime) -> None:
        """Undo what a row did by acts against it.  Raises Refusal, BadInput for what must stay."""
