"""The scheduling problem as every solver sees it: integers only, activities in topological order.

Time is the index of a working day in a calendar; every activity starts and finishes on a working day.
A working-day duration is added to the index; a calendar-day or month period is a row of `shifts`
(`shifts[row, start] = finish`), because its length in working days depends on where it lies.
Dates, matters and words live in `network`, one floor up.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]


class Relation(StrEnum):
    """How one activity waits for another."""

    FINISH_START = "FS"
    START_START = "SS"


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of doing an activity: its length, what it holds of each unit while it runs, what it uses up of each budget."""

    days: int  # working days; the nominal length where `shift` >= 0
    shift: int = -1  # row of Problem.shifts, or -1
    demands: tuple[int, ...] = ()  # per renewable resource; () = none
    costs: tuple[int, ...] = ()  # per budget; () = none


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that takes time.  `fixed` = (start, finish) of what has happened; nothing else starts before `release`."""

    id: str
    modes: tuple[Mode, ...]
    release: int = 0
    fixed: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`after` waits for `before` (positions in Problem.activities), plus `lag` working days (negative: overlap)."""

    before: int
    after: int
    relation: Relation = Relation.FINISH_START
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Activities in topological order, the links between them, and what they share.

    `target`: the position of the activity whose finish is to be as early as possible.
    `deadline`: the target's latest finish, if one is set.  `horizon`: number of known working days.
    """

    activities: tuple[Activity, ...]
    links: tuple[Link, ...]
    target: int
    horizon: int
    shifts: IntArray
    capacities: tuple[int, ...] = ()
    budgets: tuple[int, ...] = ()
    deadline: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Start, finish and mode of every activity, by position."""

    start: IntArray
    finish: IntArray
    mode: IntArray


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver found: its schedule (None when it found none), a proved lower bound of the target's finish, and how."""

    schedule: Schedule | None
    bound: int
    proved: bool  # the schedule reaches the bound, or (schedule is None) there is none
    proof: str  # longest_path | capacity_bound | solver_bound
    seconds: float
