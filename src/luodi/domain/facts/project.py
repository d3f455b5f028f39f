"""A project as it is handed to the plan: frozen, checked, every value with where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from luodi.domain.vocabulary import Scalar, Source, Text


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened with a matter.  `finished` is None while it runs.

    `expected`: the day its decision may now be expected, as the statutory clock of its case says; without it the full
    limit is counted from the start.  While something stops the clock: the day if it went on at once.
    """

    started: date
    finished: date | None = None
    expected: date | None = None


WORKS = "works"
"""The building works, where a matter's id is asked for."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the project wants to be planned.

    `levers` None: the regime decides.  `capacities`: unit id -> matters it can handle at once.
    `max_debts`: at most so many deferrals, letters and commitments.  `projected`: may plan beyond the last published
    holiday notice.  `target`: the date by which the target milestone must be reached.
    """

    as_of: date
    regime: str | None = None
    levers: tuple[str, ...] | None = None
    capacities: Mapping[str, int] = field(default_factory=dict)
    max_debts: int | None = None
    projected: bool = False
    target: date | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: article, form, assumption, or a sample value (invented, and marked so)."""

    basis: str  # form | article | derived | assumption | sample | given
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A duration as an article says it beside what the calendar gives: both are shown.

    `from_day` and `to_day`: the dates the article gives for the two events, where it gives them.
    """

    from_id: str
    to_id: str
    says_days: int
    source: Source
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """One project, checked.  `facts` holds given and derived facts and the defaults named in `assumed`."""

    id: str
    name: Text
    form: Mapping[str, object]
    facts: Mapping[str, Scalar]
    assumed: tuple[str, ...]  # facts nobody gave: the catalogue's if_missing value was taken
    origins: Mapping[str, Origin]  # by fact or field id
    milestones: Mapping[str, date]
    progress: Mapping[str, Progress]
    options: Options
    zone: Text | None = None
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Text, ...] = ()
    frozen: Mapping[str, date] = field(default_factory=dict)  # matter or WORKS -> the first day on which it may go on
    preparing: Mapping[str, date] = field(default_factory=dict)  # matter -> since when the applicant is held to prepare
    prepared: Mapping[str, tuple[date, date]] = field(default_factory=dict)  # matter -> begun, done ahead
