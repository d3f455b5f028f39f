"""The tables and code lists of the exchange standard, as far as they are known: `data/national/`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.vocabulary import Text

FOLDER = "national"
VERSIONS = ("2.0", "3.0")
TYPES = ("text", "whole", "decimal", "day", "moment", "bytes", "serial")
NEEDS = ("optional", "required", "expected", "conditional")
VALID, INVALID = 1, 0
WAITING, FAILED, PASSED = 0, 2, 3
"""SJSCZT: what the sender writes, and what the other side answers."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.  `need`: required | expected (inferred, so its lack is only a caution) | conditional | optional.

    `several`: the value may be a list of codes, comma-separated.
    """

    code: str
    zh: str
    type: str
    length: int | None
    need: str
    list: str
    several: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the standard.  `name`: ours for it, whatever a version calls it; `stored`: what this version calls it.

    `columns` with those of every table; `parent`: whose row must have passed before.
    """

    name: str
    stored: str
    title: Text
    order: int
    filled: bool
    parent: str
    unique: tuple[str, ...]
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a list; `verified` False: its label was not seen in the standard."""

    code: str
    zh: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Standard:
    """Everything known of a version of the standard.  A code list that is not established has no codes."""

    version: str
    tables: Mapping[str, Table]
    codes: Mapping[str, Mapping[str, Code]]

    @property
    def sent(self) -> tuple[Table, ...]:
        """The tables we fill, in the order of upload."""
        return tuple(table for table in self.tables.values() if table.filled)


@cache
def standard(version: str = VERSIONS[0]) -> Standard:
    """The tables in the order of upload and the code lists.  Raises `BadInput` with every fault of the files."""
    faults = Faults(FOLDER)
    shared, codes = faults.of(f"{FOLDER}/every_table.yaml"), faults.of(f"{FOLDER}/codes.yaml")
    every = ask.row(read_data(shared.file, shared), shared)
    source_of(every), confidence_of(every)
    first, last = (tuple(_columns(ask.child(every, key), version)) for key in ("before", "after"))
    ask.close(every)
    lists = {name: _codes(row) for name, row in ask.rows(ask.row(read_data(codes.file, codes), codes))}
    tables = []
    for name in data_names(f"{FOLDER}/tables"):
        of_file = faults.of(name)
        row = ask.row(read_data(name, of_file), of_file)
        since = ask.choice(row, "since", VERSIONS)
        table = _table(row, first, last, version)
        if since <= version:
            tables.append(table)
    faults.settle()
    ordered = {one.name: one for one in sorted(tables, key=lambda one: one.order)}
    return Standard(version, MappingProxyType(ordered), MappingProxyType(lists))


def _table(row: ask.Row, first: tuple[Column, ...], last: tuple[Column, ...], version: str) -> Table:
    own = tuple(_columns(ask.child(row, "fields"), version))
    name, renamed = ask.text(row, "table"), ask.text(row, "renamed", "")  # what 3.0 calls it
    table = Table(
        name,
        renamed if renamed and version >= "3.0" else name,
        ask.pair(row),
        ask.whole(row, "order", low=1),
        ask.flag(row, "filled"),
        ask.text(row, "parent", ""),
        ask.texts(row, "unique"),
        MappingProxyType({one.code: one for one in (*first, *own, *last)}),
    )
    for code in table.unique:
        if code not in table.columns:
            ask.unknown(row.faults, ask.item_line(row, "unique", code), "names_nothing", code, table.columns)
    ask.close(row)
    return table


def _columns(row: ask.Row, version: str) -> Iterator[Column]:
    """The columns of a version: those it does not have yet, or no more, are left out."""
    for code, one in ask.rows(row):
        since, until = ask.choice(one, "since", VERSIONS, VERSIONS[0]), ask.choice(one, "until", VERSIONS, VERSIONS[-1])
        column = Column(
            code,
            ask.text(one, "zh"),
            ask.choice(one, "type", TYPES),
            ask.whole(one, "length", None, low=1),
            ask.choice(one, "need", NEEDS, "optional"),
            ask.text(one, "list", ""),
            ask.flag(one, "several", False),
        )
        ask.close(one)
        if since <= version <= until:
            yield column


def _codes(row: ask.Row) -> Mapping[str, Code]:
    ask.text(row, "zh")
    ask.flag(row, "established", True)
    found = {}
    for code, one in ask.rows(ask.child(row, "values")):
        found[code] = Code(code, ask.code(one, "zh", ""), ask.flag(one, "verified", True))
        ask.close(one)
    ask.close(row)
    return MappingProxyType(found)
