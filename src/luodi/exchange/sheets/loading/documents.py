"""Project files as rows change them: a few values laid over what is recorded, and taken off again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from luodi.domain.events.canonical import Json
from luodi.domain.facts.fields import the_form
from luodi.domain.facts.happened import AGREED
from luodi.domain.facts.quantities import Quantity, quantity
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import plain
from luodi.exchange.sheets.cells import Amount, Value

Document = dict[str, Json]
SLASH = "/"
"""Between the steps of a path into a document: ids of milestones and matters hold no slash."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a document: where it stands, what it was (None: nothing), what it becomes."""

    path: str
    was: Json
    now: Json


def parsed(text: str) -> Document:
    """A recorded project file as bare values; dates as text."""
    node = read_text(text)
    return cast(Document, _dated(plain(node))) if node is not None else {}


def written(document: Document) -> str:
    """The text that is recorded."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def value_at(document: Document, path: str) -> Json:
    """What stands at a path, None where nothing does."""
    found: Json = document
    for step in path.split(SLASH):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def put(document: Document, path: str, value: Json) -> None:
    """Write a value at a path; None takes it away, and the table around it where nothing is left in it."""
    *steps, last = path.split(SLASH)
    tables = [document]
    for step in steps:
        inner = tables[-1].get(step)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = {}
            tables[-1][step] = inner
        tables.append(cast(Document, inner))
    if value is not None:
        tables[-1][last] = value
        return
    tables[-1].pop(last, None)
    for step, outer, inner in zip(reversed(steps), reversed(tables[:-1]), reversed(tables[1:]), strict=True):
        if not inner:
            outer.pop(step, None)


def changes(document: Document, wanted: Mapping[str, Json]) -> tuple[Change, ...]:
    """What of `wanted` is not so yet."""
    found = ((path, value_at(document, path), now) for path, now in wanted.items())
    return tuple(Change(path, was, now) for path, was, now in found if not same(path, was, now))


def same(path: str, was: Json, now: Json) -> bool:
    """Whether two ways of writing mean the same: 1.2 亿元 is 12000 万元."""
    if was == now or (was is not None and now is not None and str(was) == str(now)):
        return True
    field = the_form().fields.get(path.removeprefix(f"form{SLASH}")) if path.startswith("form") else None
    if field is None or was is None or now is None:
        return False
    part = field.parts.get(field.shorthand or "")
    if part is not None and isinstance(was, dict):
        was = was.get(part.id)
    unit = part.unit if part else field.unit
    if unit is None:
        return False
    one, other = (quantity(each, unit) if isinstance(each, str | int | float) else None for each in (was, now))
    return isinstance(one, Quantity) and isinstance(other, Quantity) and one.amount == other.amount


def stated(value: Value) -> Json:
    """A value as a project file states it."""
    match value:
        case Amount():
            return value.written
        case date():
            return value.isoformat()
        case bool() | int() | str():
            return value
        case _:
            return str(value)


def keep_up(document: Document, today: date) -> Change | None:
    """The file is as of the last day that it tells of; the change of that day, None where it stands."""
    known = value_at(document, f"options{SLASH}as_of")
    told = [date.fromisoformat(str(known))] if known else []
    milestones, progress = document.get("milestones"), document.get("progress")
    for key, day in milestones.items() if isinstance(milestones, dict) else ():
        told += [] if key in AGREED and known else [date.fromisoformat(str(day))]
    for one in progress.values() if isinstance(progress, dict) else ():
        told += [date.fromisoformat(str(day)) for day in one.values()] if isinstance(one, dict) else []
    last = min(max(told), today) if told else today
    if known and last <= date.fromisoformat(str(known)):
        return None
    return Change(f"options{SLASH}as_of", known, last.isoformat())


def _dated(value: object) -> object:
    match value:
        case dict():
            return {key: _dated(one) for key, one in value.items()}
        case list():
            return [_dated(one) for one in value]
        case date():
            return value.isoformat()
        case _:
            return value
