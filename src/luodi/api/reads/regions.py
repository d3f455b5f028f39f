"""The province: projects added up, the registry of zones on a day, what a zone can offer, zones side by side, chains."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import files, reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape, Short, Slug
from luodi.desk.region import comparing, sums, telling, zone_views
from luodi.desk.region import views as pages
from luodi.desk.region.asked import asked
from luodi.desk.region.compare_views import check, chosen_of
from luodi.desk.region.offering import Offer, offer
from luodi.domain.regions import published
from luodi.domain.regions.resources import Item, items
from luodi.zones import profiles, readers
from luodi.zones.profiles import Entered
from luodi.zones.readers import ZoneRow

TAG = "regions"
PDF = "application/pdf"
Day = Annotated[str | None, Query(max_length=10, description="A day such as 2025-12-31; nothing: today")]
Yuan = Annotated[int, Field(description="Whole yuan")]


class RegionSum(Shape):
    """Projects under one heading.  `known`: how many of them have an amount; `stages`: how many stand in each."""

    key: str
    name: Words
    projects: int
    invested: Yuan
    known: int
    stages: dict[str, int]


class Spread(Shape):
    """How values lie: how many, the middle one, the middle half (null for few), the least and the most."""

    count: int
    median: float
    low: float | None
    high: float | None
    least: int
    most: int


class RegionSums(Shape):
    """The projects that were asked for, by stage, city and industry.  `started`: calendar days from signing to the start."""

    on: date
    projects: int
    invested: Yuan
    started: Spread | None
    stages: list[RegionSum]
    cities: list[RegionSum]
    industries: list[RegionSum]


class RegionZone(Shape):
    """A zone as it stood on the day.  `approved`: year and month, "" where no source says; `area`: km² as it was read."""

    id: str
    name: Words
    kind: str
    level: str
    city: str
    parent: str | None
    checked: bool = Field(description="Whether the name was seen in a source")
    industries: list[Words]
    area: str
    area_about: Words | None
    approved: str
    source: str


class PublishedCount(Shape):
    """How many zones a source says there were, and of which kinds where it tells them apart."""

    on: date
    said: Words
    zones: int
    kinds: dict[str, int]
    source: str


class Registry(Shape):
    """The registry on a day, and the count published by then.  `later`: zones that were approved only afterwards."""

    on: date
    published: PublishedCount | None
    zones: list[RegionZone]
    later: list[RegionZone]


class ProfileLine(Shape):
    """A line of a resource profile, in force from its day.  `value`: digits in `unit`; "": a text, which is in `about`."""

    id: int
    item: str
    name: Words
    unit: Words | None
    value: str
    about: str
    on: date
    gone: bool
    basis: str
    source: str
    at: datetime
    by: str


class ReadyLand(Shape):
    """Parcels that can be supplied (`mu`) and floor that stands empty (`vacant`, m²)."""

    parcels: int
    mu: float
    buildings: int
    vacant: float
    sample: bool


class ZoneOffer(Shape):
    """What a zone can offer.  `promised`: calendar days from signing, by the milestone that plans look to."""

    zone: RegionZone
    parks: list[str]
    profile: list[ProfileLine]
    ready: ReadyLand
    promised: dict[str, Spread]
    started: Spread | None
    projects: int
    contact: Words | None
    sample: bool
    on: date


class ComparedCell(Shape):
    """What stands in a cell, and the small line under it."""

    text: Words
    line: Words | None


class ComparedRow(Shape):
    """A figure of every zone, in the order of `zones`."""

    group: Words
    name: Words
    cells: list[ComparedCell]


class Compared(Shape):
    """Zones of one class side by side."""

    on: date
    zones: list[str]
    rows: list[ComparedRow]


@reads(TAG, "/region", "zone.read", RegionSums)
def region_sums(
    request: SignedIn, on: Day = None, stage: Short = None, city: Short = None, zone: Short = None, kind: Short = None,
    industry: Short = None, q: Short = None,
) -> dict[str, object]:  # fmt: skip
    """The projects in reach by stage, city and industry, as they stood on a day.  Three queries."""
    found = pages.pipeline(request)
    return {
        "on": found.asked.on, "projects": found.projects, "invested": found.invested, "started": found.started,
        "stages": sums.by_stage(found.rows, telling.stages()), "cities": sums.by_city(found.rows, found.zones),
        "industries": sums.by_industry(found.rows),
    }  # fmt: skip


@reads(TAG, "/region/zones", "zone.read", Registry)
def region_zones(request: SignedIn, on: Day = None, kind: Short = None, city: Short = None) -> dict[str, object]:
    """The registry on a day, with the count that was published by then.  One query."""
    found = pages.registered(request)
    day = found.asked.on
    return {
        "on": day, "published": published.published(day), "zones": [_zone(one) for one in found.rows],
        "later": [_zone(one) for one in found.later],
    }  # fmt: skip


@reads(TAG, "/region/zones/{slug:zone}", "zone.read", ZoneOffer)
def region_zone(request: SignedIn, zone: Slug, on: Day = None) -> dict[str, object]:
    """All that a zone can offer on a day.  Ten queries."""
    return _offered(offer(zone_views.seen(request, zone), asked(request).on, request.as_of))


@files(TAG, "/region/zones/{slug:zone}/offer.pdf", "zone.read", PDF)
def region_offer(request: SignedIn, zone: Slug, on: Day = None) -> HttpResponse:
    """The offer sheet of a zone, two printed pages.  Nine queries."""
    return zone_views.offer_pdf(request, zone)  # type: ignore[return-value]  # the page's own answer


@reads(TAG, "/region/zones/{slug:zone}/profile", "zone.read", list[ProfileLine])
def region_profile(request: SignedIn, zone: Slug) -> list[dict[str, object]]:
    """Every line ever entered for a zone, the newest first, 200 at most.  Two queries."""
    row = zone_views.seen(request, zone)
    known = items().items
    return [_line(known[one.item], one) for one in profiles.history(row.id, as_of=request.as_of) if one.item in known]


@reads(TAG, "/region/compare", "zone.read", Compared)
def region_compare(
    request: SignedIn, zone: Annotated[list[Slug], Query(max_length=20)], on: Day = None
) -> dict[str, object]:
    """Up to four zones of one class side by side; others are refused with a sentence.  Eleven queries at most."""
    chosen, day = chosen_of(request, readers.zones()), asked(request).on
    check(chosen)
    rows = comparing.rows(chosen, day, request.now, request.as_of) if chosen else ()
    return {"on": day, "zones": [one.id for one in chosen], "rows": rows}


def _zone(row: ZoneRow) -> dict[str, object]:
    of = published.known().get(row.id, published.NOTHING)
    same = ("id", "name", "kind", "level", "city", "parent", "checked", "source")
    return {name: getattr(row, name) for name in same} | {
        name: getattr(of, name) for name in ("industries", "area", "area_about", "approved")
    }


def _offered(one: Offer) -> dict[str, object]:
    same = ("ready", "promised", "started", "projects", "sample", "on")
    return {name: getattr(one, name) for name in same} | {
        "zone": _zone(one.zone), "parks": [park.id for park in one.parks],
        "profile": [_line(item, line) for group in one.groups for item, line in group.lines],
        "contact": one.contact.name if one.contact else None,
    }  # fmt: skip


def _line(item: Item, one: Entered) -> dict[str, object]:
    same = ("id", "item", "about", "on", "gone", "basis", "source", "at", "by")
    value = "" if one.value is None else f"{one.value.normalize():f}"
    return {name: getattr(one, name) for name in same} | {"name": item.name, "unit": item.unit, "value": value}
