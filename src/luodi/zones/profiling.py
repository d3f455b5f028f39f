"""Entering the resource profile of a zone: one dated line at a time; what stood before stays readable."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.regions.resources import items
from luodi.domain.vocabulary import Refusal
from luodi.journal import actions as journal
from luodi.zones.actions import CHAIN
from luodi.zones.models import Resource, Zone

BASES = ("article", "zone", "sample")
GREATEST = Decimal(10) ** 13
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be entered.  `value`: as written, "" for a text; `about`: what is said of it, or the text itself."""

    item: str
    value: str
    about: str
    on: date
    source: str
    basis: str = "zone"


@transaction.atomic
def enter(*, zone: str, line: Line, by: Acting, at: datetime, key: str | None = None) -> int:
    """Enter a line of a zone's profile, valid from its day; its number.  The line that stood is replaced, not changed.

    Raises `Refusal`: `region_item_unknown`, `region_value_unreadable`, `region_value_missing`, `region_day_ahead`,
    `region_zone_unknown`, and those of texts.
    """
    item = items().items.get(line.item)
    if item is None:
        raise Refusal("region_item_unknown", field="item", item=line.item[:40])
    if item.unit is None:
        value, about = None, written.text(line.about, "about", longest=LONGEST)
    else:
        value = number(line.value)
        about = written.text(line.about, "about", longest=LONGEST, empty=True)
    row = Resource(
        zone_id=_zone(zone), item=item.id, value=value, about=" ".join(about.split()), on=_come(line.on, at),
        basis=line.basis if line.basis in BASES else "zone", source=written.line(line.source, "source"), at=at,
        by=by.label[:200],
    )  # fmt: skip
    return _kept(row, by, at, key)


@transaction.atomic
def end(*, zone: str, item: str, on: date, source: str, by: Acting, at: datetime, key: str | None = None) -> int:
    """Say that a line no longer holds from a day on.  Raises `Refusal`: `region_item_unknown`, `region_line_missing`."""
    if item not in items().items:
        raise Refusal("region_item_unknown", field="item", item=item[:40])
    if not Resource.objects.filter(zone=zone, item=item, gone=False, on__lte=on).exists():
        raise Refusal("region_line_missing", field="item", item=items().items[item].name)
    row = Resource(
        zone_id=_zone(zone), item=item, on=_come(on, at), gone=True, basis="zone",
        source=written.line(source, "source"), at=at, by=by.label[:200],
    )  # fmt: skip
    return _kept(row, by, at, key)


def number(text: str) -> Decimal:
    """A value as typed.  Raises `Refusal` beside its field."""
    typed = text.replace(",", "").replace("，", "").strip()
    if not typed:
        raise Refusal("region_value_missing", field="value")
    try:
        found = Decimal(typed)
    except InvalidOperation:
        raise Refusal("region_value_unreadable", field="value", value=text[:40]) from None
    if not found.is_finite() or not 0 <= found < GREATEST or found != round(found, 4):
        raise Refusal("region_value_unreadable", field="value", value=text[:40])
    return found


def _come(on: date, at: datetime) -> date:
    if on > day_of(at):
        raise Refusal("region_day_ahead", field="on", on=on)
    return on


def _zone(zone: str) -> str:
    if not Zone.objects.filter(pk=zone).exists():
        raise Refusal("region_zone_unknown", field="zone", zone=zone[:64])
    return zone


def _kept(row: Resource, by: Acting, at: datetime, key: str | None) -> int:
    payload: dict[str, Json] = {
        "zone": row.zone_id, "item": row.item, "value": None if row.value is None else str(row.value), "about": row.about,
        "on": row.on.isoformat(), "gone": row.gone, "basis": row.basis, "source": row.source,
    }  # fmt: skip
    entry = journal.append(
        chain=CHAIN, kind="resource.recorded", by=by, at=at, zone=row.zone_id, payload=payload, key=key
    )
    row.entry = entry.hash
    row.save(force_insert=True)
    return row.pk
