"""Recording zones and delegating powers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.models import Organisation
from luodi.domain import written
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import actions as journal
from luodi.zones.models import Power, Zone
from luodi.zones.readers import ZoneRow, forget

CHAIN = "zones"


@transaction.atomic
def record_zone(*, zone: ZoneRow, by: Acting, at: datetime) -> bool:
    """Record a zone or park, or what the registry now says of it; True where anything is new.

    A change of type ends one period and begins another: the earlier one stays readable in the record.
    """
    values = {
        "zh": zone.name.zh, "en": zone.name.en, "kind": zone.kind, "city": zone.city, "level": zone.level,
        "parent_id": zone.parent, "starts": zone.starts, "ends": zone.ends, "confidence": zone.confidence,
        "source": zone.source,
    }  # fmt: skip
    row = Zone.objects.select_for_update().filter(pk=zone.id).first()
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return False
    Zone.objects.update_or_create(pk=zone.id, defaults=values)
    forget()
    journal.append(
        chain=CHAIN, kind="zone.recorded", by=by, at=at, zone=zone.id,
        payload={"zone": zone.id, "zh": zone.name.zh, "en": zone.name.en, "kind": zone.kind, "parent": zone.parent,
                 "starts": zone.starts and zone.starts.isoformat(), "ends": zone.ends and zone.ends.isoformat(),
                 "confidence": zone.confidence, "source": zone.source},
    )  # fmt: skip
    return True


@dataclass(frozen=True, slots=True)
class Given:
    """A power to be delegated: `document` is the title and number of the paper that delegates."""

    matter: str
    organisation: int
    starts: date
    document: str
    ends: date | None = None
    category: str = ""


@transaction.atomic
def delegate(*, powers: Sequence[Given], by: Acting, at: datetime, sample: bool = False) -> tuple[int, ...]:
    """Let organisations decide matters from a day on, all of one paper in one act; the ids of the powers.

    Raises `Refusal`, and delegates nothing, where another organisation of the same zone (or the same one) may decide a
    matter in any part of that time: nobody could say who decides.  Seven queries, however many powers.
    """
    numbers = {one.organisation for one in powers}
    units = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=numbers)}
    for number in numbers - set(units):
        raise Refusal("no_such_organisation", organisation=number)
    matters = {one.matter for one in powers}
    held: list[Power] = list(Power.objects.select_related("organisation").filter(matter__in=matters))
    by_matter: dict[str, list[Power]] = {matter: [] for matter in matters}
    for power in held:
        by_matter[power.matter].append(power)
    rows = []
    for one in powers:
        unit = units[one.organisation]
        alone(one, unit, by_matter[one.matter])
        row = Power(
            matter=one.matter, organisation=unit, category=one.category, starts=one.starts, ends=one.ends,
            document=written.line(one.document, "document"), sample=sample,
        )  # fmt: skip
        by_matter[one.matter].append(row)
        rows.append(row)
    kept = Power.objects.bulk_create(rows)
    journal.append_many(chain=CHAIN, drafts=[delegated(row, by, at) for row in rows])
    return tuple(row.pk for row in kept)


def alone(one: Given, unit: Organisation, held: Sequence[Power]) -> None:
    """Refuse a power beside another of the same zone and time.

    Bureaus without a zone (province, cities) may stand side by side; there only the same organisation counts.
    """
    if one.ends is not None and one.ends < one.starts:
        raise Refusal("ends_before_start", starts=one.starts, ends=one.ends)
    for other in held:
        apart = (other.ends or date.max) < one.starts or (one.ends or date.max) < other.starts
        same = other.organisation.zone == unit.zone if unit.zone else other.organisation.pk == unit.pk
        if same and not apart:
            name = Text(other.organisation.zh, other.organisation.en)
            raise Refusal("power_already_given", matter=one.matter, organisation=name, document=other.document)


def delegated(row: Power, by: Acting, at: datetime) -> journal.Draft:
    """The entry of a delegation."""
    return journal.Draft(
        kind="power.delegated", by=by, at=at, zone=row.organisation.zone,
        payload={"matter": row.matter, "organisation": row.organisation.code, "category": row.category,
                 "starts": row.starts.isoformat(), "ends": row.ends and row.ends.isoformat(), "document": row.document},
    )  # fmt: skip


@transaction.atomic
def take_back(*, power: int, ends: date, document: str, by: Acting, at: datetime) -> None:
    """End a delegated power with a day; what was decided under it stays decided."""
    row = Power.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=power).first()
    if row is None:
        raise Refusal("no_such_power")
    if row.ends is not None and row.ends <= ends:
        raise Refusal("power_has_ended", ends=row.ends)
    if ends < row.starts:
        raise Refusal("ends_before_start", starts=row.starts, ends=ends)
    row.ends = ends
    row.save(update_fields=["ends"])
    payload = {"matter": row.matter, "organisation": row.organisation.code, "ends": ends.isoformat(),
               "document": written.line(document, "document")}  # fmt: skip
    journal.append(chain=CHAIN, kind="power.ended", by=by, at=at, zone=row.organisation.zone, payload=payload)
