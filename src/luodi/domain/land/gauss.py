"""Gauss–Krüger metres of CGCS2000, as survey tables hold them, to longitude and latitude and back.

Krüger's series in the third flattening, to its third power: within half a millimetre inside a zone of three or six degrees.
"""

from math import asin, atan, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt

from luodi.domain.facts.boundary import FLATTENING, SEMI_MAJOR

EAST = 500_000.0
"""Metres added to every easting."""
N = FLATTENING / (2 - FLATTENING)
RADIUS = SEMI_MAJOR / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
OUT = (N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16, 13 * N**2 / 48 - 3 * N**3 / 5, 61 * N**3 / 240)
BACK = (N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96, N**2 / 48 + N**3 / 15, 17 * N**3 / 480)
RAISE = (2 * N - 2 * N**2 / 3 - 2 * N**3, 7 * N**2 / 3 - 8 * N**3 / 5, 56 * N**3 / 15)


def place(easting: float, northing: float, meridian: float) -> tuple[float, float]:
    """Longitude and latitude of a corner in metres; `easting` without the number of its zone."""
    up, along = northing / RADIUS, (easting - EAST) / RADIUS
    terms = [(2 * k, one) for k, one in enumerate(BACK, start=1)]
    xi = up - sum(one * sin(k * up) * cosh(k * along) for k, one in terms)
    eta = along - sum(one * cos(k * up) * sinh(k * along) for k, one in terms)
    chi = asin(sin(xi) / cosh(eta))
    latitude = chi + sum(one * sin(2 * k * chi) for k, one in enumerate(RAISE, start=1))
    return meridian + degrees(atan(sinh(eta) / cos(xi))), degrees(latitude)


def metres(longitude: float, latitude: float, meridian: float) -> tuple[float, float]:
    """Easting (without the number of a zone) and northing of a place."""
    bent, off = 2 * sqrt(N) / (1 + N), radians(longitude - meridian)
    t = sinh(atanh(sin(radians(latitude))) - bent * atanh(bent * sin(radians(latitude))))
    xi, eta = atan(t / cos(off)), atanh(sin(off) / sqrt(1 + t * t))
    terms = [(2 * k, one) for k, one in enumerate(OUT, start=1)]
    east = eta + sum(one * cos(k * xi) * sinh(k * eta) for k, one in terms)
    north = xi + sum(one * sin(k * xi) * cosh(k * eta) for k, one in terms)
    return EAST + RADIUS * east, RADIUS * north
