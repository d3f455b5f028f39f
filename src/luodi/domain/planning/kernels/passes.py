"""The two passes of the critical path method over activities stored in topological order, many projects back to back.

Times lie in pairs: `early[2 i]` is the start and `early[2 i + 1]` the finish of activity i, so that a link names the time it
waits for and needs no branch.  `code` of a link into an activity is 2 x before, plus 1 where it waits for the finish; `then` of
a link out of one is 2 x after, plus 1 likewise.  Codes are unsigned: an index that cannot be negative is half as dear.
"""

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.kernels import NEVER, compiled

Ints = NDArray[np.int32]
Codes = NDArray[np.uint32]
Flags = NDArray[np.uint8]


@compiled
def end_of(start: int, days: int, row: int, shifts: Ints) -> int:
    """The finish of an activity begun at `start`; `NEVER` where the calendar does not reach."""
    if row < 0:
        return start + days
    if start >= shifts.shape[1]:
        return NEVER
    finish = shifts[row, start]
    return finish if finish >= start else NEVER


@compiled
def invert(shifts: Ints, horizon: int) -> Ints:
    """For every row and finish before `horizon` the latest start that ends by then, -1 where there is none."""
    inverse = np.empty((shifts.shape[0], horizon), np.int32)
    for row in range(shifts.shape[0]):
        start = 0
        for finish in range(horizon):
            while start < shifts.shape[1] and start <= shifts[row, start] <= finish:
                start += 1
            inverse[row, finish] = start - 1
    return inverse


@compiled
def forward(
    low: int, high: int, days: Ints, row: Ints, release: Ints, first: Ints, code: Codes, lag: Ints, shifts: Ints, horizon: int,
    early: Ints, driver: Ints,
) -> int:  # fmt: skip
    """Earliest times of activities low..high and what fixes them; the first not to end before `horizon`, or -1."""
    for i in range(low, high):
        start, by = release[i] - np.int32(1), np.uint32(0xFFFFFFFF)
        for k in range(first[i], first[i + 1]):
            time = early[code[k]] + lag[k]
            by = code[k] if time > start else by
            start = max(start, time)
        start = max(start, release[i])
        finish = start + days[i] if row[i] < 0 else end_of(start, days[i], row[i], shifts)
        if finish >= horizon:
            return i
        early[2 * i], early[2 * i + 1] = start, finish
        driver[i] = np.int32(by) >> 1
    return -1


@compiled
def backward(
    low: int, high: int, bounds: Ints, target: Ints, days: Ints, row: Ints, first: Ints, then: Codes, lag: Ints,
    shifts: Ints, inverse: Ints, early: Ints, late: Ints, longest: Flags,
) -> None:  # fmt: skip
    """Latest times that leave the target of projects low..high where it is, and the longest paths to it.

    The target ends when it ends; what nothing waits for may last until the project's last finish.
    """
    for p in range(low, high):
        goal = target[p]
        last = early[2 * goal + 1]
        for i in range(bounds[p], bounds[p + 1]):
            last = max(last, early[2 * i + 1])
        for i in range(bounds[p + 1] - 1, bounds[p] - 1, -1):
            finish = last if i != goal else early[2 * goal + 1]
            start = np.int32(NEVER)
            on = np.uint8(i == goal)
            for k in range(first[i], first[i + 1]):
                after, ends = then[k] >> 1, then[k] & 1
                limit = late[2 * after] - lag[k]
                if ends:
                    finish = min(finish, limit)
                else:
                    start = min(start, limit)
                on |= longest[after] & np.uint8(early[2 * after] == early[2 * i + ends] + lag[k])
            if row[i] < 0:
                start = min(start, finish - days[i])
                late[2 * i], late[2 * i + 1] = start, start + days[i]
            else:
                start = min(start, inverse[row[i], finish])
                late[2 * i], late[2 * i + 1] = start, shifts[row[i], start]
            longest[i] = on
