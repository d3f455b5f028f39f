"""Asking a tree for what a reader expects, noting every problem with its line and going on.

Each function names a key of a `Row`.  Without `default` the key is required: where it is missing or wrong, the problem
is noted and an empty value of the right type is returned, so that the reader can go on and say everything at once.
`close(row)` at the end reports the keys nobody asked for, with the nearest known key.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar, overload

from luodi.domain.source.faults import Faults, hint
from luodi.domain.source.scalars import FIRST_YEAR, LAST_YEAR, calendar_date
from luodi.domain.source.tree import Leaf, Node, Series, Table
from luodi.domain.vocabulary import Place, Text

D = TypeVar("D")


class _Required:
    """No default: the key must be there."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Row:
    """A table of a file being read: `asked` collects the keys the reader knows."""

    table: Table
    faults: Faults
    asked: set[str] = field(default_factory=set)


def row(node: Node | None, faults: Faults, name: str = "") -> Row:
    """The node as a table; anything else is a problem and becomes an empty table."""
    if isinstance(node, Table):
        return Row(node, faults)
    if node is not None and not (isinstance(node, Leaf) and node.value is None):
        _wrong(faults, node, name, "table")
    return Row(Table({}, node.line if node else 1), faults)


def line(asked: Row, key: str | None = None) -> int:
    """The line of a key, or of the table itself."""
    return asked.table.lines.get(key, asked.table.line) if key is not None else asked.table.line


def place(asked: Row, key: str | None = None) -> Place:
    """File and line of a key, or of the table itself."""
    return Place(asked.faults.file, line(asked, key))


def item_line(asked: Row, key: str, value: str) -> int:
    """The line of an item of the list under a key; the line of the key where there is no such item."""
    found = asked.table.entries.get(key)
    for item in found.items if isinstance(found, Series) else ():
        if isinstance(item, Leaf) and item.value == value:
            return item.line
    return line(asked, key)


def has(asked: Row, key: str) -> bool:
    """Whether the key is there with a value (null counts as absent); the key becomes known."""
    return node(asked, key) is not None


def node(asked: Row, key: str) -> Node | None:
    """Whatever stands under the key, None where absent or null; the key becomes known."""
    asked.asked.add(key)
    found = asked.table.entries.get(key)
    return None if isinstance(found, Leaf) and found.value is None else found


def close(asked: Row) -> None:
    """Report every key that was not asked for, with the nearest one that was."""
    for key in asked.table.entries:
        if key not in asked.asked:
            unknown(asked.faults, line(asked, key), "unknown_key", key, asked.asked)


@overload
def text(asked: Row, key: str) -> str: ...
@overload
def text(asked: Row, key: str, default: D) -> str | D: ...
def text(asked: Row, key: str, default: D | _Required = REQUIRED) -> str | D:
    """A text that is not empty."""
    found = _leaf(asked, key, default, "text")
    if found is None:
        return "" if isinstance(default, _Required) else default
    if not isinstance(found.value, str):
        _wrong(asked.faults, found, key, "text")
    elif not found.value.strip():
        asked.faults.add(found.line, "empty_text", key=key)
    return found.raw


@overload
def code(asked: Row, key: str) -> str: ...
@overload
def code(asked: Row, key: str, default: D) -> str | D: ...
def code(asked: Row, key: str, default: D | _Required = REQUIRED) -> str | D:
    """A code or number of an identity, exactly as written, even where it looks like a number or a date."""
    found = _leaf(asked, key, default, "text")
    if found is None:
        return "" if isinstance(default, _Required) else default
    return found.raw.strip()


@overload
def number(asked: Row, key: str, *, low: float | None = None, high: float | None = None) -> float: ...
@overload
def number(asked: Row, key: str, default: D, *, low: float | None = None, high: float | None = None) -> float | D: ...
def number(
    asked: Row, key: str, default: D | _Required = REQUIRED, *, low: float | None = None, high: float | None = None
) -> float | D:
    """A number between `low` and `high` (both allowed); whole numbers stay whole."""
    found = _leaf(asked, key, default, "number")
    if found is None:
        return 0 if isinstance(default, _Required) else default
    if isinstance(found.value, bool) or not isinstance(found.value, int | float):
        _wrong(asked.faults, found, key, "number")
        return 0
    _bounds(asked, key, found, low, high)
    return found.value


@overload
def whole(asked: Row, key: str, *, low: int | None = None, high: int | None = None) -> int: ...
@overload
def whole(asked: Row, key: str, default: D, *, low: int | None = None, high: int | None = None) -> int | D: ...
def whole(
    asked: Row, key: str, default: D | _Required = REQUIRED, *, low: int | None = None, high: int | None = None
) -> int | D:
    """A whole number between `low` and `high` (both allowed)."""
    found = _leaf(asked, key, default, "whole")
    if found is None:
        return 0 if isinstance(default, _Required) else default
    if isinstance(found.value, bool) or not isinstance(found.value, int):
        _wrong(asked.faults, found, key, "whole")
        return 0
    _bounds(asked, key, found, low, high)
    return found.value


@overload
def flag(asked: Row, key: str) -> bool: ...
@overload
def flag(asked: Row, key: str, default: D) -> bool | D: ...
def flag(asked: Row, key: str, default: D | _Required = REQUIRED) -> bool | D:
    """true or false."""
    found = _leaf(asked, key, default, "flag")
    if found is None:
        return False if isinstance(default, _Required) else default
    if not isinstance(found.value, bool):
        _wrong(asked.faults, found, key, "flag")
        return False
    return found.value


