"""Plot boundaries: a GeoJSON polygon that is closed, does not cross itself, and has the area it claims.

Longitude and latitude are taken as CGCS2000; the area is exact on its ellipsoid by the equal-area (authalic)
cylinder, whose straight edges differ from geodesics by less than a millionth at the size of a plot.
Coordinates in metres are taken as 3-degree Gauss-Kruger; their scale error is below one thousandth.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from luodi.domain.facts.wrong import Wrong
from luodi.domain.source.tree import Leaf, Node, Series, Table

Points = NDArray[np.float64]
SEMI_MAJOR, FLATTENING = 6_378_137.0, 1 / 298.257222101  # CGCS2000
ECCENTRICITY = sqrt(FLATTENING * (2 - FLATTENING))
SHANXI = (110.2, 114.6, 34.5, 40.8)  # west, east, south, north
NORTHINGS = (3_800_000.0, 4_550_000.0)
MOST_POINTS = 2000
SMALLEST_RING = 4


@dataclass(frozen=True, slots=True)
class Boundary:
    """Closed rings and the area they enclose in m²; `metric`: coordinates are metres, not degrees."""

    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    area: float
    metric: bool


@dataclass(frozen=True, slots=True)
class BadBoundary:
    """Why a boundary cannot be used, and the line."""

    wrong: Wrong
    line: int


def boundary(node: Node) -> Boundary | BadBoundary:
    """The boundary a GeoJSON Polygon, MultiPolygon or Feature describes."""
    geometry = _entry(node, "geometry") if _word(node, "type") == "Feature" else node
    kind, coordinates = _word(geometry, "type"), _entry(geometry, "coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, Series):
        return BadBoundary(Wrong("boundary_not_geojson"), node.line)
    polygons = []
    for polygon in coordinates.items if kind == "MultiPolygon" else (coordinates,):
        rings = []
        for ring in polygon.items if isinstance(polygon, Series) else ():
            points = _points(ring)
            if isinstance(points, Wrong):
                return BadBoundary(points, ring.line)
            rings.append(points)
        polygons.append(rings)
    wrong = _shape(polygons)
    return BadBoundary(wrong, coordinates.line) if wrong else _measured(polygons)


def _measured(polygons: list[list[Points]]) -> Boundary:
    metric = bool(abs(polygons[0][0][:, 1]).max() > 90)  # latitudes end at 90
    area = 0.0
    for rings in polygons:
        flat = [enclosed(ring if metric else on_cylinder(ring)) for ring in rings]
        area += flat[0] - sum(flat[1:])
    kept = tuple(tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings) for rings in polygons)
    return Boundary(kept, area, metric)


def _shape(polygons: list[list[Points]]) -> Wrong | None:
    """What is wrong with the rings, or None."""
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings or not all(polygons):
        return Wrong("boundary_not_geojson")
    if sum(len(ring) for ring in rings) > MOST_POINTS:
        return Wrong("boundary_too_many_points", {"limit": MOST_POINTS})
    for ring in rings:
        if len(ring) < SMALLEST_RING or (ring[0] != ring[-1]).any():
            return Wrong("boundary_not_closed")
        if outside := _outside(ring):
            return outside
        if (np.diff(ring, axis=0) == 0).all(axis=1).any() or _touches_itself(ring):
            return Wrong("boundary_crosses_itself")
    everything = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])
    return Wrong("boundary_crosses_itself") if _crossing(everything, strict=True).any() else None


def _outside(ring: Points) -> Wrong | None:
    x, y = ring[:, 0], ring[:, 1]
    west, east, south, north = SHANXI
    degrees = bool(abs(y).max() <= 90)  # latitudes end at 90
    inside = ((x >= west) & (x <= east) & (y >= south) & (y <= north)).all() if degrees else (
        (y >= NORTHINGS[0]) & (y <= NORTHINGS[1]) & (x > 100_000)).all()  # fmt: skip
    return None if inside else Wrong("boundary_outside", {"x": float(x[0]), "y": float(y[0])})


def _touches_itself(ring: Points) -> bool:
    """Whether two edges of a ring that are not neighbours meet, or an edge runs back along its neighbour."""
    edges = np.stack([ring[:-1], ring[1:]], axis=1)
    along = edges[:, 1] - edges[:, 0]
    following = np.roll(along, -1, axis=0)
    back = (_cross(along, following) == 0) & ((along * following).sum(axis=1) < 0)
    count = len(edges)
    meets = _crossing(edges, strict=False)
    place = np.arange(count)
    gap = (place[:, None] - place[None, :]) % count
    return bool(back.any() or (meets & (gap > 1) & (gap < count - 1)).any())


def _crossing(edges: Points, *, strict: bool) -> NDArray[np.bool_]:
    """For every pair of edges whether they cross (`strict`) or meet at all."""
    start, end = edges[:, 0], edges[:, 1]
    along = end - start
    one = _cross(along[:, None], start[None] - start[:, None])  # where the other edge starts, seen from this edge
    two = _cross(along[:, None], end[None] - start[:, None])
    apart = one * two
    if strict:
        return np.asarray((apart < 0) & (apart.T < 0))
    low, high = np.minimum(start, end), np.maximum(start, end)
    boxes = ((low[:, None] <= high[None]) & (low[None] <= high[:, None])).all(axis=2)
    return np.asarray((apart <= 0) & (apart.T <= 0) & boxes)


def _cross(one: Points, two: Points) -> Points:
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])


def enclosed(ring: Points) -> float:
    """Area of a closed ring in the plane (shoelace), from its first point so that no digits are lost."""
    near = ring - ring[0]
    return float(abs(_cross(near[:-1], near[1:]).sum()) / 2)


def on_cylinder(points: Points) -> Points:
    """Degrees as metres: east along the equator, north so that areas stay what they are on the ellipsoid."""
    e, sine = ECCENTRICITY, np.sin(np.radians(points[:, 1]))
    authalic = (1 - e * e) * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)
    return np.stack([SEMI_MAJOR * np.radians(points[:, 0]), SEMI_MAJOR * authalic / 2], axis=1)


def _points(ring: Node) -> Points | Wrong:
    rows = []
    for point in ring.items if isinstance(ring, Series) else ():
        values = [leaf.value for leaf in point.items if isinstance(leaf, Leaf)] if isinstance(point, Series) else []
        x, y = [*values, None, None][:2]
        if (
            isinstance(x, bool)
            or isinstance(y, bool)
            or not isinstance(x, int | float)
            or not isinstance(y, int | float)
        ):
            return Wrong("boundary_not_geojson")
        rows.append((min(max(float(x), -1e9), 1e9), min(max(float(y), -1e9), 1e9)))
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _entry(node: Node, key: str) -> Node:
    found = node.entries.get(key) if isinstance(node, Table) else None
    return found if found is not None else Leaf(None, node.line, "")


def _word(node: Node, key: str) -> str:
    found = _entry(node, key)
    return found.raw if isinstance(found, Leaf) else ""
