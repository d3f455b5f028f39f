"""What follows a broken commitment: a ladder climbed rung by rung, each by the decision of a person, and the articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_or_none
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, Refusal, Source, Text

FILE = "debts/ladder.yaml"
WHEN = ("before", "after", "limit")
NEEDS = ("reason", "told", "heard", "limit")


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung, numbered from 1.  `when`: before or after the commitment is due, or after the limit of the order to put
    right.  `needs`: what the decision must have: reason, told (in writing), heard, limit.  `repairs`: credit repair
    may be asked for afterwards.
    """

    number: int
    id: str
    name: Text
    when: str
    decides: Text
    needs: tuple[str, ...]
    repairs: bool
    note: Text | None
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Penalty:
    """What the law of a matter says about acting without approval; luodi names it and decides nothing."""

    law: str
    article: str
    text: Text
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of a person to climb: who, why, whether the party was told in writing and heard, and until when
    it may put things right.
    """

    person: str
    reason: str = ""
    told: bool = False
    heard: bool = False
    limit: date | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """All of `ladder.yaml`."""

    rungs: tuple[Rung, ...]
    penalties: Mapping[str, tuple[Penalty, ...]]


@cache
def breach_rules() -> Ladder:
    """The ladder and the penalties as shipped."""
    return read_table(FILE, read_ladder)


def ladder() -> tuple[Rung, ...]:
    """The rungs from the lowest."""
    return breach_rules().rungs


def next_rung(rung: int) -> Rung | None:
    """The rung above `rung` (0: none was taken yet); None at the top."""
    rungs = ladder()
    return rungs[rung] if rung < len(rungs) else None


def breached(due: date, today: date, *, broken: bool) -> date:
    """The day after which the ladder may be climbed: the due day, or yesterday where a check found it `broken` before that."""
    return min(due, today - timedelta(days=1)) if broken else due


def penalties(matter: str) -> tuple[Penalty, ...]:
    """The articles that apply to a matter; empty where none was found."""
    return breach_rules().penalties.get(matter, ())


def climb(rung: int, to: int, *, decision: Decision, due: date, today: date, limit: date | None) -> Rung:
    """The rung that a decision reaches.  `rung`: the one reached so far (0: none); `limit`: of an earlier order.

    No rung is skipped, save the reminder once the day has passed.  Raises `Refusal`: `ladder_at_top`,
    `rung_out_of_order`, `rung_too_early`, `rung_too_late`, `decision_needs_person`, `decision_needs_reason`,
    `party_not_told`, `party_not_heard`, `order_needs_limit`.
    """
    rungs = ladder()
    above = next_rung(rung)
    if above is None:
        raise Refusal("ladder_at_top")
    if above.when == "before" and today > due and to == above.number + 1:
        above = rungs[above.number]
    if to != above.number:
        raise Refusal("rung_out_of_order", rung=above.name)
    _check_day(above, due, today, limit)
    _check_decision(above, decision, today)
    return above


def _check_day(rung: Rung, due: date, today: date, limit: date | None) -> None:
    if rung.when == "before" and today > due:
        raise Refusal("rung_too_late", rung=rung.name, due=due)
    earliest = due if rung.when == "after" else limit or due
    if rung.when != "before" and today <= earliest:
        raise Refusal("rung_too_early", rung=rung.name, day=earliest)


def _check_decision(rung: Rung, decision: Decision, today: date) -> None:
    if not decision.person.strip():
        raise Refusal("decision_needs_person", rung=rung.name)
    if "reason" in rung.needs and not decision.reason.strip():
        raise Refusal("decision_needs_reason", rung=rung.name)
    if "told" in rung.needs and not decision.told:
        raise Refusal("party_not_told", rung=rung.name)
    if "heard" in rung.needs and not decision.heard:
        raise Refusal("party_not_heard", rung=rung.name)
    if "limit" in rung.needs and (decision.limit is None or decision.limit <= today):
        raise Refusal("order_needs_limit", rung=rung.name)


def read_ladder(root: ask.Row) -> Ladder:
    """`ladder.yaml`."""
    source, confidence = source_of(root), confidence_of(root)
    rungs = tuple(
        _rung(number, row, source, confidence) for number, row in enumerate(ask.children(root, "rungs"), start=1)
    )
    found: dict[str, tuple[Penalty, ...]] = {}
    for row in ask.children(root, "penalties"):
        penalty = Penalty(
            ask.text(row, "law"), ask.text(row, "article"), ask.pair(row), source_of(row), confidence_of(row)
        )
        for matter in ask.texts(row, "matters"):
            found[matter] = (*found.get(matter, ()), penalty)
        ask.close(row)
    ask.close(root)
    return Ladder(rungs, MappingProxyType(found))


def _rung(number: int, row: ask.Row, source: Source, confidence: Confidence) -> Rung:
    decides = ask.child(row, "decides")
    rung = Rung(
        number,
        ask.text(row, "id"),
        ask.pair(row),
        ask.choice(row, "when", WHEN),
        ask.pair(decides),
        ask.texts(row, "needs"),
        ask.flag(row, "repairs", False),
        text_or_none(row, "note"),
        source,
        confidence,
    )
    for need in rung.needs:
        known(row, "needs", need, NEEDS)
    ask.close(decides)
    ask.close(row)
    return rung
