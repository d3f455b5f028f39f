"""How the invented province behaves (`data/rehearsal.yaml`): shares, delays and names, all of them assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.source.tree import Leaf, Series
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "rehearsal.yaml"


@dataclass(frozen=True, slots=True)
class Names:
    """What invented people, firms and projects are called."""

    surnames: str
    given: str
    firms: tuple[str, ...]
    trades: tuple[Text, ...]
    sorts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """The file.  `shares`: 0 to 1; `days`: least and most; `weights`: of 0, 1, 2 … working days later.

    `used`: low, mode and high of the part of a limit that is used up where it is kept.
    """

    shares: Mapping[str, float]
    days: Mapping[str, tuple[int, int]]
    weights: Mapping[str, tuple[float, ...]]
    used: tuple[float, float, float]
    names: Names
    papers: tuple[str, ...]
    source: Source
    confidence: Confidence
    shown: "Habits | None" = None  # those of the few projects of the demo


@cache
def habits() -> Habits:
    """The habits as shipped, read once in a process.  Raises `BadInput` with every fault of the file."""
    return read_table(FILE, read_habits)


def read_habits(root: ask.Row) -> Habits:
    """`rehearsal.yaml`."""
    shown = ask.child(root, "shown")
    found = Habits(
        shares=_shares(root, "shares"),
        days={key: (int(low), int(high)) for key, (low, high) in _lists(root, "days", 2).items()},
        weights=_lists(root, "weights", None),
        used=_used(root),
        names=_names(ask.child(root, "names")),
        papers=ask.texts(root, "papers"),
        source=source_of(root),
        confidence=confidence_of(root),
    )
    other = replace(found, shares={**found.shares, **_shares(shown, "shares")}, used=_used(shown))
    for row in (shown, root):
        ask.close(row)
    return replace(found, shown=other)


def _used(root: ask.Row) -> tuple[float, float, float]:
    row = ask.child(root, "used")
    found = (ask.number(row, "low"), ask.number(row, "mode"), ask.number(row, "high"))
    ask.close(row)
    return found


def _shares(root: ask.Row, key: str) -> dict[str, float]:
    row = ask.child(root, key)
    return {name: ask.number(row, name, low=0, high=1) for name, _ in ask.entries(row)}


def _lists(root: ask.Row, key: str, length: int | None) -> dict[str, tuple[float, ...]]:
    """A table of lists of numbers."""
    row, found = ask.child(root, key), {}
    for name, node in ask.entries(row):
        items = node.items if isinstance(node, Series) else ()
        numbers = tuple(one.value for one in items if isinstance(one, Leaf) and isinstance(one.value, int | float))
        if not numbers or len(numbers) != len(items) or (length is not None and len(numbers) != length):
            row.faults.add(ask.line(row, name), "expected_list", key=name)
            numbers = (1,) * (length or 1)
        found[name] = numbers
    return found


def _names(row: ask.Row) -> Names:
    trades, sorts = (tuple(_pair(one) for one in ask.children(row, key)) for key in ("trades", "sorts"))
    found = Names(ask.text(row, "surnames"), ask.text(row, "given"), ask.texts(row, "firms"), trades, sorts)
    ask.close(row)
    return found


def _pair(row: ask.Row) -> Text:
    found = ask.pair(row)
    ask.close(row)
    return found
