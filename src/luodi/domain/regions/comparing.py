"""Zones side by side: which may be compared, and a distribution instead of a mean alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from luodi.domain.vocabulary import Refusal, Text

MOST = 4
"""Zones side by side on one page."""
FEW = 4
"""Below this many values only the median and the ends are said."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: how many, the middle one, the middle half (None for few), the least and the most."""

    count: int
    median: float
    low: float | None
    high: float | None
    least: int
    most: int


def spread(values: Sequence[int]) -> Spread | None:
    """The distribution of values; None of none."""
    if not values:
        return None
    low = high = None
    if len(values) >= FEW:
        low, _, high = quantiles(values, n=4, method="inclusive")
    return Spread(len(values), float(median(values)), low, high, min(values), max(values))


def comparable(kinds: Sequence[tuple[Text, str, Text]]) -> None:
    """Refuse zones that cannot stand side by side: name, class and the words for the class of each.

    Raises `Refusal`: `compare_too_many`, `compare_other_class`.
    """
    if len(kinds) > MOST:
        raise Refusal("compare_too_many", most=MOST, count=len(kinds))
    for name, kind, words in kinds[1:]:
        if kind != kinds[0][1]:
            raise Refusal("compare_other_class", one=kinds[0][0], class_one=kinds[0][2], other=name, class_other=words)
