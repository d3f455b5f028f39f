"""Vector tiles: what is written is read back by the letter of the specification, in its place, and nothing is dropped."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.land.plots import SOUTH, WEST, ring
from tests.domain.land.tile_reading import opened, place, turning

from luodi.domain.land.tiles import EXTENT, POINT, POLYGON, ROOM, Shape, encoded, inside, placed, unit

HOLED = [[ring(WEST, SOUTH, 0.004, 0.004), ring(WEST + 0.001, SOUTH + 0.001, 0.001, 0.001)]]


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    """The tile a place lies in."""
    x, y = unit(np.array([[lon, lat]]))[0] * 2**z
    return int(x), int(y)


def test_a_plot_with_a_hole_stands_where_it_is() -> None:
    x, y = tile_of(WEST + 0.002, SOUTH + 0.002, 15)
    (rings,) = placed([HOLED], 15, x, y)
    layers = opened(encoded({"parcels": [Shape(7, POLYGON, rings, {"s": "net", "c": 300})]}))
    (read,) = layers["parcels"]
    assert (read.id, read.kind, read.told) == (7, POLYGON, {"s": "net", "c": 300})
    assert [turning(one) > 0 for one in read.rings] == [True, False], "the outer ring turns right, the hole left"
    hole = [place(corner, 15, x, y, EXTENT) for corner in read.rings[1]]
    wanted = {(WEST + 0.001, SOUTH + 0.001), (WEST + 0.002, SOUTH + 0.002)}
    assert all(any(abs(a - c) < 2e-6 and abs(b - d) < 2e-6 for c, d in hole) for a, b in wanted)


@given(z=st.integers(9, 15), flipped=st.booleans())
def test_what_several_tiles_hold_together_is_the_whole(z: int, *, flipped: bool) -> None:
    outer = HOLED[0][0][::-1] if flipped else HOLED[0][0]
    size = sum(
        cut_area(rings)
        for x in range(tile_of(WEST, SOUTH, z)[0], tile_of(WEST + 0.004, SOUTH, z)[0] + 1)
        for y in range(tile_of(WEST, SOUTH + 0.004, z)[1], tile_of(WEST, SOUTH, z)[1] + 1)
        for rings in placed([[[outer]]], z, x, y)
    )
    whole = np.abs(
        np.prod(np.diff(unit(np.array([[WEST, SOUTH], [WEST + 0.004, SOUTH + 0.004]])) * 2**z * EXTENT, axis=0))
    )
    assert size == pytest.approx(whole, rel=0.03, abs=60)


def cut_area(rings: Sequence[Sequence[tuple[int, int]]]) -> float:
    """The area of a rectangle's rings inside the tile itself; all its corners lie within the room around it."""
    total = 0.0
    for one in rings:
        xs, ys = zip(*one, strict=True)
        assert min(*xs, *ys) >= -ROOM
        assert max(*xs, *ys) <= EXTENT + ROOM
        assert turning(list(one)) > 0
        total += max(0, min(max(xs), EXTENT) - max(min(xs), 0)) * max(0, min(max(ys), EXTENT) - max(min(ys), 0))
    return total


def test_a_speck_is_drawn_and_what_lies_elsewhere_is_not() -> None:
    x, y = tile_of(WEST, SOUTH, 9)
    small, far = [[ring(WEST, SOUTH, 1e-6, 1e-6)]], [[ring(WEST + 3, SOUTH, 0.01, 0.01)]]
    drawn, nothing = placed([small, far], 9, x, y)
    assert turning(list(drawn[0])) > 0
    assert nothing == ()


def test_a_name_stands_inside_a_horseshoe() -> None:
    shoe = [[0.0, 0.0], [3.0, 0.0], [3.0, 3.0], [2.0, 3.0], [2.0, 1.0], [1.0, 1.0], [1.0, 3.0], [0.0, 3.0], [0.0, 0.0]]
    x, y = inside([[shoe]])
    assert 0 < x < 1 or 2 < x < 3
    assert y == pytest.approx(1.5, abs=0.01)
    assert opened(encoded({"names": [Shape(1, POINT, [[(5, 9)]], {"n": "号"})]}))["names"][0].rings == [[(5, 9)]]
