"""What is done to parcels: proofs, steps, batches.  Each names the revision it saw."""

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered
from luodi.domain.vocabulary import Refusal
from luodi.land import batching, moving, readers

TAG = "land"
DONE = {"done": True}


class Proved(BaseModel, extra="forbid"):
    """That something is done: an item of the checklist, a matter due before supply, or a commitment."""

    seq: Number
    what: Word
    on: Day
    evidence: Line


class ParcelMove(BaseModel, extra="forbid"):
    """A step to the next state; the days of a listing and the project where the step asks for them."""

    seq: Number
    to: Word
    on: Day
    evidence: Line
    announced: Day | None = None
    starts: Day | None = None
    ends: Day | None = None
    project: Word = ""


class Chosen(BaseModel, extra="forbid"):
    """A parcel of a batch, at the revision that was seen."""

    parcel: Number
    seq: Number


class NewBatch(BaseModel, extra="forbid"):
    """Parcels of a zone to be listed together."""

    zone: Word
    name: Line
    paper: Line
    announced: Day
    starts: Day
    ends: Day
    parcels: list[Chosen] = Field(min_length=1, max_length=batching.MOST)


@doors.acts(TAG, "/parcels/{int:parcel}/prove", "land.write", Happened)
def prove(request: SignedIn, parcel: Numbered, sent: Proved) -> dict[str, bool]:
    """Enter a proof of a parcel."""
    mine(request, parcel)
    with doors.once(request):
        moving.prove(
            parcel=parcel, seq=sent.seq, what=sent.what, on=sent.on, evidence=sent.evidence, by=request.acting,
            at=request.now,
        )  # fmt: skip
    return DONE


@doors.acts(TAG, "/parcels/{int:parcel}/move", "land.write", Happened)
def move(request: SignedIn, parcel: Numbered, sent: ParcelMove) -> dict[str, bool]:
    """Move a parcel to its next state."""
    mine(request, parcel)
    with doors.once(request):
        moving.move(
            parcel=parcel, seq=sent.seq, to=sent.to, on=sent.on, evidence=sent.evidence, announced=sent.announced,
            starts=sent.starts, ends=sent.ends, project=sent.project, by=request.acting, at=request.now,
        )  # fmt: skip
    return DONE


@doors.acts(TAG, "/batches", "land.write", Made)
def announce(request: SignedIn, sent: NewBatch) -> dict[str, int]:
    """List parcels of a zone together, all of them or none."""
    require(request.acting, "land.write", zone=sent.zone)
    with doors.once(request):
        made = batching.announce(
            zone=sent.zone, name=sent.name, parcels={one.parcel: one.seq for one in sent.parcels},
            announced=sent.announced, starts=sent.starts, ends=sent.ends, paper=sent.paper, by=request.acting,
            at=request.now,
        )  # fmt: skip
    return {"id": made}


def mine(request: SignedIn, parcel: int) -> None:
    """Refuse a parcel there is not, or that is out of reach.  One query.  Raises `Refusal`."""
    zone = readers.zone_of(parcel)
    if not zone:
        raise Refusal("api_not_found")
    require(request.acting, "land.write", zone=zone)
