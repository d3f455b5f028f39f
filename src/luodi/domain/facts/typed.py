"""What people typed into the form, place by place, as the tree the form is read from; and a recorded form as typed words.

A place is a field (`land_area`), a part of one (`floor_area.total`) or a part of an item (`products_capacity.0.unit`).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.facts.checking import Value
from luodi.domain.facts.fields import Field, the_form
from luodi.domain.facts.form import fill
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Leaf, Node, Plain, Series, Table, plain
from luodi.domain.vocabulary import Problem, Refusal

FIRST = 1_000_000  # lines below belong to the text of a boundary
NONE = "[]"
"""What stands for an empty list that was meant: no hazardous chemicals, said so."""
MOST_ITEMS = 50

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """The values that are right, by field; what is wrong by place, in the order of the form."""

    values: Mapping[str, Value]
    wrong: Mapping[str, tuple[Refusal, ...]]


@cache
def places() -> frozenset[str]:
    """Every place there is; items of lists by the number 0 alone."""
    return frozenset(place for field in the_form().fields.values() for place in _places(field))


def known(place: str) -> bool:
    """Whether something can be typed at a place."""
    parts = place.split(".")
    if len(parts) == 3:
        if not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 2 and int(parts[1]) < MOST_ITEMS):
            return False
        parts[1] = "0"
    return ".".join(parts) in places()


def secret(place: str) -> bool:
    """Whether what stands at a place is never shown or printed."""
    field, _, rest = place.partition(".")
    part = the_form().fields[field].parts.get(rest.rpartition(".")[2]) if rest else None
    return bool(part and part.secret)


def check(typed: Typed, *, complete: bool = False) -> Checked:
    """Every value checked by itself and against the others; `complete`: what is missing is wrong too."""
    faults = Faults("form")
    table, lines = tree(typed)
    filled = fill(ask.row(table, faults), complete=complete)
    wrong: dict[str, list[Refusal]] = {}
    for problem in faults.found:
        found = wrong.setdefault(_where(problem, lines), [])
        if all(one.code != problem.code for one in found):
            found.append(Refusal(problem.code, **problem.facts))
    order = {field: number for number, field in enumerate(the_form().fields)}
    kept = {place: tuple(wrong[place]) for place in sorted(wrong, key=lambda one: order.get(one.partition(".")[0], 99))}
    return Checked(filled.values, MappingProxyType(kept))


def right(typed: Typed) -> dict[str, str]:
    """Without what is wrong by itself or against others: whole fields are left out."""
    faulty = {place.partition(".")[0] for place in check(typed).wrong}
    return {place: words for place, words in typed.items() if place.partition(".")[0] not in faulty}


def tree(typed: Typed) -> tuple[Table, Mapping[int, str]]:
    """The table of the form, and the place that each of its lines stands for."""
    lines: dict[int, str] = {FIRST: ""}

    def line(place: str) -> int:
        lines[FIRST + len(lines)] = place
        return FIRST + len(lines) - 1

    entries: dict[str, Node] = {}
    keys: dict[str, int] = {}
    for key, stated in _nested(typed).items():
        keys[key] = at = line(key)
        if the_form().fields[key].type == "boundary":
            entries[key] = _boundary(str(stated), at)
        else:
            entries[key] = _node(stated, key, at, line)
    return Table(MappingProxyType(entries), FIRST, MappingProxyType(keys)), MappingProxyType(lines)


def recordable(typed: Typed) -> dict[str, Plain]:
    """The form as a project file holds it: without the secret parts, which stay sealed with the draft."""
    found: dict[str, Plain] = {}
    shown = {place: words for place, words in typed.items() if not secret(place)}
    for key, stated in _nested(shown).items():
        boundary = the_form().fields[key].type == "boundary"
        found[key] = json.loads(str(stated)) if boundary else stated
    return found


def typed_of(form: Node | None) -> dict[str, str]:
    """The form of a recorded file as somebody would have typed it."""
    found: dict[str, str] = {}
    for key, node in form.entries.items() if isinstance(form, Table) else ():
        field = the_form().fields.get(key)
        if field is not None and field.type == "boundary":
            found[key] = json.dumps(plain(node), ensure_ascii=False, default=str)
        elif field is not None:
            found |= dict(_flat(key, node, field))
    return {place: words for place, words in found.items() if words}


def _places(field: Field) -> Iterator[str]:
    yield from {"list": (field.id, *(f"{field.id}.0.{part}" for part in field.parts)),
                "object": tuple(f"{field.id}.{part}" for part in field.parts)}.get(field.type, (field.id,))  # fmt: skip


def _nested(typed: Typed) -> dict[str, Plain]:
    """By field: words, parts, or items in their order; empty places and items are left out."""
    found: dict[str, Plain] = {}
    for field in the_form().fields.values():
        own = {place: typed[place] for place in typed if place.partition(".")[0] == field.id and typed[place].strip()}
        if field.type == "list":
            items: dict[int, dict[str, Plain]] = {}
            for place, words in own.items():
                parts = place.split(".")
                if len(parts) == 3:
                    items.setdefault(int(parts[1]), {})[parts[2]] = words
            if items or field.id in own:
                found[field.id] = [items[number] for number in sorted(items)]
        elif field.type == "object":
            if own:
                found[field.id] = {place.partition(".")[2]: words for place, words in own.items()}
        elif field.id in own:
            found[field.id] = own[field.id]
    return found


def _node(stated: Plain, place: str, at: int, line: Callable[[str], int]) -> Node:
    if isinstance(stated, dict):
        lines = {key: line(f"{place}.{key}") for key in stated}
        entries = {key: _node(value, f"{place}.{key}", lines[key], line) for key, value in stated.items()}
        return Table(MappingProxyType(entries), at, MappingProxyType(lines))
    if isinstance(stated, list):
        numbered = [(f"{place}.{number}", value) for number, value in enumerate(stated)]
        return Series(tuple(_node(value, each, line(each), line) for each, value in numbered), at)
    return Leaf(str(stated), at, str(stated))


def _boundary(text: str, at: int) -> Node:
    """The tree of a boundary's own text; what cannot be read at all is a word, which is no boundary."""
    node = read_text(text, "form", Faults("form"))
    if isinstance(node, Table):
        return Table(node.entries, at, node.lines)
    return Leaf("?", at, "?")


def _flat(place: str, node: Node, field: Field) -> Iterator[tuple[str, str]]:
    if isinstance(node, Series):
        if not node.items:
            yield place, NONE
        for number, item in enumerate(node.items[:MOST_ITEMS]):
            for key, part in item.entries.items() if isinstance(item, Table) else ():
                yield f"{place}.{number}.{key}", _word(part)
    elif isinstance(node, Table) and not set(node.entries) <= {"value", "unit"}:
        for key, part in node.entries.items():
            yield f"{place}.{key}", _word(part)
    else:
        yield (f"{place}.{field.shorthand}" if field.shorthand else place), _word(node)


def _word(node: Node) -> str:
    if isinstance(node, Table):
        return " ".join(_word(node.entries[key]) for key in ("value", "unit") if key in node.entries)
    return node.raw if isinstance(node, Leaf) else ""


def _where(problem: Problem, lines: Mapping[int, str]) -> str:
    """The place a problem is about."""
    place = lines.get(problem.where.line or 0, "site_boundary")
    key = str(problem.facts.get("key", ""))
    if not place:
        return key or next(iter(the_form().fields))
    field = the_form().fields[place.partition(".")[0]]
    deeper = key in field.parts and place.rpartition(".")[2] != key
    return f"{place}.{key}" if deeper else place
