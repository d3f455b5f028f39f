"""A term as it was put, and the difference between two rounds: what was new, dropped, changed, and who moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.domain import written
from luodi.domain.dealings.kinds import EARLIER, LESS, TermKind, kinds
from luodi.domain.ledger import amounts
from luodi.domain.vocabulary import Refusal, Text

Key = tuple[str, str]
"""Kind and subject: what makes a term the same one in the next round."""
NEW, DROPPED, CHANGED = "new", "dropped", "changed"
INVESTOR, ZONE, OPEN = "investor", "zone", "open"
YEARS = range(1990, 2101)
WAN = "万元"


@dataclass(frozen=True, slots=True)
class Term:
    """A term: `size` in smallest units of its kind, or the day `on`, or the `words`; `subject` tells several of a kind apart.

    Beside an amount or a day, `words` are its conditions.
    """

    kind: str
    subject: str = ""
    size: int | None = None
    on: date | None = None
    words: str = ""

    @property
    def key(self) -> Key:
        """What makes it the same term in the next round."""
        return (self.kind, self.subject)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `was` None is a new term, `now` None one that was dropped.  `moved`: the side that gave way."""

    was: Term | None
    now: Term | None
    moved: str

    @property
    def what(self) -> str:
        """new, dropped or changed."""
        return NEW if self.was is None else DROPPED if self.now is None else CHANGED

    @property
    def term(self) -> Term:
        """The term as it stands, or as it last stood."""
        found = self.now or self.was
        if found is None:
            raise ValueError("a change of nothing")
        return found


def read(kind: str, subject: str, value: str, conditions: str = "", *, field: str = "value") -> Term:
    """A term as an officer writes it.  Raises `Refusal` beside `field`: an unknown kind, or a value that is none of it."""
    rule = kinds().get(kind)
    if rule is None:
        raise Refusal("dealing_kind_unknown", field=field, kind=kind[:40])
    about, words = written.line(subject, field, empty=True), written.line(conditions, field, empty=True)
    if rule.form == "text":
        return Term(kind, about, words=written.line(value, field))
    if rule.form == "date":
        return Term(kind, about, on=_day(value, field), words=words)
    return Term(kind, about, size=amounts.amount(value, rule.size, field), words=words)


def said(term: Term) -> Text:
    """What a term says: amount with its unit, day or words, in both languages."""
    if term.size is not None:
        return sized(term.size, term.kind)
    if term.on is not None:
        return Text(term.on.isoformat(), term.on.isoformat())
    return Text(term.words, term.words)


def sized(size: int, kind: str) -> Text:
    """An amount of a kind with its unit; money from 1 亿元 on in 亿元, every digit kept."""
    measure = kinds()[kind].size
    yi = 10 ** (measure.decimals + 4)
    if measure.unit.zh != WAN or size < yi:
        return amounts.said(size, measure)
    zh, en = (f"{Decimal(size) * times / yi:,f}" for times in (1, 100))
    return Text(f"{_plain(zh)}{amounts.THIN}亿元", f"{_plain(en)}{amounts.THIN}million yuan")


def typed(term: Term) -> str:
    """The term's value as it would be typed again."""
    if term.size is not None:
        return sized(term.size, term.kind).zh.replace(amounts.THIN, " ")
    return term.on.isoformat() if term.on else term.words


def differ(before: Iterable[Term], after: Iterable[Term]) -> tuple[Change, ...]:
    """What changed between two rounds, in the order of the kinds.  Applying it to the former gives the later."""
    was, now = _keyed(before), _keyed(after)
    order = {kind: place for place, kind in enumerate(kinds())}
    keys = sorted(was.keys() | now.keys(), key=lambda key: (order[key[0]], key[1]))
    return tuple(
        Change(was.get(key), now.get(key), moved(was.get(key), now.get(key)))
        for key in keys
        if was.get(key) != now.get(key)
    )


def applied(before: Iterable[Term], changes: Iterable[Change]) -> tuple[Term, ...]:
    """The terms of the former round after these changes, in the order of the kinds."""
    found = dict(_keyed(before))
    for one in changes:
        if one.now is None:
            found.pop(one.term.key, None)
        else:
            found[one.now.key] = one.now
    return ordered(found.values())


def ordered(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms in the order of the kinds, then of their subjects."""
    order = {kind: place for place, kind in enumerate(kinds())}
    return tuple(sorted(terms, key=lambda one: (order[one.kind], one.subject)))


def moved(was: Term | None, now: Term | None) -> str:
    """The side that moved: who gives more than before, or who now does without; `open` where figures do not say."""
    term = now or was
    if term is None or was == now:
        return OPEN
    rule = kinds()[term.kind]
    other = ZONE if rule.side == INVESTOR else INVESTOR
    if was is None:
        return rule.side
    if now is None:
        return other
    more = _more(rule, was, now)
    return OPEN if not more else rule.side if more > 0 else other


def _more(rule: TermKind, was: Term, now: Term) -> int:
    """Above zero where the giver gives more than before, below where less, zero where nobody can say."""
    if was.size is not None and now.size is not None:
        return (now.size - was.size) * (-1 if rule.gives == LESS else 1)
    if was.on is not None and now.on is not None and rule.gives == EARLIER:
        return (was.on - now.on).days
    return 0


def _keyed(terms: Iterable[Term]) -> Mapping[Key, Term]:
    """Terms by key.  Raises `Refusal` where one stands twice."""
    found: dict[Key, Term] = {}
    for one in terms:
        if one.key in found:
            raise Refusal("dealing_term_twice", kind=kinds()[one.kind].name, subject=one.subject)
        found[one.key] = one
    return found


def _plain(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _day(value: str, field: str) -> date:
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        raise Refusal("dealing_day_unreadable", field=field, value=value.strip()[:40]) from None
    if found.year not in YEARS:
        raise Refusal("dealing_day_unreadable", field=field, value=value.strip()[:40])
    return found
