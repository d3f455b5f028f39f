"""What the exchange is told of: projects, their cases and events, as plain values that need no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.domain.facts.project import ProjectFile
from luodi.domain.handling.states import State


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a case that wrote a state.  `details` is the JSON of its particulars, read only where it is needed."""

    seq: int
    state: State
    at: datetime
    who: str
    reason: str = ""
    basis: str = ""
    details: str = "{}"
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An issued document that is the result of a case.  `file`: names its bytes; `until` None: it holds without end."""

    id: int
    kind: str
    number: str
    title: str
    on: date
    until: date | None
    file: str


@dataclass(frozen=True, slots=True)
class Handled:
    """A case.  `budget` and `promise` in their own units (DayUnit).

    `parallel`: names the act that opened it together with others, "" for none.
    """

    number: str
    matter: str
    organisation: str
    organisation_name: str
    organisation_uscc: str
    budget: int | None
    unit: str
    promise: int | None
    promise_unit: str
    parallel: str
    events: tuple[Happening, ...]
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A project with those of its cases that are to be sent; `begun`: when it was first recorded."""

    slug: str
    zone: str
    begun: datetime
    file: ProjectFile
    reached: Mapping[str, date]
    cases: tuple[Handled, ...]
