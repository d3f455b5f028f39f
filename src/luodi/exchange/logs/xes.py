"""Writes XES (IEEE 1849): one trace a case, piece by piece, so that memory does not grow with the log."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from luodi.exchange.logs.log import ACTIVITY, GROUP, RESOURCE, TIME, TRANSITION, Cases, LogCase, LogEvent, Value
from luodi.exchange.logs.texts import plain, quoted

EXTENSIONS = (("Concept", "concept"), ("Time", "time"), ("Organizational", "org"), ("Lifecycle", "lifecycle"))
KINDS = {bool: "boolean", int: "int", float: "float", str: "string"}
EPOCH = "1970-01-01T00:00:00.000+00:00"


def write(cases: Cases, name: str) -> Iterator[bytes]:
    """An .xes file in pieces.  Every attribute is typed; keys are those of the standard extensions, else our own words."""
    yield _head(name).encode()
    for case in cases():
        yield trace(case).encode()
    yield b"</log>\n"


def trace(case: LogCase) -> str:
    """One case as a trace."""
    own = _attributes({ACTIVITY: case.id, **case.attributes}, "    ")
    return "".join(("  <trace>\n", own, *map(_event, case.events), "  </trace>\n"))


def _event(event: LogEvent) -> str:
    known: dict[str, Value] = {ACTIVITY: event.activity, TRANSITION: event.transition}
    if event.at is not None:
        known[TIME] = event.at
    if event.resource:
        known[RESOURCE] = event.resource
    if event.group:
        known[GROUP] = event.group
    return f"    <event>\n{_attributes({**known, **event.attributes}, '      ')}    </event>\n"


def _attributes(values: Mapping[str, Value], indent: str) -> str:
    return "".join(f"{indent}<{_kind(value)} key={quoted(key)} value={quoted(plain(value))}/>\n"
                   for key, value in values.items())  # fmt: skip


def _kind(value: Value) -> str:
    return "date" if isinstance(value, datetime) else KINDS[type(value)]


def _head(name: str) -> str:
    extensions = "".join(
        f'  <extension name="{title}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
        for title, prefix in EXTENSIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2016" xes.features="">\n'
        f"{extensions}"
        f'  <global scope="trace">\n    <string key="{ACTIVITY}" value="?"/>\n  </global>\n'
        f'  <global scope="event">\n    <string key="{ACTIVITY}" value="?"/>\n    <date key="{TIME}" value="{EPOCH}"/>\n'
        f'    <string key="{TRANSITION}" value="complete"/>\n  </global>\n'
        f'  <classifier name="Activity" scope="event" keys="{ACTIVITY}"/>\n'
        f"  <string key={quoted(ACTIVITY)} value={quoted(name)}/>\n"
    )
