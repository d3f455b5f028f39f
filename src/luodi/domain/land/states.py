"""The states of a parcel, raw to delivered, what each step needs, and the listing rule of twenty and ten days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from luodi.domain.catalogue.matters import Kind, Matter
from luodi.domain.catalogue.reading import load
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "land/states.yaml"
NEEDS = ("evidence", "net", "clear", "notice", "ended", "project")
NOTICE, LISTING = "land_auction_notice", "land_listing"
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one state to the next, for transferred or allocated land or `both`, and what it needs."""

    start: str
    to: str
    tenure: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far figures may differ before somebody is asked: a share of the area, m² of overlap, and the largest parcel in mu."""

    share: float
    overlap: float
    largest: float
    note: Text
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `states.yaml`."""

    states: Mapping[str, Text]
    means: Mapping[str, Text]
    moves: tuple[Move, ...]
    tenures: Mapping[str, Text]
    uses: Mapping[str, Text]
    checklist: Mapping[str, Text]
    source: Source
    confidence: Confidence
    tolerance: Tolerance


@dataclass(frozen=True, slots=True)
class ListingRule:
    """The least calendar days of notice before a listing, and of the listing itself, with the articles."""

    notice: int
    listing: int
    notice_source: Source
    listing_source: Source


@cache
def rules() -> Rules:
    """The rules as shipped."""
    return read_table(FILE, read_rules)


@cache
def listing_rule() -> ListingRule:
    """Twenty and ten days, from the catalogue's matters: written once."""
    matters = load().matters
    notice, listing = _least(matters[NOTICE]), _least(matters[LISTING])
    return ListingRule(notice[0], listing[0], notice[1], listing[1])


def listing_days(announced: date) -> tuple[date, date]:
    """The first day on which a parcel announced on a day may be listed, and the first on which that may end."""
    rule = listing_rule()
    starts = announced + timedelta(days=rule.notice)
    return starts, starts + timedelta(days=rule.listing)


def steps(state: str, tenure: str) -> tuple[Move, ...]:
    """The steps open to a parcel in a state."""
    return tuple(one for one in rules().moves if one.start == state and one.tenure in (tenure, BOTH))


def _least(matter: Matter) -> tuple[int, Source]:
    number = next(one for one in matter.limits if one.kind is Kind.MIN)
    return number.days, number.source


def read_rules(root: ask.Row) -> Rules:
    """`states.yaml`."""
    states, means = dict[str, Text](), dict[str, Text]()
    for key, row in ask.rows(ask.child(root, "states")):
        states[key], means[key] = ask.pair(row), text_of(row, "means")
        ask.close(row)
    tenures = words(root, "tenures")
    moves = tuple(_move(row, states, tenures) for row in ask.children(root, "moves"))
    found = Rules(
        MappingProxyType(states), MappingProxyType(means), moves, tenures, words(root, "uses"), words(root, "checklist"),
        source_of(root), confidence_of(root), _tolerance(ask.child(root, "tolerance")),
    )  # fmt: skip
    ask.close(root)
    return found


def words(owner: ask.Row, key: str) -> Mapping[str, Text]:
    """A table of texts in both languages by id."""
    found = {}
    for name, row in ask.rows(ask.child(owner, key)):
        found[name] = ask.pair(row)
        ask.close(row)
    return MappingProxyType(found)


def _move(row: ask.Row, states: Mapping[str, Text], tenures: Mapping[str, Text]) -> Move:
    found = Move(
        ask.choice(row, "from", states), ask.choice(row, "to", states), ask.choice(row, "tenure", (*tenures, BOTH)),
        ask.texts(row, "needs"),
    )  # fmt: skip
    for need in found.needs:
        known(row, "needs", need, NEEDS)
    ask.close(row)
    return found


def _tolerance(row: ask.Row) -> Tolerance:
    found = Tolerance(
        ask.number(row, "share", low=0, high=1), ask.number(row, "overlap_m2", low=0), ask.number(row, "largest_mu", low=1),
        text_of(row, "note"), source_of(row), confidence_of(row),
    )  # fmt: skip
    ask.close(row)
    return found
