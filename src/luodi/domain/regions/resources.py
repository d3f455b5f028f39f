"""What a zone's resource profile holds, and the names by which industries and cities are grouped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Confidence, Source, Text

ITEMS, INDUSTRIES, PLACES = "regions/resources.yaml", "regions/industries.yaml", "regions/places.yaml"


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


@dataclass(frozen=True, slots=True)
class Settlement:
    """A city (`city`) or county town: the rough middle of it in longitude and latitude, good for a schematic only."""

    name: Text
    lon: float
    lat: float
    city: bool


@dataclass(frozen=True, slots=True)
class Settlements:
    """The towns of the province, cities first, and where their places are from."""

    places: tuple[Settlement, ...]
    source: Source
    confidence: Confidence


@cache
def settlements() -> Settlements:
    """Cities and county towns.  Raises `BadInput` with every fault of the file."""
    return read_table(PLACES, _settlements)


@cache
def places() -> Mapping[str, tuple[float, float]]:
    """City -> longitude and latitude."""
    return MappingProxyType({one.name.zh: (one.lon, one.lat) for one in settlements().places if one.city})


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


def _settlements(root: ask.Row) -> Settlements:
    found = []
    for group in ("cities", "towns"):
        for name, row in ask.rows(ask.child(root, group)):
            lon, lat = ask.number(row, "lon", low=110, high=115), ask.number(row, "lat", low=34, high=41)
            found.append(Settlement(Text(name, ask.text(row, "en")), lon, lat, group == "cities"))
            ask.close(row)
    table = Settlements(tuple(found), source_of(root), confidence_of(root))
    ask.close(root)
    return table
