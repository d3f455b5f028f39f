"""Staged construction permits: what each stage covers, its conditions, and by when works must start."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, DayUnit, Refusal, Source, Text
from luodi.domain.workdays import WorkCalendar

FILE = "cases/permit_stages.yaml"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a construction permit; `basis` is empty where no law was found."""

    id: str
    name: Text
    basis: str
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Stage:
    """A permit: the matter it is issued as, what it covers, and its conditions in order."""

    matter: str
    covers: Text
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class StartRule:
    """Works start within `months` of the permit; it is extended at most `extensions` times by `extension_months`."""

    months: int
    extensions: int
    extension_months: int
    basis: str
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Staging:
    """All of `permit_stages.yaml`."""

    stages: Mapping[str, Stage]
    start: StartRule


@cache
def staging() -> Staging:
    """The stages and the rule of the start."""
    return read_table(FILE, read_staging)


def stages() -> Mapping[str, Stage]:
    """The stages by the matter they are issued as, in the order of the works."""
    return staging().stages


def stage_conditions(matter: str) -> tuple[Condition, ...]:
    """The conditions of a permit; none for a matter that is no construction permit."""
    stage = stages().get(matter)
    return stage.conditions if stage else ()


def unmet(matter: str, met: Collection[str]) -> tuple[Condition, ...]:
    """The conditions nobody has confirmed: while there are any, the permit cannot be granted."""
    return tuple(one for one in stage_conditions(matter) if one.id not in met)


def start_by(issued: date, extensions: int, calendar: WorkCalendar) -> date:
    """The last day on which works may start; after it the permit lapses (建筑法 第9条).

    Raises `Refusal("start_extended_too_often")`.
    """
    rule = staging().start
    if extensions > rule.extensions:
        raise Refusal("start_extended_too_often", most=rule.extensions, basis=rule.basis)
    return calendar.due(issued, rule.months + extensions * rule.extension_months, DayUnit.MONTHS)


def read_staging(root: ask.Row) -> Staging:
    """`permit_stages.yaml`; a condition that is nowhere described is a problem."""
    conditions = {key: _condition(key, row) for key, row in ask.rows(ask.child(root, "conditions"))}
    found = {}
    for key, row in ask.rows(ask.child(root, "stages")):
        named = ask.texts(row, "conditions")
        for one in named:
            known(row, "conditions", one, conditions)
        found[key] = Stage(key, ask.pair(row), tuple(conditions[one] for one in named if one in conditions))
        ask.close(row)
    start = ask.child(root, "start")
    rule = StartRule(
        ask.whole(start, "months", low=1),
        ask.whole(start, "extensions", low=0),
        ask.whole(start, "extension_months", low=1),
        ask.text(start, "basis"),
        source_of(start),
        confidence_of(start),
    )
    ask.close(start)
    ask.close(root)
    return Staging(MappingProxyType(found), rule)


def _condition(key: str, row: ask.Row) -> Condition:
    found = Condition(key, ask.pair(row), ask.text(row, "basis", ""), source_of(row), confidence_of(row))
    ask.close(row)
    return found
