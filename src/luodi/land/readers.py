"""Questions about land.  Lists make one query; a parcel with everything about it makes four."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from luodi.domain.land.keeping import kept, kept_shape
from luodi.domain.land.layers import BOUNDARY
from luodi.domain.land.overlays import Overlay, latest
from luodi.domain.land.parcels import SQUARE_METRES, Parcel
from luodi.domain.land.plane import box
from luodi.domain.vocabulary import Text
from luodi.land import models
from luodi.zones.readers import chain

Zones = Collection[str] | None
"""The zones somebody may see; None: all."""
COLUMNS = ("id", "zone_id", "number", "zh", "en", "state", "tenure", "use", "area", "project__slug", "project__zh",
           "project__en", "seq", "at", "sample")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A parcel in a list.  `mu`: measured."""

    id: int
    zone: str
    number: str
    name: Text
    state: str
    tenure: str
    use: str
    mu: float
    project: str
    project_name: Text
    seq: int
    at: datetime
    sample: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """A parcel as it is kept, and since when."""

    id: int
    seq: int
    at: datetime
    sample: bool
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Past:
    """A revision: who wrote it and by which act."""

    seq: int
    at: datetime
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class Building:
    """A building with its vacancy, in m²."""

    id: int
    parcel: int
    parcel_number: str
    number: str
    name: Text
    kind: str
    floor_area: float
    vacant: float
    sample: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a layer over a zone."""

    zone: str
    layer: str
    version: int
    on: date
    paper: str
    areas: int
    at: datetime
    sample: bool


@dataclass(frozen=True, slots=True)
class Total:
    """Parcels of a state: how many, how much land, and how much of it is allocated (划拨, not sold)."""

    state: str
    count: int
    mu: float
    allocated: float


def listed(
    zones: Zones, *, state: str = "", zone: str = "", words: str = "", tenure: str = "", after: int = 0, limit: int = 50
) -> tuple[Row, ...]:
    """A page of parcels in the order in which they were recorded, from the one after `after` on.  One query."""
    found = _sifted(zones, state, zone, words, tenure).filter(id__gt=after).order_by("id")
    return tuple(_row(*values) for values in found.values_list(*COLUMNS)[:limit])


def totals(zones: Zones, *, zone: str = "", words: str = "", tenure: str = "") -> tuple[Total, ...]:
    """How many parcels are in each state, and how much land.  One query."""
    found = (
        _sifted(zones, "", zone, words, tenure)
        .values("state")
        .annotate(count=Count("id"), size=Sum("area"), given=Sum("area", filter=Q(tenure="allocated")))
    )
    return tuple(
        Total(one["state"], one["count"], one["size"] / SQUARE_METRES, (one["given"] or 0) / SQUARE_METRES)
        for one in found
    )


def zones_with_parcels(zones: Zones) -> tuple[str, ...]:
    """The zones in which parcels are recorded.  One query."""
    return tuple(_sifted(zones, "", "", "").order_by("zone").values_list("zone_id", flat=True).distinct())


def whole(
    zones: Zones, *, state: str = "", zone: str = "", words: str = "", tenure: str = "", as_of: datetime | None = None,
    after: int = 0, limit: int = 50_000,
) -> tuple[Recorded, ...]:  # fmt: skip
    """Parcels with all that is known of them, for files, maps and siting; as they were at a moment where one is given.

    One query.  Of the past `state` cannot be asked.
    """
    found = _sifted(zones, state, zone, words, tenure).filter(id__gt=after)
    if as_of is None:
        return _whole(found, limit)
    later = models.Revision.objects.filter(parcel=OuterRef("parcel"), seq__gt=OuterRef("seq"), at__lte=as_of)
    past = models.Revision.objects.filter(~Exists(later), parcel__in=found, at__lte=as_of).order_by("parcel")
    rows = past.values_list("parcel", "seq", "at", "parcel__sample", "document")[:limit]
    return tuple(Recorded(id_, seq, at, sample, kept(document)) for id_, seq, at, sample, document in rows)


def parcel(id_: int, as_of: datetime | None = None) -> Recorded | None:
    """One parcel, as it was at a moment where one is given.  At most two queries."""
    row = models.Parcel.objects.filter(pk=id_, gone=False).first()
    if row is None or as_of is None or row.at <= as_of:
        return Recorded(row.pk, row.seq, row.at, row.sample, kept(row.document)) if row else None
    then = models.Revision.objects.filter(parcel=row, at__lte=as_of).order_by("-seq").first()
    return Recorded(row.pk, then.seq, then.at, row.sample, kept(then.document)) if then else None


def by_number(numbers: Collection[tuple[str, str]]) -> dict[tuple[str, str], Recorded]:
    """The parcels of these zones and numbers that are recorded.  One query."""
    if not numbers:
        return {}
    rows = models.Parcel.objects.filter(
        gone=False, zone__in={zone for zone, _ in numbers}, number__in={number for _, number in numbers}
    )
    found = {(one.parcel.zone, one.parcel.number): one for one in _whole(rows, 2 * len(numbers) + 1000)}
    return {key: found[key] for key in numbers if key in found}


def zone_of(id_: int) -> str:
    """The zone of a parcel, "" where there is none.  One query."""
    return models.Parcel.objects.filter(pk=id_, gone=False).values_list("zone_id", flat=True).first() or ""


def history(id_: int) -> tuple[Past, ...]:
    """The revisions of a parcel, the last first.  One query."""
    rows = models.Revision.objects.filter(parcel=id_).order_by("-seq")
    return tuple(Past(*values) for values in rows.values_list("seq", "at", "by", "what")[:100])


def overlays(parcel: Parcel, on: date, known_by: datetime | None = None) -> tuple[Overlay, ...]:
    """What lies over a parcel's zone (and what that lies in) and could touch it; `known_by`: loaded by that moment.

    One query, one kept.
    """
    return overlays_over(chain(parcel.zone), on, known_by)


def overlays_over(zones: Zones, on: date, known_by: datetime | None = None) -> tuple[Overlay, ...]:
    """The areas of every layer over zones, of the versions in effect on a day; a version without areas ends the one before.

    One query.
    """
    return _in_effect(_standing(known_by).exclude(layer=BOUNDARY), zones, on)


def boundaries(zones: Zones, on: date, known_by: datetime | None = None) -> tuple[Overlay, ...]:
    """The borders of zones in effect on a day, as the zones loaded them; `known_by`: by that moment.  One query."""
    return _in_effect(_standing(known_by).filter(layer=BOUNDARY), zones, on)


def versions(zones: Zones, as_of: datetime | None = None) -> tuple[Version, ...]:
    """The versions of layers that stand, or stood at a moment, the last in effect first.  One query."""
    rows = _standing(as_of)
    if zones is not None:
        rows = rows.filter(zone__in=zones)
    found = rows.values_list("zone_id", "layer", "version", "on", "paper", "at", "sample")
    counted = found.annotate(areas=Count("id", filter=~Q(kind=""))).order_by("-on", "zone_id", "layer", "-version")
    return tuple(
        Version(zone, layer, version, on, paper, areas, at, sample)
        for zone, layer, version, on, paper, at, sample, areas in counted[:200]
    )


def buildings(zones: Zones, *, parcel: int | None = None) -> tuple[Building, ...]:
    """Buildings of parcels, the most vacant first.  One query."""
    rows = models.Building.objects.filter(parcel__gone=False)
    if zones is not None:
        rows = rows.filter(parcel__zone__in=zones)
    if parcel is not None:
        rows = rows.filter(parcel=parcel)
    found = rows.order_by("-vacant", "id").values_list(
        "id", "parcel_id", "parcel__number", "number", "zh", "en", "kind", "floor_area", "vacant", "sample"
    )
    return tuple(Building(r[0], r[1], r[2], r[3], Text(r[4], r[5]), *r[6:]) for r in found[:500])


def near(boundary_of: Parcel, *, limit: int = 200) -> tuple[Recorded, ...]:
    """Parcels whose box meets that of a parcel widened by its own size: its surroundings, itself among them.  One query."""
    where = box(boundary_of.boundary)
    wide, tall = where.east - where.west, where.north - where.south
    rows = models.Parcel.objects.filter(
        gone=False, zone=boundary_of.zone, west__lte=where.east + wide, east__gte=where.west - wide,
        south__lte=where.north + tall, north__gte=where.south - tall,
    )  # fmt: skip
    return _whole(rows, limit)


def _standing(known_by: datetime | None) -> "QuerySet[models.Overlay]":
    """What has been loaded and not taken back, now or by a moment."""
    if known_by is None:
        return models.Overlay.objects.filter(withdrawn_at=None)
    return models.Overlay.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=known_by), at__lte=known_by)


def _in_effect(rows: "QuerySet[models.Overlay]", zones: Zones, on: date) -> tuple[Overlay, ...]:
    rows = rows.filter(on__lte=on)
    if zones is not None:
        rows = rows.filter(zone__in=zones)
    found = list(rows.order_by("id"))
    last = latest((row.zone_id, row.layer, row.on, row.version) for row in found)
    return tuple(
        Overlay(
            row.zone_id, row.layer, row.kind, Text(row.zh, row.en), kept_shape(row.geometry), row.version, row.on,
            row.until, row.paper, row.sample,
        )
        for row in found
        if row.kind and (row.zone_id, row.layer, row.on, row.version) in last
    )  # fmt: skip


def _whole(rows: "QuerySet[models.Parcel]", limit: int) -> tuple[Recorded, ...]:
    found = rows.order_by("id").values_list("id", "seq", "at", "sample", "document")
    return tuple(Recorded(id_, seq, at, sample, kept(document)) for id_, seq, at, sample, document in found[:limit])


def _sifted(zones: Zones, state: str, zone: str, words: str, tenure: str = "") -> "QuerySet[models.Parcel]":
    found = models.Parcel.objects.filter(gone=False)
    if tenure:
        found = found.filter(tenure=tenure)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if state:
        found = found.filter(state=state)
    if zone:
        found = found.filter(zone=zone)
    for word in words.split():
        found = found.filter(Q(number__icontains=word) | Q(zh__icontains=word) | Q(en__icontains=word))
    return found


def _row(
    id_: int, zone: str, number: str, zh: str, en: str, state: str, tenure: str, use: str, area: float, slug: str | None,
    project_zh: str | None, project_en: str | None, seq: int, at: datetime, sample: bool,
) -> Row:  # fmt: skip
    return Row(
        id_, zone, number, Text(zh, en), state, tenure, use, area / SQUARE_METRES, slug or "",
        Text(project_zh or "", project_en or ""), seq, at, sample,
    )  # fmt: skip
