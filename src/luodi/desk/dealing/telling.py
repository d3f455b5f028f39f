"""How talks and promises are told on pages: who moved, what stands, what was promised against what came."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils import timezone

from luodi.accounts.gate import SignedIn
from luodi.dealings.readers import ClauseRow, RoundRow
from luodi.domain.dealings.authority import Offer, authority
from luodi.domain.dealings.authority import told as limit_told
from luodi.domain.dealings.kinds import SIDES, TermKind, kinds
from luodi.domain.dealings.promised import (
    FOLLOWS,
    STATES,
    found,
    late,
    masked,
    overdue,
    share,
)
from luodi.domain.dealings.terms import Change, Term, differ, said, sized, typed
from luodi.domain.vocabulary import Text
from luodi.ledgers.naming import PHASES

__all__ = (
    "DATED",
    "PHASES",
    "SIDES",
    "STATES",
    "Step",
    "all_overdue",
    "authority",
    "days_late",
    "figures_say",
    "following",
    "kind",
    "kinds",
    "light",
    "limit_told",
    "masked",
    "offered",
    "options",
    "overdue",
    "part",
    "said",
    "steps",
    "then",
    "today",
    "typed",
)
MOVED: Mapping[str, Text] = {
    "investor": Text("投资方让步", "the investor"),
    "zone": Text("开发区让步", "the zone"),
    "open": Text("看不出", "cannot be told"),
}
WHAT: Mapping[str, Text] = {
    "new": Text("新增", "new"),
    "dropped": Text("去掉", "dropped"),
    "changed": Text("变更", "changed"),
}
DATED = ("start_by", "trial_by", "first_product_by", "full_output_by", "land_by", "utilities_by")
"""Promised days: start of works, trial production, first product, full output; land and utilities."""
MARKS: Mapping[str, str] = {"open": "○", "kept": "✓", "partly": "◐", "broken": "▲", "waived": "–"}


@dataclass(frozen=True, slots=True)
class Step:
    """A round and what it changed."""

    round: RoundRow
    changes: tuple[Change, ...]

    @property
    def zone_moves(self) -> int:
        """How often the zone gave way."""
        return sum(one.moved == "zone" for one in self.changes)

    @property
    def investor_moves(self) -> int:
        """How often the investor gave way."""
        return sum(one.moved == "investor" for one in self.changes)


def today(request: SignedIn) -> date:
    """The day a page shows: today, or that of the moment it is asked for."""
    return timezone.localdate(request.as_of or request.now)


def then(request: SignedIn) -> str:
    """The end of addresses on a page that shows an earlier moment; "" on one of today."""
    return f"?{urlencode({'as_of': request.GET.get('as_of', '')})}" if request.as_of else ""


def steps(rounds: Iterable[RoundRow], ended: Collection[int]) -> tuple[Step, ...]:
    """Every round, the last first, with what it changed; after talks were withdrawn everything is new."""
    found_steps: list[Step] = []
    before: tuple[Term, ...] = ()
    for one in sorted(rounds, key=lambda row: row.number):
        found_steps.append(Step(one, differ(before, one.terms)))
        before = () if one.number in ended else one.terms
    return tuple(reversed(found_steps))


def kind(term: Term) -> TermKind:
    """The kind of a term."""
    return kinds()[term.kind]


def offered(offer: Offer) -> Text:
    """An approved offer in words."""
    if offer.size is None:
        return Text(offer.words or "—", offer.words or "—")
    return sized(offer.size, offer.kind)


def options(side: str = "") -> list[tuple[str, Text]]:
    """The kinds of term as the choices of a form: those of one side, or of both with the side before them."""
    if side:
        return [(one.id, one.name) for one in kinds().values() if one.side == side]
    return [
        (one.id, Text(f"{SIDES[one.side].zh}·{one.name.zh}", f"{SIDES[one.side].en}: {one.name.en}"))
        for one in kinds().values()
    ]


def part(row: ClauseRow) -> str:
    """What came as a share of what was promised, `96.8%`; "" where nothing can be divided."""
    came = share(row.term, row.actual) if row.actual else None
    if came is None:
        return ""
    tenths = came * 1000
    whole = (2 * tenths.numerator + tenths.denominator) // (2 * tenths.denominator)
    return f"{whole // 10}.{whole % 10}%".replace(".0%", "%")


def days_late(row: ClauseRow) -> int | None:
    """Calendar days between the promised and the real day; None where it is no day."""
    return late(row.term, row.actual) if row.actual else None


def figures_say(row: ClauseRow) -> str | None:
    """The state the figures speak for, where the officer's differs from it; else None."""
    if not row.actual or row.state not in ("kept", "partly"):
        return None
    says = found(row.term, row.actual)
    return says if says not in (None, row.state) else None


def light(row: ClauseRow, today: date) -> str:
    """The colour of a promise: seal for broken or overdue, jade for kept, amber for a part, nothing else."""
    if row.state == "broken" or overdue(row.state, row.due, today):
        return "seal"
    return {"kept": "jade", "partly": "amber"}.get(row.state, "mute")


def following(state: str) -> list[tuple[str, Text]]:
    """The states that may follow one, as the choices of a form."""
    return [(one, name) for one, name in STATES.items() if one in FOLLOWS[state]]


def all_overdue(rows: Iterable[ClauseRow], today: date) -> list[ClauseRow]:
    """The promises whose day has passed."""
    return [one for one in rows if overdue(one.state, one.due, today)]
