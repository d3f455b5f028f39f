"""A scheduling problem as constraints over integer variables, in plain lists: what to solve, not how.

`cpsat` hands a draft to the solver.  Only what the target waits for is drawn unless asked otherwise: everything else can
follow later and cannot hold the target back, so that a bound proved on the draft is a bound of the problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from luodi.domain.planning.kernels.bounds import NONE, heads, tails
from luodi.domain.planning.listing import Packed
from luodi.domain.planning.problem import IntArray, Problem, Schedule

Expr = tuple[int, int]
"""A variable (-1: none) plus a number."""

UNBOUNDED = 1 << 40


Verdict = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver says: values by variable, and a bound of the objective."""

    verdict: Verdict
    values: list[int]
    bound: float


@dataclass(slots=True)
class Draft:
    """Variables by number.  A literal is a variable in [0, 1], its negation `-1 - variable`; None means always."""

    domains: list[tuple[int, int]] = field(default_factory=list)
    # variables, factors, low, high, literal
    linear: list[tuple[list[int], list[int], int, int, int | None]] = field(default_factory=list)
    exactly_one: list[list[int]] = field(default_factory=list)
    interval: list[tuple[Expr, Expr, Expr, int | None]] = field(default_factory=list)  # start, size, end, literal
    cumulative: list[tuple[int, list[tuple[int, int]]]] = field(default_factory=list)  # capacity, (interval, demand)
    objective: list[tuple[int, int]] = field(default_factory=list)  # variable, factor
    hints: dict[int, int] = field(default_factory=dict)

    def variable(self, low: int, high: int) -> int:
        """A new variable in [low, high]."""
        self.domains.append((low, high))
        return len(self.domains) - 1

    def at_least(self, left: Expr, right: Expr, by: int = 0) -> None:
        """left >= right + by."""
        self.linear.append(([left[0], right[0]], [1, -1], by + right[1] - left[1], UNBOUNDED, None))


@dataclass(slots=True)
class Drawn:
    """A draft and the way back: of each drawn activity its start, finish and the literal of each mode (empty: only one)."""

    draft: Draft
    start: dict[int, int]
    finish: dict[int, Expr]
    ways: dict[int, list[int]]


def draw(problem: Problem, packed: Packed, latest: int, *, whole: bool = False, until: int = 0) -> Drawn | None:
    """The problem with the target's finish at most `latest`; None when a time window is empty.

    `whole` draws what the target does not wait for too, ending by `until`.
    """
    net = packed.net
    n = len(problem.activities)
    head, end, tail = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    heads(net, head, end)
    tails(net, tail)
    cone = _cone(packed, n)
    drawn = Drawn(Draft(), {}, {}, {})
    holds: list[list[tuple[int, int]]] = [[] for _ in problem.capacities]
    for i, activity in enumerate(problem.activities):
        if activity.fixed is not None or not (cone[i] or whole):
            continue
        limit = latest - int(tail[i]) if tail[i] != NONE else until if whole else problem.horizon - 1
        limit = min(limit, problem.horizon - 1)
        if end[i] > limit:
            return None
        _activity(drawn, packed, i, (int(head[i]), int(end[i]), limit), holds)
    for i in drawn.start:
        for k in range(int(net.into[i]), int(net.into[i + 1])):
            before = int(net.code[k]) >> 1
            if before in drawn.start:
                waited = drawn.finish[before] if net.code[k] & 1 else (drawn.start[before], 0)
                drawn.draft.at_least((drawn.start[i], 0), waited, int(net.lag[k]))
    _capacities(drawn.draft, packed, holds)
    _budgets(drawn, packed)
    return drawn


def _cone(packed: Packed, n: int) -> list[bool]:
    net = packed.net
    cone = [False] * n
    cone[net.target] = True
    for i in range(n - 1, -1, -1):
        if cone[i]:
            for k in range(int(net.into[i]), int(net.into[i + 1])):
                cone[int(net.code[k]) >> 1] = True
    return cone


def _activity(
    drawn: Drawn, packed: Packed, i: int, window: tuple[int, int, int], holds: list[list[tuple[int, int]]]
) -> None:
    """Start, finish and, with a choice, a literal a mode; `window` = earliest start, earliest finish, latest finish."""
    net, draft = packed.net, drawn.draft
    low, end, high = window
    modes = range(int(net.mode_first[i]), int(net.mode_first[i + 1]))
    least = min(int(net.days[m]) for m in modes)
    start = draft.variable(low, max(low, high - least))
    single = len(modes) == 1
    if single and net.row[modes[0]] < 0:
        finish = (start, int(net.days[modes[0]]))
    else:
        finish = (draft.variable(end, high), 0)
    literals = [] if single else [draft.variable(0, int(low + net.days[m] <= high)) for m in modes]
    if literals:
        draft.exactly_one.append(literals)
    for k, m in enumerate(modes):
        literal = literals[k] if literals else None
        if low + net.days[m] > high:
            continue
        _length(draft, packed, m, start, finish, literal)
        needs = [(unit, need) for unit, need in enumerate(net.demand[m].tolist()) if need > 0]
        size = (-1, int(net.days[m]))
        if needs and net.row[m] >= 0:
            size = (draft.variable(size[1], high - low), 0)
        if needs and size != (-1, 0):
            draft.interval.append(((start, 0), size, finish, literal))
            for unit, need in needs:
                holds[unit].append((len(draft.interval) - 1, need))
    drawn.start[i], drawn.finish[i], drawn.ways[i] = start, finish, literals


