"""Where land is short or fits: layers over the zones, parcels that miss their bars, sites for a project, parcels as a file."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, require
from luodi.api.doors import files, reads
from luodi.api.problems import Words
from luodi.api.reads.land import State
from luodi.api.shapes import Shape, Short, Slug
from luodi.desk.land import views
from luodi.desk.land.nodes_near import node_places
from luodi.desk.land.quota_left import land_left
from luodi.domain.clock.office import day_of
from luodi.domain.land import standard
from luodi.domain.land.siting import Candidate
from luodi.domain.land.standard import Finding
from luodi.domain.vocabulary import Refusal
from luodi.land import readers, siting
from luodi.projects import readers as projects

TAG = "land"
GEOJSON = "application/geo+json"
Wan = Annotated[float, Field(description="万元")]


class LayerVersion(Shape):
    """A version of a layer over a zone, in effect from a day; `areas`: how many it has, 0 ends the version before."""

    zone: str
    layer: str
    version: int
    on: date
    paper: str
    areas: int
    at: datetime
    sample: bool


class BarFinding(Shape):
    """A figure of a parcel beside its bar: met, short, no_bar or not_said; `own`: the bar was set for this parcel."""

    indicator: str
    name: Words
    unit: Words
    bar: float | None
    own: bool
    value: float | None
    verdict: str
    gap: float


class ShortParcel(Shape):
    """A parcel whose promise, or last check, falls short.  `stage` null: it is the promise; what follows a person decides."""

    parcel: int
    number: str
    zone: str
    project: str
    stage: str | None
    on: date | None
    short: list[BarFinding]


class SiteCandidate(Shape):
    """A parcel for a project: excluded for these reasons, or with its figures; `best`: no other beats it in everything."""

    parcel: int
    number: str
    zone: str
    name: Words
    mu: float
    reasons: list[Words]
    cost: Wan | None
    days: int | None = Field(description="Calendar days to the start of works; null: no lawful plan")
    fit: int
    distance: float | None = Field(description="Metres to what it must be connected to, added up")
    straight: bool = Field(description="Some of it is a straight line to the nearest node")
    must: list[Words]
    best: bool
    beaten_by: str


class Sites(Shape):
    """What a project looks for, and every parcel in reach: the undominated first, then those beaten, then those excluded."""

    project: str
    mu: float
    industry: str
    utilities: list[str]
    candidates: list[SiteCandidate]


@files(TAG, "/parcels.geojson", "land.read", GEOJSON)
def parcels_file(request: SignedIn, state: State = None, zone: Short = None) -> HttpResponse:
    """The parcels as GeoJSON (CGCS2000), as this file can be handed in again.  One query."""
    return views.export(request)  # type: ignore[return-value]  # the page's own answer, which reads the address


@reads(TAG, "/layers", "land.read", list[LayerVersion], dated=False)
def layers(request: SignedIn) -> object:
    """The versions of the layers over the zones in reach, the last in effect first.  One query."""
    return readers.versions(request.acting.reach)


@reads(TAG, "/low-use", "land.read", list[ShortParcel], dated=False)
def short_parcels(request: SignedIn) -> list[dict[str, object]]:
    """Parcels whose promise or last check falls short of their bars.  One query, and one for each step up from a zone."""
    levels: dict[str, str] = {}
    found = []
    for row in readers.whole(request.acting.reach):
        one = row.parcel
        if one.zone not in levels:
            levels[one.zone] = siting.level(one.zone)
        last = one.checks[-1] if one.checks else None
        judged = standard.compared(
            one.conditions, last.measured if last else one.promised, levels[one.zone], last.stage if last else None
        )
        short = [_finding(each) for each in judged if each.verdict == "short"]
        if short:
            found.append(
                {"parcel": row.id, "number": one.number, "zone": one.zone, "project": one.project,
                 "stage": last.stage if last else None, "on": last.on if last else None, "short": short}
            )  # fmt: skip
    return found


@reads(TAG, "/projects/{slug:slug}/sites", "land.read", Sites, dated=False)
def sites(
    request: SignedIn, slug: Slug,
    budget: Annotated[float | None, Query(ge=0, le=1e9, allow_inf_nan=False, description="万元 for land at most")] = None,
) -> dict[str, object]:  # fmt: skip
    """The sites that suit a project, each explained.  Six queries, and a plan for every different set of effects."""
    project = projects.project(slug)
    if project is None:
        raise Refusal("api_not_found")
    require(request.acting, "project.read", zone=project.zone)
    today = day_of(request.now)
    found = siting.candidates(
        project.file, slug=slug, reach=request.acting.reach, on=today, left=land_left(today.year), budget=budget,
        nodes=node_places(),
    )  # fmt: skip
    need = found.need
    return {
        "project": slug, "mu": need.mu, "industry": need.industry, "utilities": need.utilities,
        "candidates": [_candidate(one) for one in found.candidates],
    }  # fmt: skip


def _candidate(one: Candidate) -> dict[str, object]:
    same = ("reasons", "cost", "days", "fit", "distance", "straight", "must", "best", "beaten_by")
    parcel = one.site.parcel
    return {name: getattr(one, name) for name in same} | {
        "parcel": one.site.id, "number": parcel.number, "zone": parcel.zone, "name": parcel.name, "mu": parcel.mu,
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, object]:
    same = ("bar", "own", "value", "verdict", "gap")
    rule = one.indicator
    return {name: getattr(one, name) for name in same} | {"indicator": rule.id, "name": rule.name, "unit": rule.unit}
