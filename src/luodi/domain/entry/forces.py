"""Task forces as data (`entry/forces.yaml`): roles with what they may do, kinds of life support; and holes in a roster."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Text

FILE = "entry/forces.yaml"
TEAM = ("leader", "navigator", "investment")


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a task force.  `team`: what it is on the project's team, "" where it gets no rights from it."""

    id: str
    name: Text
    team: str
    powers: Text


@dataclass(frozen=True, slots=True)
class Forces:
    """All of `forces.yaml`.  `before_end`: calendar days before its end on which a force is warned."""

    roles: Mapping[str, Role]
    services: Mapping[str, Text]
    before_end: int


@cache
def forces() -> Forces:
    """Roles and services, read once in a process."""
    return read_table(FILE, _read)


def holes(starts: date, ends: date, held: Collection[date]) -> tuple[date, ...]:
    """The days of a span (both ends counted) on which nobody is on duty."""
    span = (starts + timedelta(days=n) for n in range((ends - starts).days + 1))
    return tuple(day for day in span if day not in held)


def _read(root: ask.Row) -> Forces:
    roles = {}
    for key, row in ask.rows(ask.child(root, "roles")):
        team = ask.choice(row, "team", TEAM) if ask.has(row, "team") else ""
        roles[key] = Role(key, ask.pair(row), team, text_of(row, "powers"))
        ask.close(row)
    services = ask.child(root, "services")
    kinds = {key: text_of(services, key) for key, _ in ask.entries(services)}
    found = Forces(MappingProxyType(roles), MappingProxyType(kinds), ask.whole(root, "before_end", low=1))
    source_of(root)
    confidence_of(root)
    ask.close(root)
    return found
