"""Months and years that figures are about: `2026-08` is January to August for a sum of the year, August for a state."""

import re
from dataclasses import dataclass
from datetime import date

from luodi.domain.vocabulary import Refusal

MONTH, YEAR = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])"), re.compile(r"20[0-9]{2}")
WRITTEN = re.compile(r"(20[0-9]{2})\s*(?:[-/.年])\s*(?:1\s*[-—~～至]\s*)?(0?[1-9]|1[0-2])\s*月?")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    @property
    def year_before(self) -> "Month":
        """The same month of the year before."""
        return Month(self.year - 1, self.number)


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def month(written: str, field: str = "period") -> Month:
    """A month as officers write it: `2026-08`, `2026年8月`, `2026年1-8月`.  Raises `Refusal` beside `field`."""
    found = WRITTEN.fullmatch(written.strip()[:30])
    if found is None:
        raise Refusal("figure_month_unreadable", field=field, value=written.strip()[:30])
    return Month(int(found[1]), int(found[2]))


def period(written: str, field: str = "period") -> str:
    """A month or, for a target, a year (`2026`, `2026年`), as it is kept.  Raises `Refusal` beside `field`."""
    return _plain(written) if is_year(written) else str(month(written, field))


def is_year(written: str) -> bool:
    """Whether a year stands alone, as for a target."""
    return bool(YEAR.fullmatch(_plain(written)))


def _plain(written: str) -> str:
    return written.strip().removesuffix("度").removesuffix("年").strip()
