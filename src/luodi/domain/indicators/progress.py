"""How a figure stands: against the part of its yearly target that is due (序时进度), against last month and last year."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luodi.domain.indicators.rounding import percent, rounded


@dataclass(frozen=True, slots=True)
class Pace:
    """Progress against time.

    `ratio`: done ÷ (annual target × months ÷ 12), in per cent; `light`: green, amber or red by the thresholds given;
    `a_month`: what each month left must bring to reach the target (None: no month is left, or it is reached).
    """

    done: Decimal
    target: Decimal
    months: int
    due: Decimal
    ratio: Decimal
    light: str
    a_month: Decimal | None


def pace(done: Decimal, target: Decimal, months: int, *, green: Decimal, amber: Decimal) -> Pace | None:
    """The pace of a sum of the year up to the end of a month (1 to 12); None without a target above zero."""
    if target <= 0:
        return None
    due = Fraction(target) * months / 12
    exact = Fraction(done) * 100 / due
    light = "green" if exact >= green else "amber" if exact >= amber else "red"
    left = Fraction(target) - Fraction(done)
    a_month = rounded(left / (12 - months), 2) if months < 12 and left > 0 else None
    return Pace(done, target, months, rounded(due, 2), rounded(exact, 1), light, a_month)


@dataclass(frozen=True, slots=True)
class Change:
    """From an earlier figure to this one: `by` in the figure's unit, `growth` in per cent (None of zero or below)."""

    before: Decimal
    by: Decimal
    growth: Decimal | None


def change(now: Decimal | None, before: Decimal | None) -> Change | None:
    """The change between two figures; None where one is not known."""
    if now is None or before is None:
        return None
    growth = percent(now - before, before, 1) if before > 0 else None
    return Change(before, now - before, growth)


def own_month(so_far: Decimal | None, before: Decimal | None, number: int) -> Decimal | None:
    """What the month alone brought, of a sum of the year; in January that is the sum itself."""
    if so_far is None or number == 1:
        return so_far
    return None if before is None else so_far - before
