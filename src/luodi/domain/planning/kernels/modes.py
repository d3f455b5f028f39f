"""The modes of a problem as rows: which of them can ever be used, and the fewest working days they take."""

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.kernels import compiled
from luodi.domain.planning.kernels.passes import Flags, Ints


@compiled
def fitting(
    counts: Ints, held: Flags, demand: NDArray[np.int32], capacity: Ints, first: Ints, owner: Ints, number: Ints, fits: Flags
) -> int:  # fmt: skip
    """How many modes fit their units (all, of held activities), or -1 when some activity has none; `fits` tells which.

    `counts`: modes of each activity.  Those of activity i that fit are rows `first[i]:first[i + 1]` of `owner` and `number`.
    """
    m, left = 0, 0
    for i in range(counts.size):
        first[i] = left
        for k in range(counts[i]):
            good = True
            for unit in range(capacity.size):
                good = good and demand[m, unit] <= capacity[unit]
            fits[m] = good or held[i]
            if fits[m]:
                owner[left], number[left] = i, k
                left += 1
            m += 1
        if left == first[i]:
            return -1
    first[counts.size] = left
    return left


@compiled
def fewest(shifts: NDArray[np.int32], horizon: int, row: Ints, days: Ints) -> None:
    """The working days of every mode that has a row of shifts: the fewest it ever takes (`horizon` where it never ends)."""
    least = np.full(shifts.shape[0], -1, np.int32)
    for m in range(row.size):
        if row[m] < 0:
            continue
        if least[row[m]] < 0:
            best = horizon
            for start in range(shifts.shape[1]):
                if 0 <= shifts[row[m], start] < horizon:
                    best = min(best, shifts[row[m], start] - start)
            least[row[m]] = best
        days[m] = least[row[m]]
