"""Reading one packaged file of rules whole: every problem of it at once, or the value."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, unit_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, DayUnit, Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days with what it rests on."""

    days: int
    unit: DayUnit
    source: Source
    confidence: Confidence


def read_table(file: str, reader: Callable[[ask.Row], T]) -> T:
    """What `reader` makes of a file below `data/`; raises `BadInput` with every problem noted."""
    faults = Faults(file)
    found = reader(ask.row(read_data(file, faults), faults))
    faults.settle()
    return found


def days_of(owner: ask.Row, key: str) -> Days:
    """A table of days, unit, source and confidence."""
    row = ask.child(owner, key)
    found = Days(ask.whole(row, "days", low=1), unit_of(row), source_of(row), confidence_of(row))
    ask.close(row)
    return found


def known(row: ask.Row, key: str, word: str, words: Collection[str]) -> None:
    """Note a word of a list that names nothing in `words`."""
    if word not in words:
        ask.unknown(row.faults, ask.item_line(row, key, word), "names_nothing", word, words)
