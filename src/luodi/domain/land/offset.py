"""The offset of consumer maps in China (GCJ-02): how far such a map moves a place, so that coordinates taken from one are told.

The published approximation of the offset; a plot moved by it lies some hundred metres off.
"""

from math import cos, fabs, pi, radians, sin, sqrt

from luodi.domain.facts.boundary import Boundary
from luodi.domain.land.plane import centre, metres

AXIS, SQUARED = 6_378_245.0, 0.006693421622965943  # Krasovsky 1940, as the offset uses it
NEAR = 25.0
"""Metres by which a plot taken from such a map may still differ from the plot moved."""


def moved(place: tuple[float, float]) -> tuple[float, float]:
    """Where a consumer map shows a place (longitude, latitude)."""
    x, y = place[0] - 105.0, place[1] - 35.0
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    latitude = radians(place[1])
    bent = 1 - SQUARED * sin(latitude) ** 2
    along = AXIS * (1 - SQUARED) / (bent * sqrt(bent)) * pi / 180.0
    across = AXIS / sqrt(bent) * cos(latitude) * pi / 180.0
    return place[0] + east / across, place[1] + north / along


def suspected(given: Boundary, known: Boundary) -> float | None:
    """The metres by which `given` lies off the plot as `known`, where that is just the offset of consumer maps; else None."""
    here, there = centre(given), centre(known)
    shown = moved(there)
    off = metres(here, there)
    return off if off > NEAR * 4 and metres(here, shown) <= NEAR else None
