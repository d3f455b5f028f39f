"""Boundaries on the ellipsoid: areas kept exactly, distances between plots, boxes around them.

Longitude and latitude (CGCS2000) go onto the equal-area (authalic) cylinder, as in `facts.boundary`: there every area is the
area on the ellipsoid, and the straight edge of a plot differs from the geodesic by less than a millionth of its length.
"""

from dataclasses import dataclass
from math import cos, hypot, pi, radians

import numpy as np
from numpy.typing import NDArray

from luodi.domain.facts.boundary import Boundary, enclosed, on_cylinder

Points = NDArray[np.float64]
MEAN_RADIUS = 6_371_008.8
"""Of the ellipsoid, in metres: good to half a per cent for distances inside a province."""


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return (
            self.west <= other.east and other.west <= self.east
            and self.south <= other.north and other.south <= self.north
        )  # fmt: skip


def box(boundary: Boundary) -> Box:
    """The smallest box around a boundary."""
    points = np.array([point for polygon in boundary.polygons for point in polygon[0]])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return Box(float(west), float(south), float(east), float(north))


def around(boxes: tuple[Box, ...]) -> Box:
    """The smallest box around boxes, of which there is at least one."""
    return Box(min(one.west for one in boxes), min(one.south for one in boxes),
               max(one.east for one in boxes), max(one.north for one in boxes))  # fmt: skip


def area(polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]) -> float:
    """m² inside polygons (the first ring of each, less its holes), on the ellipsoid."""
    total = 0.0
    for rings in polygons:
        sizes = [enclosed(on_cylinder(np.array(ring, dtype=np.float64))) for ring in rings]
        total += sizes[0] - sum(sizes[1:])
    return total


def flat(boundary: Boundary) -> tuple[Points, ...]:
    """Every ring in metres on the equal-area cylinder."""
    return tuple(on_cylinder(np.array(ring, dtype=np.float64)) for rings in boundary.polygons for ring in rings)


def centre(boundary: Boundary) -> tuple[float, float]:
    """Longitude and latitude of the middle of the largest polygon: its centre of area."""
    rings = max((polygon[0] for polygon in boundary.polygons), key=lambda ring: enclosed(np.array(ring)))
    points = np.array(rings, dtype=np.float64)
    near = points - points[0]
    cross = near[:-1, 0] * near[1:, 1] - near[1:, 0] * near[:-1, 1]
    twice = float(cross.sum())
    if twice == 0:
        return float(points[:, 0].mean()), float(points[:, 1].mean())
    middle = ((near[:-1] + near[1:]) * cross[:, None]).sum(axis=0) / (3 * twice) + points[0]
    return float(middle[0]), float(middle[1])


def metres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """The distance between two places of a province, in metres, as the crow flies."""
    degree = pi * MEAN_RADIUS / 180
    narrow = cos(radians((one[1] + two[1]) / 2))
    return hypot((one[0] - two[0]) * degree * narrow, (one[1] - two[1]) * degree)
