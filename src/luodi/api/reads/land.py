"""Land: parcels, what stands against supplying them, batches, land that stands idle, buildings with their vacancy."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, require
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Numbered, Page, Said, Shape, Short
from luodi.desk.land import telling
from luodi.domain.land.overlays import Effect
from luodi.domain.vocabulary import Refusal
from luodi.land import batches, idling, readers
from luodi.land.siting import level

TAG = "land"
Next = Annotated[int | None, Query(ge=1, le=2**53 - 1)]
State = Annotated[Literal["raw", "net", "listed", "supplied", "delivered"] | None, Query()]
Tenure = Annotated[Literal["transferred", "allocated"] | None, Query()]


class Parcel(Shape):
    """A parcel.  `mu`: measured on the ellipsoid; `seq`: the revision, which acts on it must name."""

    id: int
    zone: str
    number: str
    name: Words
    state: str
    tenure: str
    use: str
    mu: float
    project: str
    seq: int
    at: datetime
    sample: bool


class Over(Shape):
    """Something that lies over a parcel, what it does, and by which paper since when; `holds`: it counts."""

    layer: str
    kind: str
    effect: str
    share: float
    holds: bool
    words: Words
    document: str
    on: date


class Following(Shape):
    """A step open to a parcel, and everything that still stands against it."""

    to: str
    name: Words
    against: list[Words]


class WholeParcel(Shape):
    """A parcel with what lies over it and what may follow."""

    id: int
    seq: int
    zone: str
    number: str
    name: Words
    state: str
    tenure: str
    use: str
    mu: float
    project: str
    proofs: dict[str, date]
    rings: list[list[list[tuple[float, float]]]] = Field(description="Polygons, rings, corners: CGCS2000 degrees")
    over: list[Over]
    steps: list[Following]


class Listed(Shape):
    """A parcel of a batch as it stands now."""

    parcel: int
    number: str
    state: str
    mu: float
    project: str


class Batch(Shape):
    """Parcels announced and listed together."""

    id: int
    zone: str
    name: str
    announced: date
    starts: date
    ends: date
    paper: str
    members: list[Listed]


class Idle(Shape):
    """A delivered parcel on which no works have begun; `since`: null where the day of delivery is not recorded."""

    parcel: int
    number: str
    zone: str
    project: str
    since: date | None
    years: int | None


class Building(Shape):
    """A standard plant or incubator, in m²."""

    id: int
    parcel: int
    parcel_number: str
    number: str
    name: Words
    kind: str
    floor_area: float
    vacant: float


@reads(TAG, "/parcels", "land.read", Page[Parcel], dated=False)
def parcels(
    request: SignedIn, state: State = None, tenure: Tenure = None, zone: Short = None, q: Said = None, after: Next = None,
    limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """Parcels within reach, sold and allocated land apart where asked.  One query."""
    rows = readers.listed(
        request.acting.reach, state=state or "", tenure=tenure or "", zone=zone or "", words=q or "", after=after or 0,
        limit=limit + 1,
    )  # fmt: skip
    return {"rows": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}


@reads(TAG, "/parcels/{int:parcel}", "land.read", WholeParcel)
def parcel(request: SignedIn, parcel: Numbered) -> dict[str, object]:
    """One parcel, as it stands or stood, with what lies over it and what may follow.  Five queries."""
    found = readers.parcel(parcel, request.as_of)
    if found is None:
        raise Refusal("api_not_found")
    one = found.parcel
    require(request.acting, "land.read", zone=one.zone)
    on = timezone.localdate(request.as_of or request.now)
    about = telling.about(one, on, level(one.zone), {}, request.as_of)
    names = ("zone", "number", "name", "state", "tenure", "use", "mu", "project")
    return {name: getattr(one, name) for name in names} | {
        "id": found.id, "seq": found.seq, "proofs": {key: proof.on for key, proof in one.proofs.items()},
        "rings": one.boundary.polygons, "over": [_over(each) for each in about.effects],
        "steps": [{"to": step.to, "name": step.name, "against": list(step.against)} for step in about.steps],
    }  # fmt: skip


@reads(TAG, "/batches", "land.read", list[Batch], dated=False)
def listed_batches(request: SignedIn, limit: Few = 50) -> object:
    """Batches within reach, the newest first.  Two queries."""
    return batches.batches(request.acting.reach, limit=limit)


@reads(TAG, "/idle-land", "land.read", list[Idle], dated=False)
def idle(request: SignedIn) -> object:
    """Delivered parcels without a start of works, those that wait longest first.  Two queries."""
    found = idling.idling(request.acting.reach, timezone.localdate(request.now))
    return [
        {"parcel": one.row.id, "number": one.row.parcel.number, "zone": one.row.parcel.zone,
         "project": one.row.parcel.project, "since": one.since, "years": one.years}
        for one in found
    ]  # fmt: skip


@reads(TAG, "/buildings", "land.read", list[Building], dated=False)
def buildings(request: SignedIn) -> object:
    """Standard plants and incubators within reach, the most vacant first.  One query."""
    return readers.buildings(request.acting.reach)


def _over(one: Effect) -> dict[str, object]:
    return {
        "layer": one.rule.layer, "kind": one.rule.id, "effect": one.rule.effect, "share": one.share, "holds": one.holds,
        "words": one.words, "document": one.overlay.document, "on": one.overlay.on,
    }  # fmt: skip
