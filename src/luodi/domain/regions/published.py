"""What was published of the province's zones: how many there were on a day, and what a zone is known for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import text_of, text_or_none
from luodi.domain.source.tables import known as known_word
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Text

FILE, KNOWN, POLICIES = "regions/counts.yaml", "regions/known.yaml", "regions/policies.yaml"


@dataclass(frozen=True, slots=True)
class Count:
    """How many zones a source says there were.  `kinds`: by types of the registry, where the source tells them apart."""

    on: date
    said: Text  # the day in the source's own words
    zones: int
    kinds: Mapping[str, int]
    about: Text
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a zone is known for.  `approved`: the year and month in which it was approved, "" where no source says."""

    industries: tuple[Text, ...]
    area: str  # km², as it was read
    area_about: Text | None
    approved: str
    parks: tuple[Text, ...]
    about: Text | None


NOTHING = Known((), "", None, "", (), None)


@cache
def counts() -> tuple[Count, ...]:
    """The published counts, the oldest first.  Raises `BadInput` with every fault of the file."""
    return read_table(FILE, _counts)


def published(on: date) -> Count | None:
    """The count in force on a day: the last one published by then; None before the first."""
    return next((one for one in reversed(counts()) if one.on <= on), None)


@cache
def known() -> Mapping[str, Known]:
    """Zone -> what it is known for.  Raises `BadInput` with every fault of the file."""
    return read_table(KNOWN, _known)


@cache
def policies() -> tuple[tuple[Text, str], ...]:
    """Policies of the whole province with their sources.  Raises `BadInput` with every fault of the file."""
    return read_table(POLICIES, _policies)


def stood(one: Known, on: date) -> bool:
    """Whether a zone stood on a day as far as its approval is known: to the month; without one, nothing is ruled out."""
    return not one.approved or one.approved <= f"{on:%Y-%m}"


def _counts(root: ask.Row) -> tuple[Count, ...]:
    found = []
    for row in ask.children(root, "counts"):
        kinds = ask.child_or_none(row, "kinds")
        by_kind = {key: ask.whole(kinds, key, low=0) for key, _ in ask.entries(kinds)} if kinds else {}
        found.append(
            Count(
                ask.day(row, "on"),
                text_of(row, "said"),
                ask.whole(row, "zones", low=0),
                MappingProxyType(by_kind),
                text_of(row, "about"),
                ask.text(row, "source"),
            )
        )
        ask.close(row)
    ask.close(root)
    return tuple(sorted(found, key=lambda one: one.on))


def _known(root: ask.Row) -> Mapping[str, Known]:
    words = ask.child(root, "terms")
    terms = {key: Text(key, ask.text(words, key)) for key, _ in ask.entries(words)}
    found = {}
    for key, row in ask.rows(ask.child(root, "zones")):
        names = ask.texts(row, "industries")
        for name in names:
            known_word(row, "industries", name, terms)
        found[key] = Known(
            industries=tuple(terms[name] for name in names if name in terms),
            area=ask.code(row, "area_km2", ""),
            area_about=text_or_none(row, "area_about"),
            approved=ask.code(row, "approved", ""),
            parks=tuple(ask.pair(one) for one in ask.children(row, "parks")),
            about=text_or_none(row, "about"),
        )
        ask.close(row)
    ask.close(root)
    return MappingProxyType(found)


def _policies(root: ask.Row) -> tuple[tuple[Text, str], ...]:
    rows = ask.children(root, "policies")
    found = tuple((ask.pair(row), ask.text(row, "source")) for row in rows)
    for row in (*rows, root):
        ask.close(row)
    return found
