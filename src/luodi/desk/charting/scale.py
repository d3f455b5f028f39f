"""Dates on paper: where a day stands on the time axis, and which days get a line and a label."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ZOOMS = ("month", "week", "day")
DAY_WIDTH = {"month": 0.85, "week": 5.0, "day": 18.0}  # pixels a day needs at least, to stay readable
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis from `first` to `last`.  `fluid`: positions in per cent, so that the page may stretch the drawing."""

    first: date
    last: date
    left: float
    width: float
    fluid: bool

    def at(self, day: date) -> float:
        """The position of the start of `day`, as a share of the axis (0..1)."""
        return (day - self.first).days / max(1, (self.last - self.first).days)

    def x(self, day: date) -> str:
        """The position of `day` as an SVG length."""
        return f"{self.at(day) * 100:.3f}%" if self.fluid else f"{self.left + self.at(day) * self.width:.2f}"

    def length(self, start: date, finish: date) -> str:
        """The length from `start` to `finish` as an SVG length; a same-day bar keeps three pixels."""
        share = self.at(finish) - self.at(start)
        if share <= 0:
            return "3"
        return f"{share * 100:.3f}%" if self.fluid else f"{max(3.0, share * self.width):.2f}"


def window(first: date, last: date) -> tuple[date, date]:
    """The days to show: a little before the first bar, and room for the last bar's figure."""
    days = max(14, (last - first).days)
    return first - timedelta(days=max(2, days // 60)), last + timedelta(days=max(6, days // 9))


def months(scale: Scale) -> Iterator[date]:
    """The first of every month on the axis."""
    day = scale.first.replace(day=1)
    while day <= scale.last:
        if day >= scale.first:
            yield day
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def weeks(scale: Scale) -> Iterator[date]:
    """Every Monday on the axis."""
    day = scale.first + timedelta(days=-scale.first.weekday() % 7)
    while day <= scale.last:
        yield day
        day += timedelta(days=7)


def days(scale: Scale) -> Iterator[date]:
    """Every day on the axis."""
    for number in range((scale.last - scale.first).days):
        yield scale.first + timedelta(days=number)


def month_name(day: date, language: str) -> str:
    """`4月` or `Apr`."""
    return MONTHS[day.month - 1] if language.startswith("en") else f"{day.month}月"
