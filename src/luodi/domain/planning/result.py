"""What planning returns, whichever solver answered: one frozen shape for terminal, page, file and record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luodi.domain.catalogue.matters import Number
from luodi.domain.vocabulary import Text


class Status(StrEnum):
    """How sure the plan is of itself."""

    OPTIMAL = "optimal"  # no plan can finish earlier, and the proof is in `lower_bound`
    FEASIBLE = "feasible"  # lawful, verified, perhaps not the shortest
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, slots=True)
class Span:
    """A duration with its two ends named.

    Calendar days: the difference of the dates.  Working days: those after `start` up to and including `finish`.
    """

    from_id: str
    to_id: str
    start: date
    finish: date
    calendar_days: int
    working_days: int


@dataclass(frozen=True, slots=True)
class LowerBound:
    """The earliest finish any lawful plan can have, as a span from the same start, and what proves it."""

    calendar_days: int
    finish: date
    proof: str  # longest_path | solver_bound
    words: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One matter in the plan.

    `prepare_from` .. `prepare_to`: the applicant prepares (the same day where nothing is to be prepared);
    `start` (accepted) .. `finish` (decided): the unit handles.
    `float_days`: calendar days the matter may slip without moving the target, 0 on the critical set;
    `slack_days`: what weekends and holidays alone would still absorb there.
    `driver`: what fixes `start` ("why this date?"): a matter, a milestone,
    a lever that settled it, `prepare`, `progress` or `as_of`.
    """

    matter: str
    name: Text
    stage: int
    phase: str
    unit: str
    mode: str  # the matter's mode, or promised | commitment | regional | standard_land | merged when a lever changed it
    prepare_from: date
    prepare_to: date
    start: date
    finish: date
    float_days: int
    slack_days: int
    critical: bool
    limit: Number
    levers: tuple[str, ...]  # the levers that changed this step
    requires: tuple[str, ...]  # what had to end first, as the network used it
    starts_with: tuple[str, ...]  # what had to have begun
    driver: str
    because: Text
    state: str  # planned | started | done
    projected: bool  # a date of it lies beyond the last published holiday notice


@dataclass(frozen=True, slots=True)
class Debt:
    """What a lever left owing: a deferred paper, a letter to be exchanged, a commitment to be checked."""

    matter: str
    kind: str  # deferral | letter | commitment
    what: Text
    due: date
    projected: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A date that differs from the baseline: by how many calendar days, and why."""

    matter: str
    was: date
    now: date
    days: int
    why: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A verified plan of one project."""

    project: str
    name: Text
    regime: str | None
    levers: tuple[str, ...]
    as_of: date
    status: Status
    milestones: Mapping[str, date]
    span: Span
    lower_bound: LowerBound
    steps: tuple[Step, ...]  # in the order of stage, then start
    critical: tuple[str, ...]  # in time order
    debts: tuple[Debt, ...]
    assumed_share: float  # 0..1 of the critical path's days that rest on assumptions
    moves: tuple[Move, ...] | None
    assumed_facts: tuple[str, ...]
    catalogue_digest: str
    catalogue_as_of: date
    solver: str  # cpm | cp-sat | list
    solve_ms: float
    gap_days: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule or date of a contradiction, in words, with the number it rests on."""

    id: str
    words: Text
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No lawful plan: the smallest set of rules and dates that contradict each other."""

    project: str
    code: str  # target_too_early | hard_gate | capacity
    clauses: tuple[Clause, ...]
    words: Text
    earliest: date | None  # the earliest lawful date of the target, where one exists
    solve_ms: float


Answer = Plan | Infeasible