@overload
def day(asked: Row, key: str) -> date: ...
@overload
def day(asked: Row, key: str, default: D) -> date | D: ...
def day(asked: Row, key: str, default: D | _Required = REQUIRED) -> date | D:
    """A date, bare (YAML) or quoted (JSON), year-month-day between 1990 and 2100."""
    found = _leaf(asked, key, default, "date")
    if found is None:
        return date(FIRST_YEAR, 1, 1) if isinstance(default, _Required) else default
    return day_of(asked.faults, found, key) or date(FIRST_YEAR, 1, 1)


def day_of(faults: Faults, found: Node, key: str) -> date | None:
    """The date a node holds; None after noting the problem."""
    if isinstance(found, Leaf) and isinstance(found.value, date):
        return found.value
    if not isinstance(found, Leaf) or not isinstance(found.value, str):
        _wrong(faults, found, key, "date")
        return None
    read, wrong = calendar_date(found.value)
    if wrong:
        faults.add(found.line, wrong, value=found.value[:40], key=key, first=FIRST_YEAR, last=LAST_YEAR)
    return read


@overload
def choice(asked: Row, key: str, choices: Collection[str]) -> str: ...
@overload
def choice(asked: Row, key: str, choices: Collection[str], default: D) -> str | D: ...
def choice(asked: Row, key: str, choices: Collection[str], default: D | _Required = REQUIRED) -> str | D:
    """One of the words of `choices`; the nearest is suggested.  A wrong one comes back as the first of `choices`."""
    found = _leaf(asked, key, default, "text")
    first = next(iter(choices), "")
    if found is None:
        return first if isinstance(default, _Required) else default
    if found.raw in choices:
        return found.raw
    listed, near = " / ".join(choices), hint(found.raw, choices)
    asked.faults.add(found.line, "unknown_choice", key=key, value=found.raw[:80], choices=listed, hint=near)
    return first


def texts(asked: Row, key: str) -> tuple[str, ...]:
    """A list of texts, empty where the key is absent; repetitions are a problem."""
    result: dict[str, int] = {}
    for item in _series(asked, key):
        if not isinstance(item, Leaf) or not isinstance(item.value, str) or not item.value.strip():
            _wrong(asked.faults, item, key, "text")
        elif item.value in result:
            asked.faults.add(item.line, "repeated_item", key=key, value=item.value[:80], first_line=result[item.value])
        else:
            result[item.value] = item.line
    return tuple(result)


def pair(asked: Row, zh: str = "zh", en: str = "en") -> Text:
    """A text in both languages, under the two keys of this table; one without the other is a problem."""
    one, other = has(asked, zh), has(asked, en)
    if one != other:
        asked.faults.add(line(asked, zh if one else en), "language_missing", key=en if one else zh)
    elif not one:
        asked.faults.add(line(asked), "missing_key", key=zh)
    return Text(text(asked, zh, ""), text(asked, en, ""))


def pair_or_none(asked: Row, zh: str = "zh", en: str = "en") -> Text | None:
    """A text in both languages where either key is present."""
    return pair(asked, zh, en) if has(asked, zh) or has(asked, en) else None


def child(asked: Row, key: str) -> Row:
    """The table under a required key."""
    found = node(asked, key)
    if found is None:
        asked.faults.add(line(asked), "missing_key", key=key)
    return row(found, asked.faults, key)


def child_or_none(asked: Row, key: str) -> Row | None:
    """The table under a key, None where absent."""
    found = node(asked, key)
    return None if found is None else row(found, asked.faults, key)


def children(asked: Row, key: str) -> tuple[Row, ...]:
    """The tables of a list, empty where the key is absent."""
    return tuple(row(item, asked.faults, key) for item in _series(asked, key))


def entries(asked: Row) -> Iterator[tuple[str, Node]]:
    """Every key with its node, for tables keyed by ids; all keys become known."""
    for key, found in asked.table.entries.items():
        asked.asked.add(key)
        yield key, found


def rows(asked: Row) -> Iterator[tuple[str, Row]]:
    """Every key with its table, for tables of tables keyed by ids."""
    for key, found in entries(asked):
        yield key, row(found, asked.faults, key)


def unknown(faults: Faults, at: int | None, code_: str, word: str, ids: Collection[str]) -> None:
    """Report under `code_` a word that names nothing known, with the nearest known one as `hint`."""
    faults.add(at, code_, key=word[:80], hint=hint(word, ids))


def _leaf(asked: Row, key: str, default: object, kind: str) -> Leaf | None:
    found = node(asked, key)
    if isinstance(found, Leaf):
        return found
    if found is not None:
        _wrong(asked.faults, found, key, kind)
    elif isinstance(default, _Required):
        asked.faults.add(line(asked), "missing_key", key=key)
    return None


def _series(asked: Row, key: str) -> tuple[Node, ...]:
    found = node(asked, key)
    if isinstance(found, Series):
        return found.items
    if found is not None:
        _wrong(asked.faults, found, key, "list")
    return ()


def _bounds(asked: Row, key: str, found: Leaf, low: float | None, high: float | None) -> None:
    value = found.value if isinstance(found.value, int | float) else 0
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"≤ {high}" if low is None else f"≥ {low}" if high is None else f"{low} – {high}"
        asked.faults.add(found.line, "out_of_range", key=key, value=found.raw[:40], bounds=bounds)


def _wrong(faults: Faults, found: Node, key: str, kind: str) -> None:
    """`kind` is one of table, list, text, number, whole, flag, date; the sentence says it in words (`kind_<kind>`)."""
    got = found.raw[:40] if isinstance(found, Leaf) else "[…]" if isinstance(found, Series) else "{…}"
    faults.add(found.line, f"expected_{kind}", key=key, value=got)
