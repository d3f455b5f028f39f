"""Checks one value of the form against its field; every fault is noted with its line, none stops the reading."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luodi.domain.facts.boundary import BadBoundary, Boundary, boundary
from luodi.domain.facts.codes import CHECKS
from luodi.domain.facts.fields import Field
from luodi.domain.facts.quantities import Quantity, quantity
from luodi.domain.facts.wrong import Wrong
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults, hint
from luodi.domain.source.tree import Leaf, Node, Series, Table
from luodi.domain.vocabulary import Text

MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Secret:
    """A personal number: kept to be filled into applications, never printed, logged or compared in words."""

    value: str

    def __repr__(self) -> str:
        return "●●●●"

    __str__ = __repr__


Value = str | Decimal | date | Quantity | Boundary | Secret | dict[str, "Value"] | list["Value"]


def value_of(node: Node, field: Field, faults: Faults, *, complete: bool = True) -> Value | None:
    """The value a node states for `field`; None where it is wrong, after noting why.

    `complete` False: parts that are missing are not asked for.
    """
    match field.type:
        case "object":
            return _object(node, field, faults, complete=complete)
        case "list":
            return _list(node, field, faults, complete=complete)
        case "boundary":
            found = boundary(node)
            if isinstance(found, BadBoundary):
                note(faults, found.line, field, found.wrong)
                return None
            return found
        case "quantity" | "number":
            return _amount(node, field, faults)
        case "date":
            return ask.day_of(faults, node, field.id)
        case _:
            return _words(node, field, faults)


def note(faults: Faults, line: int, field: Field, wrong: Wrong) -> None:
    """Note what is wrong with a value of `field`."""
    faults.add(line, wrong.code, field=field.name, key=field.id, **wrong.facts)


def _words(node: Node, field: Field, faults: Faults) -> Value | None:
    if not isinstance(node, Leaf) or isinstance(node.value, bool):
        note(faults, node.line, field, Wrong("not_words"))
        return None
    words = node.raw.strip()
    if field.type == "choice":
        return _choice(words, node.line, field, faults)
    if field.type == "code":
        return _code(words.upper(), node.line, field, faults)
    if not field.min_length <= len(words) <= field.max_length:
        wrong = Wrong("length", {"got": len(words), "least": max(field.min_length, 1), "most": field.max_length})
        note(faults, node.line, field, wrong)
        return None
    return words


def _choice(words: str, line: int, field: Field, faults: Faults) -> str | None:
    for choice in field.choices:
        if words == choice.zh or words.lower() == choice.en.lower():
            return choice.zh
    known = [choice.zh for choice in field.choices]
    facts = {"value": words[:40], "known": "、".join(known), "hint": hint(words, known)}
    note(faults, line, field, Wrong("not_a_choice", facts))
    return None


def _code(words: str, line: int, field: Field, faults: Faults) -> str | Secret | None:
    wrong = CHECKS[field.check](words) if field.check else None
    if wrong:
        note(faults, line, field, wrong)
        return None
    return Secret(words) if field.secret else words


def _amount(node: Node, field: Field, faults: Faults) -> Quantity | Decimal | None:
    given = None
    if isinstance(node, Table):
        row = ask.row(node, faults, field.id)
        stated, given = ask.node(row, "value"), ask.text(row, "unit", None)
        ask.close(row)
        node = stated or Leaf(None, node.line, "")
    found = quantity(node.value if isinstance(node, Leaf) else None, field.unit, given)
    if isinstance(found, Quantity):
        if field.above is not None and found.amount <= Decimal(str(field.above)):
            found = Wrong("not_above", {"value": found.written, "bound": field.above})
        elif field.low is not None and found.amount < Decimal(str(field.low)):
            found = Wrong("below", {"value": found.written, "bound": field.low})
    if isinstance(found, Wrong):
        note(faults, node.line, field, found)
        return None
    return found if field.unit else found.amount


def _object(node: Node, field: Field, faults: Faults, *, complete: bool) -> dict[str, Value] | None:
    short = field.parts.get(field.shorthand or "")
    if short and (isinstance(node, Leaf) or (isinstance(node, Table) and set(node.entries) <= {"value", "unit"})):
        found = value_of(node, _part(field, short), faults)
        return None if found is None else {short.id: found}
    if not isinstance(node, Table):
        note(faults, node.line, field, Wrong("not_parts", {"parts": "、".join(field.parts)}))
        return None
    row = ask.row(node, faults, field.id)
    values: dict[str, Value] = {}
    for part in field.parts.values():
        stated = ask.node(row, part.id)
        if stated is not None:
            found = value_of(stated, _part(field, _numbered(part, node) if part.secret else part), faults)
            if found is not None:
                values[part.id] = found
        elif part.required and complete:
            note(faults, node.line, _part(field, part), Wrong("field_missing"))
    ask.close(row)
    return values


def _list(node: Node, field: Field, faults: Faults, *, complete: bool) -> list[Value] | None:
    if not isinstance(node, Series):
        note(faults, node.line, field, Wrong("not_a_list"))
        return None
    if not field.min_items <= len(node.items) <= MOST_ITEMS:
        facts = {"got": len(node.items), "least": field.min_items, "most": MOST_ITEMS}
        note(faults, node.line, field, Wrong("item_count", facts))
    found = [_object(item, field, faults, complete=complete) for item in node.items[:MOST_ITEMS]]
    return [item for item in found if item is not None]


def _part(field: Field, part: Field) -> Field:
    """The part under the name by which a person finds it: field, then part."""
    return replace(part, name=Text(f"{field.name.zh}·{part.name.zh}", f"{field.name.en} · {part.name.en}"))


def _numbered(part: Field, node: Table) -> Field:
    """The number of an identity document, checked by the kind stated beside it."""
    kind = node.entries.get("id_kind")
    passport = isinstance(kind, Leaf) and kind.raw.strip().lower() in ("护照", "passport")
    return replace(part, check="passport" if passport else "identity")
