"""An event log as plain values: cases with their events, whatever file they come from or go to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

Value = str | int | float | bool | datetime


@dataclass(frozen=True, slots=True)
class LogEvent:
    """Something that happened in a case.  `at` None: the log does not say when.  `resource`: who; `group`: of which unit."""

    activity: str
    at: datetime | None
    resource: str = ""
    group: str = ""
    transition: str = "complete"
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogCase:
    """A case with its events, in the order of the log."""

    id: str
    events: tuple[LogEvent, ...]
    attributes: Mapping[str, Value] = field(default_factory=dict)


Cases = Callable[[], Iterator[LogCase]]
"""The cases from the beginning, as often as asked: a format that wants them twice reads them twice, and keeps none."""

CASE, ACTIVITY, TIME = "concept:name", "concept:name", "time:timestamp"
RESOURCE, GROUP, TRANSITION, INSTANCE = "org:resource", "org:group", "lifecycle:transition", "concept:instance"
