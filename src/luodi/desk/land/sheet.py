"""The map as a drawing of the server: for paper, and where no map can be drawn; of any number of parcels."""

from collections import defaultdict
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.land import atlas_data, base_data, ground, kept_land, picture, quilt, telling
from luodi.desk.tongue import language
from luodi.domain.land.plane import Box, box
from luodi.domain.vocabulary import Text
from luodi.land import mosaic, readers
from luodi.land.siting import level
from luodi.zones import readers as zones

WAYS = ("state", "intensity", "vacancy")
MOST = 1000
"""Parcels each of which opens its page; where there are more, they are drawn together."""
LABEL = Text("地块图", "Map of parcels")


@require_GET
@needs("land.read")
def picture_file(request: SignedIn) -> HttpResponse:
    """The drawing by itself (`zone`, `by`, `day`), for the print of a map in the browser.  As `drawn`."""
    zone, by = request.GET.get("zone", "")[:64], request.GET.get("by", "state")
    moment = atlas_data.end(atlas_data.asked_day(request))
    found = drawn(request, zone, atlas_data.inside(request, zone), by if by in WAYS else "state", moment)
    return HttpResponse(found, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=60"})


def drawn(request: SignedIn, zone: str, inside: frozenset[str] | None, by: str, day: datetime | None = None) -> str:
    """The parcels of a zone with what lies beneath and over them, coloured `by` one of `WAYS`; "" where there are none.

    Twelve queries, and one for 900 large parcels.
    """
    moment, tongue = day or request.as_of, language()
    version = mosaic.version()
    whole = kept_land.extent(inside, version)
    if whole.box is None:
        return ""
    now = moment or request.now
    around = None if inside is None else (*(zones.chain(zone) if zone else ()), *inside)
    veils = telling.veils(readers.overlays_over(around, timezone.localdate(now), request.as_of), tongue)
    areas = base_data.borders(zone, inside, now, request.as_of)
    marks = base_data.stations(inside, moment, tongue)
    own = tuple(box(one.boundary) for one in areas if zone and one.zone == zone)
    few = whole.count <= MOST
    patches = _patches(inside, by, moment, tongue) if few else ()
    if few and not patches:
        return ""
    land = None if few else kept_land.land(inside, moment, version)
    near = picture.widened(whole.box)
    places = (Box(*one.place, *one.place) for one in marks)
    frame = (*((whole.box,) if land else ()), *own, *(one for one in places if one.meets(near)))

    def under(sheet: picture.Ground) -> str:
        drawn_together = quilt.drawn(land, by, sheet) if land is not None else ""
        return ground.base(sheet, tongue) + drawn_together + ground.borders(areas, sheet, tongue)

    def over(sheet: picture.Ground) -> str:
        return ground.stations(marks, sheet) + ground.edge(sheet, tongue, request.now)

    return picture.draw(patches, veils, LABEL, tongue, under=under, over=over, boxes=frame)


def _patches(inside: frozenset[str] | None, by: str, moment: datetime | None, tongue: str) -> tuple[picture.Patch, ...]:
    """Every parcel by itself.  Three queries at most."""
    rows = readers.whole(inside, as_of=moment, limit=MOST)
    vacancy = defaultdict[int, tuple[float, float]](lambda: (0.0, 0.0))
    for one in readers.buildings(inside) if by == "vacancy" else ():
        floor, vacant = vacancy[one.parcel]
        vacancy[one.parcel] = (floor + one.floor_area, vacant + one.vacant)
    levels = dict.fromkeys({row.parcel.zone for row in rows}, "")
    levels = {one: level(one) for one in levels} if by == "intensity" else levels
    return telling.patches(rows, tongue, by=by, levels=levels, vacancy=vacancy)
