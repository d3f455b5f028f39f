"""The province at a glance: its projects by stage, city and industry, and the registry of its zones on a day."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.region import sums, telling
from luodi.desk.region.asked import Asked, asked, sift, within
from luodi.domain.regions import published
from luodi.domain.regions.comparing import MOST, Spread, spread
from luodi.projects import then
from luodi.projects.outlines import Sift, Summed
from luodi.zones import profiles, readers
from luodi.zones.readers import ZoneRow
from luodi.zones.registry import registry


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What the province's page counts."""

    asked: Asked
    zones: dict[str, ZoneRow]
    rows: tuple[Summed, ...]
    started: Spread | None

    @property
    def projects(self) -> int:
        """How many projects."""
        return sum(one.projects for one in self.rows)

    @property
    def invested(self) -> int:
        """Their investment in yuan."""
        return sum(one.invested for one in self.rows)


def pipeline(request: SignedIn) -> Pipeline:
    """The projects that the address asks for, added up.  Three queries, whatever their number; seven of the past."""
    one, as_of = asked(request), request.as_of
    rows = readers.zones()
    zones = within(one, rows, request.acting.reach)
    spans = then.spans(Sift(one.on, zones=zones), "signed", "construction_start", as_of)
    return Pipeline(
        one, {row.id: row for row in rows}, then.summed(sift(one, zones), as_of), spread([days for _, days in spans])
    )


@require_GET
@needs("zone.read")
def region(request: SignedIn) -> HttpResponse:
    """The projects in reach by stage, city and industry, with a schematic of the cities.  Three queries."""
    found = pipeline(request)
    cities = sums.by_city(found.rows, found.zones)
    held = [row for row in found.zones.values() if request.acting.reach is None or row.id in request.acting.reach]
    context = {
        "found": found,
        "filters": found.asked,
        "stages": sums.by_stage(found.rows, telling.stages()),
        "cities": cities,
        "industries": sums.by_industry(found.rows),
        "circles": sums.circles(cities, held),
        "published": published.published(found.asked.on),
        "whole": request.acting.reach is None,
        "registered": sum(1 for row in found.zones.values() if row.parent is None),
        "kinds": registry().kinds,
        "names": telling.stages(),
        "telling": telling,
        "sums": sums,
        "place": "region",
    }
    return render(request, "region/region.html", context)


@dataclass(frozen=True, slots=True)
class Registered:
    """The registry on a day: what stood then (`kept`), what of it the filters leave, and what was approved later."""

    asked: Asked
    kept: tuple[ZoneRow, ...]
    rows: tuple[ZoneRow, ...]
    later: tuple[ZoneRow, ...]


def registered(request: SignedIn) -> Registered:
    """The registry on the day of the address.  One query."""
    one, known = asked(request), published.known()
    everything = readers.zones(one.on)
    kept = tuple(row for row in everything if published.stood(known.get(row.id, published.NOTHING), one.on))
    rows = (row for row in kept if (not one.kind or row.kind == one.kind) and (not one.city or one.city in row.city))
    stood, by_id = {row.id for row in kept}, {row.id: row for row in everything}

    def place(row: ZoneRow) -> tuple[bool, str, str, bool, str]:
        """Checked names first, by city; a park behind its zone."""
        head = by_id.get(row.parent or "", row)
        return (not head.checked, head.city, head.id, row.parent is not None, row.id)

    return Registered(
        one, kept, tuple(sorted(rows, key=place)), tuple(row for row in everything if row.id not in stood)
    )


def context_of(request: SignedIn, found: Registered) -> dict[str, object]:
    """What the page of the registry shows."""
    main = [row for row in found.kept if row.parent is None]
    return {
        "filters": found.asked,
        "rows": found.rows,
        "later": found.later,
        "known": published.known(),
        "nothing": published.NOTHING,
        "published": published.published(found.asked.on),
        "counts": published.counts(),
        "named": sum(row.checked for row in main),
        "unchecked": sum(not row.checked for row in main),
        "kinds": registry().kinds,
        "levels": registry().levels,
        "profiles": profiles.entered(as_of=request.as_of),
        "reach": request.acting.reach,
        "most": MOST,
        "place": "region",
    }


@require_GET
@needs("zone.read")
def zones(request: SignedIn) -> HttpResponse:
    """The registry on a day (`?on=`), with the published count beside what can be named.  Two queries."""
    return render(request, "region/zones.html", context_of(request, registered(request)))
