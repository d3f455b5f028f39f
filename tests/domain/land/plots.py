"""Plots for tests: rectangles and GeoJSON files of them, near Tunliu."""

import json
from typing import Any

from luodi.domain.facts.boundary import Boundary
from luodi.domain.land.plane import area

WEST, SOUTH = 112.9, 36.3


def ring(west: float, south: float, wide: float, tall: float) -> list[list[float]]:
    """A closed rectangle."""
    east, north = west + wide, south + tall
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def plot(west: float = 0.0, south: float = 0.0, wide: float = 0.002, tall: float = 0.002) -> Boundary:
    """A rectangle, its corner so many degrees from the corner of the tests."""
    return of(ring(WEST + west, SOUTH + south, wide, tall))


def of(*rings: list[list[float]]) -> Boundary:
    """A boundary of an outer ring and its holes."""
    kept = (tuple(tuple((x, y) for x, y in one) for one in rings),)
    return Boundary(kept, area(kept), metric=False)


def feature(number: str, corners: list[list[float]], **told: Any) -> dict[str, Any]:
    """A feature of a file of parcels."""
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [corners]},
        "properties": {"number": number, "zone": "tunliu", "name": f"地块{number}", **told},
    }


def parcel(number: str, west: float = 0.0, south: float = 0.0, size: float = 0.002, **told: Any) -> dict[str, Any]:
    """A square parcel as a feature."""
    return feature(number, ring(WEST + west, SOUTH + south, size, size), **told)


def file(*features: dict[str, Any], **more: Any) -> str:
    """A GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False)
