"""Reads XES, trace by trace, distrusting the file: no entities, nothing endless, in whatever order its parts come.

Memory holds one trace.  Only attributes of the event or trace itself are taken, not those nested in other attributes.
"""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from xml.parsers import expat

from luodi.domain.vocabulary import BadInput, Place, Problem, Refusal
from luodi.exchange.logs.log import ACTIVITY, GROUP, RESOURCE, TIME, TRANSITION, LogCase, LogEvent, Value

PIECE = 1 << 18
DEEPEST = 100
ATTRIBUTES = frozenset(("string", "date", "int", "float", "boolean", "id"))
KNOWN = frozenset((ACTIVITY, TIME, RESOURCE, GROUP, TRANSITION))
HOLDERS = frozenset(("log", "trace", "event"))
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def read(stream: BinaryIO, file: str, *, everything: bool = False) -> Iterator[LogCase]:
    """The cases of an .xes stream.  `everything`: all attributes, else only those that `LogEvent` names.

    Raises `Refusal` (`log_entities`, `log_too_deep`) and `BadInput` (`log_broken`, `log_no_xes`) with the line.
    """
    reader = _Reader(file, everything)
    while piece := stream.read(PIECE):
        reader.feed(piece, last=False)
        yield from reader.taken()
    reader.feed(b"", last=True)
    yield from reader.taken()
    if not reader.is_log:
        raise BadInput([Problem(Place(file, 1), "log_no_xes")])


class _Reader:
    """One reading: the parser, and the cases whose traces have ended."""

    def __init__(self, file: str, everything: bool) -> None:
        self.file = file
        self.seen: set[str] = set()
        self.done: deque[LogCase] = deque()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._handlers(everything)

    @property
    def is_log(self) -> bool:
        """Whether a log was met at all."""
        return "log" in self.seen

    def feed(self, piece: bytes, *, last: bool) -> None:
        """Parse a piece of the file."""
        try:
            self.parser.Parse(piece, last)
        except expat.ExpatError as error:
            facts = {"reason": expat.ErrorString(error.code)}
            raise BadInput([Problem(Place(self.file, error.lineno), "log_broken", facts)]) from None

    def taken(self) -> Iterator[LogCase]:
        """The cases that are complete."""
        while self.done:
            yield self.done.popleft()

    def _doctype(self, *_said: object) -> None:
        raise Refusal("log_entities", path=self.file)

    def _handlers(self, everything: bool) -> tuple[Start, End]:
        """What happens at the start and end of an element.  Closures: they run some million times a log.

        `depth` counts the open elements that are no log, trace or event: an attribute at depth 1 is the holder's own.
        """
        places: dict[str, str] = {}
        holders: list[dict[str, Value]] = []
        events: list[LogEvent] = []
        depth, done, seen, file = 0, self.done, self.seen, self.file
        take = _take_all if everything else _take_known

        def start(name: str, values: dict[str, str]) -> None:
            nonlocal depth, events
            kind = places.get(name)
            if kind is None:
                kind = places[name] = _kind(name)
                seen.add(kind)
            if kind in HOLDERS:
                holders.append({})
                if kind == "trace":
                    events = []
                if len(holders) > DEEPEST:
                    raise Refusal("log_too_deep", path=file, deepest=DEEPEST)
                return
            depth += 1
            if depth == 1 and holders:
                take(holders[-1], kind, values)
            elif depth > DEEPEST:
                raise Refusal("log_too_deep", path=file, deepest=DEEPEST)

        def end(name: str) -> None:
            nonlocal depth
            kind = places[name]
            if kind not in HOLDERS:
                depth -= 1
                return
            held = holders.pop()
            if kind == "event" and len(holders) == 2:  # of a log and a trace; an event outside a trace is of no case
                events.append(_event(held))
            elif kind == "trace":
                done.append(_case(held, events))

        return start, end


def _take_all(holder: dict[str, Value], kind: str, values: dict[str, str]) -> None:
    if kind in ATTRIBUTES:
        holder[values.get("key", "")] = _typed(kind, values.get("value", ""))


def _take_known(holder: dict[str, Value], kind: str, values: dict[str, str]) -> None:
    key = values.get("key", "")
    if key in KNOWN and kind in ATTRIBUTES:
        holder[key] = _typed(kind, values.get("value", ""))


def _kind(name: str) -> str:
    """The name of an element without its namespace."""
    return name.rpartition(" ")[2]


def _case(values: dict[str, Value], events: list[LogEvent]) -> LogCase:
    name = str(values.pop(ACTIVITY, ""))
    return LogCase(name, tuple(events), values)


def _event(values: dict[str, Value]) -> LogEvent:
    at = values.pop(TIME, None)
    return LogEvent(
        str(values.pop(ACTIVITY, "")),
        at if isinstance(at, datetime) else None,
        str(values.pop(RESOURCE, "")),
        str(values.pop(GROUP, "")),
        str(values.pop(TRANSITION, "")) or "complete",
        values,
    )


def _typed(kind: str, value: str) -> Value:
    """A value by the type its element says; one that is not of it stays text."""
    try:
        if kind == "date":
            at = datetime.fromisoformat(value)
            return at if at.tzinfo else at.replace(tzinfo=UTC)
        if kind == "int":
            return int(value)
        if kind == "float":
            return float(value)
    except ValueError:
        return value
    return value == "true" if kind == "boolean" else value
