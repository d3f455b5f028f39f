"""Investment by size of project: what was done in a month's table, class by class, with the projects behind each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from luodi.domain.indicators.periods import Month
from luodi.domain.indicators.rounding import percent
from luodi.domain.indicators.sizes import Row, Sized, sizes, table
from luodi.indicators import readers
from luodi.projects import outlines, then
from luodi.zones.readers import subtree

YI = 100_000_000
"""Yuan in 亿元."""
DONE, INDUSTRIAL = "project_invested", "industrial_investment"


@dataclass(frozen=True, slots=True)
class Invested:
    """A project with its total investment and what was done since January, 亿元."""

    project: outlines.Reached
    total: Decimal
    done: Decimal
    sample: bool


@dataclass(frozen=True, slots=True)
class SizeTable:
    """The classes with their projects.  `industrial`: the zones' industrial investment, `share` of it in per cent."""

    rows: tuple[Row, ...]
    projects: tuple[Invested, ...]
    done: Decimal
    industrial: Decimal | None
    share: Decimal | None


def size_table(zones: Collection[str], month: Month, today: date, as_of: datetime | None = None) -> SizeTable:
    """The table of zones with their parks, whose industrial investment is counted with the zone.  Two queries; then four."""
    within = {part for zone in zones for part in subtree(zone)}
    kept = readers.newest(zones=within, periods=[str(month)], indicators=(DONE, INDUSTRIAL), as_of=as_of)
    amounts = {one.project: one for one in kept if one.indicator == DONE}
    found = []
    for one in then.reached(outlines.Sift(today, zones=within, live=None), as_of):
        figure = amounts.get(one.slug)
        if figure is not None and figure.amount is not None and one.invested is not None:
            found.append(Invested(one, Decimal(one.invested) / YI, figure.amount, figure.sample))
    rows = table([Sized(one.total, one.done) for one in found], sizes().classes)
    done = sum((one.done for one in found), Decimal(0))
    entered = [
        one.amount for one in kept if one.indicator == INDUSTRIAL and one.zone in zones and one.amount is not None
    ]
    industrial = sum(entered, Decimal(0)) if entered else None
    share = percent(done, industrial, 1) if industrial else None
    return SizeTable(rows, tuple(sorted(found, key=lambda one: (-one.total, one.project.id))), done, industrial, share)
