"""Questions to entered figures: the newest of each, every one before it, and the events that people recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db.models import Max, Model, QuerySet
from django.db.models.functions import Length

from luodi.domain.vocabulary import Text
from luodi.indicators.models import Event, Figure

Row = TypeVar("Row", bound=Model)
COLUMNS = ("id", "zone_id", "project__slug", "project__zh", "project__en", "indicator", "period", "target", "amount",
           "source", "sample", "at", "who")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure as it was entered.  `project`: slug, "" for one of the zone; `amount` None: it was taken back."""

    id: int
    zone: str
    project: str
    project_name: Text
    indicator: str
    period: str
    target: bool
    amount: Decimal | None
    source: str
    sample: bool
    at: datetime
    who: str

    @property
    def subject(self) -> tuple[str, str, str, str, bool]:
        """What it is a figure of: the newest of the same subject holds."""
        return self.zone, self.project, self.indicator, self.period, self.target


def newest(
    *,
    zones: Collection[str],
    periods: Collection[str],
    indicators: Collection[str] | None = None,
    as_of: datetime | None = None,
) -> tuple[Kept, ...]:
    """The figures that hold, or held at a moment; those taken back left out.  One query."""
    rows = by_then(Figure.objects.filter(zone__in=list(zones), period__in=list(periods)), as_of)
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    found = {one.subject: one for one in map(_kept, rows.order_by("id").values_list(*COLUMNS))}
    return tuple(one for one in found.values() if one.amount is not None)


def revisions(
    *,
    zones: Collection[str],
    indicator: str,
    period: str,
    project: str = "",
    as_of: datetime | None = None,
    limit: int = 200,
) -> tuple[Kept, ...]:
    """Every row of an indicator for a month and for the target of its year, the newest first.  One query."""
    rows = by_then(Figure.objects.filter(zone__in=list(zones), indicator=indicator), as_of)
    rows = rows.filter(period__in=(period, period[:4]))
    if project:
        rows = rows.filter(project__slug=project)
    return tuple(map(_kept, rows.order_by("-id").values_list(*COLUMNS)[:limit]))


def latest(zone: str, project: str, indicator: str, period: str, *, target: bool) -> Kept | None:
    """The newest row of one subject, also where it was taken back.  One query."""
    rows = Figure.objects.filter(zone=zone, indicator=indicator, period=period, target=target)
    rows = rows.filter(project__slug=project) if project else rows.filter(project=None)
    row = rows.order_by("-id").values_list(*COLUMNS).first()
    return _kept(row) if row else None


def kept(number: int) -> Kept | None:
    """One row.  One query."""
    row = Figure.objects.filter(pk=number).values_list(*COLUMNS).first()
    return _kept(row) if row else None


def latest_month(zones: Collection[str] | None, as_of: datetime | None = None) -> str | None:
    """The last month for which any figure was entered.  One query."""
    rows = by_then(Figure.objects.annotate(size=Length("period")).filter(size=7, target=False), as_of)
    if zones is not None:
        rows = rows.filter(zone__in=list(zones))
    found = rows.aggregate(last=Max("period"))["last"]
    return str(found) if found else None


def events(projects: Collection[int] | None = None, as_of: datetime | None = None) -> dict[int, dict[str, date]]:
    """By project: the days of events that people recorded, the newest row of each.  One query."""
    rows = by_then(Event.objects.order_by("id"), as_of)
    if projects is not None:
        rows = rows.filter(project__in=list(projects))
    found: dict[int, dict[str, date]] = {}
    for project, event, on in rows.values_list("project_id", "event", "on"):
        found.setdefault(project, {})[event] = on
    return found


def by_then(rows: "QuerySet[Row]", as_of: datetime | None) -> "QuerySet[Row]":
    """The rows that were written by a moment; all of them where none is given."""
    return rows if as_of is None else rows.filter(at__lte=as_of)


def _kept(row: tuple[object, ...]) -> Kept:
    id_, zone, slug, zh, en, *rest = row
    return Kept(id_, zone, slug or "", Text(zh or "", en or ""), *rest)  # type: ignore[arg-type]
