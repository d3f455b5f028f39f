"""The parts every file of the catalogue is made of: dated numbers, conditions, bilingual notes."""

from luodi.domain.catalogue.conditions import OPERATORS, Condition, Either, Every, Test
from luodi.domain.catalogue.matters import Kind, Number
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults, hint
from luodi.domain.source.grounds import confidence_of, source_of, unit_of
from luodi.domain.source.tree import Leaf, Node, Series
from luodi.domain.vocabulary import Confidence, Scalar, Text

KINDS = tuple(kind.value for kind in Kind)
LONGEST = 3660  # ten years: a longer period is a slip of the pen
NOTHING = Test("", "is_true")  # stands for a condition that could not be read; its problem is noted


def number_of(row: ask.Row) -> Number:
    """A dated, sourced number of days."""
    since, seen = ask.day(row, "since", None), ask.day(row, "seen", None)
    if since is None and seen is None:
        row.faults.add(ask.line(row), "number_without_date")
    if since is not None and seen is not None:
        row.faults.add(ask.line(row, "seen"), "number_with_two_dates")
    kind, confidence = Kind(ask.choice(row, "kind", KINDS)), confidence_of(row)
    if kind is Kind.ASSUMED and confidence is not Confidence.ASSUMPTION:
        row.faults.add(ask.line(row, "kind"), "assumption_not_marked", confidence=confidence.value)
    number = Number(
        days=ask.whole(row, "days", low=0, high=LONGEST),
        unit=unit_of(row),
        kind=kind,
        confidence=confidence,
        source=source_of(row),
        since=since,
        seen=seen,
        when=condition_of(ask.node(row, "when"), row.faults),
        note=ask.pair_or_none(row),
        at=ask.place(row),
    )
    ask.close(row)
    return number


def numbers_of(owner: ask.Row, key: str) -> tuple[Number, ...]:
    """The dated numbers of a list; two that would hold for the same project on the same date are a problem."""
    numbers: dict[object, Number] = {}
    for row in ask.children(owner, key):
        number = number_of(row)
        same = (number.since, number.since is None and number.seen is not None, number.when)
        if same in numbers:
            row.faults.add(ask.line(row), "two_numbers_one_date", date=number.since or number.seen)
        numbers.setdefault(same, number)
    return tuple(numbers.values())


def notes_of(owner: ask.Row) -> tuple[Text, ...]:
    """The bilingual notes."""
    rows = ask.children(owner, "notes")
    notes = tuple(ask.pair(row) for row in rows)
    for row in rows:
        ask.close(row)
    return notes


def condition_of(node: Node | None, faults: Faults) -> Condition | None:
    """A condition: `always` (None), one comparison, or `any` / `all` of a list."""
    if node is None or (isinstance(node, Leaf) and node.value == "always"):
        return None
    row = ask.row(node, faults, "when")
    if not row.table.entries:
        return NOTHING
    for word, build in (("any", Either), ("all", Every)):
        parts = ask.node(row, word)
        if parts is not None:
            ask.close(row)
            return build(_parts(parts, faults, word))
    test = _test(row)
    ask.close(row)
    return test


def _parts(node: Node, faults: Faults, word: str) -> tuple[Condition, ...]:
    if not isinstance(node, Series) or not node.items:
        faults.add(node.line, "expected_list", key=word, value="")
        return (NOTHING,)
    return tuple(condition_of(item, faults) or NOTHING for item in node.items)


def _test(row: ask.Row) -> Test:
    fact, op = ask.text(row, "fact"), ask.text(row, "op")
    if op and op not in OPERATORS:
        row.faults.add(
            ask.line(row, "op"), "unknown_operator", op=op, choices=" / ".join(OPERATORS), hint=hint(op, OPERATORS)
        )
    value = ask.node(row, "value")
    if op in ("is_true", "is_false"):
        if value is not None:
            row.faults.add(ask.line(row, "value"), "value_not_wanted", op=op)
        return Test(fact, op)
    if value is None:
        row.faults.add(ask.line(row), "missing_key", key="value")
        return Test(fact, op)
    return Test(fact, op, _values(row, value) if op == "in" else _value(row, value))


def _values(row: ask.Row, node: Node) -> tuple[Scalar, ...]:
    if isinstance(node, Series):
        return tuple(_value(row, item) for item in node.items)
    row.faults.add(node.line, "expected_list", key="value", value="")
    return ()


def _value(row: ask.Row, node: Node) -> Scalar:
    if isinstance(node, Leaf) and node.value is not None:
        return node.value
    row.faults.add(node.line, "expected_text", key="value", value="")
    return ""
