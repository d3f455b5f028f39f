"""What can be done to many rows at once: each act with its form, its effect on a row, its doing and its taking back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from luodi.accounts.acting import Acting
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.finding.many import Outcome, StepRow

Given = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Moment:
    """Who acts, and when."""

    by: Acting
    at: datetime


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an act's form; with `options` a choice, else a line or a day."""

    name: str
    label: Text
    kind: str = "text"  # text | choice | date
    options: Sequence[tuple[str, Text]] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act would do to a row, or why it cannot be done.  `subject`: what its room says of the row."""

    row: str
    seq: int
    name: Text
    about: Text
    link: str
    will: Text
    why: Text | Refusal | None
    subject: Any  # CasePage or Recorded: only its own verb looks into it

    @property
    def able(self) -> bool:
        """Whether it can be done."""
        return self.why is None


@dataclass(frozen=True, slots=True)
class Verb:
    """An act on many rows.  `weigh` raises `OutOfReach` or `Http404` for a row that is not the post's to see.

    `undo` None: it cannot be taken back, which is said before it is done.
    """

    id: str
    name: Text
    function: str
    list: str  # name of the list's address
    place: str
    fields: Callable[[Moment, Sequence[Effect]], tuple[Field, ...]]
    given: Callable[[QueryDict, Moment], Given]
    weigh: Callable[[Moment, str, Given | None], Effect]
    do: Callable[[Moment, Effect, StepRow, Given, str], Outcome]
    undo: Callable[[Moment, StepRow, Given, str], None] | None = None


def refusal_of(effect: Effect, function: Text) -> Refusal:
    """Why a row cannot be done, as a refusal."""
    if isinstance(effect.why, Refusal):
        return effect.why
    return Refusal("not_allowed", function=function, why=effect.why or Text("", ""))