def _length(draft: Draft, packed: Packed, m: int, start: int, finish: Expr, literal: int | None) -> None:
    """Tie the finish to the start under mode m."""
    net = packed.net
    days, row = int(net.days[m]), int(net.row[m])
    if row < 0:
        if finish[0] != start:
            draft.linear.append(([finish[0], start], [1, -1], days, days, literal))
        return
    low, high = draft.domains[start]
    values = net.shifts[row, low : high + 1].tolist()
    end = finish[0]
    if literal is not None:
        end = draft.variable(values[0], values[-1])
        draft.linear.append(([finish[0], end], [1, -1], 0, 0, literal))
    _steps(draft, start, end, values)


def _steps(draft: Draft, start: int, end: int, values: list[int]) -> None:
    """end >= values[start - low], as steps: begun too late to end by a value, it ends at the next.

    An end later than need be helps nothing, so that "at least" is enough; the schedule is read off the starts.
    (An element constraint says the same and takes ten times as long to solve.)
    """
    low, high = draft.domains[start]
    first, last = draft.domains[end]
    below = values[0]
    draft.domains[end] = (max(first, below), last)
    for k, value in enumerate(values):
        if value == below:
            continue
        if value > last:
            draft.domains[start] = (low, min(high, low + k - 1))
            break
        past = draft.variable(0, 1)
        draft.linear.append(([start], [1], low, low + k - 1, -1 - past))
        draft.linear.append(([end], [1], value, last, past))
        below = value


def _capacities(draft: Draft, packed: Packed, holds: list[list[tuple[int, int]]]) -> None:
    """One cumulative a unit that can run short; what fixed activities hold stands in it as constant blocks."""
    for unit, capacity in enumerate(packed.capacity.tolist()):
        taken = capacity - np.clip(packed.net.base[unit], 0, capacity)
        if sum(need for _, need in holds[unit]) + int(taken.max(initial=0)) <= capacity:
            continue
        edges = np.flatnonzero(np.diff(taken, prepend=0, append=0))
        members = list(holds[unit])
        for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            if taken[first] > 0:
                draft.interval.append(((-1, first), (-1, last - first), (-1, last), None))
                members.append((len(draft.interval) - 1, int(taken[first])))
        draft.cumulative.append((capacity, members))


def _budgets(drawn: Drawn, packed: Packed) -> None:
    """What is not drawn, or has no choice, uses up at least its cheapest mode."""
    net = packed.net
    for item, budget in enumerate(net.budget.tolist()):
        variables: list[int] = []
        factors: list[int] = []
        for i in range(net.release.size):
            costs = net.cost[net.mode_first[i] : net.mode_first[i + 1], item].tolist()
            literals = drawn.ways.get(i)
            if literals:
                variables += literals
                factors += costs
            else:
                budget -= min(costs)
        drawn.draft.linear.append((variables, factors, -UNBOUNDED, budget, None))


def hint(drawn: Drawn, packed: Packed, schedule: Schedule) -> None:
    """Offer a schedule to the solver as where to begin."""
    hints = drawn.draft.hints
    for i, variable in drawn.start.items():
        hints[variable] = int(schedule.start[i])
        if drawn.finish[i][0] != variable:
            hints[drawn.finish[i][0]] = int(schedule.finish[i])
        first = int(packed.net.mode_first[i])
        for k, literal in enumerate(drawn.ways[i]):
            hints[literal] = int(packed.mode_of[first + k] == schedule.mode[i])


def read(drawn: Drawn, packed: Packed, values: list[int], n: int) -> tuple[dict[int, int], IntArray]:
    """Starts of the drawn activities, and a row of modes for all (the cheapest where it was not asked)."""
    net = packed.net
    mode = np.empty(n, np.int32)
    for i in range(n):
        first, last = int(net.mode_first[i]), int(net.mode_first[i + 1])
        literals = drawn.ways.get(i)
        if literals:
            mode[i] = first + next(k for k, literal in enumerate(literals) if values[literal])
        else:
            mode[i] = min(range(first, last), key=lambda m: (int(net.cost[m].sum()), int(net.days[m])))
    return {i: values[variable] for i, variable in drawn.start.items()}, mode


def distance(drawn: Drawn, baseline: Mapping[int, int], weights: Mapping[int, int], best: Schedule | None) -> None:
    """Weighted number of moved starts, then days: one moved start weighs more than all the days together."""
    draft = drawn.draft
    spans = {
        i: max(abs(end - baseline[i]) for end in draft.domains[drawn.start[i]]) for i in baseline if i in drawn.start
    }
    heavier = sum(spans.values()) + 1
    for i, span in spans.items():
        start, was = drawn.start[i], baseline[i]
        moved, days = draft.variable(0, 1), draft.variable(0, span)
        draft.linear.append(([days, start], [1, -1], -was, UNBOUNDED, None))
        draft.linear.append(([days, start], [1, 1], was, UNBOUNDED, None))
        draft.linear.append(([days, moved], [1, -span], -(UNBOUNDED), 0, None))
        draft.objective += [(moved, heavier * weights[i]), (days, 1)]
        if best is not None:
            by = abs(int(best.start[i]) - was)
            draft.hints |= {moved: int(by > 0), days: by}
