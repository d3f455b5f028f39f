"""The critical path on mixed calendars: earliest and latest times, what drives each date, and the longest paths.

Guarantees: exact for networks without shared capacity (mode 0 of every activity); linear in links; one call serves one
project or ten thousand stored back to back.  Links into something that has already happened are not enforced.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.problem import Activity, IntArray, Problem, Relation
from luodi.domain.vocabulary import Refusal

CodeArray = NDArray[np.uint32]
FlagArray = NDArray[np.uint8]

THREADED = 100_000
"""From so many activities on, two threads take turns of whole projects."""
TURNS = 8
"""Into so many: the thread on the slower core takes fewer of them, and the calls still cost nothing."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """Problems as flat arrays, in topological order, made once so that repeated passes cost only the kernel.

    `bounds[p]:bounds[p + 1]` are the activities of project p, `target[p]` its target.  What has happened is an activity of its
    actual length, released on its actual start, that waits for nothing; `fixed` lists their positions.
    Links into activity i are `into[i]:into[i + 1]` of `code` (2 x before, plus 1 for its finish) and `lag`; `waited` is 1 for
    each target and what it waits for.
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
    waited: FlagArray
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
    from luodi.domain.planning.kernels.links import arrange  # numba, for the first plan and not for the first page
    from luodi.domain.planning.kernels.passes import invert

    activities, links, finish = problem.activities, problem.links, Relation.FINISH_START
    n = len(activities)
    release, days, row, fixed = _spans(activities)
    held, waited, into = np.zeros(n, np.uint8), np.empty(n, np.uint8), np.empty(n + 1, np.int32)
    held[fixed] = 1
    code = np.array([2 * link.before + (link.relation is finish) for link in links], np.uint32)
    after = np.array([link.after for link in links], np.int32)
    lag = np.array([link.lag for link in links], np.int32)
    into_code, into_lag = np.empty_like(code), np.empty_like(lag)
    kept = arrange(problem.target, held, code, after, lag, into, into_code, into_lag, waited)
    if kept < 0:
        raise ValueError("activities are not in topological order")
    shifts = table(problem.shifts)
    return Arrays(
        ids=tuple([activity.id for activity in activities]),
        bounds=np.array([0, n], np.int32),
        target=np.array([problem.target], np.int32),
        days=days,
        row=row,
        release=release,
        fixed=fixed,
        into=into,
        code=into_code[:kept],
        lag=into_lag[:kept],
        waited=waited,
        shifts=shifts,
        inverse=invert(shifts, problem.horizon),
        horizon=problem.horizon,
    )


def _spans(activities: Sequence[Activity]) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Release, days and row of every activity (mode 0), and the positions of those that have happened."""
    release = np.array([activity.release for activity in activities], np.int32)
    modes = [activity.modes[0] for activity in activities]
    days, row = np.array([mode.days for mode in modes], np.int32), np.array([mode.shift for mode in modes], np.int32)
    np.maximum(release, 0, out=release)
    happened = {i: activity.fixed for i, activity in enumerate(activities) if activity.fixed is not None}
    for i, (start, finish) in happened.items():
        release[i], days[i], row[i] = start, finish - start, -1
    return release, days, row, np.array(list(happened), np.int32)


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
        waited=np.concatenate([part.waited for part in parts]),
        shifts=whole.shifts,
        inverse=whole.inverse,
        horizon=whole.horizon,
    )


def passes(problem: Problem | Arrays) -> Passes:
    """Both passes.  Raises Refusal("beyond_horizon") when an activity would end after the last known working day."""
    from luodi.domain.planning.kernels.passes import backward, forward, longest_paths, open_late

    a = compile(problem) if isinstance(problem, Problem) else problem
    n = a.days.size
    early, late = np.empty(2 * n, np.int32), np.empty(2 * n, np.int32)
    driver, longest = np.empty(n, np.int32), np.empty(n, np.uint8)

    def part(low: int, high: int) -> int:
        """Both passes of projects low..high; the activity that outlasts the calendar, or -1."""
        span = int(a.bounds[low]), int(a.bounds[high])
        beyond = forward(*span, a.days, a.row, a.release, a.into, a.code, a.lag, a.shifts, a.horizon, early, driver)
        if beyond < 0:
            open_late(low, high, a.bounds, a.target, early, late)
            backward(*span, a.days, a.row, a.into, a.code, a.lag, a.waited, a.shifts, a.inverse, late)
            longest_paths(low, high, a.bounds, a.target, a.into, a.code, a.lag, early, longest)
        return beyond

    beyond = part(0, a.target.size) if n < THREADED else _shared(part, a.target.size)
    if beyond >= 0:
        raise Refusal("beyond_horizon", activity=a.ids[beyond])
    if a.fixed.size:
        driver[a.fixed] = -2
        late[2 * a.fixed], late[2 * a.fixed + 1] = early[2 * a.fixed], early[2 * a.fixed + 1]
    return Passes(early[::2], early[1::2], late[::2], late[1::2], driver, longest.view(np.bool_))


def _shared(part: Callable[[int, int], int], count: int) -> int:
    """The parts of `count` projects by two threads, the quicker of which takes more turns; the greatest answer."""
    size = -(-count // TURNS)
    turns = iter(range(0, count, size))

    def take() -> int:
        return max((part(low, min(count, low + size)) for low in turns), default=-1)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(take)
        return max(take(), other.result())
