"""The kinds of ledger that are understood, as `data/sheets/*.yaml` describes them: a new kind is a new file.

A column that goes to a field of the one form takes its type, unit, bounds and help from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.codes import CHECKS
from luodi.domain.facts.fields import Field, the_form
from luodi.domain.facts.quantities import UNITS
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, read_data
from luodi.domain.source.tree import Node
from luodi.domain.vocabulary import Refusal, Text
from luodi.exchange.sheets.cells import folded
from luodi.exchange.sheets.limits import LONGEST_CELL

FOLDER = "sheets"
TYPES = ("text", "code", "choice", "amount", "number", "date", "flag", "matter")
FROM_FORM = {"text": "text", "code": "code", "choice": "choice", "quantity": "amount", "number": "number", "date": "date",
             "object": "amount"}  # fmt: skip
WIDE = 16


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of a ledger.

    `heads`: other ways of writing its head.  `to`: where its value goes, for the loader.  `past`: a day that has come.
    `known`: for choices, every way of writing one (folded) with what stands for it.  `carries`: a cell merged over
    several rows holds for all of them.  `example`, `hint`: for the empty template.
    """

    id: str
    name: Text
    type: str
    heads: tuple[str, ...]
    to: str
    required: bool
    unit: str | None
    check: str | None
    least: int
    most: int
    low: float | None
    above: float | None
    past: bool
    carries: bool
    known: Mapping[str, str]
    choices: tuple[Text, ...]
    example: str
    hint: Text | None
    wide: int


@dataclass(frozen=True, slots=True)
class Order:
    """Two columns of which the first may not be later, or greater, than the second."""

    first: str
    then: str


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """A kind of ledger.  `function`: what a post must have to load it.  `key`: columns that say which thing a row is about."""

    id: str
    name: Text
    function: str
    note: Text | None
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    orders: tuple[Order, ...]

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which no row can be taken in."""
        return tuple(column for column in self.columns.values() if column.required)


def kinds() -> tuple[str, ...]:
    """The ids of all kinds, in the order in which they are offered."""
    return tuple(name.removeprefix(f"{FOLDER}/").removesuffix(".yaml") for name in data_names(FOLDER))


def ledger(kind: str) -> Ledger:
    """One kind.  Raises `Refusal("sheet_no_such_kind")`, and `BadInput` where its file has faults."""
    if kind not in kinds():
        raise Refusal("sheet_no_such_kind", kind=kind[:40], known=", ".join(kinds()))
    return _packaged(kind)


@lru_cache(maxsize=64)
def _packaged(kind: str) -> Ledger:
    file = f"{FOLDER}/{kind}.yaml"
    faults = Faults(file)
    found = read_ledger(kind, read_data(file, faults), faults)
    faults.settle()
    return found


def read_ledger(kind: str, node: Node | None, faults: Faults) -> Ledger:
    """A kind as a file describes it; problems are noted in `faults`."""
    root = ask.row(node, faults)
    note = ask.child_or_none(root, "note")
    columns = {one.id: one for one in (_column(row) for row in ask.children(root, "columns"))}
    orders = tuple(_order(row, columns) for row in ask.children(root, "orders"))
    key = ask.texts(root, "key")
    for one in key:
        if one not in columns:
            ask.unknown(faults, ask.line(root, "key"), "names_nothing", one, columns)
    found = Ledger(
        kind, ask.pair(root), ask.text(root, "function"), _pair(note) if note else None, key, columns, orders
    )
    ask.close(root)
    _heads_once(found, root)
    return found


def _column(row: ask.Row) -> Column:
    to = ask.text(row, "to", "")
    field = the_form().fields.get(to.removeprefix("form.")) if to.startswith("form.") else None
    if to.startswith("form.") and field is None:
        ask.unknown(row.faults, ask.line(row, "to"), "names_nothing", to, the_form().fields)
    kind = ask.choice(row, "type", TYPES, FROM_FORM.get(field.type, "text") if field else "text")
    hint = ask.child_or_none(row, "hint")
    choices = tuple(ask.children(row, "choices"))
    name = ask.pair_or_none(row) or (field.name if field else ask.pair(row))
    known, shown = _known(kind, choices, field)
    column = Column(
        id=ask.text(row, "id"),
        name=name,
        type=kind,
        heads=ask.texts(row, "heads"),
        to=to,
        required=ask.flag(row, "required", False),
        unit=ask.choice(row, "unit", tuple(UNITS), _unit(field)),
        check=ask.choice(row, "check", tuple(CHECKS), field.check if field else None),
        least=ask.whole(row, "least", field.min_length if field else 0),
        most=ask.whole(row, "most", min(field.max_length, LONGEST_CELL) if field else 200),
        low=ask.number(row, "low", field.low if field else None),
        above=ask.number(row, "above", field.above if field else None),
        past=ask.flag(row, "past", False),
        carries=ask.flag(row, "carries", False),
        known=known,
        choices=shown,
        example=ask.code(row, "example", ""),
        hint=_pair(hint) if hint else (field.help if field else None),
        wide=ask.whole(row, "wide", WIDE),
    )
    ask.close(row)
    return column


def _unit(field: Field | None) -> str | None:
    """The unit of a form field, or of the part that a bare value stands for."""
    if field is None:
        return None
    part = field.parts.get(field.shorthand or "")
    return part.unit if part else field.unit


def _known(kind: str, rows: tuple[ask.Row, ...], field: Field | None) -> tuple[dict[str, str], tuple[Text, ...]]:
    """The ways of writing each choice, and the choices as they are shown."""
    if kind == "matter":
        matters = load().matters
        ways = {folded(word): id_ for id_, one in matters.items() for word in (id_, one.name.zh, one.name.en)}
        return ways, tuple(one.name for one in matters.values())
    found: dict[str, str] = {}
    shown = []
    for row in rows:
        name, stands = ask.pair(row), ask.code(row, "id")
        found |= {folded(word): stands for word in (stands, name.zh, name.en, *ask.texts(row, "also"))}
        shown.append(name)
        ask.close(row)
    for one in field.choices if field and not rows else ():
        found |= {folded(one.zh): one.zh, folded(one.en): one.zh}
        shown.append(one)
    return found, tuple(shown)


def _order(row: ask.Row, columns: Mapping[str, Column]) -> Order:
    found = Order(ask.text(row, "first"), ask.text(row, "then"))
    for key, one in (("first", found.first), ("then", found.then)):
        if one not in columns:
            ask.unknown(row.faults, ask.line(row, key), "names_nothing", one, columns)
    ask.close(row)
    return found


def _heads_once(ledger: Ledger, root: ask.Row) -> None:
    """Note a head that would stand for two columns."""
    seen: dict[str, str] = {}
    for column in ledger.columns.values():
        for head in {folded(one) for one in (column.name.zh, column.name.en, column.id, *column.heads)}:
            if seen.setdefault(head, column.id) != column.id:
                root.faults.add(
                    ask.line(root, "columns"), "sheet_head_twice", head=head, first=seen[head], second=column.id
                )


def _pair(row: ask.Row) -> Text:
    found = ask.pair(row)
    ask.close(row)
    return found
