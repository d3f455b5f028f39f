"""The ground of the maps as GeoJSON: towns, the borders of zones, and the utility nodes with what is promised on them."""

from collections.abc import Iterator
from datetime import datetime
from json import dumps

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.land import atlas_data
from luodi.desk.land.ground import Station
from luodi.desk.quota.telling import digits
from luodi.desk.quota.telling import kind as quota_of
from luodi.desk.tongue import language
from luodi.domain.factors.items import node_kinds
from luodi.domain.land.overlays import Overlay
from luodi.domain.land.writing import geometry
from luodi.domain.regions.resources import settlements
from luodi.domain.vocabulary import Text
from luodi.factors import readers as factors
from luodi.land import readers
from luodi.zones import readers as zones

MOST, NAMED = 200, 3
"""Nodes on a map, and how many of those to whom something is promised are named on hover."""
TOLD = Text(
    "{kind} {name} · 容量 {size} {unit} · 已承诺 {promised} · 剩余 {left}",
    "{kind} {name} · capacity {size} {unit} · promised {promised} · left {left}",
)


@require_GET
@needs("land.read")
def base(request: SignedIn) -> HttpResponse:
    """What lies beneath the parcels of a zone (`zone`, `day`).  Eight queries at most."""
    zone = request.GET.get("zone", "")[:64]
    shown, moment = atlas_data.inside(request, zone), atlas_data.end(atlas_data.asked_day(request)) or request.as_of
    found = [
        *_towns(language()),
        *_borders(borders(zone, shown, moment or request.now, request.as_of), language()),
        *_nodes(stations(shown, moment, language())),
    ]
    text = dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=atlas_data.GEOJSON)


def borders(
    zone: str, shown: frozenset[str] | None, moment: datetime, known_by: datetime | None
) -> tuple[Overlay, ...]:
    """The borders in effect of the zones shown, and of what a zone lies in.  One query, and one kept."""
    around = None if shown is None else {*shown, *(zones.chain(zone) if zone else ())}
    return readers.boundaries(around, timezone.localdate(moment), known_by)


def stations(shown: frozenset[str] | None, as_of: datetime | None, language: str) -> tuple[Station, ...]:
    """The nodes whose place is known, with their figures, today or at a moment.  Four queries; six of the past."""
    rows = [row for row in factors.nodes(zones=shown, as_of=as_of) if row.place is not None][:MOST]
    held, found = factors.promised_on_all(rows, as_of), []
    for row in rows:
        if row.place is None:
            continue
        quota, sums = row.account.quota, row.account.sums
        words = TOLD[language].format(
            kind=node_kinds()[row.kind].name[language], name=row.name[language], size=digits(sums.inward, quota),
            unit=quota_of(quota).unit[language], promised=digits(sums.promised, quota), left=digits(sums.available, quota),
        )  # fmt: skip
        whose = [f"{one.name[language]} {digits(one.amount, quota)}" for one in held.get(row.account.id, ())[:NAMED]]
        words += (" → " + "; ".join(whose)) if whose else ""
        found.append(Station(row.place, row.name[language], words, f"{reverse('factor_nodes')}#node-{row.id}"))
    return tuple(found)


def _towns(language: str) -> Iterator[dict[str, object]]:
    for one in settlements().places:
        yield _point((one.lon, one.lat), name=one.name[language], kind="city" if one.city else "county")


def _borders(found: tuple[Overlay, ...], language: str) -> Iterator[dict[str, object]]:
    for one in found:
        name = f"{one.name[language]} · {one.document} · {one.on}"
        yield {
            "type": "Feature", "geometry": geometry(one.boundary),
            "properties": {"name": name, "zone": one.zone, "kind": "boundary"},
        }  # fmt: skip


def _nodes(found: tuple[Station, ...]) -> Iterator[dict[str, object]]:
    for one in found:
        yield _point(one.place, name=one.name, kind="node", told=one.why, href=one.href)


def _point(place: tuple[float, float], **properties: str) -> dict[str, object]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": properties}
