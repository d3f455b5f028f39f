"""What a zone's resource profile holds, and the names by which industries and cities are grouped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Text

ITEMS, INDUSTRIES, PLACES = "regions/resources.yaml", "regions/industries.yaml", "forms/centres.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a profile.  `unit`: None for a text."""

    id: str
    name: Text
    group: str
    unit: Text | None


@dataclass(frozen=True, slots=True)
class Items:
    """The whole file: items in the order in which they are printed."""

    groups: Mapping[str, Text]
    items: Mapping[str, Item]


@cache
def items() -> Items:
    """The items of a profile.  Raises `BadInput` with every fault of the file."""
    return read_table(ITEMS, _items)


@cache
def industries() -> Mapping[str, Text]:
    """Division of GB/T 4754 -> its name.  Raises `BadInput` with every fault of the file."""
    return read_table(INDUSTRIES, _industries)


@cache
def places() -> Mapping[str, tuple[float, float]]:
    """City -> longitude and latitude, to 0.1 of a degree: general knowledge, good for a schematic and nothing else."""
    return read_table(PLACES, _places)


def _items(root: ask.Row) -> Items:
    words = ask.child(root, "units")
    units = {key: Text(key, ask.text(words, key)) for key, _ in ask.entries(words)}
    groups = {key: ask.pair(row) for key, row in ask.rows(ask.child(root, "groups"))}
    found = {}
    for key, row in ask.rows(ask.child(root, "items")):
        unit = None if ask.flag(row, "text", False) else units.get(ask.choice(row, "unit", units))
        found[key] = Item(key, ask.pair(row), ask.choice(row, "group", groups), unit)
        ask.close(row)
    ask.close(root)
    return Items(MappingProxyType(groups), MappingProxyType(found))


def _industries(root: ask.Row) -> Mapping[str, Text]:
    found = {key: ask.pair(row) for key, row in ask.rows(ask.child(root, "divisions"))}
    source_of(root)
    confidence_of(root)
    ask.close(root)
    return MappingProxyType(found)


def _places(root: ask.Row) -> Mapping[str, tuple[float, float]]:
    rows = ask.rows(ask.child(root, "cities"))
    found = {
        city: (ask.number(row, "lon", low=110, high=115), ask.number(row, "lat", low=34, high=41)) for city, row in rows
    }
    source_of(root)
    confidence_of(root)
    ask.close(root)
    return MappingProxyType(found)
