"""What the map in the browser asks for beside its tiles: what lies over the parcels, and projects, on a day."""

from collections.abc import Iterator
from datetime import date, datetime, time
from json import dumps

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.land import kept_land
from luodi.desk.tongue import language
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.land import layers
from luodi.domain.land.writing import geometry
from luodi.land import mosaic, readers
from luodi.projects import outlines
from luodi.zones import readers as zones

GEOJSON = "application/geo+json; charset=utf-8"


def inside(request: SignedIn, zone: str) -> frozenset[str] | None:
    """The zones a map shows: a zone with its parks, as far as they are in reach; all in reach for ""; None: the province."""
    reach = request.acting.reach
    if not zone:
        return reach
    found = zones.subtree(zone)
    return found if reach is None else found & reach


@require_GET
@needs("land.read")
def over(request: SignedIn) -> HttpResponse:
    """What lies over a zone on a day, and the projects that have land in it.  Five queries."""
    zone, day = request.GET.get("zone", "")[:64], asked_day(request) or timezone.localdate(request.as_of or request.now)
    shown = inside(request, zone)
    around = None if shown is None else {*shown, *(zones.chain(zone) if zone else ())}
    found = [*_areas(around, day, language(), request.as_of), *_projects(shown, day, language())]
    text = dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=GEOJSON)


def _areas(shown: set[str] | None, day: date, tongue: str, known_by: datetime | None) -> Iterator[dict[str, object]]:
    known = layers.rules().layers
    for one in readers.overlays_over(shown, day, known_by):
        words = f"{known[one.layer].name[tongue]} · {one.name[tongue]} · {one.document} · {one.on}"
        yield {
            "type": "Feature", "geometry": geometry(one.boundary),
            "properties": {"e": one.rule.effect, "t": words},
        }  # fmt: skip


def _projects(shown: frozenset[str] | None, day: date, tongue: str) -> Iterator[dict[str, object]]:
    places = kept_land.on_projects(shown, mosaic.version())
    for one in outlines.reached(outlines.Sift(on=day, slugs=set(places), live=None)) if places else ():
        yield {
            "type": "Feature", "geometry": {"type": "Point", "coordinates": places[one.slug]},
            "properties": {"p": one.slug, "t": one.name[tongue]},
        }  # fmt: skip


def asked_day(request: SignedIn) -> date | None:
    """The day asked for; None: today.  Raises 404 for what is no day."""
    asked = request.GET.get("day", "")
    if not asked:
        return None
    try:
        found = parse_date(asked)
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2100:
        raise Http404
    return found


def end(day: date | None) -> datetime | None:
    """The last moment of a day; None: now."""
    return None if day is None else datetime.combine(day, time.max, SHANGHAI)
