"""The table of rights as data: functions, post kinds, and how far each kind's right reaches (`data/access/`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from luodi.accounts.offices import offices, pair
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text


class Scope(StrEnum):
    """How far a right reaches, nearest first."""

    NONE = "none"
    OWN = "own"
    PROJECT = "project"
    ORGANISATION = "organisation"
    ZONE = "zone"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Function:
    """Something a post may be allowed to do, in words, and why it is given out as it is."""

    id: str
    name: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Access:
    """The whole table."""

    functions: Mapping[str, Function]
    scopes: Mapping[Scope, Text]
    words: Mapping[str, Text]  # the sentences of a verdict
    matrix: Mapping[tuple[str, str], Scope]  # (function, post kind) -> scope; absent: none

    def scope(self, function: str, kind: str) -> Scope:
        """How far a post kind's right to a function reaches.  An unknown function is a bug and raises KeyError."""
        return self.matrix.get((self.functions[function].id, kind), Scope.NONE)

    def holders(self, function: str) -> tuple[str, ...]:
        """The post kinds that have a function, in the order of the table."""
        return tuple(kind for (one, kind), scope in self.matrix.items() if one == function and scope is not Scope.NONE)


@cache
def access() -> Access:
    """The table of rights, read once in a process.  Raises `BadInput` with every fault of the files."""
    faults = Faults("access")
    functions = {key: function(key, row) for key, row in rows("functions", faults)}
    scopes = {Scope(key): pair(row) for key, row in rows("scopes", faults)}
    words = {key: pair(row) for key, row in rows("verdicts", faults)}
    matrix: dict[tuple[str, str], Scope] = {}
    for name, row in rows("matrix", faults):
        if name not in functions:
            ask.unknown(row.faults, ask.line(row), "unknown_key", name, functions)
        for kind, _ in ask.entries(row):
            if kind not in offices().posts:
                ask.unknown(row.faults, ask.line(row, kind), "unknown_key", kind, offices().posts)
            matrix[name, kind] = Scope(ask.choice(row, kind, tuple(Scope)))
    faults.settle()
    return Access(functions, scopes, words, matrix)


def rows(name: str, faults: Faults) -> tuple[tuple[str, ask.Row], ...]:
    """The tables of a file by their ids."""
    file = f"access/{name}.yaml"
    return tuple(ask.rows(ask.row(read_data(file, faults), faults.of(file))))


def function(key: str, row: ask.Row) -> Function:
    """One function."""
    found = Function(key, ask.pair(row), pair(ask.child(row, "why")))
    ask.close(row)
    return found
