"""Questions to the resource profiles of zones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from luodi.zones.models import Resource

COLUMNS = ("id", "zone_id", "item", "value", "about", "on", "gone", "basis", "source", "at", "by")


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of a profile.  `value` None: a text, which stands in `about`.  `gone`: from that day on it no longer holds."""

    id: int
    zone: str
    item: str
    value: Decimal | None
    about: str
    on: date
    gone: bool
    basis: str  # article | zone | sample
    source: str
    at: datetime
    by: str

    @property
    def figure(self) -> str:
        """The value without idle zeros; "" for a text."""
        return "" if self.value is None else f"{self.value.normalize():,f}"


def profiles(zones: Collection[str], on: date, as_of: datetime | None = None) -> dict[str, dict[str, Entered]]:
    """Zone -> item -> the line in force on a day, as it was known at a moment where one is given.  One query."""
    rows = Resource.objects.filter(zone__in=zones, on__lte=on)
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    found: dict[str, dict[str, Entered]] = {zone: {} for zone in zones}
    for one in (Entered(*row) for row in rows.order_by("on", "id").values_list(*COLUMNS)):
        found[one.zone][one.item] = one
    return {zone: {item: one for item, one in lines.items() if not one.gone} for zone, lines in found.items()}


def history(zone: str, limit: int = 200, as_of: datetime | None = None) -> tuple[Entered, ...]:
    """Every line ever entered for a zone, by a moment where one is given; the newest first.  One query."""
    rows = Resource.objects.filter(zone=zone).order_by("-on", "-id")
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    return tuple(Entered(*row) for row in rows.values_list(*COLUMNS)[:limit])


def entered(zones: Collection[str] | None = None, as_of: datetime | None = None) -> dict[str, int]:
    """Zone -> how many lines were entered for it (by a moment); those of `zones`, or all that have any.  One query."""
    rows = Resource.objects.order_by("zone")
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    if zones is not None:
        rows = rows.filter(zone__in=zones)
    found: dict[str, int] = {}
    for zone in rows.values_list("zone_id", flat=True):
        found[zone] = found.get(zone, 0) + 1
    return found
