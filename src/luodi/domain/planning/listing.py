"""The list schedule: the first lawful plan in well under a millisecond, and better ones while there is time.

Guarantees: every schedule that leaves here has passed the verifier; the same seed and number of rounds give the same
schedule on every machine (a time limit in seconds does not: it ends after whole rounds).
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning import cpm
from luodi.domain.planning.kernels import FREE, NEVER
from luodi.domain.planning.kernels.bounds import heads, tails, work_bound
from luodi.domain.planning.kernels.genetic import evolve, repair
from luodi.domain.planning.kernels.links import turn
from luodi.domain.planning.kernels.modes import fewest, fitting
from luodi.domain.planning.kernels.serial import Net
from luodi.domain.planning.problem import Activity, IntArray, Link, Mode, Problem, Schedule
from luodi.domain.planning.verify import faults
from luodi.domain.vocabulary import Refusal

POPULATION = 40
CHUNK = 0.02
"""Seconds between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A problem as the kernels see it; `mode_of` leads back from a row of modes to the mode's number in its activity."""

    arrays: cpm.Arrays
    net: Net
    mode_of: IntArray
    owner: IntArray
    capacity: IntArray


@dataclass(frozen=True, slots=True)
class Bounds:
    """Proved lower bounds of the target's finish."""

    path: int
    work: int

    @property
    def best(self) -> int:
        """The stronger of the two."""
        return max(self.path, self.work)

    @property
    def proof(self) -> str:
        """What proves it."""
        return "capacity_bound" if self.work > self.path else "longest_path"


@cache
def ready() -> None:
    """Have the kernels compiled, once: on a new machine that takes longer than many a caller gives for an answer."""
    modes = (Mode(1, 0, (1,), (1,)), Mode(2, -1, (1,), (0,)))
    shifts = np.arange(1, 41, dtype=np.int32)[None, :]
    tiny = Problem((Activity("a", modes), Activity("b", modes)), (Link(0, 1),), 1, 40, shifts, (1,), (1,))
    schedule(tiny, rounds=2 * POPULATION)


def pack(problem: Problem) -> Packed | None:
    """The problem as flat arrays; None when some activity fits no unit in any mode."""
    arrays = cpm.compile(problem)
    ways = _fitting(problem, arrays.fixed)
    if ways is None:
        return None
    into, code, lag, shifts = arrays.into, arrays.code, arrays.lag, arrays.shifts
    out, then, then_lag = np.empty_like(into), np.empty_like(code), np.empty_like(lag)
    turn(into, code, lag, out, then, then_lag)
    days = np.array([mode.days for mode in ways.modes], np.int32)
    row = np.array([mode.shift for mode in ways.modes], np.int32)
    fewest(shifts, problem.horizon, row, days)
    net = Net(
        release=arrays.release,
        fixed=_happened(arrays),
        into=into,
        code=code,
        lag=lag,
        out=out,
        then=then,
        then_lag=then_lag,
        mode_first=ways.first,
        days=days,
        row=row,
        demand=ways.demand,
        cost=_rows([mode.costs for mode in ways.modes], len(problem.budgets)),
        budget=np.array(problem.budgets, np.int32),
        base=_base(problem),
        shifts=shifts,
        inverse=arrays.inverse,
        target=problem.target,
        horizon=problem.horizon,
    )
    return Packed(
        arrays=arrays,
        net=net,
        mode_of=ways.number,
        owner=ways.owner,
        capacity=np.array(problem.capacities, np.int32),
    )


