"""Layers by file: a new version of a layer over a zone, whole or not at all; and taking a version back."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.facts.boundary import Boundary
from luodi.domain.land import layers, plane
from luodi.domain.land.features import Feature, features
from luodi.domain.land.offset import suspected
from luodi.domain.land.writing import geometry
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.land import models
from luodi.land.readers import boundaries
from luodi.land.revising import chain, digest, once


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a file: its class, its name, and until when it counts."""

    kind: str
    name: Text
    boundary: Boundary
    until: date | None


def read_areas(text: str | bytes, name: str, layer: str, on: date) -> tuple[Area, ...]:
    """The areas of a file for a layer in effect from a day.  Raises `BadInput` with every problem of the file."""
    found, faults = _read(text, name, layer, on)
    faults.settle()
    return found


def _read(text: str | bytes, name: str, layer: str, on: date) -> tuple[tuple[Area, ...], Faults]:
    faults = Faults(name)
    found = [_area(one, layers.rules().layers[layer], on) for one in features(text, faults)]
    return tuple(one for one in found if one is not None), faults


def load(
    *, zone: str, layer: str, text: str | bytes, name: str, paper: str, on: date, by: Acting, at: datetime,
    sample: bool = False,
) -> int:  # fmt: skip
    """Put a version of a layer into effect from a day; the number of the version.

    Raises `BadInput` with every problem of the file: then nothing of it is taken; `Refusal`: `layer_unknown`, `text_missing`,
    `land_changed_meanwhile`.
    """
    if layer not in layers.rules().layers:
        raise Refusal("layer_unknown", field="layer")
    document = written.line(paper, "paper")
    areas, faults = _read(text, name, layer, on)
    if layer == layers.BOUNDARY:
        _as_before(areas, zone, on, faults)
    faults.settle()
    with once(), transaction.atomic():
        known = models.Overlay.objects.filter(zone=zone, layer=layer).aggregate(last=Max("version"))
        version = (known["last"] or 0) + 1
        found = {
            "zone_id": zone,
            "layer": layer,
            "version": version,
            "on": on,
            "paper": document,
            "at": at,
            "sample": sample,
        }
        rows = [models.Overlay(**found, place=place, **_columns(one)) for place, one in enumerate(areas)]
        models.Overlay.objects.bulk_create(rows or [models.Overlay(**found, place=0)], batch_size=500)
        payload: dict[str, Json] = {
            "layer": layer, "version": version, "on": on, "areas": len(areas), "paper": document,
            "digest": digest(text if isinstance(text, str) else text.decode()),
        }  # fmt: skip
        append(chain=chain(zone), kind="overlay.loaded", by=by, at=at, zone=zone, payload=payload)
    return version


def withdraw(*, zone: str, layer: str, version: int, reason: str, by: Acting, at: datetime) -> None:
    """Take a version back that was loaded in error: the one before counts again.  Raises `Refusal("no_such_version")`."""
    why = written.line(reason, "reason")
    with transaction.atomic():
        rows = models.Overlay.objects.filter(zone=zone, layer=layer, version=version, withdrawn_at=None)
        if not rows.update(withdrawn_at=at):
            raise Refusal("no_such_version")
        payload: dict[str, Json] = {"layer": layer, "version": version, "reason": why}
        append(chain=chain(zone), kind="overlay.withdrawn", by=by, at=at, zone=zone, payload=payload)


def _as_before(areas: Collection[Area], zone: str, on: date, faults: Faults) -> None:
    """Note areas that lie off those of the version before by just the offset of consumer maps.  One query."""
    before = boundaries((zone,), on)
    for one in areas:
        for old in before:
            if old.zone == zone and (off := suspected(one.boundary, old.boundary)) is not None:
                faults.add(None, "boundary_offset_like_consumer_map", area=one.name.zh, metres=round(off))


def _area(feature: Feature, layer: layers.Layer, on: date) -> Area | None:
    """One area; None where its shape is wrong.  Faults are noted."""
    row = feature.row
    kind = _kind(row, layer)
    rule = layer.classes[kind]
    zh = ask.text(row, "name", rule.name.zh)
    until = ask.day(row, "until", None)
    if until is None and rule.years:
        until = on.replace(year=on.year + rule.years, day=min(on.day, 28) if (on.month, on.day) == (2, 29) else on.day)
    if until is not None and until <= on:
        row.faults.add(feature.line, "overlay_ends_first", area=feature.label, until=until, on=on)
    if feature.shape is None:
        return None
    return Area(
        kind, Text(zh, ask.text(row, "name_en", rule.name.en if zh == rule.name.zh else zh)), feature.shape, until
    )


def _kind(row: ask.Row, layer: layers.Layer) -> str:
    """The class of an area, by its id or its Chinese name; where a layer has one class, it need not be said."""
    named = {one.name.zh: key for key, one in layer.classes.items()}
    said = ask.text(row, "class", "")
    if not said and len(layer.classes) == 1:
        return next(iter(layer.classes))
    return named[said] if said in named else ask.choice(row, "class", layer.classes)


def _columns(one: Area) -> dict[str, object]:
    where = plane.box(one.boundary)
    return {
        "kind": one.kind, "zh": one.name.zh, "en": one.name.en, "until": one.until,
        "geometry": json.dumps(geometry(one.boundary), separators=(",", ":")), "west": where.west, "south": where.south,
        "east": where.east, "north": where.north,
    }  # fmt: skip
