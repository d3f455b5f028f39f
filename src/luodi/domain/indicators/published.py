"""Durations that were published (`data/indicators/clock.yaml`), the events they run between, and the calendar beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from luodi.domain.indicators.stretches import UNITS, Stretch, between
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import source_of, text_or_none
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text

FILE = "indicators/clock.yaml"


@dataclass(frozen=True, slots=True)
class Span:
    """Two events between which durations are compared."""

    id: str
    start_event: str
    end_event: str


@dataclass(frozen=True, slots=True)
class Published:
    """A duration as it was published, and as the calendar counts it; one of the two may be missing.

    `compare`: the span whose distribution it stands beside.
    """

    name: Text
    project: str
    says: Stretch | None
    calendar: Stretch | None
    about: Text | None
    compare: str

    @property
    def either(self) -> Stretch:
        """The calendar's count where the days are known, else what was said."""
        found = self.calendar or self.says
        assert found is not None  # noqa: S101 - the reader keeps no row without either
        return found


@dataclass(frozen=True, slots=True)
class Clock:
    """The whole file.  `by_hand`: events that no project file holds, and that people record."""

    events: Mapping[str, Text]
    by_hand: tuple[str, ...]
    spans: Mapping[str, Span]
    published: tuple[Published, ...]


@cache
def clock() -> Clock:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    events = {key: _named(row) for key, row in ask.rows(ask.child(root, "events"))}
    by_hand = ask.texts(root, "by_hand")
    for one in by_hand:
        if one not in events:
            ask.unknown(faults, ask.line(root, "by_hand"), "names_nothing", one, events)
    spans = {key: _span(key, row, events) for key, row in ask.rows(ask.child(root, "spans"))}
    published = tuple(_published(row, events, spans) for row in ask.children(root, "published"))
    ask.close(root)
    faults.settle()
    return Clock(events, by_hand, spans, published)


def _named(row: ask.Row) -> Text:
    found = ask.pair(row)
    ask.close(row)
    return found


def _span(key: str, row: ask.Row, events: Mapping[str, Text]) -> Span:
    found = Span(key, ask.choice(row, "from", events), ask.choice(row, "to", events))
    ask.close(row)
    return found


def _published(row: ask.Row, events: Mapping[str, Text], spans: Mapping[str, Span]) -> Published:
    first, last = ask.choice(row, "from", events), ask.choice(row, "to", events)
    start: date | None = ask.day(row, "start", None)
    end: date | None = ask.day(row, "end", None)
    days = ask.whole(row, "days", None, low=0)
    unit = ask.choice(row, "unit", UNITS, "unstated")
    source = str(source_of(row))
    found = Published(
        ask.pair(row), ask.text(row, "project", ""),
        Stretch(first, last, days, unit, source, start, end) if days is not None else None,
        between(first, start, last, end, source) if start and end else None,
        text_or_none(row, "about"), ask.choice(row, "compare", spans, ""),
    )  # fmt: skip
    if found.says is None and found.calendar is None:
        row.faults.add(ask.line(row), "missing_key", key="days")
    ask.close(row)
    return found
