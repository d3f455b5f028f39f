"""Parcels for a map in the browser, in slices: their documents are handed on as text, so that 50,000 are told in a moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from luodi.domain.land import standard
from luodi.domain.land.keeping import kept
from luodi.domain.land.parcels import Parcel
from luodi.domain.land.plane import Box
from luodi.land import models
from luodi.land.readers import Zones

SIZE = 50_000
"""Parcels of a slice."""
BEGIN, BETWEEN, STATE, USE = '{"type":"Feature","geometry":', ',"properties":{', '"state":"', '"use":"'


@dataclass(frozen=True, slots=True)
class Extent:
    """How many parcels there are, the box around them (None: none), and since when the first is recorded."""

    count: int
    box: Box | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Patch:
    """A parcel on the map: its geometry as text.  `verdict`: met, short or unknown, its promise against its bars."""

    id: int
    number: str
    state: str
    use: str
    project: str
    verdict: str
    geometry: str


def extent(zones: Zones) -> Extent:
    """What a map of zones has to show.  Two queries."""
    found = _inside(zones).aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"), count=Count("id")
    )
    count = found["count"]
    first = models.Revision.objects.filter(parcel__in=_inside(zones)).aggregate(since=Min("at")) if count else {}
    box = Box(found["west"], found["south"], found["east"], found["north"]) if count else None
    return Extent(count, box, first.get("since"))


def marks(zones: Zones) -> tuple[int, ...]:
    """Where slices begin: a slice holds the parcels numbered above one mark.  One query."""
    numbers = _inside(zones).order_by("id").values_list("id", flat=True)
    return tuple(number - 1 for number in list(numbers)[::SIZE])


def patches(zones: Zones, after: int, level: Callable[[str], str], as_of: datetime | None = None) -> Iterator[Patch]:
    """The parcels of a slice, as they are or as they were at a moment; `level`: of a zone.  One query, two of the past."""
    for id_, number, zone, slug, document in _rows(_inside(zones).filter(id__gt=after).order_by("id"), as_of):
        geometry, _, told = document.removeprefix(BEGIN).partition(BETWEEN)
        verdict = kept_promise(kept(document), level(zone)) if '"promised":' in told else "unknown"
        yield Patch(id_, number, _word(told, STATE), _word(told, USE), slug or "", verdict, geometry)


def _rows(inside: "QuerySet[models.Parcel]", as_of: datetime | None) -> Iterator[tuple[int, str, str, str | None, str]]:
    if as_of is None:
        columns = ("id", "number", "zone_id", "project__slug", "document")
        yield from inside.values_list(*columns)[:SIZE]
        return
    ids = list(inside.values_list("id", flat=True)[:SIZE])
    later = models.Revision.objects.filter(parcel=OuterRef("parcel"), seq__gt=OuterRef("seq"), at__lte=as_of)
    span = Q(parcel__gte=ids[0], parcel__lte=ids[-1]) if ids else Q(pk=None)
    past = models.Revision.objects.filter(
        ~Exists(later), span, parcel__in=inside.order_by().values("id"), at__lte=as_of
    )
    yield from past.order_by("parcel").values_list(
        "parcel", "parcel__number", "parcel__zone", "parcel__project__slug", "document"
    )


def kept_promise(one: Parcel, level: str) -> str:
    """Whether what the investor promised keeps the bars of a parcel: met, short, or unknown where nothing can be compared."""
    judged = {found.verdict for found in standard.compared(one.conditions, one.promised, level)}
    return "short" if "short" in judged else "met" if "met" in judged else "unknown"


def on_projects(zones: Zones, limit: int = 500) -> dict[str, tuple[float, float]]:
    """The middle of a parcel of each project that has land, by its slug.  One query."""
    rows = _inside(zones).filter(project__isnull=False).order_by("-id")
    columns = ("project__slug", "west", "east", "south", "north")
    return {
        slug: ((west + east) / 2, (south + north) / 2)
        for slug, west, east, south, north in rows.values_list(*columns)[:limit]
    }


def _word(text: str, key: str) -> str:
    return text.partition(key)[2].partition('"')[0]


def _inside(zones: Zones) -> "QuerySet[models.Parcel]":
    found = models.Parcel.objects.filter(gone=False)
    return found if zones is None else found.filter(zone__in=zones)
