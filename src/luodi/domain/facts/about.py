"""What a project file says about itself: name, zone, articles, claims, and what each value rests on."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from luodi.domain.facts.project import Claim, Origin
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import hint
from luodi.domain.source.grounds import source_of
from luodi.domain.source.tree import Leaf
from luodi.domain.vocabulary import Source, Text

BASES = ("article", "sample", "assumption")


@dataclass(frozen=True, slots=True)
class About:
    """The section `about`; `default` is the origin of every value not named in `basis`."""

    name: Text | None = None
    zone: Text | None = None
    sources: tuple[Source, ...] = ()
    notes: tuple[Text, ...] = ()
    claims: tuple[Claim, ...] = ()
    basis: dict[str, Origin] = field(default_factory=dict)
    default: Origin | None = None


def about_of(row: ask.Row | None, values: Collection[str], events: Collection[str]) -> About:
    """The section read; `values`: the ids a basis may speak of, `events`: those a claim may run between."""
    if row is None:
        return About()
    sources = tuple(source_of(holder) for holder in ask.children(row, "sources"))
    basis = ask.child_or_none(row, "basis")
    origins = _origins(basis, values, sources) if basis else {}
    default = origins.pop("default", None)
    found = About(
        name=_text(row, "name"),
        zone=_text(row, "zone"),
        sources=sources,
        notes=tuple(_note(note) for note in ask.children(row, "notes")),
        claims=tuple(_claim(claim, events) for claim in ask.children(row, "claims")),
        basis=origins,
        default=default,
    )
    ask.close(row)
    return found


def _text(row: ask.Row, key: str) -> Text | None:
    """A text in two languages, or one text that stands for both (a name that is not translated)."""
    node = ask.node(row, key)
    if node is None:
        return None
    if isinstance(node, Leaf):
        words = ask.text(row, key)
        return Text(words, words)
    return _note(ask.child(row, key))


def _note(row: ask.Row) -> Text:
    note = ask.pair(row)
    ask.close(row)
    return note


def _claim(row: ask.Row, events: Collection[str]) -> Claim:
    ends = {}
    for key in ("from", "to"):
        ends[key] = ask.text(row, key)
        if ends[key] not in events:
            row.faults.add(ask.line(row, key), "event_unknown", value=ends[key][:80], hint=hint(ends[key], events))
    days: list[date | None] = [ask.day(row, key, None) for key in ("from_day", "to_day")]
    if days[0] and days[1] and days[1] < days[0]:
        row.faults.add(ask.line(row, "to_day"), "dates_out_of_order", earlier=days[0], later=days[1])
    claim = Claim(ends["from"], ends["to"], ask.whole(row, "says_days", low=0), source_of(row), days[0], days[1])
    ask.close(row)
    return claim


def _origins(row: ask.Row, values: Collection[str], sources: tuple[Source, ...]) -> dict[str, Origin]:
    """By value id: a bare word stands for that basis with the first article of the file."""
    found: dict[str, Origin] = {}
    for key, node in ask.entries(row):
        if key != "default" and key not in values:
            row.faults.add(ask.line(row, key), "value_unknown", key=key[:80], hint=hint(key, values))
        if isinstance(node, Leaf):
            word = ask.choice(row, key, BASES)
            found[key] = Origin(word, sources[0] if word == "article" and sources else None)
        else:
            each = ask.child(row, key)
            source = source_of(each) if ask.has(each, "source") else None
            found[key] = Origin(ask.choice(each, "basis", BASES), source)
            ask.close(each)
    return found
