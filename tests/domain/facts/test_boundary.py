"""Plot boundaries: closed, not crossing themselves, in Shanxi, and of the area they enclose."""

import json
from math import cos, radians

import pytest

from luodi.domain.facts.boundary import BadBoundary, Boundary, boundary
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Leaf

SQUARE = [[112.6, 37.5], [112.61, 37.5], [112.61, 37.51], [112.6, 37.51], [112.6, 37.5]]
METRES = [[500000, 4150000], [501000, 4150000], [501000, 4151000], [500000, 4151000], [500000, 4150000]]


def of(coordinates: object, kind: str = "Polygon") -> Boundary | BadBoundary:
    return boundary(read_text(json.dumps({"type": kind, "coordinates": coordinates})) or Leaf(None, 1, ""))


def test_area_on_the_ellipsoid_and_in_metres() -> None:
    found = of([SQUARE])
    assert isinstance(found, Boundary)
    by_hand = (0.01 * 110994.0) * (0.01 * 111320 * cos(radians(37.505)) * 1.00125)  # metres of a degree at 37.5 N
    assert found.area == pytest.approx(by_hand, rel=1e-3)
    plane = of([METRES])
    assert isinstance(plane, Boundary)
    assert plane.area == 1e6
    assert plane.metric


def test_holes_are_taken_off_and_parts_added() -> None:
    hole = [[112.602, 37.502], [112.604, 37.502], [112.604, 37.504], [112.602, 37.504], [112.602, 37.502]]
    other = [[x + 0.02, y] for x, y in SQUARE]
    one, holed, two = of([SQUARE]), of([SQUARE, hole]), of([[SQUARE], [other]], "MultiPolygon")
    assert isinstance(one, Boundary)
    assert isinstance(holed, Boundary)
    assert isinstance(two, Boundary)
    assert holed.area == pytest.approx(0.96 * one.area, rel=1e-4)
    assert two.area == pytest.approx(2 * one.area, rel=1e-9)


@pytest.mark.parametrize(
    ("coordinates", "code"),
    [
        ([SQUARE[:-1]], "boundary_not_closed"),
        ([SQUARE[:2] + SQUARE[:1]], "boundary_not_closed"),
        ([[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]], "boundary_crosses_itself"),
        ([[*SQUARE[:2], SQUARE[1], *SQUARE[2:]]], "boundary_crosses_itself"),
        ([[SQUARE[0], SQUARE[1], SQUARE[2], SQUARE[1], SQUARE[0]]], "boundary_crosses_itself"),
        ([[[y, x] for x, y in SQUARE]], "boundary_outside"),
        ([[[x - 100, y] for x, y in SQUARE]], "boundary_outside"),
        ([], "boundary_not_geojson"),
        ([[]], "boundary_not_closed"),
        ("x", "boundary_not_geojson"),
        ([[["a", "b"]] * 4], "boundary_not_geojson"),
        ([[[True, False]] * 4], "boundary_not_geojson"),
        ([[[112.6 + n / 1e5, 37.5 + n % 2 / 1e5] for n in range(3000)]], "boundary_too_many_points"),
    ],
)
def test_what_is_wrong_with_a_boundary(coordinates: object, code: str) -> None:
    found = of(coordinates)
    assert isinstance(found, BadBoundary)
    assert found.wrong.code == code


def test_other_shapes_and_a_feature() -> None:
    assert isinstance(of([112.6, 37.5], "Point"), BadBoundary)
    feature = json.dumps({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}})
    assert isinstance(boundary(read_text(feature) or Leaf(None, 1, "")), Boundary)
