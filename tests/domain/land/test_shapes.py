"""Areas on the ellipsoid and overlaps: checked against other formulas, and by properties of random polygons."""

from itertools import pairwise
from math import cos, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.land.plots import SOUTH, WEST, of, plot, ring

from luodi.domain.facts import boundary as form
from luodi.domain.land import offset, plane
from luodi.domain.land.overlaps import neighbours, overlap, overlapping
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Leaf

LITTLE = 1e-4
"""m²: what rounding may leave."""


def star(values: tuple[float, float, list[float]]) -> form.Boundary:
    """A polygon around a middle, a corner at every angle: it never crosses itself."""
    x, y, radii = values
    count = len(radii)
    corners = [
        [WEST + x + r * cos(2 * pi * i / count), SOUTH + y + r * sin(2 * pi * i / count)] for i, r in enumerate(radii)
    ]
    return of([*corners, corners[0]])


stars = st.tuples(
    st.floats(-0.003, 0.003),
    st.floats(-0.003, 0.003),
    st.lists(st.floats(0.0005, 0.004), min_size=3, max_size=9),
).map(star)


def test_the_area_is_that_of_the_form() -> None:
    """One and the same plot measures the same here and in the form (`facts.boundary`)."""
    text = str(
        {"type": "Polygon", "coordinates": [ring(112.9, 36.3, 0.01, 0.008), ring(112.902, 36.302, 0.002, 0.002)]}
    )
    measured = form.boundary(read_text(text) or Leaf(None, 1, ""))
    assert isinstance(measured, form.Boundary)
    assert plane.area(measured.polygons) == pytest.approx(measured.area, rel=1e-12)


def test_a_degree_square_has_the_area_of_the_tables() -> None:
    """The trapezoid of the ellipsoid between 36 and 37 north, one degree wide, is 9 937 km² (integrated by hand)."""
    a, f = form.SEMI_MAJOR, form.FLATTENING
    squared, steps, total = f * (2 - f), 20_000, 0.0
    for step in range(steps):
        latitude = (36 + (step + 0.5) / steps) * pi / 180
        total += (
            a * a * (1 - squared) * cos(latitude) / (1 - squared * sin(latitude) ** 2) ** 2 / steps * (pi / 180) ** 2
        )
    assert of(ring(112, 36, 1, 1)).area == pytest.approx(total, rel=1e-8)


def test_half_a_plot_overlaps_by_half() -> None:
    assert overlap(plot(), plot(west=0.001)) == pytest.approx(plot().area / 2, rel=1e-9)
    assert overlap(plot(), plot(west=0.002)) == pytest.approx(0, abs=LITTLE)
    assert overlap(plot(), plot(west=0.1)) == 0


def test_a_hole_is_no_land() -> None:
    around = of(ring(WEST, SOUTH, 0.01, 0.01), ring(WEST + 0.002, SOUTH + 0.002, 0.004, 0.004))
    inside = plot(west=0.003, south=0.003, wide=0.001, tall=0.001)
    assert overlap(around, inside) == pytest.approx(0, abs=LITTLE)
    assert overlap(around, plot(wide=0.01, tall=0.01)) == pytest.approx(around.area, rel=1e-9)


@given(stars, stars)
@settings(max_examples=150, deadline=None)
def test_an_overlap_is_common_to_both(one: form.Boundary, two: form.Boundary) -> None:
    shared = overlap(one, two)
    assert shared == pytest.approx(overlap(two, one), rel=1e-9, abs=LITTLE)
    assert -LITTLE <= shared <= min(one.area, two.area) + LITTLE
    assert overlap(one, one) == pytest.approx(one.area, rel=1e-9)


@given(stars, st.floats(-0.004, 0.004))
@settings(max_examples=100, deadline=None)
def test_two_halves_make_the_whole(one: form.Boundary, cut: float) -> None:
    """A plot cut by a meridian: what lies west and what lies east of it add up."""
    west = of(ring(WEST - 0.02, SOUTH - 0.02, 0.02 + cut, 0.04))
    east = of(ring(WEST + cut, SOUTH - 0.02, 0.02, 0.04))
    assert overlap(one, west) + overlap(one, east) == pytest.approx(one.area, rel=1e-8, abs=LITTLE)


@given(stars, stars)
@settings(max_examples=25, deadline=None)
def test_an_overlap_agrees_with_counting_points(one: form.Boundary, two: form.Boundary) -> None:
    """A grid of points, each inside or outside by its own simple rule, gives the same share within its mesh."""
    where = plane.box(one)
    mesh = 40
    hits = inside = 0
    for i in range(mesh):
        for j in range(mesh):
            x = where.west + (i + 0.5) / mesh * (where.east - where.west)
            y = where.south + (j + 0.5) / mesh * (where.north - where.south)
            if contains(one, x, y):
                inside += 1
                hits += contains(two, x, y)
    assert overlap(one, two) / one.area == pytest.approx(hits / inside if inside else 0, abs=0.08)


def contains(one: form.Boundary, x: float, y: float) -> bool:
    """Whether a place lies inside, by counting edges to its north."""
    odd = False
    for rings in one.polygons:
        for corners in rings:
            for (x1, y1), (x2, y2) in pairwise(corners):
                if (x1 <= x) != (x2 <= x) and y < y1 + (x - x1) / (x2 - x1) * (y2 - y1):
                    odd = not odd
    return odd


@given(st.lists(st.tuples(st.floats(0, 0.02), st.floats(0, 0.02)), min_size=2, max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_sweep_finds_every_pair(places: list[tuple[float, float]]) -> None:
    plots = [plot(west, south) for west, south in places]
    boxes = [plane.box(one) for one in plots]
    pairs = {(i, j) for i in range(len(boxes)) for j in range(i) if boxes[i].meets(boxes[j])}
    assert {(max(pair), min(pair)) for pair in neighbours(boxes)} == pairs
    assert all(shared > 1 for _, _, shared in overlapping(plots, least=1))


def test_the_offset_of_consumer_maps_is_told_from_a_mistake() -> None:
    known = plot()
    x, y = plane.centre(known)
    shown = offset.moved((x, y))
    east, north, off = shown[0] - x, shown[1] - y, plane.metres((x, y), shown)
    assert 300 < off < 900
    assert offset.suspected(plot(east, north), known) == pytest.approx(off, 0.01)
    assert offset.suspected(plot(-east, north), known) is None
    assert offset.suspected(plot(0.00001), known) is None
