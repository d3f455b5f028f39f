"""Rates as they are printed, and what a printed figure may have been: every rounding is an interval.

A published share and a published amount give a total only within their rounding; two such totals agree where their
intervals meet.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luodi.domain.vocabulary import Refusal


def percent(part: Decimal, whole: Decimal, places: int = 2) -> Decimal | None:
    """`part` of `whole` in per cent, halves rounded up; None of nothing."""
    if whole == 0:
        return None
    exact = Fraction(part) * 100 / Fraction(whole)
    return rounded(exact, places)


def rounded(value: Fraction, places: int) -> Decimal:
    """An exact value with so many decimals, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    size = Decimal(whole).scaleb(-places)
    return -size if value < 0 else size


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two, the lower one included."""

    low: Fraction
    high: Fraction

    def __contains__(self, value: Fraction) -> bool:
        return self.low <= value < self.high

    def meet(self, other: "Interval") -> "Interval | None":
        """What both allow; None where they disagree."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low < high else None

    def plus(self, other: "Interval") -> "Interval":
        """What the sum of two may be."""
        return Interval(self.low + other.low, self.high + other.high)

    def over(self, other: "Interval") -> "Interval":
        """What this divided by another, both above zero, may be.  Raises `Refusal` where the other may be nothing."""
        if other.low <= 0:
            raise Refusal("figure_share_of_nothing")
        return Interval(self.low / other.high, self.high / other.low)

    def times(self, factor: int) -> "Interval":
        """Both ends so many times as large."""
        return Interval(self.low * factor, self.high * factor)

    def said(self, places: int = 2) -> tuple[Decimal, Decimal]:
        """Both ends, rounded outwards so that nothing possible is left out."""
        scale = 10**places
        low = Decimal(self.low.numerator * scale // self.low.denominator).scaleb(-places)
        high = Decimal(-(-self.high.numerator * scale // self.high.denominator)).scaleb(-places)
        return low, high


def printed(figure: str) -> Interval:
    """What a figure may have been before it was rounded to the digits printed: `1.8` is 1.75 up to 1.85."""
    value = Decimal(figure)
    exponent = value.as_tuple().exponent
    half = Fraction(1, 2) * Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return Interval(Fraction(value) - half, Fraction(value) + half)


def whole_of(part: str, share: str) -> Interval:
    """The total of which a printed amount is a printed share in per cent."""
    return printed(part).times(100).over(printed(share))


def rate_of(part: str, whole: str) -> Interval:
    """The rate in per cent that two printed amounts allow."""
    return printed(part).times(100).over(printed(whole))
