"""Vector tiles (the open specification 2.1, as map libraries read them): shapes in the square of a tile, as bytes.

The world is the unit square of the web's projection: x from west to east, y from north to south.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

EXTENT = 8192
"""Units of a tile's side: 12 cm in a tile of zoom 15."""
ROOM = 256
"""Units around a tile that shapes may reach into; what lies further out is cut off."""
POINT, POLYGON = 1, 3
SPECK = 2
"""Half the side of the square that stands for a shape too small for the units of its tile: nothing is dropped."""

Points = NDArray[np.float64]
Ring = Sequence[tuple[int, int]]
Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Something in a tile, in its units: rings without the closing corner, outer ones turning right and holes left."""

    id: int
    kind: int
    rings: Sequence[Ring]
    told: Mapping[str, str | int]


def unit(degrees: Points) -> Points:
    """Longitudes and latitudes (n by 2) on the unit square."""
    x = degrees[:, 0] / 360 + 0.5
    y = 0.5 - np.arcsinh(np.tan(np.radians(degrees[:, 1]))) / (2 * np.pi)
    return np.stack([x, y], axis=1)


def placed(outlines: Sequence[Polygons], z: int, x: int, y: int) -> Iterator[tuple[Ring, ...]]:
    """The rings of outlines (polygons of closed rings in degrees) in a tile; none for an outline wholly outside."""
    corners = np.array(
        [point[:2] for polygons in outlines for rings in polygons for ring in rings for point in ring], dtype=np.float64
    )
    units = np.rint((unit(corners.reshape(-1, 2)) * 2**z - (x, y)) * EXTENT).astype(int).tolist()
    start = 0
    for polygons in outlines:
        found: list[Ring] = []
        for rings in polygons:
            for place, ring in enumerate(rings):
                end = start + len(ring)
                found += _turned(units[start : end - 1], hole=place > 0)
                start = end
        yield tuple(found)


def inside(polygons: Polygons) -> tuple[float, float]:
    """A point inside an outline, in degrees, for its name: the middle of the widest stretch at half the height of its first
    polygon.
    """
    heights = [point[1] for point in polygons[0][0]]
    level = (min(heights) + max(heights)) / 2 + (max(heights) - min(heights)) * 1e-6
    crossed = sorted(
        one[0] + (level - one[1]) * (two[0] - one[0]) / (two[1] - one[1])
        for ring in polygons[0]
        for one, two in pairwise(ring)
        if (one[1] > level) != (two[1] > level)
    )
    stretches = [*zip(crossed[::2], crossed[1::2], strict=True)] or [(polygons[0][0][0][0],) * 2]
    west, east = max(stretches, key=lambda one: one[1] - one[0])
    return (west + east) / 2, level


def encoded(layers: Mapping[str, Iterable[Shape]]) -> bytes:
    """The bytes of a tile."""
    return b"".join(_field(3, _layer(name, shapes)) for name, shapes in layers.items())


def _layer(name: str, shapes: Iterable[Shape]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    drawn = []
    for one in shapes:
        tags = [
            number
            for key, value in one.told.items()
            for number in (keys.setdefault(key, len(keys)), values.setdefault(value, len(values)))
        ]
        shape = (b"\x08", _packed((one.id,)), _field(2, _packed(tags)), b"\x18", bytes((one.kind,)))
        drawn.append(_field(2, b"".join((*shape, _field(4, _packed(_drawn(one)))))))
    told = [_field(3, key.encode()) for key in keys]
    told += [_field(4, _field(1, v.encode()) if isinstance(v, str) else b"\x28" + _packed((v,))) for v in values]
    head = b"\x78\x02" + _field(1, name.encode()) + b"\x28" + _packed((EXTENT,))
    return b"".join([head, *drawn, *told])


def _drawn(one: Shape) -> Iterator[int]:
    """The commands of a geometry: move to, lines to, close; every corner as the way from the one before."""
    at_x = at_y = 0
    for ring in one.rings:
        for place, (x, y) in enumerate(ring):
            if place == 0:
                yield 9  # move to, once
            elif place == 1:
                yield (len(ring) - 1) << 3 | 2  # lines to
            across, down = x - at_x, y - at_y
            yield across << 1 if across >= 0 else -across * 2 - 1
            yield down << 1 if down >= 0 else -down * 2 - 1
            at_x, at_y = x, y
        if one.kind == POLYGON:
            yield 15  # close


def _packed(numbers: Iterable[int]) -> bytes:
    found = bytearray()
    for number in numbers:
        rest = number
        while rest > 127:
            found.append(rest & 127 | 128)
            rest >>= 7
        found.append(rest)
    return bytes(found)


def _field(number: int, content: bytes) -> bytes:
    return bytes((number << 3 | 2,)) + _packed((len(content),)) + content


def _turned(corners: list[list[int]], *, hole: bool) -> list[Ring]:
    """A ring cut to the tile and turned as it must be; a speck for an outer ring without area, nothing for one outside."""
    ring = [(x, y) for x, y in corners]
    for axis, limit, sign in ((0, -ROOM, 1), (0, EXTENT + ROOM, -1), (1, -ROOM, 1), (1, EXTENT + ROOM, -1)):
        if any((corner[axis] - limit) * sign < 0 for corner in ring):
            ring = _cut(ring, axis, limit, sign)
    if not ring:
        return []
    size = sum(ring[n - 1][0] * y - x * ring[n - 1][1] for n, (x, y) in enumerate(ring))
    if size == 0:
        (x, y), by = ring[0], SPECK
        return [] if hole else [[(x - by, y - by), (x + by, y - by), (x + by, y + by), (x - by, y + by)]]
    return [ring if (size > 0) != hole else ring[::-1]]


def _cut(ring: list[tuple[int, int]], axis: int, limit: int, sign: int) -> list[tuple[int, int]]:
    """What of a ring lies on one side of a line (Sutherland and Hodgman)."""
    found: list[tuple[int, int]] = []
    for place, here in enumerate(ring):
        before = ring[place - 1]
        stays, stayed = ((one[axis] - limit) * sign >= 0 for one in (here, before))
        if stays != stayed:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            other = round(before[1 - axis] + share * (here[1 - axis] - before[1 - axis]))
            found.append((limit, other) if axis == 0 else (other, limit))
        if stays:
            found.append(here)
    return found
