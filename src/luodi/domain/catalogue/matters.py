"""What a matter is: the frozen shape that the files in `data/catalogue` are read into."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luodi.domain.catalogue.conditions import Condition
from luodi.domain.vocabulary import Confidence, DayUnit, Place, Source, Text


class Kind(StrEnum):
    """What a number of days binds."""

    MAX = "max"  # the authority's deadline
    MIN = "min"  # a period no promise can cut: notice, listing
    DUTY = "duty"  # the owner's deadline
    ASSUMED = "assumed"  # a planning value where law and publication are silent


@dataclass(frozen=True, slots=True)
class Number:
    """A number of days with its date, source and confidence.

    `since` is the date of effect.  Where that is unknown, `since` is None and `seen` is the day on which the
    number was attested: it then counts for every date, and pages say so.  `when` narrows it to some projects.
    """

    days: int
    unit: DayUnit
    kind: Kind
    confidence: Confidence
    source: Source
    since: date | None = None
    seen: date | None = None
    when: Condition | None = None
    note: Text | None = None
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Deferral:
    """容缺: papers that may come later, and the prerequisites that only supply such papers."""

    papers: tuple[Text, ...]
    waives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """以函代证: until the certificate of `replaces` exists, a letter from `by` stands for it."""

    replaces: str
    by: str
    expires: Number
    source: Source


@dataclass(frozen=True, slots=True)
class Commitment:
    """承诺制: the matter is granted on a written commitment; the check moves after the start."""

    since: date | None
    check: Text
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Front:
    """前置: one of the five fronts on which a matter may start during negotiation.

    `waives`: prerequisites that then need not come first (their reason is `note`).
    """

    name: str  # decision | clearing | land | approval | supporting
    waives: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One approval or service matter, overlays applied.

    `limits`, `promises` and `preparation` hold every dated number; ask `catalogue.limits` for the one in force.
    """

    id: str
    name: Text
    stage: int
    phase: str
    unit: str
    mode: str
    legal_basis: str
    applies: Condition | None  # None: always
    because: Text
    requires: tuple[str, ...]
    starts_with: tuple[str, ...]
    limits: tuple[Number, ...]
    promises: tuple[Number, ...]
    preparation: tuple[Number, ...]
    prepare_after: tuple[str, ...]
    inputs: tuple[str, ...]
    output: Text
    hard_gate: bool
    regional: bool
    standard_land: bool
    front: Front | None
    deferral: Deferral | None
    letter: Letter | None
    commitment: Commitment | None
    notes: tuple[Text, ...]
    source: Source
    confidence: Confidence
    at: Place


@dataclass(frozen=True, slots=True)
class MilestoneRule:
    """A milestone and what must be done for it.  `any_of`: the first of these that applies to the project."""

    id: str
    name: Text
    requires: tuple[str, ...]
    any_of: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Lever:
    """One reform, and the one way in which it changes the network (`effect`); `days` where the effect has a size."""

    id: str
    name: Text
    effect: str
    meaning: Text
    source: Source
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class FactRule:
    """A fact of a site or project: its type, unit, and what is assumed while nobody has said."""

    id: str
    name: Text
    type: str  # bool | number | choice
    unit: str | None
    choices: tuple[str, ...]
    from_field: str | None
    if_missing: bool | float | str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the plan needs to know of the rules, with a digest of the files it was read from."""

    matters: Mapping[str, Matter]  # in catalogue order, which is a topological order
    milestones: Mapping[str, MilestoneRule]
    levers: Mapping[str, Lever]
    regimes: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, FactRule]
    units: Mapping[str, Text]
    stages: Mapping[int, Text]
    phases: Mapping[str, Text]
    works: Number
    digest: str
