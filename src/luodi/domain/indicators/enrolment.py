"""Enrolment in statistics (入统、小升规): thresholds, the papers and which blocks which, and the rewards that follow."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "indicators/enrolment.yaml"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that enrolment needs; `needs`: papers without which it cannot be had."""

    id: str
    name: Text
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be enrolled: from `threshold` 万元 on; `near`: from here on it is watched.  `event`: what must have happened."""

    threshold: Decimal
    near: Decimal
    event: str
    papers: Mapping[str, Paper]
    confidence: Confidence
    source: Source
    papers_source: Source


@dataclass(frozen=True, slots=True)
class Rewards:
    """Yuan: for the first time, after so many whole years above scale, and per cent more for strategic emerging industries."""

    first: Decimal
    years: tuple[tuple[int, Decimal], ...]
    strategic: Decimal
    confidence: Confidence
    source: Source


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The whole file."""

    investment: Kind
    firm: Kind
    rewards: Rewards


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that is missing: `waits_for` papers that must come first (none: it can be had now), and what it `blocks`."""

    paper: Paper
    waits_for: tuple[Paper, ...]
    blocks: tuple[Paper, ...]


@cache
def enrolment() -> Enrolment:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    found = Enrolment(
        _kind(ask.child(root, "investment")), _kind(ask.child(root, "firm")), _rewards(ask.child(root, "rewards"))
    )
    ask.close(root)
    faults.settle()
    return found


def missing(papers: Mapping[str, Paper], held: Collection[str]) -> tuple[Missing, ...]:
    """The papers not yet held, those that can be had now first; each with what it waits for and what it blocks."""
    lacking = [one for one in papers.values() if one.id not in held]
    found = [
        Missing(
            one, tuple(papers[need] for need in one.needs if need not in held),
            tuple(other for other in lacking if one.id in other.needs),
        )
        for one in lacking
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: bool(one.waits_for)))


@dataclass(frozen=True, slots=True)
class Reward:
    """What a firm has earned so far, yuan: for the first time (with the addition), for the years, and together."""

    first: Decimal
    addition: Decimal
    years: Decimal

    @property
    def together(self) -> Decimal:
        """All of it."""
        return self.first + self.addition + self.years


def reward(rules: Rewards, *, years: int, strategic: bool) -> Reward:
    """What a firm earns that is above scale for the first time and has stayed so for whole `years` since."""
    addition = rules.first * rules.strategic / 100 if strategic else Decimal(0)
    stayed = sum((amount for after, amount in rules.years if years >= after), Decimal(0))
    return Reward(rules.first, addition, stayed)


def _kind(row: ask.Row) -> Kind:
    threshold = ask.whole(row, "threshold", low=0)
    rows = tuple(ask.rows(ask.child(row, "papers")))
    papers = {}
    for key, one in rows:
        needs = ask.texts(one, "needs")
        for need in needs:
            if need not in dict(rows):
                ask.unknown(row.faults, ask.line(one, "needs"), "names_nothing", need, dict(rows))
        papers[key] = Paper(key, ask.pair(one), needs)
        ask.close(one)
    source = source_of(row)
    other = ask.child_or_none(row, "papers_source")
    papers_source = Source(ask.text(other, "title"), link=ask.text(other, "link", None)) if other else source
    found = Kind(
        Decimal(threshold), Decimal(ask.whole(row, "near", threshold, low=0)), ask.text(row, "event", ""), papers,
        confidence_of(row), source, papers_source,
    )  # fmt: skip
    if other:
        ask.close(other)
    ask.close(row)
    return found


def _rewards(row: ask.Row) -> Rewards:
    years = []
    for one in ask.children(row, "years"):
        years.append((ask.whole(one, "after", low=1), Decimal(ask.whole(one, "amount", low=0))))
        ask.close(one)
    found = Rewards(
        Decimal(ask.whole(row, "first", low=0)), tuple(years), Decimal(ask.whole(row, "strategic", low=0)),
        confidence_of(row), source_of(row),
    )  # fmt: skip
    ask.close(row)
    return found
