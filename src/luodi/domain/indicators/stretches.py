"""A duration that names its two events, its unit and its source; and how many durations of one kind are spread.

"140 days", "37 days", "58 days" of the articles start at different events and count in different units: no number of
days is ever shown without the four.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from luodi.domain.vocabulary import Text

UNITS = {
    "calendar_days": Text("日历日", "calendar days"),
    "working_days": Text("工作日", "working days"),
    "unstated": Text("天（原文未说明单位）", "days (the source does not say which)"),
}
"""How days may be counted.  `unstated`: a published figure whose source does not say."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A duration: from which event to which, how many days, counted in what, and where it was read."""

    start_event: str
    end_event: str
    days: int
    unit: str
    source: str
    start: date | None = None
    end: date | None = None


def between(start_event: str, start: date, end_event: str, end: date, source: str) -> Stretch:
    """The calendar days between two days, the first not counted.  Negative where the second event came first."""
    return Stretch(start_event, end_event, (end - start).days, "calendar_days", source, start, end)


@dataclass(frozen=True, slots=True)
class Spread:
    """How durations of one kind are spread, in their unit.

    Quartiles by straight lines between the ordered values (the value at 1 + (n - 1) × q), as spreadsheets count them.
    """

    count: int
    least: int
    lower: Decimal
    median: Decimal
    upper: Decimal
    most: int
    mean: Decimal


def spread(days: Sequence[int]) -> Spread | None:
    """The spread of some durations; None of none."""
    if not days:
        return None
    ordered = sorted(days)
    lower, median, upper = (_at(ordered, Fraction(part, 4)) for part in (1, 2, 3))
    mean = _tenths(Fraction(sum(ordered), len(ordered)))
    return Spread(len(ordered), ordered[0], lower, median, upper, ordered[-1], mean)


def _at(ordered: Sequence[int], share: Fraction) -> Decimal:
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return _tenths(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def _tenths(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
