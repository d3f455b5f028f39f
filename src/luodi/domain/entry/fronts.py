"""The five fronts as data (`entry/fronts.yaml`): shadow tasks, triggers, and the proof that nothing was granted early."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from luodi.domain.catalogue.matters import Matter
from luodi.domain.catalogue.reading import load
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "entry/fronts.yaml"


@dataclass(frozen=True, slots=True)
class Task:
    """One shadow task.  `serves`: the matters whose preparation it does."""

    id: str
    front: str
    name: Text
    unit: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """One front.  `trigger`: the milestone or matter whose day turns the shadow into the real file.

    `withheld`: what may not be granted before that day, and why (`because`, with its source).
    """

    id: str
    name: Text
    formal: Text
    trigger: str
    withheld: tuple[str, ...]
    because: Text
    source: Source
    confidence: Confidence
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """A decision that grants a matter, as the record has it.  `entry`: its hash."""

    matter: str
    on: date
    entry: str
    who: str


@dataclass(frozen=True, slots=True)
class Step:
    """What was done of a task: the day it was begun, and the day it was done (None: not yet)."""

    begun: date
    done: date | None


@cache
def fronts() -> Mapping[str, Front]:
    """The five fronts in the order of the file."""
    return read_table(FILE, _read)


@cache
def tasks() -> Mapping[str, Task]:
    """Every shadow task by `front.task`."""
    return MappingProxyType({one.id: one for front in fronts().values() for one in front.tasks})


def early(front: Front, triggered: date | None, grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The grants of withheld matters before the trigger's day (all of them where it has not come); () is the proof."""
    found = (one for one in grants if one.matter in front.withheld)
    return tuple(one for one in found if triggered is None or one.on < triggered)


def prepared(steps: Mapping[str, Step], matters: Mapping[str, Matter], on: date) -> dict[str, tuple[date, date]]:
    """When each matter was prepared, from the first task begun to the last done, where all its tasks are done by a day.

    Only matters that the catalogue knows a time of preparation for: of others the plan has nothing to shorten.  What is
    prepared after another matter (drawings after the scheme) is not final before it, and is left out too.
    """
    found = {}
    for matter in (one for one in matters.values() if one.preparation and not one.prepare_after):
        taken = [steps.get(one.id) for one in tasks().values() if matter.id in one.serves]
        done = [(one.begun, one.done) for one in taken if one is not None and one.done is not None and one.done <= on]
        if taken and len(done) == len(taken):
            found[matter.id] = (min(begun for begun, _ in done), max(ended for _, ended in done))
    return found


def _read(root: ask.Row) -> Mapping[str, Front]:
    found = {key: _front(key, row) for key, row in ask.rows(ask.child(root, "fronts"))}
    source_of(root)
    confidence_of(root)
    ask.close(root)
    return MappingProxyType(found)


def _front(key: str, row: ask.Row) -> Front:
    catalogue = load()
    trigger = ask.child(row, "trigger")
    milestone = ask.has(trigger, "milestone")
    turning = ask.choice(trigger, "milestone" if milestone else "matter", _names(milestone))
    ask.close(trigger)
    withheld = ask.texts(row, "withheld")
    for matter in withheld:
        known(row, "withheld", matter, catalogue.matters)
    found = Front(
        key, ask.pair(row), text_of(row, "formal"), turning, withheld, text_of(row, "because"), source_of(row),
        confidence_of(row), tuple(_task(key, name, one) for name, one in ask.rows(ask.child(row, "tasks"))),
    )  # fmt: skip
    ask.close(row)
    return found


def _task(front: str, key: str, row: ask.Row) -> Task:
    serves = ask.texts(row, "serves")
    for matter in serves:
        known(row, "serves", matter, load().matters)
    found = Task(f"{front}.{key}", front, ask.pair(row), ask.choice(row, "unit", load().units), serves)
    ask.close(row)
    return found


def _names(milestone: bool) -> Mapping[str, object]:
    return load().milestones if milestone else load().matters
