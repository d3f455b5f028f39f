"""What people can be told (`data/notices/kinds.yaml`): the sentence of each kind, and the days before on which it is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import Leaf, Node, Series
from luodi.domain.vocabulary import DayUnit, Text

FILE = "notices/kinds.yaml"
FURTHEST = 400
"""No reminder is given more days before, or after, than this."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice.  `facts`: what its sentence must be given.  `offsets`: days before the due date, latest first
    (negative: after it); empty where nobody is reminded.  `after`: the kind that takes over past the due date."""

    id: str
    words: Text
    facts: frozenset[str]
    urgent: bool
    offsets: tuple[int, ...]
    unit: DayUnit
    after: str | None


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by id.  Raises `BadInput` with every problem of the file."""
    faults = Faults(FILE)
    found = read_kinds(read_data(FILE, faults), faults)
    faults.settle()
    return found


def read_kinds(node: Node | None, faults: Faults) -> Mapping[str, Kind]:
    """The kinds of a file, every problem noted in `faults`."""
    root = ask.row(node, faults)
    rows = dict(ask.rows(root))
    found = {id_: _kind(id_, row, rows) for id_, row in rows.items()}
    return MappingProxyType(found)


def _kind(id_: str, row: ask.Row, known: Mapping[str, ask.Row]) -> Kind:
    words = ask.pair(row)
    chinese, english = (_placeholders(row, key, said) for key, said in (("zh", words.zh), ("en", words.en)))
    if chinese != english:
        differing = ", ".join(sorted(chinese ^ english))
        row.faults.add(ask.line(row, "en"), "notice_words_differ", kind=id_, facts=differing)
    after = ask.text(row, "after", None)
    if after is not None and after not in known:
        ask.unknown(row.faults, ask.line(row, "after"), "notice_kind_unknown", after, tuple(known))
    kind = Kind(
        id_,
        words,
        frozenset(chinese),
        ask.flag(row, "urgent", False),
        _offsets(row),
        DayUnit(ask.choice(row, "unit", (DayUnit.WORKING, DayUnit.CALENDAR), DayUnit.WORKING)),
        after,
    )
    ask.close(row)
    return kind


def _placeholders(row: ask.Row, key: str, words: str) -> set[str]:
    """The facts a sentence names; anything but a bare name in braces is a problem."""
    try:
        parts = [part for part in Formatter().parse(words) if part[1] is not None]
    except ValueError:
        parts = [("", "", None, None)]
    if not all((name or "").isidentifier() and not spec and not conversion for _, name, spec, conversion in parts):
        row.faults.add(ask.line(row, key), "notice_words_broken", words=words[:120])
        return set()
    return {name for _, name, _, _ in parts if name}


def _offsets(row: ask.Row) -> tuple[int, ...]:
    found = ask.node(row, "offsets")
    if found is None:
        return ()
    items = found.items if isinstance(found, Series) else ()
    days = [item.value for item in items if isinstance(item, Leaf) and type(item.value) is int]
    good = len(days) == len(items) > 0 and all(abs(day) <= FURTHEST for day in days)
    if not good or days != sorted(set(days), reverse=True):
        row.faults.add(found.line, "notice_offsets_wrong", furthest=FURTHEST)
        return ()
    return tuple(days)


def said(kind: str, facts: Mapping[str, str | int | Text]) -> Text:
    """The sentence of a kind in both languages; a kind that is gone from the file is said by its id."""
    rule = kinds().get(kind)
    if rule is None:
        return Text(kind, kind)
    zh, en = (
        rule.words[language].format_map(
            {name: fact[language] if isinstance(fact, Text) else fact for name, fact in facts.items()}
        )
        for language in ("zh", "en")
    )
    return Text(zh, en)


def urgent(kind: str) -> bool:
    """Whether a kind is urgent; one that is gone from the file is not."""
    rule = kinds().get(kind)
    return rule is not None and rule.urgent
