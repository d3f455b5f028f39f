"""The rules of the clock as data: what stops it and on which ground, extensions, lights, office hours, other periods.

`data/clock.yaml` holds them, each with source and confidence.  A pause without a ground does not stop the clock, and
where no maximum was found there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from luodi.domain.clock.office import OfficeHours, read_hours
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of, text_or_none, unit_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, DayUnit, Source, Text

FILE = "clock.yaml"
WHOSE = ("applicant", "unit", "other")


@dataclass(frozen=True, slots=True)
class PauseRule:
    """A kind of pause.  `stops`: whether it stops the clock; `whose`: who is waited for.

    `special`: the national exchange knows it as a special procedure (states 9 and 10).  `max_days`, counted in
    `unit`: after so many days the clock runs again by itself; None: no maximum is known.
    """

    id: str
    name: Text
    stops: bool
    special: bool
    whose: str
    max_days: int | None
    unit: DayUnit
    basis: str
    source: Source
    confidence: Confidence
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """A ground on which a statutory limit may be extended, once; `days` None: as the matter's own law says."""

    id: str
    name: Text
    days: int | None
    unit: DayUnit
    approver: Text
    basis: str
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LightRule:
    """`amber`: with so many working days left or fewer the light is amber; overdue it is red."""

    amber: int
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Period:
    """Another period of the licence law, counted by the same calendar."""

    id: str
    name: Text
    days: int
    unit: DayUnit
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ClockRules:
    """All of `clock.yaml`; `of_matters`: the pause rules of the matters whose own law says otherwise."""

    pauses: Mapping[str, PauseRule]
    of_matters: Mapping[str, Mapping[str, PauseRule]]
    extensions: Mapping[str, ExtensionRule]
    lights: LightRule
    hours: OfficeHours
    periods: Mapping[str, Period]


@cache
def clock_rules() -> ClockRules:
    """The rules as shipped; raises `BadInput` with every problem of the file."""
    faults = Faults(FILE)
    rules = read_rules(ask.row(read_data(FILE, faults), faults))
    faults.settle()
    return rules


def pause_rules(matter: str = "") -> Mapping[str, PauseRule]:
    """Every kind of pause; for a matter whose own law says otherwise, with that laid over the general rules."""
    rules = clock_rules()
    return rules.of_matters.get(matter, rules.pauses)


def extension_rules() -> Mapping[str, ExtensionRule]:
    """The grounds of extension."""
    return clock_rules().extensions


def light_rules() -> LightRule:
    """When a light changes."""
    return clock_rules().lights


def office_hours() -> OfficeHours:
    """When offices work on a working day."""
    return clock_rules().hours


def periods() -> Mapping[str, Period]:
    """The other periods: notice of corrections, delivery …"""
    return clock_rules().periods


def read_rules(root: ask.Row) -> ClockRules:
    """`clock.yaml` as rules, every problem noted."""
    pauses = {key: _pause(key, row) for key, row in ask.rows(ask.child(root, "pauses"))}
    own = {key: _of_matter(row, pauses) for key, row in ask.rows(ask.child(root, "matters"))}
    lights = ask.child(root, "lights")
    rules = ClockRules(
        MappingProxyType(pauses),
        MappingProxyType(own),
        MappingProxyType({key: _extension(key, row) for key, row in ask.rows(ask.child(root, "extensions"))}),
        LightRule(ask.whole(lights, "amber", low=0), source_of(lights), confidence_of(lights)),
        read_hours(ask.child(root, "hours")),
        MappingProxyType({key: _period(key, row) for key, row in ask.rows(ask.child(root, "periods"))}),
    )
    ask.close(lights)
    ask.close(root)
    return rules


def _pause(key: str, row: ask.Row) -> PauseRule:
    rule = PauseRule(
        key,
        ask.pair(row),
        ask.flag(row, "stops"),
        ask.flag(row, "special"),
        ask.choice(row, "whose", WHOSE),
        ask.whole(row, "max_days", None, low=1),
        unit_of(row),
        ask.text(row, "basis", ""),
        source_of(row),
        confidence_of(row),
        text_or_none(row, "note"),
    )
    if rule.stops and not rule.basis:
        row.faults.add(ask.line(row, "stops"), "pause_without_ground", pause=key)
    ask.close(row)
    return rule


def _of_matter(owner: ask.Row, pauses: Mapping[str, PauseRule]) -> Mapping[str, PauseRule]:
    found = dict(pauses)
    for key, row in ask.rows(owner):
        if key not in pauses:
            ask.unknown(owner.faults, ask.line(owner, key), "no_pause_kind", key, pauses)
            continue
        found[key] = replace(
            pauses[key],
            stops=ask.flag(row, "stops", pauses[key].stops),
            max_days=ask.whole(row, "max_days", None, low=1),
            unit=unit_of(row),
            basis=ask.text(row, "basis"),
            source=source_of(row),
            confidence=confidence_of(row),
        )
        ask.close(row)
    return MappingProxyType(found)


def _extension(key: str, row: ask.Row) -> ExtensionRule:
    days = ask.whole(row, "days", None, low=1)
    unit = unit_of(row) if days is not None else DayUnit.WORKING
    rule = ExtensionRule(
        key,
        ask.pair(row),
        days,
        unit,
        text_of(row, "approver"),
        ask.text(row, "basis"),
        source_of(row),
        confidence_of(row),
    )
    ask.close(row)
    return rule


def _period(key: str, row: ask.Row) -> Period:
    period = Period(key, ask.pair(row), ask.whole(row, "days", low=1), unit_of(row), source_of(row), confidence_of(row))
    ask.close(row)
    return period
