"""The two passes of the critical path method over activities stored in topological order, many projects back to back.

Times lie in pairs: `early[2 i]` is the start and `early[2 i + 1]` the finish of activity i, so that a link names the time it
waits for and needs no branch.  `code` of a link into an activity is 2 x before, plus 1 where it waits for the finish.
Positions are made unsigned before they are used: an index that cannot be negative is half as dear.
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
    for at in range(low, high):
        i = np.uint32(at)
        start, by = release[i] - np.int32(1), np.uint32(0xFFFFFFFF)
        for link in range(np.uint32(first[i]), np.uint32(first[i + 1])):
            k = np.uint32(link)
            time = early[code[k]] + lag[k]
            by = code[k] if time > start else by
            start = max(start, time)
        start = max(start, release[i])
        finish = start + days[i] if row[i] < 0 else end_of(start, days[i], row[i], shifts)
        if finish >= horizon:
            return at
        early[2 * i], early[2 * i + 1] = start, finish
        driver[i] = np.int32(by) >> 1
    return -1


@compiled
def open_late(low: int, high: int, bounds: Ints, target: Ints, early: Ints, late: Ints) -> None:
    """What the latest times of projects low..high begin from.

    The target ends when it ends; what nothing waits for may last until the project's last finish.
    """
    for p in range(low, high):
        last = np.int32(0)
        for at in range(bounds[p], bounds[p + 1]):
            last = max(last, early[2 * np.uint32(at) + 1])
        for at in range(bounds[p], bounds[p + 1]):
            i = np.uint32(at)
            late[2 * i], late[2 * i + 1] = NEVER, last
        goal = np.uint32(target[p])
        late[2 * goal + 1] = early[2 * goal + 1]


@compiled
def backward(
    low: int, high: int, days: Ints, row: Ints, first: Ints, code: Codes, lag: Ints, waited: Flags, shifts: Ints, inverse: Ints,
    late: Ints,
) -> None:  # fmt: skip
    """Latest times of activities low..high, whole projects, that leave their targets where they are.

    Last to first: when an activity's turn comes, all that wait for it have lowered its times, and it lowers those it waits for.
    What the target waits for (`waited`) is not held back by what it does not wait for.
    """
    for at in range(high - 1, low - 1, -1):
        i = np.uint32(at)
        if row[i] < 0:
            start = min(late[2 * i], late[2 * i + 1] - days[i])
            finish = start + days[i]
        else:
            start = min(late[2 * i], inverse[row[i], late[2 * i + 1]])
            finish = shifts[row[i], start]
        late[2 * i], late[2 * i + 1] = start, finish
        if waited[i]:
            for link in range(np.uint32(first[i]), np.uint32(first[i + 1])):
                k = np.uint32(link)
                late[code[k]] = min(late[code[k]], start - lag[k])
        else:
            for link in range(np.uint32(first[i]), np.uint32(first[i + 1])):
                k = np.uint32(link)
                if not waited[code[k] >> 1]:
                    late[code[k]] = min(late[code[k]], start - lag[k])


@compiled
def longest_paths(
    low: int, high: int, bounds: Ints, target: Ints, first: Ints, code: Codes, lag: Ints, early: Ints, on: Flags
) -> None:  # fmt: skip
    """What lies on a longest path to the target of projects low..high: the target, and what binds the start of one that does.

    A loop of its own: beside the latest times it would cost twice as much.
    """
    on[bounds[low] : bounds[high]] = 0
    for p in range(low, high):
        on[target[p]] = 1
    for at in range(bounds[high] - 1, bounds[low] - 1, -1):
        i = np.uint32(at)
        if on[i]:
            for link in range(np.uint32(first[i]), np.uint32(first[i + 1])):
                k = np.uint32(link)
                on[code[k] >> 1] |= np.uint8(early[code[k]] + lag[k] == early[2 * i])
