"""Forward passes over many drawn lengths at once: a row an activity, a column a sample, so that every link is one vector step."""

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning.kernels import compiled
from luodi.domain.planning.kernels.passes import Codes, Flags, Ints

Draws = NDArray[np.int16]


@compiled
def draw(uniform: NDArray[np.float32], low: float, likely: float, high: float, chance: float, length: Draws) -> None:
    """One activity's lengths less its nominal one: triangular, or with `chance` a delay of `high` days (else none)."""
    if chance > 0:
        short = np.float32(1.0 - chance)
        for s in range(uniform.size):
            length[s] = np.int16(high) if uniform[s] >= short else np.int16(0)
        return
    width, start, end = np.float32(high - low), np.float32(low), np.float32(high)
    turn = np.float32((likely - low) / width)
    up, down = width * np.float32(likely - low), width * np.float32(high - likely)
    for s in range(uniform.size):
        u = uniform[s]
        value = start + np.sqrt(u * up) if u < turn else end - np.sqrt((np.float32(1.0) - u) * down)
        length[s] = np.int16(np.floor(value + np.float32(0.5)))


@compiled
def forward_many(
    days: Ints, row: Ints, release: Ints, into: Ints, code: Codes, lag: Ints, shifts: Ints, slot: Ints, extra: Draws,
    first: int, last: int, times: Ints,
) -> bool:  # fmt: skip
    """Times (pairs as in `passes`) of the samples first..last; False when one runs past the calendar.

    `slot`: the row of `extra` that changes an activity's length, or -1.
    """
    width = last - first
    fits = True
    for i in range(days.size):
        start, finish = times[2 * i], times[2 * i + 1]
        for s in range(width):
            start[s] = release[i]
        for k in range(into[i], into[i + 1]):
            waited, by = times[code[k]], lag[k]
            for s in range(width):
                start[s] = max(start[s], waited[s] + by)
        if row[i] < 0:
            for s in range(width):
                finish[s] = start[s] + days[i]
        else:
            for s in range(width):
                if start[s] >= shifts.shape[1]:
                    fits = False
                    finish[s] = start[s]
                else:
                    finish[s] = shifts[row[i], start[s]]
        if slot[i] >= 0:
            more = extra[slot[i]]
            for s in range(width):
                finish[s] = max(start[s], finish[s] + more[first + s])
    return fits


@compiled
def count_longest(
    target: int, into: Ints, code: Codes, lag: Ints, times: Ints, width: int, on: Flags, counts: NDArray[np.int64]
) -> None:
    """In how many of the samples each activity lies on a longest path to the target."""
    on[:] = 0
    on[target] = 1
    for i in range(target, -1, -1):
        mine, start = on[i], times[2 * i]
        total = np.int64(0)
        for s in range(width):
            total += mine[s]
        counts[i] += total
        if total > 0:
            for k in range(into[i], into[i + 1]):
                theirs, waited, by = on[code[k] >> 1], times[code[k]], lag[k]
                for s in range(width):
                    theirs[s] |= mine[s] & np.uint8(waited[s] + by == start[s])


@compiled
def sample(
    days: Ints, row: Ints, release: Ints, into: Ints, code: Codes, lag: Ints, shifts: Ints, slot: Ints, extra: Draws,
    samples: int, target: int, finish: Ints, counts: NDArray[np.int64],
) -> bool:  # fmt: skip
    """Finish of the target in every sample, and longest-path counts unless `counts` is empty; False past the calendar."""
    block = 512
    times = np.empty((2 * days.size, block), np.int32)
    on = np.empty((days.size if counts.size else 1, block), np.uint8)
    fits = True
    for first in range(0, samples, block):
        last = min(samples, first + block)
        if not forward_many(days, row, release, into, code, lag, shifts, slot, extra, first, last, times):
            fits = False
        for s in range(first, last):
            finish[s] = times[2 * target + 1, s - first]
        if counts.size:
            count_longest(target, into, code, lag, times, last - first, on, counts)
    return fits
