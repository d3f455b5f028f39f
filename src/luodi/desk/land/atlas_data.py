"""What the map in the browser asks for: parcels in slices, what lies over them, and projects, on a day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from json import dumps

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.tongue import language
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.land import layers
from luodi.domain.land.writing import geometry
from luodi.land import readers, slices
from luodi.land.siting import level
from luodi.projects import outlines
from luodi.zones import readers as zones

GEOJSON = "application/geo+json; charset=utf-8"
HEAD, TAIL = '{"type":"FeatureCollection","features":[', "]}"


def inside(request: SignedIn, zone: str) -> frozenset[str] | None:
    """The zones a map shows: a zone with its parks, as far as they are in reach; all in reach for ""; None: the province."""
    reach = request.acting.reach
    if not zone:
        return reach
    found = zones.subtree(zone)
    return found if reach is None else found & reach


@require_GET
@needs("land.read")
def parcels(request: SignedIn) -> HttpResponse:
    """A slice of the parcels of a zone (`zone`, `after`), today or at the end of a `day`.  Two queries, and one a zone."""
    zone, day = request.GET.get("zone", "")[:64], _day(request)
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Http404
    shown = inside(request, zone)
    vacancy = defaultdict[int, list[float]](lambda: [0.0, 0.0])
    for one in readers.buildings(shown):
        vacancy[one.parcel][0] += one.floor_area
        vacancy[one.parcel][1] += one.vacant
    lines = [_line(one, vacancy) for one in slices.patches(shown, int(after), cache(level), _end(day))]
    return HttpResponse(f"{HEAD}{','.join(lines)}{TAIL}", content_type=GEOJSON)


@require_GET
@needs("land.read")
def over(request: SignedIn) -> HttpResponse:
    """What lies over a zone on a day, and the projects that have land in it.  Three queries."""
    zone, day = request.GET.get("zone", "")[:64], _day(request) or timezone.localdate(request.now)
    shown = inside(request, zone)
    around = None if shown is None else {*shown, *(zones.chain(zone) if zone else ())}
    found = [*_areas(around, day, language()), *_projects(shown, day, language())]
    text = dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=GEOJSON)


def _line(one: slices.Patch, vacancy: Mapping[int, list[float]]) -> str:
    """A parcel as the map has it: short names, since there are many."""
    vacant = "none" if one.id not in vacancy else "vacant" if vacancy[one.id][1] else "full"
    utility = ',"u":"1"' if one.use == "utility" else ""
    return (
        f'{{"type":"Feature","id":{one.id},"geometry":{one.geometry},"properties":{{"s":"{one.state}","i":"{one.verdict}",'
        f'"v":"{vacant}","n":{dumps(one.number)}{utility}}}}}'
    )


def _areas(shown: set[str] | None, day: date, tongue: str) -> Iterator[dict[str, object]]:
    known = layers.rules().layers
    for one in readers.overlays_over(shown, day):
        words = f"{known[one.layer].name[tongue]} · {one.name[tongue]} · {one.document} · {one.on}"
        yield {
            "type": "Feature", "geometry": geometry(one.boundary),
            "properties": {"e": one.rule.effect, "t": words},
        }  # fmt: skip


def _projects(shown: frozenset[str] | None, day: date, tongue: str) -> Iterator[dict[str, object]]:
    places = slices.on_projects(shown)
    for one in outlines.reached(outlines.Sift(on=day, slugs=set(places), live=None)) if places else ():
        yield {
            "type": "Feature", "geometry": {"type": "Point", "coordinates": places[one.slug]},
            "properties": {"p": one.slug, "t": one.name[tongue]},
        }  # fmt: skip


def _day(request: SignedIn) -> date | None:
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


def _end(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.max, SHANGHAI)
