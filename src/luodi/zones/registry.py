"""The registry of zones as data (`data/zones.yaml`), and recording it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from luodi.accounts.acting import Acting
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text
from luodi.zones.actions import record_zone
from luodi.zones.readers import ZoneRow

CONFIDENCE = ("verified", "article", "unverified")


@dataclass(frozen=True, slots=True)
class Registry:
    """The file: zones with their parks after them, and the words for types and levels."""

    zones: tuple[ZoneRow, ...]
    kinds: Mapping[str, Text]
    levels: Mapping[str, Text]


@cache
def registry() -> Registry:
    """The registry, read once in a process.  Raises `BadInput` with every fault of the file."""
    faults = Faults("zones.yaml")
    root = ask.row(read_data("zones.yaml", faults), faults)
    kinds, levels = words(ask.child(root, "kinds")), words(ask.child(root, "levels"))
    rows = dict(ask.rows(ask.child(root, "zones")))
    zones = tuple(zone(key, row, kinds, levels, rows) for key, row in rows.items())
    ask.close(root)
    faults.settle()
    return Registry(tuple(sorted(zones, key=lambda one: one.parent is not None)), kinds, levels)


def words(row: ask.Row) -> dict[str, Text]:
    """Texts by id."""
    found = {}
    for key, one in ask.rows(row):
        found[key] = ask.pair(one)
        ask.close(one)
    return found


def zone(
    key: str, row: ask.Row, kinds: Mapping[str, Text], levels: Mapping[str, Text], rows: Mapping[str, ask.Row]
) -> ZoneRow:
    """One zone or park."""
    parent = ask.text(row, "parent", None)
    if parent is not None and parent not in rows:
        ask.unknown(row.faults, ask.line(row, "parent"), "unknown_key", parent, rows)
    found = ZoneRow(
        id=key,
        name=ask.pair(row),
        kind=ask.choice(row, "kind", kinds),
        city=ask.text(row, "city", ""),
        level=ask.choice(row, "level", levels),
        parent=parent,
        starts=ask.day(row, "from", None),
        ends=ask.day(row, "until", None),
        confidence=ask.choice(row, "confidence", CONFIDENCE),
        source=ask.text(row, "source", ""),
    )
    ask.close(row)
    return found


def load(*, by: Acting, at: datetime) -> int:
    """Record the registry; what stands already and is unchanged is left alone.  How many zones were new or changed."""
    return sum(record_zone(zone=one, by=by, at=at) for one in registry().zones)
