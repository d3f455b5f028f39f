"""Kinds of posts and of organisations, and the lengths of terms (`data/posts.yaml`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of work: where it exists, whether it must stand alone, whether it has a term, and where its day begins."""

    id: str
    name: Text
    organisations: frozenset[str]  # kinds of organisation that may have it
    alone: bool  # whoever holds it holds no other post
    term: bool  # held for a term under a contract
    home: tuple[str, ...]  # names of pages, the first that exists opens after sign-in


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a post is held and how often: 任期 3 years, at most 3 terms; warned so many days before."""

    years: int
    times: int
    warning_days: int


@dataclass(frozen=True, slots=True)
class Offices:
    """The whole file."""

    posts: Mapping[str, PostKind]
    organisations: Mapping[str, Text]
    province_wide: frozenset[str]  # kinds of organisation that look after every zone
    terms: Terms


@cache
def offices() -> Offices:
    """The kinds, read once in a process.  Raises `BadInput` with every fault of the file."""
    faults = Faults("posts.yaml")
    root = ask.row(read_data("posts.yaml", faults), faults)
    organisations = {key: pair(row) for key, row in ask.rows(ask.child(root, "organisations"))}
    posts = {key: post_kind(key, row, organisations) for key, row in ask.rows(ask.child(root, "posts"))}
    terms = ask.child(root, "terms")
    wide = frozenset(ask.texts(root, "province_wide"))
    found = Terms(
        ask.whole(terms, "years", low=1), ask.whole(terms, "times", low=1), ask.whole(terms, "warning_days", low=1)
    )
    for one in (terms, root):
        ask.text(one, "note", None)
        ask.close(one)
    faults.settle()
    return Offices(posts, organisations, wide, found)


def post_kind(key: str, row: ask.Row, organisations: Mapping[str, Text]) -> PostKind:
    """One kind of post."""
    where = ask.texts(row, "organisations")
    for one in where:
        if one not in organisations:
            ask.unknown(row.faults, ask.item_line(row, "organisations", one), "unknown_key", one, organisations)
    kind = PostKind(
        key,
        ask.pair(row),
        frozenset(where),
        ask.flag(row, "alone", False),
        ask.flag(row, "term", False),
        ask.texts(row, "home"),
    )
    ask.close(row)
    return kind


def pair(row: ask.Row) -> Text:
    """The two languages of a row that holds nothing else."""
    text = ask.pair(row)
    ask.close(row)
    return text


def kind_name(kind: str) -> Text:
    """The name of a kind of post; a kind no longer in the file keeps its id."""
    found = offices().posts.get(kind)
    return found.name if found else Text(kind, kind)


def kind_names(kinds: Iterable[str], language: str) -> str:
    """Several kinds as a list in a sentence."""
    return ("、" if language == "zh" else ", ").join(kind_name(kind)[language] for kind in kinds)
