"""The indicators (`data/indicators/indicators.yaml`): unit, formula, direction, dimension, and what they are counted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "indicators/indicators.yaml"
MEASURES = {
    "sum": Text("本年累计", "since January"),
    "state": Text("期末数", "at the end of the month"),
    "rate": Text("比率", "rate"),
}
"""What a figure of a month is about."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator.

    `scope`: zone, or project for figures of single projects.  `direction`: up, where more is better, or down.
    `event`: counted from the projects that reached it this year; `enrolled`: counted from the firms enrolled this year;
    `growth_of`: computed from another one's figures.  One with none of the three is entered by people.
    """

    id: str
    name: Text
    scope: str
    unit: Text
    measure: str
    direction: str
    dimension: str
    formula: Text
    event: str
    enrolled: bool
    growth_of: str

    @property
    def computed(self) -> bool:
        """Whether nobody enters its figures."""
        return bool(self.event or self.enrolled or self.growth_of)


@dataclass(frozen=True, slots=True)
class Definitions:
    """The whole file.  `green`, `amber`: per cent of the due part of a target from which a figure has that light."""

    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Text]
    dimensions_source: Source
    green: Decimal
    amber: Decimal
    confidence: Confidence
    source: Source


@cache
def definitions() -> Definitions:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    dimensions = {}
    for key, row in ask.rows(ask.child(root, "dimensions")):
        dimensions[key] = ask.pair(row)
        ask.close(row)
    origin = ask.child(root, "dimensions_source")
    dimensions_source = Source(ask.text(origin, "title"))
    ask.close(origin)
    pace = ask.child(root, "pace")
    green, amber = (Decimal(str(ask.number(pace, key, low=0))) for key in ("green", "amber"))
    confidence, source = confidence_of(pace), source_of(pace)
    ask.close(pace)
    rows = tuple(ask.rows(ask.child(root, "indicators")))
    found = {key: _indicator(key, row, dimensions, dict(rows)) for key, row in rows}
    ask.close(root)
    faults.settle()
    return Definitions(found, dimensions, dimensions_source, green, amber, confidence, source)


def indicator(id_: str) -> Indicator | None:
    """One by its id."""
    return definitions().indicators.get(id_)


def _indicator(key: str, row: ask.Row, dimensions: Mapping[str, Text], all_: Mapping[str, ask.Row]) -> Indicator:
    rows = ask.child_or_none(row, "rows")
    event = ask.text(rows, "event", "") if rows else ""
    enrolled = ask.flag(rows, "enrolled", False) if rows else False
    if rows:
        ask.close(rows)
    found = Indicator(
        id=key,
        name=ask.pair(row),
        scope=ask.choice(row, "scope", ("zone", "project"), "zone"),
        unit=text_of(row, "unit"),
        measure=ask.choice(row, "measure", MEASURES),
        direction=ask.choice(row, "direction", ("up", "down")),
        dimension=ask.choice(row, "dimension", dimensions),
        formula=text_of(row, "formula"),
        event=event,
        enrolled=enrolled,
        growth_of=ask.choice(row, "growth_of", all_, ""),
    )
    ask.close(row)
    return found
