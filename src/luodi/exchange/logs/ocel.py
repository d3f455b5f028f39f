"""Writes OCEL 2.0: events beside the things they are about (projects, cases, units), as JSON or XML, in pieces.

The cases are read twice, once for the objects and once for the events; of them only the names of projects and units are kept.
The XML follows the specification's example, where a related object is a `relationship` element.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from luodi.exchange.logs.log import Cases, LogCase, LogEvent, Value
from luodi.exchange.logs.texts import FORBIDDEN, moment, plain, quoted

PROJECT, CASE, UNIT = "project", "case", "unit"
ALWAYS = "1970-01-01T00:00:00Z"
"""The moment of attributes that never change."""
STATE = "state"
TYPES: Mapping[str, tuple[tuple[str, str], ...]] = {
    PROJECT: (("name", "string"), ("zone", "string")),
    CASE: (("matter", "string"), ("mode", "string"), (STATE, "integer")),
    UNIT: (("name", "string"),),
}
EVENT_ATTRIBUTES = (("kind", "string"), ("resource", "string"), ("basis", "string"), ("pause", "string"))
OF_PROJECT, HANDLED_BY, ABOUT, WITHIN, BY = "of project", "handled by", "about", "within project", "by unit"


@dataclass(frozen=True, slots=True)
class Thing:
    """An object: its attributes with the moment from which each holds, and the objects it belongs to."""

    id: str
    type: str
    attributes: tuple[tuple[str, str, Value], ...]
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event with the objects it is about."""

    id: str
    type: str
    at: datetime
    attributes: tuple[tuple[str, Value], ...]
    related: tuple[tuple[str, str], ...]


def write_json(cases: Cases, activities: tuple[str, ...]) -> Iterator[bytes]:
    """An OCEL 2.0 file as JSON.  `activities`: every type an event can have."""
    yield b'{"objectTypes": ' + _json([_type(name, of) for name, of in TYPES.items()])
    yield b',\n"eventTypes": ' + _json([_type(one, EVENT_ATTRIBUTES) for one in activities])
    yield b',\n"objects": ['
    yield from _listed(_json(_thing(one)) for one in things(cases))
    yield b'],\n"events": ['
    yield from _listed(_json(_occurrence(one)) for one in occurrences(cases))
    yield b"]}\n"


def write_xml(cases: Cases, activities: tuple[str, ...]) -> Iterator[bytes]:
    """An OCEL 2.0 file as XML."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<log>\n'
    yield _types("object", TYPES).encode()
    yield _types("event", dict.fromkeys(activities, EVENT_ATTRIBUTES)).encode()
    yield b"<objects>\n"
    for thing in things(cases):
        held = "".join(f"<attribute name={quoted(name)} time={quoted(since)}>{_text(value)}</attribute>"
                       for name, since, value in thing.attributes)  # fmt: skip
        yield (
            f"<object id={quoted(thing.id)} type={quoted(thing.type)}><attributes>{held}</attributes>"
            f"{_related(thing.related)}</object>\n"
        ).encode()
    yield b"</objects>\n<events>\n"
    for one in occurrences(cases):
        held = "".join(f"<attribute name={quoted(name)}>{_text(value)}</attribute>" for name, value in one.attributes)
        yield (
            f"<event id={quoted(one.id)} type={quoted(one.type)} time={quoted(moment(one.at))}>"
            f"<attributes>{held}</attributes>{_related(one.related)}</event>\n"
        ).encode()
    yield b"</events>\n</log>\n"


def things(cases: Cases) -> Iterator[Thing]:
    """Projects, units and cases; each project and unit once, before the first case that needs it."""
    seen: set[str] = set()
    for case in cases():
        values = case.attributes
        project, unit = f"{PROJECT}:{values['project']}", f"{UNIT}:{values['unit']}"
        if project not in seen:
            seen.add(project)
            own = (("name", ALWAYS, values["project_name"]), ("zone", ALWAYS, values["zone"]))
            yield Thing(project, PROJECT, own)
        if unit not in seen:
            seen.add(unit)
            yield Thing(unit, UNIT, (("name", ALWAYS, values["unit_name"]),))
        states = tuple((STATE, moment(event.at), event.attributes[STATE]) for event in case.events
                       if STATE in event.attributes and event.at)  # fmt: skip
        held = (("matter", ALWAYS, values["matter"]), ("mode", ALWAYS, values["mode"]), *states)
        yield Thing(f"{CASE}:{case.id}", CASE, held, ((project, OF_PROJECT), (unit, HANDLED_BY)))


def occurrences(cases: Cases) -> Iterator[Occurrence]:
    """Every event with its case, project and unit."""
    for case in cases():
        related = (
            (f"{CASE}:{case.id}", ABOUT), (f"{PROJECT}:{case.attributes['project']}", WITHIN),
            (f"{UNIT}:{case.attributes['unit']}", BY),
        )  # fmt: skip
        for place, event in enumerate(case.events, start=1):
            if event.at is not None:
                yield _occurred(case, event, place, event.at, related)


def _occurred(
    case: LogCase, event: LogEvent, place: int, at: datetime, related: tuple[tuple[str, str], ...]
) -> Occurrence:
    values = {"resource": event.resource, **event.attributes}
    held = tuple((name, values[name]) for name, _ in EVENT_ATTRIBUTES if values.get(name))
    return Occurrence(f"{case.id}#{event.attributes.get('seq', place)}", event.activity, at, held, related)


def _type(name: str, attributes: tuple[tuple[str, str], ...]) -> dict[str, object]:
    return {"name": name, "attributes": [{"name": one, "type": type_} for one, type_ in attributes]}


def _thing(one: Thing) -> dict[str, object]:
    return {
        "id": one.id, "type": one.type,
        "attributes": [{"name": name, "time": since, "value": _value(value)} for name, since, value in one.attributes],
        "relationships": _links(one.related),
    }  # fmt: skip


def _occurrence(one: Occurrence) -> dict[str, object]:
    return {
        "id": one.id, "type": one.type, "time": moment(one.at),
        "attributes": [{"name": name, "value": _value(value)} for name, value in one.attributes],
        "relationships": _links(one.related),
    }  # fmt: skip


def _links(related: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"objectId": id_, "qualifier": qualifier} for id_, qualifier in related]


def _value(value: Value) -> str:
    """As text: so the published JSON schema has every value; what it is stands with its type's declaration."""
    return plain(value)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _listed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for place, one in enumerate(pieces):
        yield (b",\n" if place else b"\n") + one


def _types(kind: str, types: Mapping[str, tuple[tuple[str, str], ...]]) -> str:
    rows = "".join(
        f"<{kind}-type name={quoted(name)}><attributes>"
        + "".join(f"<attribute name={quoted(one)} type={quoted(type_)}/>" for one, type_ in attributes)
        + f"</attributes></{kind}-type>\n"
        for name, attributes in types.items()
    )
    return f"<{kind}-types>\n{rows}</{kind}-types>\n"


def _related(related: tuple[tuple[str, str], ...]) -> str:
    links = "".join(f"<relationship object-id={quoted(id_)} qualifier={quoted(said)}/>" for id_, said in related)
    return f"<objects>{links}</objects>"


def _text(value: Value) -> str:
    text = FORBIDDEN.sub("\ufffd", plain(value))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
