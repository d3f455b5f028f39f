"""Land that was handed over and is not built on: how long, and in which band that falls."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "land/idle.yaml"


@dataclass(frozen=True, slots=True)
class Band:
    """From so many years on, what is said."""

    years: int
    name: Text


@dataclass(frozen=True, slots=True)
class Bands:
    """All of `idle.yaml`, the shortest first."""

    bands: tuple[Band, ...]
    source: Source
    confidence: Confidence


@cache
def bands() -> Bands:
    """The bands as shipped."""
    return read_table(FILE, read_bands)


def read_bands(root: ask.Row) -> Bands:
    """`idle.yaml`; problems are noted."""
    found = tuple(sorted((_band(row) for row in ask.children(root, "bands")), key=lambda one: one.years))
    table = Bands(found, source_of(root), confidence_of(root))
    ask.close(root)
    return table


def years(since: date, on: date) -> int:
    """Whole years from a day to another; a 29 February counts as the day before the 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def band(since: date, on: date) -> Band | None:
    """The band in which land falls that has waited since a day; None: less than the shortest."""
    waited = years(since, on)
    return next((one for one in reversed(bands().bands) if waited >= one.years), None)


def _band(row: ask.Row) -> Band:
    found = Band(ask.whole(row, "years", low=1), ask.pair(row))
    ask.close(row)
    return found
