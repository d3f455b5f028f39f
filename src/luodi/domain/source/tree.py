"""What a file says, value by value, each with its line: the shape from which rules and forms are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

Value = None | bool | int | float | str | date
"""What a single value of a file can be."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value.  `raw` is what is written, before any meaning was read into it: codes with leading digits need it."""

    value: Value
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Series:
    """A list."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the order of the file; `lines` are the lines of the keys."""

    entries: Mapping[str, "Node"]
    line: int
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


Node = Leaf | Series | Table

Plain = None | bool | int | float | str | date | list["Plain"] | dict[str, "Plain"]
"""The same without lines."""


def plain(node: Node) -> Plain:
    """The bare values of a tree, for digests and for JSON Schema."""
    match node:
        case Leaf(value=value):
            return value
        case Series(items=items):
            return [plain(item) for item in items]
        case Table(entries=entries):
            return {key: plain(item) for key, item in entries.items()}
