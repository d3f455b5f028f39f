"""Vector tiles read back by the letter of the specification, independently of what writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan, degrees, pi, sinh

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class Drawn:
    """A feature of a layer."""

    id: int
    kind: int
    rings: list[Ring]
    told: dict[str, str | int]


def opened(tile: bytes) -> dict[str, list[Drawn]]:
    """The layers of a tile."""
    found = {}
    for _, layer in _fields(tile):
        parts = list(_fields(layer))
        keys = [one.decode() for number, one in parts if number == 3]
        values = [_value(one) for number, one in parts if number == 4]
        name = next(one for number, one in parts if number == 1).decode()
        found[name] = [_feature(one, keys, values) for number, one in parts if number == 2]
    return found


def place(corner: tuple[int, int], z: int, x: int, y: int, extent: int) -> tuple[float, float]:
    """Longitude and latitude of a corner of a tile's feature."""
    across, down = (x + corner[0] / extent) / 2**z, (y + corner[1] / extent) / 2**z
    return across * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * down))))


def turning(ring: Ring) -> float:
    """The area of a ring, above zero where it turns right on the screen (y downwards)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value, start = _varint(data, at)
        at = start + value if key & 7 == 2 else start
        yield key >> 3, data[start:at] if key & 7 == 2 else str(value).encode()


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def _value(data: bytes) -> str | int:
    (number, value), *_ = _fields(data)
    return value.decode() if number == 1 else int(value)


def _numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        found.append(value)
    return found


def _feature(data: bytes, keys: list[str], values: list[str | int]) -> Drawn:
    parts = dict(_fields(data))
    tags = _numbers(parts[2])
    told = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    rings: list[Ring] = []
    commands, x, y = _numbers(parts[4]), 0, 0
    while commands:
        command, count = commands[0] & 7, commands[0] >> 3
        commands = commands[1:]
        if command == 7:
            continue
        if command == 1:
            rings.append([])
        for _ in range(count):
            dx, dy = ((one >> 1) ^ -(one & 1) for one in commands[:2])
            x, y, commands = x + dx, y + dy, commands[2:]
            rings[-1].append((x, y))
    return Drawn(int(parts[1]), int(parts[3]), rings, told)
