"""The critical path on mixed calendars: earliest and latest times, what drives each date, and the longest paths.

Guarantees: exact for networks without shared capacity (mode 0 of every activity); linear in links; one call serves one
project or ten thousand stored back to back.  Links into something that has already happened are not enforced.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.kernels.passes import backward, forward, invert
from luodi.domain.planning.problem import Activity, IntArray, Problem, Relation
from luodi.domain.vocabulary import Refusal

CodeArray = NDArray[np.uint32]

THREADED = 100_000
"""From so many activities on, each half of the projects has its own thread."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """Problems as flat arrays, in topological order, made once so that repeated passes cost only the kernel.

    `bounds[p]:bounds[p + 1]` are the activities of project p, `target[p]` its target.  What has happened is an activity of its
    actual length, released on its actual start, that waits for nothing; `fixed` lists their positions.
    Links into activity i are `into[i]:into[i + 1]` of `code` (2 x before, plus 1 for its finish) and `lag`; links out of it are
    `out[i]:out[i + 1]` of `then` (2 x after, plus 1 likewise) and `then_lag`, without those that cannot move the target from
    an activity that can.
    """

    ids: tuple[str, ...]
    bounds: IntArray
    target: IntArray
    days: IntArray
    row: IntArray
    release: IntArray
    fixed: IntArray
    into: IntArray
    code: CodeArray
    lag: IntArray
    out: IntArray
    then: CodeArray
    then_lag: IntArray
    shifts: IntArray
    inverse: IntArray
    horizon: int


@dataclass(frozen=True, slots=True)
class Passes:
    """Working-day indexes by position; `driver`: the binding predecessor, -1 the release, -2 it has happened.

    Late times leave the target's earliest finish where it is; what the target does not wait for may last until the last finish.
    """

    early_start: IntArray
    early_finish: IntArray
    late_start: IntArray
    late_finish: IntArray
    driver: IntArray
    on_longest_path: NDArray[np.bool_]


def compile(problem: Problem) -> Arrays:
    """The problem as arrays (mode 0).  Raises ValueError when activities are not in topological order."""
    activities = problem.activities
    n = len(activities)
    links = [link for link in problem.links if activities[link.after].fixed is None]
    finish = Relation.FINISH_START
    before = np.array([link.before for link in links], np.int32)
    after = np.array([link.after for link in links], np.int32)
    ends = np.array([link.relation is finish for link in links], np.int32)
    lag = np.array([link.lag for link in links], np.int32)
    if (before >= after).any():
        raise ValueError("activities are not in topological order")
    cone = _cone(n, problem.target, after, before)
    leads = np.flatnonzero(cone[after] | ~cone[before])
    in_order, out_order = np.argsort(after, kind="stable"), leads[np.argsort(before[leads], kind="stable")]
    shifts = table(problem.shifts)
    release, days, row = (np.array(column, np.int32) for column in zip(*map(_span, activities), strict=True))
    return Arrays(
        ids=tuple(activity.id for activity in activities),
        bounds=np.array([0, n], np.int32),
        target=np.array([problem.target], np.int32),
        days=days,
        row=row,
        release=release,
        fixed=np.array([i for i, activity in enumerate(activities) if activity.fixed], np.int32),
        into=_offsets(after, n),
        code=(2 * before + ends)[in_order].astype(np.uint32),
        lag=lag[in_order],
        out=_offsets(before[leads], n),
        then=(2 * after + ends)[out_order].astype(np.uint32),
        then_lag=lag[out_order],
        shifts=shifts,
        inverse=invert(shifts, problem.horizon),
        horizon=problem.horizon,
    )


def _span(activity: Activity) -> tuple[int, int, int]:
    if activity.fixed is not None:
        return activity.fixed[0], activity.fixed[1] - activity.fixed[0], -1
    return max(0, activity.release), activity.modes[0].days, activity.modes[0].shift


def _offsets(owner: IntArray, n: int) -> IntArray:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=n)))).astype(np.int32)


def _cone(n: int, target: int, after: IntArray, before: IntArray) -> NDArray[np.bool_]:
    """The target and what it waits for."""
    cone = bytearray(n)
    cone[target] = 1
    order = np.argsort(-after)
    for then, first in zip(after[order].tolist(), before[order].tolist(), strict=True):
        if cone[then]:
            cone[first] = 1
    return np.frombuffer(cone, np.bool_)


def table(shifts: IntArray) -> IntArray:
    """The shift rows as the kernels want them: writable (numba compiles again for a read-only one), at least one row."""
    return np.require(shifts, np.int32, ["C", "W"]) if shifts.size else np.zeros((1, 1), np.int32)


def join(parts: Sequence[Arrays]) -> Arrays:
    """Projects stored back to back.  Raises ValueError unless they share one table of shifts and one horizon."""
    whole = parts[0]
    for part in parts:
        if part.horizon != whole.horizon or not (
            part.shifts is whole.shifts or np.array_equal(part.shifts, whole.shifts)
        ):
            raise ValueError("projects on different calendars cannot be stored back to back")
    at = np.cumsum([0, *(len(part.ids) for part in parts)])
    into_at = np.cumsum([0, *(part.code.size for part in parts)])
    out_at = np.cumsum([0, *(part.then.size for part in parts)])

    def moved(pieces: Sequence[NDArray[np.integer]], by: IntArray, closed: bool = False) -> NDArray[np.int64]:
        shifted = [piece[: piece.size - closed].astype(np.int64) + by[k] for k, piece in enumerate(pieces)]
        return np.concatenate([*shifted, by[-1:]] if closed else shifted)

    return Arrays(
        ids=tuple(name for part in parts for name in part.ids),
        bounds=moved([part.bounds for part in parts], at, closed=True).astype(np.int32),
        target=moved([part.target for part in parts], at).astype(np.int32),
        days=np.concatenate([part.days for part in parts]),
        row=np.concatenate([part.row for part in parts]),
        release=np.concatenate([part.release for part in parts]),
        fixed=moved([part.fixed for part in parts], at).astype(np.int32),
        into=moved([part.into for part in parts], into_at, closed=True).astype(np.int32),
        code=moved([part.code for part in parts], 2 * at).astype(np.uint32),
        lag=np.concatenate([part.lag for part in parts]),
        out=moved([part.out for part in parts], out_at, closed=True).astype(np.int32),
        then=moved([part.then for part in parts], 2 * at).astype(np.uint32),
        then_lag=np.concatenate([part.then_lag for part in parts]),
        shifts=whole.shifts,
        inverse=whole.inverse,
        horizon=whole.horizon,
    )


def passes(problem: Problem | Arrays) -> Passes:
    """Both passes.  Raises Refusal("beyond_horizon") when an activity would end after the last known working day."""
    a = compile(problem) if isinstance(problem, Problem) else problem
    n = a.days.size
    early, late = np.empty(2 * n, np.int32), np.empty(2 * n, np.int32)
    driver, longest = np.empty(n, np.int32), np.empty(n, np.uint8)

    def part(low: int, high: int) -> int:
        """Both passes of projects low..high; the activity that outlasts the calendar, or -1."""
        span = int(a.bounds[low]), int(a.bounds[high])
        beyond = forward(*span, a.days, a.row, a.release, a.into, a.code, a.lag, a.shifts, a.horizon, early, driver)
        if beyond < 0:
            net = (a.days, a.row, a.out, a.then, a.then_lag, a.shifts, a.inverse)
            backward(low, high, a.bounds, a.target, *net, early, late, longest)
        return beyond

    count = a.target.size
    if n < THREADED:
        beyond = part(0, count)
    else:
        with ThreadPoolExecutor(2) as pool:
            beyond = max(pool.map(part, (0, count // 2), (count // 2, count)))
    if beyond >= 0:
        raise Refusal("beyond_horizon", activity=a.ids[beyond])
    if a.fixed.size:
        driver[a.fixed] = -2
        late[2 * a.fixed], late[2 * a.fixed + 1] = early[2 * a.fixed], early[2 * a.fixed + 1]
    return Passes(early[::2], early[1::2], late[::2], late[1::2], driver, longest.view(np.bool_))
