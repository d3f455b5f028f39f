"""The kinds of issued documents and how they are numbered (`data/documents/kinds.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.documents.papers import Remedy
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Confidence, Refusal, Source, Text

FILE = "documents/kinds.yaml"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of document.  `word`: its word in a number; `events`: kinds of case events after which it is issued by itself.

    `inward`: it goes from office to office; the enterprise is not told.
    """

    id: str
    name: Text
    word: str
    events: tuple[str, ...]
    remedy: bool
    inward: bool


@dataclass(frozen=True, slots=True)
class Kinds:
    """All of `kinds.yaml`; `offices`: organisation code -> its short word."""

    kinds: Mapping[str, PaperKind]
    offices: Mapping[str, str]
    remedy: Remedy
    source: Source
    confidence: Confidence


@cache
def rules() -> Kinds:
    """The kinds as shipped; raises `BadInput` with every problem of the file."""
    return read_table(FILE, _read)


def kind(id_: str) -> PaperKind:
    """One kind.  Raises `Refusal` (`no_paper_kind`)."""
    found = rules().kinds.get(id_)
    if found is None:
        raise Refusal("no_paper_kind", kind=id_, known=", ".join(rules().kinds))
    return found


def series(organisation: str, kind_: str, year: int) -> str:
    """The name of a series: numbers are unbroken within it."""
    return f"{organisation}:{kind_}:{year}"


def number(office: Text, organisation: str, kind_: PaperKind, year: int, place: int) -> str:
    """The number of a document: 代字 + 用字 + 字〔年份〕序号."""
    word = rules().offices.get(organisation, office.zh)
    return f"{word}{kind_.word}字〔{year}〕{place}号"


def plain_number(text: str) -> str:
    """A number as people type it, made comparable: brackets of any kind, no blanks, no leading zeros of the place."""
    for one in "[【（(﹝[":
        text = text.replace(one, "〔")
    for one in "]】）)﹞]":
        text = text.replace(one, "〕")
    head, bracket, tail = "".join(text.split()).partition("〕")
    place = tail.removesuffix("号").lstrip("0第")
    return f"{head}{bracket}{place}号" if bracket else head


def _read(root: ask.Row) -> Kinds:
    found = {key: _kind(key, row) for key, row in ask.rows(ask.child(root, "kinds"))}
    listed = ask.child(root, "offices")
    offices = {code: ask.text(listed, code) for code, _ in ask.entries(listed)}
    row = ask.child(root, "remedy")
    remedy = Remedy(ask.whole(row, "reconsider_days", low=1), ask.whole(row, "sue_months", low=1))
    source, confidence = source_of(row), confidence_of(row)
    ask.close(row)
    ask.close(root)
    return Kinds(MappingProxyType(found), MappingProxyType(offices), remedy, source, confidence)


def _kind(key: str, row: ask.Row) -> PaperKind:
    found = PaperKind(
        key,
        ask.pair(row),
        ask.text(row, "word"),
        ask.texts(row, "events"),
        ask.flag(row, "remedy", False),
        ask.flag(row, "inward", False),
    )
    ask.close(row)
    return found
