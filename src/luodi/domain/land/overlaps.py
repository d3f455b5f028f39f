"""How much of one boundary lies in another: exact areas, cut into upright slabs.

Between two neighbouring corners or crossings (seen from west to east) no edge begins, ends or crosses another.  There the part
common to both is a row of trapezoids, whose area is the width of the slab times their height at its middle: no rounding but the
machine's.  Holes and several polygons need nothing extra, since a height is inside after an odd number of edges.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from luodi.domain.facts.boundary import Boundary
from luodi.domain.land.plane import Box, Points, box, flat

Edges = NDArray[np.float64]


def overlap(one: Boundary, two: Boundary) -> float:
    """The area in m² that two boundaries have in common, on the ellipsoid."""
    if not box(one).meets(box(two)):
        return 0.0
    first, second = flat(one), flat(two)
    origin = first[0][0]
    a, b = _edges(first, origin), _edges(second, origin)
    low, high = max(a[:, 0].min(), b[:, 0].min()), min(a[:, 2].max(), b[:, 2].max())
    cuts = np.concatenate([a[:, [0, 2]].ravel(), b[:, [0, 2]].ravel(), _crossings(a, b), [low, high]])
    cuts = np.unique(cuts[(cuts >= low) & (cuts <= high)])
    return float(sum(_slab(a, b, west, east) for west, east in pairwise(cuts)))


def overlapping(boundaries: Sequence[Boundary], *, least: float) -> Iterator[tuple[int, int, float]]:
    """Every pair of boundaries (their places) that share more than `least` m², with how much."""
    boxes = [box(one) for one in boundaries]
    for first, second in neighbours(boxes):
        shared = overlap(boundaries[first], boundaries[second])
        if shared > least:
            yield first, second, shared


def neighbours(boxes: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Every pair of boxes that meet, by a sweep from west to east."""
    order = sorted(range(len(boxes)), key=lambda place: boxes[place].west)
    open_ones: list[int] = []
    for place in order:
        here = boxes[place]
        open_ones = [one for one in open_ones if boxes[one].east >= here.west]
        yield from ((min(one, place), max(one, place)) for one in open_ones if boxes[one].meets(here))
        open_ones.append(place)


def _edges(rings: Sequence[Points], origin: Points) -> Edges:
    """The edges of rings from west to east, those that run straight north left out: (x1, y1, x2, y2)."""
    both = np.concatenate([np.hstack([ring[:-1] - origin, ring[1:] - origin]) for ring in rings])
    turned = both[:, 0] > both[:, 2]
    both[turned] = both[turned][:, [2, 3, 0, 1]]
    return both[both[:, 0] < both[:, 2]]


def _crossings(a: Edges, b: Edges) -> Points:
    """Where edges of the one cross edges of the other, as seen from west to east."""
    slope_a, slope_b = _slopes(a)[:, None], _slopes(b)[None, :]
    level_a, level_b = a[:, None, 1] - slope_a * a[:, None, 0], b[None, :, 1] - slope_b * b[None, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = (level_b - level_a) / (slope_a - slope_b)
    inside = (x > np.maximum(a[:, None, 0], b[None, :, 0])) & (x < np.minimum(a[:, None, 2], b[None, :, 2]))
    return np.asarray(x[inside & np.isfinite(x)])


def _slopes(edges: Edges) -> Points:
    return np.asarray((edges[:, 3] - edges[:, 1]) / (edges[:, 2] - edges[:, 0]))


def _slab(a: Edges, b: Edges, west: float, east: float) -> float:
    """The area common to both between two cuts."""
    middle = (west + east) / 2
    first, second = _heights(a, middle), _heights(b, middle)
    common = sum(
        max(0.0, min(top, other_top) - max(bottom, other_bottom))
        for bottom, top in zip(first[::2], first[1::2], strict=False)
        for other_bottom, other_top in zip(second[::2], second[1::2], strict=False)
    )
    return float((east - west) * common)


def _heights(edges: Edges, x: float) -> Points:
    """The heights at which edges are met on the way north, lowest first."""
    met = edges[(edges[:, 0] < x) & (edges[:, 2] > x)]
    return np.sort(met[:, 1] + _slopes(met) * (x - met[:, 0]))
