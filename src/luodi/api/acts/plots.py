"""Standard land and files of land: bars, promises, checks, buildings; parcels and layers by file, and both taken back."""

from typing import Annotated, Literal

from ninja import File, Form, UploadedFile
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.land import mine
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered, Shape
from luodi.domain.source.reading import MAX_BYTES
from luodi.land import building, conditioning, moving, overlaying, taking

TAG = "land"
DONE = {"done": True}
Figure = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Figures = Annotated[dict[Word, Figure], Field(max_length=40, description="By indicator of standard land")]
Area = Annotated[float, Field(ge=0, le=building.LARGEST, allow_inf_nan=False, description="m²")]


class ParcelFigures(BaseModel, extra="forbid"):
    """Figures of standard land, at the revision that was seen."""

    seq: Number
    values: Figures


class ParcelCheck(ParcelFigures):
    """What was measured at completion or at full production, and the paper that says so."""

    stage: Literal["completion", "production"]
    on: Day
    evidence: Line


class ParcelOut(BaseModel, extra="forbid"):
    """Why a parcel is taken out of the list; what it was stays readable."""

    seq: Number
    reason: Line


class BuildingNow(BaseModel, extra="forbid"):
    """A building as it is now; another with its number on this parcel is replaced."""

    number: Annotated[str, Field(min_length=1, max_length=64)]
    name: Line
    kind: Literal["plant", "incubator"]
    floor_area: Area
    vacant: Area


class LayerBack(BaseModel, extra="forbid"):
    """A version that was loaded in error, and why."""

    zone: Word
    layer: Word
    version: Number
    reason: Line


class ParcelsTaken(Shape):
    """What a file changed: parcels that are new, revised, the same."""

    new: int
    revised: int
    same: int


class LayerLoaded(Shape):
    """The number of the version."""

    version: int


@doors.acts(TAG, "/parcels", "land.write", ParcelsTaken)
def take_parcels(request: SignedIn, file: File[UploadedFile]) -> object:
    """Hand in parcels as GeoJSON (CGCS2000): all of the file, or every fault of it and nothing."""
    with doors.once(request):
        return taking.take(
            text=file.read(MAX_BYTES + 1), name=(file.name or "file")[:80], by=request.acting, at=request.now
        )


@doors.acts(TAG, "/parcels/{int:parcel}/conditions", "land.write", Happened)
def set_conditions(request: SignedIn, parcel: Numbered, sent: ParcelFigures) -> dict[str, bool]:
    """Set the bars of a parcel, before it is listed."""
    mine(request, parcel)
    with doors.once(request):
        conditioning.set_conditions(
            parcel=parcel, seq=sent.seq, values=sent.values, by=request.acting, at=request.now
        )  # fmt: skip
    return DONE


@doors.acts(TAG, "/parcels/{int:parcel}/promise", "land.write", Happened)
def record_investors_promise(request: SignedIn, parcel: Numbered, sent: ParcelFigures) -> dict[str, bool]:
    """Record what the investor promised for a parcel."""
    mine(request, parcel)
    with doors.once(request):
        conditioning.promise(parcel=parcel, seq=sent.seq, values=sent.values, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/parcels/{int:parcel}/check", "land.write", Happened)
def check_parcel(request: SignedIn, parcel: Numbered, sent: ParcelCheck) -> dict[str, bool]:
    """Record what was measured on a parcel; what follows a person decides."""
    mine(request, parcel)
    with doors.once(request):
        conditioning.check(
            parcel=parcel, seq=sent.seq, stage=sent.stage, on=sent.on, values=sent.values, evidence=sent.evidence,
            by=request.acting, at=request.now,
        )  # fmt: skip
    return DONE


@doors.acts(TAG, "/parcels/{int:parcel}/building", "land.write", Made)
def record_building(request: SignedIn, parcel: Numbered, sent: BuildingNow) -> dict[str, int]:
    """Record a building on a parcel, or what has changed of it."""
    mine(request, parcel)
    with doors.once(request):
        made = building.record(
            parcel=parcel, number=sent.number, name=sent.name, kind=sent.kind, floor_area=sent.floor_area,
            vacant=sent.vacant, by=request.acting, at=request.now,
        )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/parcels/{int:parcel}/take-out", "land.write", Happened)
def take_out_parcel(request: SignedIn, parcel: Numbered, sent: ParcelOut) -> dict[str, bool]:
    """Take a parcel out of the list, with the reason."""
    mine(request, parcel)
    with doors.once(request):
        moving.take_out(parcel=parcel, seq=sent.seq, reason=sent.reason, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/layers", "land.write", LayerLoaded)
def load_layer(
    request: SignedIn, zone: Form[Word], layer: Form[Word], paper: Form[Line], on: Form[Day], file: File[UploadedFile]
) -> dict[str, int]:
    """Load a version of a layer over a zone from GeoJSON: in effect from a day, whole or not at all."""
    require(request.acting, "land.write", zone=zone)
    with doors.once(request):
        made = overlaying.load(
            zone=zone, layer=layer, text=file.read(MAX_BYTES + 1), name=(file.name or "file")[:80], paper=paper, on=on,
            by=request.acting, at=request.now,
        )  # fmt: skip
    return {"version": made}


@doors.acts(TAG, "/layers/withdraw", "land.write", Happened)
def withdraw_layer(request: SignedIn, sent: LayerBack) -> dict[str, bool]:
    """Take back a version of a layer that was loaded in error; the one before counts again."""
    require(request.acting, "land.write", zone=sent.zone)
    with doors.once(request):
        overlaying.withdraw(
            zone=sent.zone, layer=sent.layer, version=sent.version, reason=sent.reason, by=request.acting,
            at=request.now,
        )  # fmt: skip
    return DONE
