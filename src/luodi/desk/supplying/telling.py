"""How factors are told: lights, quantities, formulas, and what the sums of a board are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from luodi.domain.catalogue.reading import load
from luodi.domain.factors import funding
from luodi.domain.factors.clocks import NAMES, SHAPES, Mark, worst
from luodi.domain.factors.items import GROUPS, Category, Guarantor, Item, categories, guarantors, items, node_kinds
from luodi.domain.factors.life import WORDS, State, following
from luodi.domain.factors.needs import Assumption, Need
from luodi.domain.facts.fields import the_form
from luodi.domain.vocabulary import Text
from luodi.factors.readers import RequestRow

__all__ = (
    "GROUPS", "NAMES", "SHAPES", "WORDS", "Cell", "Line", "Matrix", "categories", "colour", "counted", "field", "guarantor",
    "guarantors", "item", "items", "matrix", "node_kinds", "number", "of_mark", "waits",
)  # fmt: skip

THIN = "\u2009"
COLOURS = {
    Mark.LATE: "seal",
    Mark.BLOCKED: "seal",
    Mark.SOON: "amber",
    Mark.OPEN: "mute",
    Mark.SET: "set",
    Mark.MET: "jade",
    Mark.DROPPED: "mute",
}
FUNDING = funding.KINDS
PACES = funding.PACES


@dataclass(frozen=True, slots=True)
class Cell:
    """What one guarantor does for one item: so many requests, and the worst light of them."""

    count: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: an item, its cells by guarantor, and the worst light of all."""

    item: Item
    cells: dict[str, Cell]
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items by guarantors: the columns that are asked for anything, by group, and the rows by category."""

    groups: tuple[tuple[Text, tuple[Guarantor, ...]], ...]
    rows: tuple[tuple[Category, tuple[Line, ...]], ...]
    columns: int


def matrix(rows: Sequence[RequestRow]) -> Matrix:
    """The matrix of some requests; every item has its row, also one nobody asked for."""
    asked = {one.guarantor for one in rows}
    found: dict[tuple[str, str], list[Mark]] = {}
    for one in rows:
        found.setdefault((one.item, one.guarantor), []).append(one.light.mark)
    groups = tuple(
        (GROUPS[group], members)
        for group in GROUPS
        if (members := tuple(one for one in guarantors().values() if one.group == group and one.id in asked))
    )
    columns = [one.id for _, members in groups for one in members]
    return Matrix(
        groups,
        tuple((each, tuple(_line(one, columns, found) for one in each.items)) for each in categories()),
        len(columns),
    )


def counted(rows: Iterable[RequestRow]) -> dict[str, int]:
    """How many requests stand at each light."""
    found = dict.fromkeys((one.value for one in Mark), 0)
    for one in rows:
        found[one.light.mark.value] += 1
    return found


def of_mark(rows: Iterable[RequestRow], mark: str) -> tuple[RequestRow, ...]:
    """The requests at a light."""
    return tuple(one for one in rows if one.light.mark.value == mark)


def colour(mark: Mark) -> str:
    """The class of a light."""
    return COLOURS[mark]


def item(id_: str) -> Item:
    """An item by its id."""
    return items()[id_]


def guarantor(id_: str) -> Guarantor:
    """A guarantor by its id."""
    return guarantors()[id_]


def number(size: Decimal) -> str:
    """A quantity with the digits that count."""
    text = f"{size:,.4f}".rstrip("0").rstrip(".")
    return text or "0"


def field(path: str, language: str) -> str:
    """The name of a form field or fact a need came from."""
    key, _, part = path.partition(".")
    rules, facts = the_form().fields, load().facts
    if key in rules:
        rule = rules[key]
        inner = rule.parts[part].name[language] if part in rule.parts else ""
        return f"{rule.name[language]}{'：' if language == 'zh' else ': '}{inner}" if inner else rule.name[language]
    return facts[path].name[language] if path in facts else path


def formula(need: Need, language: str) -> str:
    """How a need was worked out, with every number in it."""
    parts = " + ".join(f"{field(path, language)} {number(value)}" for path, value in need.values)
    parts = f"({parts})" if len(need.values) > 1 and (need.times or need.over) else parts
    for sign, factors in (("×", need.times), ("÷", need.over)):
        parts += "".join(f" {sign} {factor(one, language)}" for one in factors)
    return parts


def factor(one: Assumption, language: str) -> str:
    """A number of a formula with its name."""
    unit = f"{THIN}{one.unit[language]}" if one.unit else ""
    return f"{one.name[language]} {number(one.value)}{unit}"


def timed(factors: Sequence[Assumption]) -> Assumption | None:
    """The first of these numbers that counts time, such as hours in a year."""
    return next((one for one in factors if one.unit and one.unit.zh.startswith(("天", "小时"))), None)


def waits(rule: Item) -> Text:
    """What waits for an item in the plan."""
    rules = load()
    if rule.milestone:
        return rules.milestones[rule.gates].name
    if rule.gates == "works":
        return Text("开工后的施工", "the building works")
    return rules.matters[rule.gates].name


def states(now: State) -> list[tuple[str, Text]]:
    """The states that may follow, as choices."""
    return [(one.value, WORDS[one]) for one in State if one in following(now)]


def _line(rule: Item, columns: Iterable[str], found: dict[tuple[str, str], list[Mark]]) -> Line:
    cells = {
        by: Cell(len(marks), worst(marks)) for by in columns if (marks := found.get((rule.id, by)))
    }  # fmt: skip
    return Line(rule, cells, worst([one.mark for one in cells.values()]) if cells else None)
