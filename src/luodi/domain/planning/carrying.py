"""Schedules made from schedules: a solver's starts completed, announced dates kept, an old plan's order carried over.

All of them are list schedules of a given order, and all of them pass the verifier or are not returned.
"""

from collections.abc import Collection, Mapping

import numpy as np

from luodi.domain.planning.kernels.genetic import repair
from luodi.domain.planning.kernels.serial import ordered, place
from luodi.domain.planning.listing import Packed, late_finish, pack, shortest
from luodi.domain.planning.problem import IntArray, Problem, Schedule
from luodi.domain.planning.verify import faults


def complete(
    problem: Problem, packed: Packed, starts: Mapping[int, int], mode: IntArray, keep: Collection[int] = ()
) -> Schedule | None:
    """The schedule that begins some activities at `starts` and all others as early as they then can, made shorter if possible.

    Those of `keep` do not move from their start.  None when that breaks a rule.
    """
    net = packed.net
    key = np.array([starts.get(i, problem.horizon) for i in range(net.release.size)], np.int64)
    order = np.empty(key.size, np.int32)
    ordered(net, key, order)
    exact = _placed(problem, packed, order, mode, starts)
    moved = _placed(problem, packed, order, mode, {i: starts[i] for i in keep})
    found = [each for each in (moved, exact) if each is not None and all(each.start[i] == starts[i] for i in keep)]
    return min(found, key=lambda each: int(each.finish[problem.target]), default=None)


def _placed(
    problem: Problem, packed: Packed, order: IntArray, mode: IntArray, not_before: Mapping[int, int]
) -> Schedule | None:
    """The list schedule of an order, verified; some activities do not begin before a time."""
    net = packed.net
    release = net.release.copy()
    for i, time in not_before.items():
        release[i] = max(int(release[i]), time)
    start, finish = np.empty_like(release), np.empty_like(release)
    if not place(net._replace(release=release), order, mode, net.base.copy(), start, finish):
        return None
    made = Schedule(start, finish, packed.mode_of[mode])
    return None if faults(problem, made) else made


def kept(problem: Problem, packed: Packed, baseline: Mapping[int, int]) -> Schedule | None:
    """The list schedule that begins nothing before its announced start: what is left when nothing needs to hurry."""
    mode = shortest(packed)
    if packed.net.budget.size and not repair(packed.net, mode, 4 * mode.size):
        return None
    late = late_finish(packed, mode)
    key = np.array([baseline.get(i, int(late[i])) for i in range(mode.size)], np.int64)
    order = np.empty(mode.size, np.int32)
    ordered(packed.net, key, order)
    return _placed(problem, packed, order, mode, baseline)


def carried(problem: Problem, before: Schedule) -> Schedule | None:
    """An older schedule's order and modes carried over to a problem that has changed; None when its modes no longer serve."""
    packed = pack(problem)
    if packed is None:
        return None
    rows = {(int(i), int(k)): m for m, (i, k) in enumerate(zip(packed.owner, packed.mode_of, strict=True))}
    mode = np.empty(len(problem.activities), np.int32)
    for i, activity in enumerate(problem.activities):
        wanted = 0 if activity.fixed is not None else int(before.mode[i])
        if (i, wanted) not in rows:
            return None
        mode[i] = rows[i, wanted]
    order = np.empty(mode.size, np.int32)
    ordered(packed.net, before.start.astype(np.int64), order)
    return _placed(problem, packed, order, mode, {})