def _happened(arrays: cpm.Arrays) -> IntArray:
    """Start and finish of every activity, FREE where it has not happened."""
    times = np.full((arrays.days.size, 2), FREE, np.int32)
    begun = arrays.release[arrays.fixed]
    times[arrays.fixed, 0], times[arrays.fixed, 1] = begun, begun + arrays.days[arrays.fixed]
    return times.reshape(-1)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The modes that fit, those of activity i at `first[i]:first[i + 1]`: themselves, whose, their numbers there, demands."""

    modes: list[Mode]
    first: IntArray
    owner: IntArray
    number: IntArray
    demand: NDArray[np.int32]


def _fitting(problem: Problem, fixed: IntArray) -> _Ways | None:
    """The modes that fit (of what is done, the first); None when some activity has none."""
    choices = [each.modes if each.fixed is None else each.modes[:1] for each in problem.activities]
    modes = list(chain.from_iterable(choices))
    demand = _rows([mode.demands for mode in modes], len(problem.capacities))
    counts, capacity = np.array([len(some) for some in choices], np.int32), np.array(problem.capacities, np.int32)
    held, fits = np.zeros(counts.size, np.uint8), np.empty(len(modes), np.uint8)
    held[fixed] = 1
    first = np.empty(counts.size + 1, np.int32)
    owner, number = np.empty(len(modes), np.int32), np.empty(len(modes), np.int32)
    left = fitting(counts, held, demand, capacity, first, owner, number, fits)
    if left < 0:
        return None
    if left < len(modes):
        modes, demand = [mode for mode, fit in zip(modes, fits, strict=True) if fit], demand[fits > 0]
    return _Ways(modes, first, owner[:left], number[:left], demand)


def _rows(rows: list[tuple[int, ...]], width: int) -> NDArray[np.int32]:
    """Tuples of one width as a table; an empty one is all 0."""
    if not width:
        return np.empty((len(rows), 0), np.int32)
    none = (0,) * width
    return np.fromiter(chain.from_iterable([row or none for row in rows]), np.int32).reshape(len(rows), width)


def _base(problem: Problem) -> NDArray[np.int32]:
    """What fixed activities leave free of each unit (less than nothing where they overload it)."""
    free = np.repeat(np.array(problem.capacities, np.int32)[:, None], problem.horizon, axis=1)
    for activity in problem.activities:
        if activity.fixed is not None and activity.modes[0].demands:
            first, last = activity.fixed
            free[:, max(0, first) : max(0, last)] -= np.array(activity.modes[0].demands, np.int32)[:, None]
    return free


def bounds(packed: Packed, problem: Problem) -> Bounds:
    """Lower bounds that need no solver.  Raises Refusal("beyond_horizon") when even the longest path outlasts the calendar."""
    net = packed.net
    n = net.release.size
    head, finish, tail = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    beyond = heads(net, head, finish)
    if beyond >= 0:
        raise Refusal("beyond_horizon", activity=problem.activities[beyond].id)
    path = int(finish[net.target])
    if not packed.capacity.size or problem.activities[net.target].fixed is not None:
        return Bounds(path, 0)
    tails(net, tail)
    return Bounds(path, int(work_bound(net, packed.capacity, head, tail)))


class Search:
    """A population of lists that goes on improving each time it is asked."""

    __slots__ = ("_best", "_free", "_late", "_modes", "_orders", "_packed", "_problem", "_scores", "_state", "finish")

    def __init__(self, problem: Problem, packed: Packed, seed: int = 0) -> None:
        n = len(problem.activities)
        self._problem, self._packed = problem, packed
        self._orders = np.empty((POPULATION, n), np.int32)
        self._modes = np.empty((POPULATION, n), np.int32)
        self._scores = np.full(POPULATION, NEVER, np.int32)
        self._free = packed.net.base.copy()
        self._best = tuple(np.empty(n, np.int32) for _ in range(3))
        self._state = np.array([0, 0, 0, NEVER, seed], np.int64)
        self.finish: int | None = None
        mode = shortest(packed)
        if packed.net.budget.size:
            repair(packed.net, mode, 4 * n)
        self._modes[0] = mode
        self._late = late_finish(packed, mode)

    def run(self, rounds: int, goal: int) -> None:
        """Try `rounds` more lists, or fewer if the target's finish reaches `goal`."""
        found = evolve(
            self._packed.net,
            self._late,
            self._orders,
            self._modes,
            self._scores,
            self._state,
            rounds,
            goal,
            self._free,
            *self._best,
        )
        self.finish = int(found) if found < self._packed.net.horizon else None

    def run_for(self, seconds: float, goal: int) -> None:
        """Try lists for a while."""
        end, rounds = perf_counter() + seconds, 16
        while (now := perf_counter()) < end and (self.finish is None or self.finish > goal):
            self.run(rounds, goal)
            spent = perf_counter() - now
            rounds = max(4, min(4096, int(rounds * min(CHUNK, max(end - now, 0.001)) / max(spent, 1e-5))))

    @property
    def schedule(self) -> Schedule | None:
        """The best schedule so far, verified; None when there is none (or it misses the deadline)."""
        if self.finish is None:
            return None
        start, finish, mode = self._best
        found = Schedule(start.copy(), finish.copy(), self._packed.mode_of[mode])
        return None if faults(self._problem, found) else found


def shortest(packed: Packed) -> IntArray:
    """Of each activity the shortest mode."""
    net = packed.net
    order = np.lexsort((np.arange(net.days.size), net.days, packed.owner))
    chosen: IntArray = order[net.mode_first[:-1]].astype(np.int32)
    return chosen


def late_finish(packed: Packed, mode: IntArray) -> IntArray:
    """Latest finishes with the chosen modes: the order in which lists are tried first."""
    arrays, net = packed.arrays, packed.net
    days, row = net.days[mode], net.row[mode]
    days[arrays.fixed], row[arrays.fixed] = arrays.days[arrays.fixed], -1
    return np.ascontiguousarray(cpm.passes(replace(arrays, days=days, row=row)).late_finish)


def schedule(
    problem: Problem, *, rounds: int = 1, seconds: float = 0.0, seed: int = 0, packed: Packed | None = None
) -> Schedule | None:
    """A lawful schedule by lists: `rounds` of them, then more for `seconds`; None when none was found.

    Raises Refusal("beyond_horizon") when even the longest path outlasts the calendar.
    """
    packed = packed or pack(problem)
    if packed is None:
        return None
    goal = bounds(packed, problem).best if rounds > 1 or seconds > 0 else 0
    search = Search(problem, packed, seed)
    search.run(rounds, goal)
    search.run_for(seconds, goal)
    return search.schedule
