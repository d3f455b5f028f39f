"""Money against works: what a loan's tranches allow, what was drawn, and whether it runs ahead of the works."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luodi.domain.vocabulary import Text

AHEAD = Decimal(10)
"""Percentage points by which money may run ahead of the works before the light is amber: a choice of ours, no rule."""


class Kind(StrEnum):
    """What money it is."""

    LOAN = "loan"
    BOND = "bond"
    SUBSIDY = "subsidy"
    FUND = "fund"


KINDS = {
    Kind.LOAN: Text("政策性贷款", "Policy loan"),
    Kind.BOND: Text("专项债", "Special bond"),
    Kind.SUBSIDY: Text("财政补助", "Subsidy"),
    Kind.FUND: Text("产业基金", "Fund"),
}


class Pace(StrEnum):
    """How the money drawn stands to the works done."""

    NOTHING = "nothing"
    EVEN = "even"
    AHEAD = "ahead"
    BEHIND = "behind"
    DONE = "done"


PACES = {
    Pace.NOTHING: Text("未提款", "Nothing drawn"),
    Pace.EVEN: Text("与工程进度相称", "In step with the works"),
    Pace.AHEAD: Text("提款快于工程", "Ahead of the works"),
    Pace.BEHIND: Text("提款慢于工程", "Behind the works"),
    Pace.DONE: Text("已提完", "All drawn"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Shares in percent: drawn of the whole, works done (as the last draw stated), time passed of the building time."""

    drawn: Decimal
    done: Decimal | None
    passed: Decimal | None
    pace: Pace


def standing(
    *, amount: Decimal, drawn: Decimal, done: Decimal | None, start: date | None, finish: date | None, today: date
) -> Standing:
    """How the money drawn stands to the works: to what was stated of them, else to the time that has passed."""
    share = (drawn * 100 / amount).quantize(Decimal("0.1")) if amount else Decimal(0)
    passed = None
    if start and finish and finish > start:
        days = min(max((today - start).days, 0), (finish - start).days)
        passed = (Decimal(days) * 100 / (finish - start).days).quantize(Decimal("0.1"))
    measure = done if done is not None else passed
    return Standing(share, done, passed, _pace(share, measure))


def _pace(share: Decimal, measure: Decimal | None) -> Pace:
    if not share:
        return Pace.NOTHING
    if share >= 100:
        return Pace.DONE
    if measure is None or abs(share - measure) <= AHEAD:
        return Pace.EVEN
    return Pace.AHEAD if share > measure else Pace.BEHIND
