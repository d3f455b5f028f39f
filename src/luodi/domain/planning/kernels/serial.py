"""Serial schedule generation: activities one by one, each at the first (or last) moment its links, calendar and units allow.

`place` goes forward, `justify` backward from the target's finish; both together shorten a schedule (forward-backward
improvement).  Proof that `justify` finds room: an activity moved right covers no instant before its old finish that it did
not cover before, so the old place of every earlier-finishing activity is still free.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.kernels import FREE, NEVER, compiled
from luodi.domain.planning.kernels.passes import Codes, Ints, end_of

Keys = NDArray[np.int64]


class Net(NamedTuple):
    """A problem for list scheduling: links both ways, modes as rows, and what fixed activities leave of each unit."""

    release: Ints
    fixed: Ints  # (start, finish) pairs, FREE where open
    into: Ints
    code: Codes
    lag: Ints
    out: Ints
    then: Codes
    then_lag: Ints
    mode_first: Ints
    days: Ints  # by mode
    row: Ints
    demand: NDArray[np.int32]  # mode x unit
    cost: NDArray[np.int32]  # mode x budget
    budget: Ints
    base: NDArray[np.int32]  # unit x instant: what fixed activities leave free
    shifts: NDArray[np.int32]
    inverse: NDArray[np.int32]
    target: int
    horizon: int


@compiled
def ordered(net: Net, key: Keys, order: Ints) -> None:
    """The activities by rising key, each after all it waits for."""
    n = key.size
    waiting = np.empty(n, np.int32)
    ready = np.empty(n, np.int32)
    count = 0
    for i in range(n):
        waiting[i] = net.into[i + 1] - net.into[i]
        if waiting[i] == 0:
            ready[count] = i
            count += 1
    for position in range(n):
        best = 0
        for r in range(1, count):
            if key[ready[r]] < key[ready[best]]:
                best = r
        i = ready[best]
        count -= 1
        ready[best] = ready[count]
        order[position] = i
        for k in range(net.out[i], net.out[i + 1]):
            after = net.then[k] >> 1
            waiting[after] -= 1
            if waiting[after] == 0:
                ready[count] = after
                count += 1


@compiled
def reserve(net: Net, mode: int, start: int, finish: int, sign: int, free: Ints) -> None:
    """Take (sign 1) or give back (-1) what a mode holds while it runs."""
    for unit in range(net.base.shape[0]):
        demand = net.demand[mode, unit]
        if demand > 0:
            for moment in range(start, finish):
                free[unit, moment] -= sign * demand


@compiled
def last_conflict(net: Net, mode: int, start: int, finish: int, free: Ints) -> int:
    """The last instant in [start, finish) at which a unit has too little left for the mode, or -1."""
    for unit in range(net.base.shape[0]):
        demand = net.demand[mode, unit]
        if demand > 0:
            for moment in range(finish - 1, start - 1, -1):
                if free[unit, moment] < demand:
                    return moment
    return -1


@compiled
def first_conflict(net: Net, mode: int, start: int, finish: int, free: Ints) -> int:
    """The first instant in [start, finish) at which a unit has too little left for the mode, or -1."""
    for unit in range(net.base.shape[0]):
        demand = net.demand[mode, unit]
        if demand > 0:
            for moment in range(start, finish):
                if free[unit, moment] < demand:
                    return moment
    return -1


@compiled
def place(net: Net, order: Ints, mode: Ints, free: Ints, start: Ints, finish: Ints) -> bool:
    """Every activity as early as it can in the given order; False when one does not end before the horizon."""
    done = 0
    for i in order:
        if net.fixed[2 * i] != FREE:
            start[i], finish[i] = net.fixed[2 * i], net.fixed[2 * i + 1]
            done += 1
            continue
        begin = net.release[i]
        for k in range(net.into[i], net.into[i + 1]):
            before = net.code[k] >> 1
            begin = max(begin, (finish[before] if net.code[k] & 1 else start[before]) + net.lag[k])
        m = mode[i]
        end = end_of(begin, net.days[m], net.row[m], net.shifts)
        while end < net.horizon:
            conflict = last_conflict(net, m, begin, end, free)
            if conflict < 0:
                break
            begin = conflict + 1
            end = end_of(begin, net.days[m], net.row[m], net.shifts)
        if end >= net.horizon:
            break
        reserve(net, m, begin, end, 1, free)
        start[i], finish[i] = begin, end
        done += 1
    for i in order[:done]:
        if net.fixed[2 * i] == FREE:
            reserve(net, mode[i], start[i], finish[i], -1, free)
    return done == order.size


@compiled
def justify(net: Net, order: Ints, mode: Ints, last: int, free: Ints, start: Ints, finish: Ints) -> bool:
    """Every activity as late as it can, from the end of `order`, the target staying; False when one finds no room."""
    done = 0
    for position in range(order.size - 1, -1, -1):
        i = order[position]
        if net.fixed[2 * i] != FREE:
            done += 1
            continue
        m = mode[i]
        end = finish[i] if i == net.target else last
        begin = NEVER
        for k in range(net.out[i], net.out[i + 1]):
            limit = start[net.then[k] >> 1] - net.then_lag[k]
            if net.then[k] & 1:
                end = min(end, limit)
            else:
                begin = min(begin, limit)
        found = False
        while end >= 0 and not found:
            begin = min(begin, end - net.days[m] if net.row[m] < 0 else net.inverse[net.row[m], end])
            if begin < net.release[i]:
                break
            actual = begin + net.days[m] if net.row[m] < 0 else net.shifts[net.row[m], begin]
            conflict = first_conflict(net, m, begin, actual, free)
            found = conflict < 0
            if found:
                start[i], finish[i] = begin, actual
            else:
                end = conflict
        if not found:
            break
        reserve(net, m, start[i], finish[i], 1, free)
        done += 1
    for position in range(order.size - 1, order.size - 1 - done, -1):
        i = order[position]
        if net.fixed[2 * i] == FREE:
            reserve(net, mode[i], start[i], finish[i], -1, free)
    return done == order.size


@compiled
def by_start(net: Net, start: Ints, key: Keys, order: Ints) -> None:
    """The order in which activities start."""
    for i in range(start.size):
        key[i] = start[i]
    ordered(net, key, order)


@compiled
def by_finish(net: Net, finish: Ints, key: Keys, order: Ints) -> None:
    """The order in which activities finish, as far as links allow."""
    n = finish.size
    waiting = np.empty(n, np.int32)
    ready = np.empty(n, np.int32)
    count = 0
    for i in range(n):
        waiting[i] = net.out[i + 1] - net.out[i]
        if waiting[i] == 0:
            ready[count] = i
            count += 1
    for position in range(n - 1, -1, -1):
        best = 0
        for r in range(1, count):
            if finish[ready[r]] > finish[ready[best]]:
                best = r
        i = ready[best]
        count -= 1
        ready[best] = ready[count]
        order[position] = i
        for k in range(net.into[i], net.into[i + 1]):
            before = net.code[k] >> 1
            waiting[before] -= 1
            if waiting[before] == 0:
                ready[count] = before
                count += 1


@compiled
def improve(net: Net, order: Ints, mode: Ints, free: Ints, start: Ints, finish: Ints) -> bool:
    """List schedule of `order`, then forward-backward improvement until it helps no more; `order` becomes the start order."""
    if not place(net, order, mode, free, start, finish):
        return False
    n = order.size
    key = np.empty(n, np.int64)
    late, end, again = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    turn = np.empty(n, np.int32)
    while True:
        late[:], end[:] = start, finish
        by_finish(net, finish, key, turn)
        if not justify(net, turn, mode, finish.max(), free, late, end):
            break
        by_start(net, late, key, turn)
        if not place(net, turn, mode, free, late, again):
            break
        shorter = again[net.target] < finish[net.target]
        if again[net.target] <= finish[net.target]:
            start[:], finish[:] = late, again
        if not shorter:
            break
    by_start(net, start, key, order)
    return True
