"""What a map of zones has to show: how much there is and where, and what stood in the documents at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from luodi.domain.land import standard
from luodi.domain.land.parcels import Parcel
from luodi.domain.land.plane import Box
from luodi.land import models
from luodi.land.readers import Zones

BEGIN, BETWEEN, STATE, USE = '{"type":"Feature","geometry":', ',"properties":{', '"state":"', '"use":"'
"""A document is read as text, so that 50,000 are read in a moment."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How many parcels there are, the box around them (None: none), and since when the first is recorded."""

    count: int
    box: Box | None
    since: datetime | None


def extent(zones: Zones) -> Extent:
    """What a map of zones has to show.  Two queries."""
    found = of_zones(zones).aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"), count=Count("id")
    )
    count = found["count"]
    first = models.Revision.objects.filter(parcel__in=of_zones(zones)).aggregate(since=Min("at")) if count else {}
    box = Box(found["west"], found["south"], found["east"], found["north"]) if count else None
    return Extent(count, box, first.get("since"))


def stood(zones: Zones, as_of: datetime) -> Iterator[tuple[int, int, str, str, str]]:
    """The revisions in force at a moment: their key, the parcel, its number and zone, the document.  One query."""
    later = models.Revision.objects.filter(parcel=OuterRef("parcel"), seq__gt=OuterRef("seq"), at__lte=as_of)
    past = models.Revision.objects.filter(~Exists(later), parcel__in=of_zones(zones), at__lte=as_of)
    yield from past.order_by("parcel").values_list("pk", "parcel", "parcel__number", "parcel__zone", "document")


def kept_promise(one: Parcel, level: str) -> str:
    """Whether what the investor promised keeps the bars of a parcel: met, short, or unknown where nothing can be compared."""
    judged = {found.verdict for found in standard.compared(one.conditions, one.promised, level)}
    return "short" if "short" in judged else "met" if "met" in judged else "unknown"


def on_projects(zones: Zones, limit: int = 500) -> dict[str, tuple[float, float]]:
    """The middle of a parcel of each project that has land, by its slug.  One query."""
    rows = of_zones(zones).filter(project__isnull=False).order_by("-id")
    columns = ("project__slug", "west", "east", "south", "north")
    return {
        slug: ((west + east) / 2, (south + north) / 2)
        for slug, west, east, south, north in rows.values_list(*columns)[:limit]
    }


def word(text: str, key: str) -> str:
    """The word that follows a key in the text of a document."""
    return text.partition(key)[2].partition('"')[0]


def of_zones(zones: Zones) -> "QuerySet[models.Parcel]":
    """The parcels of zones.  A query when it is read."""
    found = models.Parcel.objects.filter(gone=False)
    return found if zones is None else found.filter(zone__in=zones)
