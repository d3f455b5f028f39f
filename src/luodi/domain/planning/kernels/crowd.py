"""Many projects sharing units, day by day: what is ready waits at its unit, the most urgent first, and starts when there is room.

Events lie in day buckets (linked lists over the activities themselves), waiting lines are binary heaps, one a unit, side by side
in one array.  Every activity enters one bucket twice and one heap once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.kernels import compiled, inlined
from luodi.domain.planning.kernels.passes import Codes, Flags, Ints, end_of
from luodi.domain.planning.kernels.serial import Keys


@compiled
def push(heap: Keys, base: int, size: int, key: int) -> None:
    """Into a heap of `size` keys from `base` on; the smallest is first."""
    k = size
    while k > 0 and heap[base + ((k - 1) >> 1)] > key:
        heap[base + k] = heap[base + ((k - 1) >> 1)]
        k = (k - 1) >> 1
    heap[base + k] = key


@compiled
def pop(heap: Keys, base: int, size: int) -> None:
    """Remove the first of `size` keys."""
    key = heap[base + size - 1]
    last, k = size - 1, 0
    while True:
        child = 2 * k + 1
        if child >= last:
            break
        if child + 1 < last and heap[base + child + 1] < heap[base + child]:
            child += 1
        if heap[base + child] >= key:
            break
        heap[base + k] = heap[base + child]
        k = child
    heap[base + k] = key


@compiled
def tails(days: Ints, out: Ints, then: Codes, lag: Ints, tail: Ints) -> None:
    """Nominal working days from an activity's start to the end of all that waits for it."""
    for i in range(days.size - 1, -1, -1):
        longest = np.int32(0)
        for k in range(out[i], out[i + 1]):
            if then[k] & 1:
                longest = max(longest, tail[then[k] >> 1] + lag[k])
            else:
                longest = max(longest, tail[then[k] >> 1] + lag[k] - days[i])
        tail[i] = days[i] + longest


class Line(NamedTuple):
    """Who waits at each unit (heaps side by side), what it has left, and which units may have room again."""

    base: Keys
    length: Keys
    heap: Keys
    free: Ints
    hot: Flags


class Buckets(NamedTuple):
    """First activity of each day that is ready then, and first that ends then; `NEXT` leads to the others."""

    ready: Ints
    ends: Ints


class Crowd(NamedTuple):
    """All activities of all projects, a row each (columns below), so that one look-up brings all there is to know of one."""

    table: NDArray[np.int32]
    then: Codes
    lag: Ints
    capacity: Ints
    bounds: Ints
    shifts: NDArray[np.int32]
    horizon: int


class Groups(NamedTuple):
    """Projects and units that have nothing to do with the others: those of group g are `first[g]:first[g + 1]` of each list."""

    project: Ints
    first_project: Ints
    unit: Ints
    first_unit: Ints


DAYS, ROW, UNIT, NEED, URGENCY, OUT, END_OF_OUT, FORCED = range(8)
"""Columns of `Crowd.table`; unit -1 needs none; forced has happened and starts on its day regardless of room."""

START, FINISH, WAITING, NEXT = range(4)
"""Columns of the state; until an activity begins, its start is when it is ready."""


@compiled
def lines_of(net: Crowd) -> Line:
    """Empty waiting lines, each as long as the activities of its unit."""
    units = net.capacity.size
    base = np.zeros(units + 1, np.int64)
    for i in range(net.table.shape[0]):
        if net.table[i, UNIT] >= 0:
            base[net.table[i, UNIT] + 1] += 1
    for u in range(units):
        base[u + 1] += base[u]
    heap = np.empty(base[units], np.int64)
    return Line(base, np.zeros(units, np.int64), heap, net.capacity.copy(), np.zeros(units, np.uint8))


