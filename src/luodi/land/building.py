"""Buildings on parcels: standard plants and floors of incubators, and how much of them is vacant."""

from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.land import models
from luodi.land.revising import chain

KINDS = ("plant", "incubator")
LARGEST = 10_000_000
"""m²: beyond it somebody mixed up units."""


def record(
    *, parcel: int, number: str, name: str, kind: str, floor_area: float, vacant: float, by: Acting, at: datetime,
    en: str = "", sample: bool = False,
) -> int:  # fmt: skip
    """Record a building, or what has changed of it; its id.

    Raises `Refusal`: `no_such_parcel`, `building_kind_unknown`, `floor_area_out_of_range`, `vacancy_out_of_range`.
    """
    if kind not in KINDS:
        raise Refusal("building_kind_unknown", field="kind")
    if not 0 < floor_area <= LARGEST:
        raise Refusal("floor_area_out_of_range", field="floor_area")
    if not 0 <= vacant <= floor_area:
        raise Refusal("vacancy_out_of_range", field="vacant", floor_area=f"{floor_area:g}")
    told = {"zh": written.line(name, "name"), "en": written.line(en or name, "name"), "kind": kind}
    code = written.text(number, "number", longest=64)
    with transaction.atomic():
        owner = models.Parcel.objects.select_for_update().filter(pk=parcel, gone=False).first()
        if owner is None:
            raise Refusal("no_such_parcel")
        row, _ = models.Building.objects.update_or_create(
            parcel=owner, number=code,
            defaults={**told, "floor_area": floor_area, "vacant": vacant, "at": at, "sample": sample},
        )  # fmt: skip
        payload = {"parcel": owner.number, "building": code, "floor_area": f"{floor_area:g}", "vacant": f"{vacant:g}"}
        append(chain=chain(owner.zone_id), kind="building.recorded", by=by, at=at, zone=owner.zone_id, payload=payload)
    return row.pk
