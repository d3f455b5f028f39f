"""Who may offer what alone: `data/dealings/authority.yaml`, kind of post × kind of term × limit.

No law or article gives these limits; the file says so, and so do the pages.  What nobody is given is nobody's to offer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from luodi.domain.dealings.kinds import LESS, ZONE_GIVES, TermKind, kinds
from luodi.domain.dealings.terms import Term, sized
from luodi.domain.ledger import amounts
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Refusal, Source, Text

FILE = "dealings/authority.yaml"
ANY, NONE = "any", "none"
WHATEVER, NOTHING = Text("不限", "without limit"), Text("无权", "none")


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a post may go: `anything`, or up to (for prices: down to) `size`; neither: not at all."""

    size: int | None = None
    anything: bool = False

    def covers(self, rule: TermKind, size: int | None) -> bool:
        """Whether an offer of so much lies within it; `size` None: a day or words, which have no more and less."""
        if self.anything or size is None or self.size is None:
            return self.anything
        return size >= self.size if rule.gives == LESS else size <= self.size


@dataclass(frozen=True, slots=True)
class Authority:
    """The whole table: by kind of post, lowest first, and of term."""

    posts: Mapping[str, Mapping[str, Limit]]
    source: Source
    confidence: Confidence

    def limit(self, post: str, kind: str) -> Limit:
        """How far a kind of post may go in a kind of term; one that is not listed not at all."""
        return self.posts.get(post, {}).get(kind, Limit())


@dataclass(frozen=True, slots=True)
class Offer:
    """What the zone offers of a kind in all: the sum over its subjects (for prices the lowest), or words."""

    kind: str
    size: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Over:
    """An offer above the authority of who makes it: the limit, and the kinds of post that may approve it."""

    offer: Offer
    limit: Limit
    approvers: tuple[str, ...]


@cache
def authority() -> Authority:
    """The table.  Raises `BadInput` with all its faults."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    posts = {key: _limits(row) for key, row in ask.rows(ask.child(root, "posts"))}
    found = Authority(MappingProxyType(posts), source_of(root), confidence_of(root))
    ask.close(root)
    faults.settle()
    return found


def offers(terms: Iterable[Term]) -> tuple[Offer, ...]:
    """What the zone offers in all, so that splitting an offer gets nobody around their limit."""
    sizes: dict[str, int] = {}
    found: list[Offer] = []
    for one in terms:
        rule = kinds()[one.kind]
        if rule.side != ZONE_GIVES:
            continue
        if one.size is None:
            found.append(Offer(one.kind, None, one.words if rule.form == "text" else ""))
        elif one.kind in sizes:
            sizes[one.kind] = min(sizes[one.kind], one.size) if rule.gives == LESS else sizes[one.kind] + one.size
        else:
            sizes[one.kind] = one.size
    return (*(Offer(kind, size) for kind, size in sizes.items()), *dict.fromkeys(found))


def beyond(terms: Iterable[Term], post: str, approved: Sequence[Offer] = ()) -> tuple[Over, ...]:
    """The offers that neither the post's own authority nor an approval covers."""
    table = authority()
    return tuple(
        Over(one, table.limit(post, one.kind), approvers(one))
        for one in offers(terms)
        if not table.limit(post, one.kind).covers(kinds()[one.kind], one.size)
        and not any(_reaches(given, one) for given in approved)
    )


def approvers(offer: Offer) -> tuple[str, ...]:
    """The kinds of post whose own authority covers an offer, lowest first."""
    table, rule = authority(), kinds()[offer.kind]
    return tuple(post for post in table.posts if table.limit(post, offer.kind).covers(rule, offer.size))


def told(limit: Limit, kind: str) -> Text:
    """A limit in words."""
    if limit.anything or limit.size is None:
        return WHATEVER if limit.anything else NOTHING
    size = sized(limit.size, kind)
    if kinds()[kind].gives == LESS:
        return Text(f"不低于 {size.zh}", f"not below {size.en}")
    return Text(f"不超过 {size.zh}", f"up to {size.en}")


def _reaches(given: Offer, asked: Offer) -> bool:
    if given.kind != asked.kind:
        return False
    if asked.size is None or given.size is None:
        return given.words == asked.words
    return Limit(given.size).covers(kinds()[asked.kind], asked.size)


def _limits(row: ask.Row) -> Mapping[str, Limit]:
    found: dict[str, Limit] = {}
    for key, _ in ask.entries(row):
        if key not in kinds() or kinds()[key].side != ZONE_GIVES:
            ask.unknown(row.faults, ask.line(row, key), "unknown_key", key, kinds())
            continue
        value = ask.code(row, key)
        if value in (ANY, NONE):
            found[key] = Limit(anything=value == ANY)
            continue
        try:
            found[key] = Limit(amounts.amount(value, kinds()[key].size))
        except Refusal as refused:
            row.faults.add(ask.line(row, key), refused.code, **refused.facts)
    return MappingProxyType(found)
