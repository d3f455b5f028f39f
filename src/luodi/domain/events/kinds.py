"""The kinds of entry and what each says: `data/journal/*.yaml`, one file a room."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from luodi.domain.events.canonical import Json
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.vocabulary import Text

FOLDER = "journal"
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
LONGEST_NAME = 48


def _is_date(value: Json) -> bool:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_moment(value: Json) -> bool:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False
    return isinstance(value, datetime)


def _or_nothing(check: Callable[[Json], bool]) -> Callable[[Json], bool]:
    return lambda value: value is None or check(value)


CHECKS: Mapping[str, Callable[[Json], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "date": _is_date,
    "moment": _is_moment,
    "list": lambda value: isinstance(value, list | tuple),
    "object": lambda value: isinstance(value, Mapping),
}
"""The types a field of a payload can have.  `?` behind a type: the field may be missing or null."""

ALL_CHECKS: Mapping[str, Callable[[Json], bool]] = {
    **CHECKS, **{f"{type_}?": _or_nothing(check) for type_, check in CHECKS.items()},
}  # fmt: skip


class WrongPayload(ValueError):  # noqa: N818 - names what is wrong
    """An entry that its kind does not allow: a bug of the action that writes it."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind of entry: its words, and its payload as field -> type.

    `sensitive`: the payload speaks of a person or a secret of trade; who reads it leaves an entry of their own.
    """

    id: str
    name: Text
    payload: Mapping[str, str]
    sensitive: bool
    required: frozenset[str]

    def check(self, payload: Mapping[str, Json]) -> None:
        """Raise `WrongPayload` for an unknown field, a missing one, or one of another type."""
        for field, value in payload.items():
            type_ = self.payload.get(field)
            if type_ is None:
                raise WrongPayload(f"{self.id}: unknown field {field!r}; known are {sorted(self.payload)}")
            if not ALL_CHECKS[type_](value):
                raise WrongPayload(f"{self.id}: {field} should be {type_}, not {value!r:.80}")
        if not self.required <= payload.keys():
            raise WrongPayload(f"{self.id}: missing {sorted(self.required - payload.keys())}")


@cache
def kinds() -> Mapping[str, KindRule]:
    """Every kind by id.  Raises `BadInput` with all faults of all files."""
    faults = Faults(FOLDER)
    found: dict[str, KindRule] = {}
    for name in data_names(FOLDER):
        of_file = faults.of(name)
        for id_, row in ask.rows(ask.row(read_data(name, of_file), of_file)):
            if id_ in found:
                of_file.add(ask.line(row), "event_kind_repeated", kind=id_)
            if not NAME.fullmatch(id_) or len(id_) > LONGEST_NAME:
                of_file.add(ask.line(row), "event_kind_name", kind=id_)
            found[id_] = _rule(id_, row)
    faults.settle()
    return MappingProxyType(found)


def kind(id_: str) -> KindRule:
    """One kind; an unknown one is a bug (`WrongPayload`)."""
    found = kinds().get(id_)
    if found is None:
        raise WrongPayload(f"no kind {id_!r} in data/{FOLDER}/*.yaml")
    return found


def _rule(id_: str, row: ask.Row) -> KindRule:
    fields: dict[str, str] = {}
    listed = ask.child(row, "payload")
    for field, _ in ask.entries(listed):
        fields[field] = ask.choice(listed, field, ALL_CHECKS)
    required = frozenset(field for field, type_ in fields.items() if type_[-1] != "?")
    rule = KindRule(id_, ask.pair(row), MappingProxyType(fields), ask.flag(row, "sensitive", False), required)
    ask.close(row)
    return rule