@compiled
def find(parent: Ints, i: int) -> int:
    """The head of a set of projects and units, with the way there made shorter."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@compiled
def group(bounds: Ints, unit: Ints, units: int) -> Ints:
    """For every project, then every unit, the head of the group it shares people with."""
    projects = bounds.size - 1
    parent = np.arange(projects + units).astype(np.int32)
    for p in range(projects):
        for i in range(bounds[p], bounds[p + 1]):
            if unit[i] >= 0:
                a, b = find(parent, p), find(parent, projects + unit[i])
                parent[max(a, b)] = min(a, b)
    for i in range(parent.size):
        parent[i] = find(parent, i)
    return parent


@inlined
def arrive(net: Crowd, line: Line, buckets: Buckets, state: NDArray[np.int32], day: int, begun: Ints) -> int:
    """What is ready today stands in line, or begins at once where it needs no room; how many begin at once."""
    count = 0
    i = buckets.ready[day]
    buckets.ready[day] = -1
    while i >= 0:
        u = net.table[i, UNIT]
        if u < 0 or net.table[i, FORCED]:
            begun[count] = i
            count += 1
            if u >= 0:
                line.free[u] -= net.table[i, NEED]
        else:
            push(line.heap, line.base[u], line.length[u], (np.int64(-net.table[i, URGENCY]) << 32) + i)
            line.length[u] += 1
            line.hot[u] = 1
        i = state[i, NEXT]
    return count


@inlined
def admit(net: Crowd, line: Line, units: Ints, begun: Ints, count: int) -> int:
    """At every unit with news, the first in line while there is room; how many begin altogether."""
    for u in units:
        if line.hot[u]:
            line.hot[u] = 0
            while line.length[u] > 0:
                i = line.heap[line.base[u]] & 0xFFFFFFFF
                if net.table[i, NEED] > line.free[u]:
                    break
                pop(line.heap, line.base[u], line.length[u])
                line.length[u] -= 1
                line.free[u] -= net.table[i, NEED]
                begun[count] = i
                count += 1
    return count


@inlined
def begin(net: Crowd, line: Line, buckets: Buckets, state: NDArray[np.int32], day: int, i: int, end: int) -> None:
    """Activity i runs from today to `end`: its unit is told when, and what waits for it may become ready."""
    state[i, START], state[i, FINISH] = day, end
    u = net.table[i, UNIT]
    if u >= 0:
        if end == day:
            line.free[u] += net.table[i, NEED]
            line.hot[u] = 1
        else:
            state[i, NEXT] = buckets.ends[end]
            buckets.ends[end] = i
    for k in range(net.table[i, OUT], net.table[i, END_OF_OUT]):
        after = net.then[k] >> 1
        moment = max(state[after, START], day, (end if net.then[k] & 1 else day) + net.lag[k])
        state[after, START] = moment
        state[after, WAITING] -= 1
        if state[after, WAITING] == 0 and moment < net.horizon:
            state[after, NEXT] = buckets.ready[moment]
            buckets.ready[moment] = after


@compiled
def crowd(net: Crowd, groups: Groups, state: NDArray[np.int32]) -> int:
    """Fill in start and finish of every activity; how many were placed (the others do not end before the horizon).

    Group by group: what is looked at together then lies together in the cache.  `state` comes with release and number of
    links waited for.
    """
    buckets = Buckets(np.full(net.horizon, -1, np.int32), np.full(net.horizon, -1, np.int32))
    line = lines_of(net)
    begun = np.empty(state.shape[0], np.int32)
    done = 0
    for g in range(groups.first_project.size - 1):
        projects = groups.project[groups.first_project[g] : groups.first_project[g + 1]]
        units = groups.unit[groups.first_unit[g] : groups.first_unit[g + 1]]
        done += crowd_of(net, projects, units, line, buckets, state, begun)
    return done


@compiled
def crowd_of(
    net: Crowd, projects: Ints, units: Ints, line: Line, buckets: Buckets, state: NDArray[np.int32], begun: Ints
) -> int:
    """One group of projects, day by day until all is placed."""
    total, done = 0, 0
    for p in projects:
        total += net.bounds[p + 1] - net.bounds[p]
        for i in range(net.bounds[p], net.bounds[p + 1]):
            if state[i, WAITING] == 0 and state[i, START] < net.horizon:
                state[i, NEXT] = buckets.ready[state[i, START]]
                buckets.ready[state[i, START]] = i
    for day in range(net.horizon):
        if done == total:
            buckets.ends[day:] = -1
            break
        i = buckets.ends[day]
        buckets.ends[day] = -1
        while i >= 0:
            line.free[net.table[i, UNIT]] += net.table[i, NEED]
            line.hot[net.table[i, UNIT]] = 1
            i = state[i, NEXT]
        more = True
        while more:
            count = admit(net, line, units, begun, arrive(net, line, buckets, state, day, begun))
            more = count > 0
            for b in range(count):
                i = begun[b]
                end = end_of(day, net.table[i, DAYS], net.table[i, ROW], net.shifts)
                if end < net.horizon:
                    done += 1
                    begin(net, line, buckets, state, day, i, end)
    return done
