"""The gates between stages as dated rules (`entry/gates.yaml`): what a stage wants beside the matters it requires."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from luodi.domain.catalogue.reading import load
from luodi.domain.entry.checks import checks
from luodi.domain.entry.fronts import fronts
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, Source

FILE = "entry/gates.yaml"


@dataclass(frozen=True, slots=True)
class Gate:
    """What the entry into a stage wants from a day on: checks answered without objection, fronts prepared."""

    stage: str
    since: date
    checks: tuple[str, ...]
    fronts: tuple[str, ...]
    source: Source
    confidence: Confidence


@cache
def gates() -> tuple[Gate, ...]:
    """Every rule in the order of the file."""
    return read_table(FILE, _read)


def in_force(stage: str, on: date) -> Gate | None:
    """The rule of a stage on a day: the latest that took effect; None where nothing is added to the law."""
    return max((one for one in gates() if one.stage == stage and one.since <= on), key=_since, default=None)


def _since(one: Gate) -> date:
    return one.since


def _read(root: ask.Row) -> tuple[Gate, ...]:
    source, confidence = source_of(root), confidence_of(root)
    found = []
    for row in ask.children(root, "gates"):
        named, along = ask.texts(row, "checks"), ask.texts(row, "fronts")
        for one in named:
            known(row, "checks", one, checks())
        for one in along:
            known(row, "fronts", one, fronts())
        stage = ask.choice(row, "stage", load().milestones)
        found.append(Gate(stage, ask.day(row, "since"), named, along, source, confidence))
        ask.close(row)
    ask.close(root)
    return tuple(found)
