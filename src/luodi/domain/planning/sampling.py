"""How late the target may become: thousands of plans of one project with lengths drawn from what practice shows.

Each activity keeps its own stream of random numbers (by its id and the seed), so that two plans of the same project differ by
what changed in them and not by luck.  A drawn length is in whole working days; for a period counted on the calendar the
difference to its nominal length is added to its end.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from luodi.domain.planning import cpm
from luodi.domain.planning.kernels.samples import draw, sample
from luodi.domain.planning.problem import IntArray, Problem
from luodi.domain.vocabulary import Refusal

LEVELS = (0.5, 0.8, 0.9)
KEPT = 512
"""Streams of random numbers kept for the next question (4 MB a hundred activities at 10,000 samples)."""


@dataclass(frozen=True, slots=True)
class Triangular:
    """A length between `low` and `high` working days, most often `likely`."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Delay:
    """With probability `chance` the activity takes `days` longer (a correction, a second review), otherwise not."""

    chance: float
    days: int


Spread = Triangular | Delay


@dataclass(frozen=True, slots=True)
class Sampled:
    """The target's finish in every sample, by quantile, and how often each activity lies on a longest path (0..1)."""

    finish: IntArray
    quantiles: Mapping[float, int]
    criticality: NDArray[np.float64]


@lru_cache(maxsize=KEPT)
def uniforms(activity: str, seed: int, samples: int) -> NDArray[np.float32]:
    """The random numbers of one activity."""
    stream = np.random.Generator(np.random.SFC64([seed, zlib.crc32(activity.encode())]))
    return stream.random(samples, np.float32)


def draws(
    problem: Problem, spreads: Mapping[int, Spread], samples: int, seed: int
) -> tuple[IntArray, NDArray[np.int16]]:
    """Of each activity the row of its draws (-1: none), and the draws: days more or less than nominal."""
    slot = np.full(len(problem.activities), -1, np.int32)
    open_ = [i for i in spreads if problem.activities[i].fixed is None]
    extra = np.empty((max(1, len(open_)), samples), np.int16)
    for number, i in enumerate(open_):
        slot[i], spread, activity = number, spreads[i], problem.activities[i]
        stream = uniforms(activity.id, seed, samples)
        match spread:
            case Triangular(low, likely, high):
                if not 0 <= low <= likely <= high:
                    raise ValueError(f"{activity.id}: {low}, {likely}, {high} are not in order")
                nominal = activity.modes[0].days
                if low == high:
                    extra[number] = round(low - nominal)
                else:
                    draw(stream, low - nominal, likely - nominal, high - nominal, 0.0, extra[number])
            case Delay(chance, days):
                draw(stream, 0.0, 0.0, float(days), chance, extra[number])
    return slot, extra


def finishes(
    problem: Problem | cpm.Arrays, slot: IntArray, extra: NDArray[np.int16], *, criticality: bool = True
) -> tuple[IntArray, NDArray[np.float64]]:
    """The passes alone, for lengths already drawn (one what-if after another on common random numbers)."""
    a = cpm.compile(problem) if isinstance(problem, Problem) else problem
    samples = extra.shape[1]
    finish = np.empty(samples, np.int32)
    counts = np.zeros(a.days.size if criticality else 0, np.int64)
    fits = sample(
        a.days,
        a.row,
        a.release,
        a.into,
        a.code,
        a.lag,
        a.shifts,
        slot,
        extra,
        samples,
        int(a.target[0]),
        finish,
        counts,
    )
    if not fits or int(finish.max()) >= a.horizon:
        raise Refusal("beyond_horizon", activity=a.ids[int(a.target[0])])
    return finish, counts / samples


def run(problem: Problem, spreads: Mapping[int, Spread], *, samples: int = 10_000, seed: int = 0) -> Sampled:
    """Sample the finish of the target; `spreads` by position, activities without one keep their length.

    Raises Refusal("beyond_horizon") when a sample ends after the last known working day.
    """
    slot, extra = draws(problem, spreads, samples, seed)
    finish, criticality = finishes(problem, slot, extra)
    ordered = np.sort(finish)
    quantiles = {level: int(ordered[min(samples - 1, int(np.ceil(level * samples)) - 1)]) for level in LEVELS}
    return Sampled(finish, quantiles, criticality)
