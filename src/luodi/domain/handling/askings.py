"""Ways in which another unit is asked within a case; silence is never consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from luodi.domain.clock.rules import pause_rules
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of, text_or_none, unit_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, DayUnit, Refusal, Source, Text
from luodi.domain.workdays import WorkCalendar

FILE = "cases/askings.yaml"


@dataclass(frozen=True, slots=True)
class AskingKind:
    """A way of asking.  `days`: the usual time for the answer, None where whoever asks must say it;
    `pause`: the kind of pause it opens (`clock.yaml` says whether that stops the clock).
    """

    id: str
    name: Text
    days: int | None
    unit: DayUnit
    pause: str | None
    opinions: tuple[str, ...]
    source: Source
    confidence: Confidence
    note: Text | None


@dataclass(frozen=True, slots=True)
class Askings:
    """All of `askings.yaml`."""

    kinds: Mapping[str, AskingKind]
    opinions: Mapping[str, Text]


@cache
def askings() -> Askings:
    """The ways of asking, and the opinions that may be given."""
    return read_table(FILE, read_askings)


def asking_kinds() -> Mapping[str, AskingKind]:
    """The ways of asking in the order of the file."""
    return askings().kinds


def opinions() -> Mapping[str, Text]:
    """agree, conditions, object, in words."""
    return askings().opinions


def answer_due(kind: str, asked: date, calendar: WorkCalendar, told: date | None = None) -> date:
    """The day by which an answer is due: `told` where whoever asks names one, else the usual time.

    Raises `Refusal`: `asking_needs_a_day` where there is no usual time, `asking_due_passed`.
    """
    rule = asking_kinds()[kind]
    if told is not None:
        if told < asked:
            raise Refusal("asking_due_passed", due=told)
        return told
    if rule.days is None:
        raise Refusal("asking_needs_a_day", kind=rule.name)
    return calendar.due(asked, rule.days, rule.unit)


def read_askings(root: ask.Row) -> Askings:
    """`askings.yaml`."""
    table = ask.child(root, "opinions")
    said = {key: text_of(table, key) for key, _ in ask.entries(table)}
    kinds = {}
    for key, row in ask.rows(ask.child(root, "kinds")):
        days = ask.whole(row, "days", None, low=1)
        unit = unit_of(row) if days is not None else DayUnit.WORKING
        pause, named = ask.text(row, "pause", None), ask.texts(row, "opinions")
        kinds[key] = AskingKind(
            key, ask.pair(row), days, unit, pause, named, source_of(row), confidence_of(row), text_or_none(row, "note")
        )
        for opinion in named:
            known(row, "opinions", opinion, said)
        if pause is not None:
            known(row, "pause", pause, pause_rules())
        ask.close(row)
    ask.close(root)
    return Askings(MappingProxyType(kinds), MappingProxyType(said))
