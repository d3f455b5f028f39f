"""Lower bounds of the target's finish: the longest path, and the work a unit has to do between heads and tails."""

import numpy as np

from luodi.domain.planning.kernels import FREE, NEVER, compiled
from luodi.domain.planning.kernels.passes import Ints, end_of
from luodi.domain.planning.kernels.serial import Net

NONE = -(1 << 29)


@compiled
def heads(net: Net, start: Ints, finish: Ints) -> int:
    """Earliest times, each activity in whichever mode ends first; the first that cannot end before the horizon, or -1."""
    for i in range(start.size):
        if net.fixed[2 * i] != FREE:
            start[i], finish[i] = net.fixed[2 * i], net.fixed[2 * i + 1]
            continue
        begin = net.release[i]
        for k in range(net.into[i], net.into[i + 1]):
            before = net.code[k] >> 1
            begin = max(begin, (finish[before] if net.code[k] & 1 else start[before]) + net.lag[k])
        end = NEVER
        for m in range(net.mode_first[i], net.mode_first[i + 1]):
            end = min(end, end_of(begin, net.days[m], net.row[m], net.shifts))
        if end >= net.horizon:
            return i
        start[i], finish[i] = begin, end
    return -1


@compiled
def tails(net: Net, tail: Ints) -> None:
    """Working days that must pass between an activity's finish and the target's; `NONE` where the target does not wait."""
    n = tail.size
    whole = np.full(n, NONE, np.int32)
    tail[:] = NONE
    tail[net.target] = 0
    for i in range(n - 1, -1, -1):
        for k in range(net.out[i], net.out[i + 1]):
            after = net.then[k] >> 1
            if whole[after] == NONE:
                continue
            if net.then[k] & 1:
                tail[i] = max(tail[i], whole[after] + net.then_lag[k])
            else:
                whole[i] = max(whole[i], whole[after] + net.then_lag[k])
        if tail[i] != NONE:
            shortest = NEVER
            for m in range(net.mode_first[i], net.mode_first[i + 1]):
                shortest = min(shortest, net.days[m])
            whole[i] = max(whole[i], shortest + tail[i])


@compiled
def work_bound(net: Net, capacity: Ints, head: Ints, tail: Ints) -> int:
    """The greatest h + work / capacity + t over the activities of a unit with head >= h and tail >= t."""
    n = head.size
    by_tail = np.argsort(-tail)
    work = np.empty(n, np.int64)
    best = 0
    for unit in range(capacity.size):
        for i in range(n):
            work[i] = 0
            if net.fixed[2 * i] == FREE and tail[i] >= 0:
                least = np.int64(NEVER)
                for m in range(net.mode_first[i], net.mode_first[i + 1]):
                    least = min(least, net.demand[m, unit] * net.days[m])
                work[i] = least
        for j in range(n):
            if work[j] == 0:
                continue
            total = np.int64(0)
            for i in by_tail:
                if work[i] > 0 and head[i] >= head[j]:
                    total += work[i]
                    best = max(best, head[j] + -(-total // capacity[unit]) + tail[i])
    return best
