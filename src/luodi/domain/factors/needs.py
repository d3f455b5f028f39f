"""What a project needs, as far as it follows from its 28 fields: each figure with its formula and its assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce
from types import MappingProxyType
from typing import cast

from luodi.domain.factors.items import items
from luodi.domain.facts.checking import Value
from luodi.domain.facts.form import amount
from luodi.domain.facts.project import ProjectFile
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_or_none
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Scalar, Source, Text

FILE = "factors/needs.yaml"
GRAIN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that no form states.  `low` .. `high`: what a person may set it to."""

    id: str
    name: Text
    value: Decimal
    unit: Text | None
    source: Source
    confidence: Confidence
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Rule:
    """How the need of an item follows: the value `stated` itself, else the sum of `of` × `times` ÷ `over`."""

    item: str
    stated: str | None
    of: tuple[str, ...]
    times: tuple[str, ...]
    over: tuple[str, ...]
    fact: str | None
    fits: Scalar | None


@dataclass(frozen=True, slots=True)
class Need:
    """A need that follows from the form: the quantity in the item's unit, the values it came from, and how.

    `times` and `over`: the assumptions, empty where the form states the figure itself.
    """

    item: str
    quantity: Decimal
    values: tuple[tuple[str, Decimal], ...]
    times: tuple[Assumption, ...]
    over: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The file of rules."""

    assumptions: Mapping[str, Assumption]
    rules: tuple[Rule, ...]


@cache
def rules() -> Rules:
    """The rules by which needs follow.  Raises `BadInput` with every fault of the file."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    known = read_assumptions(ask.child(root, "assumptions"))
    found = tuple(_rule(key, row, known) for key, row in ask.rows(ask.child(root, "needs")))
    ask.close(root)
    faults.settle()
    return Rules(known, found)


def read_assumptions(row: ask.Row) -> Mapping[str, Assumption]:
    """Numbers by id, each with name, unit, source and confidence; every problem noted."""
    return MappingProxyType({key: _assumption(key, one) for key, one in ask.rows(row)})


def needs(file: ProjectFile) -> tuple[Need, ...]:
    """What follows from what is known of a project, in the order of the items; nothing for what nobody stated, or is 0."""
    known = rules()
    order = tuple(items())
    found = (_need(file, rule, known.assumptions) for rule in known.rules)
    return tuple(sorted((one for one in found if one), key=lambda one: order.index(one.item)))


def known_value(file: ProjectFile, path: str) -> Decimal | None:
    """A number of the form, else of the facts; None where nobody gave it."""
    stated = amount(cast("Mapping[str, Value]", file.form), path)
    if stated is not None:
        return stated
    fact = file.facts.get(path.removesuffix(".total").removesuffix(".amount"), file.facts.get(path))
    return Decimal(str(fact)) if isinstance(fact, int | float) and not isinstance(fact, bool) else None


def _need(file: ProjectFile, rule: Rule, known: Mapping[str, Assumption]) -> Need | None:
    if rule.fact is not None and file.facts.get(rule.fact) != rule.fits:
        return None
    if rule.stated and (said := known_value(file, rule.stated)):
        return Need(rule.item, said.quantize(GRAIN), ((rule.stated, said),), (), ())
    found = tuple((path, value) for path in rule.of if (value := known_value(file, path)) is not None)
    times, over = tuple(known[one] for one in rule.times), tuple(known[one] for one in rule.over)
    size = reduce(lambda left, right: left * right.value, times, sum((value for _, value in found), Decimal(0)))
    size = reduce(lambda left, right: left / right.value, over, size).quantize(GRAIN)
    return Need(rule.item, size, found, times, over) if size > 0 else None


def _assumption(key: str, row: ask.Row) -> Assumption:
    bounds = [Decimal(str(ask.number(row, name, None))) if ask.has(row, name) else None for name in ("low", "high")]
    found = Assumption(
        key, ask.pair(row), Decimal(str(ask.number(row, "value"))), text_or_none(row, "unit"), source_of(row),
        confidence_of(row), bounds[0] if bounds[0] is not None else Decimal(0), bounds[1] or Decimal(10) ** 12,
    )  # fmt: skip
    ask.close(row)
    return found


def _rule(item: str, row: ask.Row, known: Mapping[str, Assumption]) -> Rule:
    if item not in items():
        ask.unknown(row.faults, ask.line(row), "unknown_key", item, items())
    times, over = ask.texts(row, "times"), ask.texts(row, "over")
    for one in (*times, *over):
        if one not in known:
            ask.unknown(row.faults, ask.line(row), "unknown_key", one, known)
    fact, fits = None, None
    if (when := ask.child_or_none(row, "when")) is not None:
        fact = ask.text(when, "fact")
        fits = _fitting(when)
        ask.close(when)
    found = Rule(item, ask.text(row, "stated", None), ask.texts(row, "from"), times, over, fact, fits)
    ask.close(row)
    return found


def _fitting(row: ask.Row) -> Scalar:
    """What a fact must be: yes, or one of its choices."""
    word = ask.node(row, "is")
    value = getattr(word, "value", None)
    return value if isinstance(value, bool | str) else True
