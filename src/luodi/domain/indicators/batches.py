"""Three batches (三个一批): the classes with their entry rules, and the follow-up rates with those that were published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from luodi.domain.indicators.rounding import percent, printed, rate_of
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of, text_or_none
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "indicators/batches.yaml"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of a campaign: the event by which a project belongs to it, and what must be shown."""

    id: str
    name: Text
    event: str
    needs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class RateRule:
    """A follow-up rate and what is divided by what."""

    id: str
    name: Text
    of: Text


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate: `part` of `whole`, in per cent with two decimals; None of nothing."""

    id: str
    part: Decimal
    whole: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The rate."""
        return percent(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Said:
    """A published rate beside what its own parts give.  `possible`: both agree within the rounding of the parts."""

    rate: Rate
    says: Decimal
    possible: bool


@dataclass(frozen=True, slots=True)
class Published:
    """The rates of a place."""

    name: Text
    rates: Mapping[str, Said]
    about: Text | None
    source: Source


@dataclass(frozen=True, slots=True)
class Batches:
    """The whole file."""

    classes: Mapping[str, Class]
    rates: Mapping[str, RateRule]
    published: tuple[Published, ...]
    confidence: Confidence
    source: Source


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a project that entered a campaign: the classes it is in, the days of its events, and its output."""

    classes: frozenset[str]
    events: Mapping[str, date]
    expected: Decimal | None = None
    actual: Decimal | None = None


@cache
def batches() -> Batches:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    classes = {key: _class(key, row) for key, row in ask.rows(ask.child(root, "classes"))}
    rates = {key: _rate(key, row) for key, row in ask.rows(ask.child(root, "rates"))}
    published = tuple(_published(row, rates) for row in ask.children(root, "published"))
    found = Batches(classes, rates, published, confidence_of(root), source_of(root))
    ask.close(root)
    faults.settle()
    return found


def rates(projects: list[Followed], today: date) -> dict[str, Rate]:
    """The follow-up rates of the projects of campaigns on a day.

    Start rate: of those in the class `signed`, how many have started; production rate: of those in `started`, how many
    produce; output rate: actual ÷ expected annual output of those in `produced` for which both are known.
    """
    signed = [one for one in projects if "signed" in one.classes]
    started = [one for one in projects if "started" in one.classes]
    made = [
        (one.actual, one.expected)
        for one in projects
        if "produced" in one.classes and one.expected is not None and one.actual is not None
    ]
    return {
        "start": Rate("start", _reached(signed, "construction_start", today), Decimal(len(signed))),
        "production": Rate("production", _reached(started, "production", today), Decimal(len(started))),
        "output": Rate("output", sum((one for one, _ in made), Decimal(0)), sum((one for _, one in made), Decimal(0))),
    }


def _reached(projects: list[Followed], event: str, today: date) -> Decimal:
    return Decimal(sum(1 for one in projects if (day := one.events.get(event)) is not None and day <= today))


def agrees(part: str, whole: str, says: str) -> bool:
    """Whether a published rate is possible: counts are exact, amounts with decimals may have been rounded."""
    allowed = rate_of(part, whole) if "." in part or "." in whole else None
    if allowed is None:
        return Fraction(Decimal(part)) * 100 / Fraction(Decimal(whole)) in printed(says)
    return allowed.meet(printed(says)) is not None


def _class(key: str, row: ask.Row) -> Class:
    needs = []
    for one in ask.children(row, "needs"):
        needs.append(ask.pair(one))
        ask.close(one)
    found = Class(key, ask.pair(row), ask.text(row, "event"), tuple(needs))
    ask.close(row)
    return found


def _rate(key: str, row: ask.Row) -> RateRule:
    found = RateRule(key, ask.pair(row), text_of(row, "of"))
    ask.close(row)
    return found


def _published(row: ask.Row, rules: Mapping[str, RateRule]) -> Published:
    found = {}
    for key in rules:
        one = ask.child(row, key)
        part, whole, says = (ask.code(one, name) or "1" for name in ("part", "whole", "rate"))
        found[key] = Said(Rate(key, Decimal(part), Decimal(whole)), Decimal(says), agrees(part, whole, says))
        ask.close(one)
    result = Published(ask.pair(row), found, text_or_none(row, "about"), source_of(row))
    ask.close(row)
    return result
