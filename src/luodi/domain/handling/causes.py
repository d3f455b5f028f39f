"""Why a date moved: the causes that days are counted under, and whose days they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Text

FILE = "cases/causes.yaml"
WHOSE = ("applicant", "unit", "other", "nobody")


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of days lost (`won`: gained).  One named like a kind of pause is the time that pause took."""

    id: str
    name: Text
    whose: str
    won: bool


@cache
def causes() -> Mapping[str, Cause]:
    """The causes in the order of the file."""
    return read_table(FILE, read_causes)


def read_causes(root: ask.Row) -> Mapping[str, Cause]:
    """`causes.yaml`."""
    found = {}
    for key, row in ask.rows(root):
        found[key] = Cause(key, ask.pair(row), ask.choice(row, "whose", WHOSE), ask.flag(row, "won", False))
        ask.close(row)
    return MappingProxyType(found)
