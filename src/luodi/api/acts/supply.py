"""What is entered about supply: money granted to a project and drawn, and utility nodes with what they can give."""

from decimal import Decimal
from typing import Annotated, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Numbered, Slug
from luodi.desk.supplying.reaching import project_of
from luodi.domain.factors.placing import place
from luodi.domain.vocabulary import Refusal, Text
from luodi.factors import funding, placing, readers, reserving
from luodi.zones import readers as zones

TAG = "factors"
Written = Annotated[str, Field(max_length=80)]
Wan = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2, description="万元")]


class TranchePart(BaseModel, extra="forbid"):
    """A tranche: how much, from when it may be drawn, and on what condition."""

    amount: Wan
    planned: Day | None = None
    condition: Line = ""


class MoneyGranted(BaseModel, extra="forbid"):
    """Money granted to a project, in its tranches."""

    kind: Literal["loan", "bond", "subsidy", "fund"]
    name: Line
    lender: Line
    parts: list[TranchePart] = Field(min_length=1, max_length=20)
    document: Line


class MoneyDrawn(BaseModel, extra="forbid"):
    """What was drawn of a tranche.  `done`: per cent of the works done by then."""

    amount: Wan
    on: Day
    done: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)] | None = None
    document: Line


class NodeOpened(BaseModel, extra="forbid"):
    """A utility node.  `capacity`: with its unit, such as `360 MVA`; `ready`: the day from which it can give.

    `place`: longitude and latitude (CGCS2000), such as `112.55, 37.87`; empty: not said.
    """

    zone: Word
    code: Annotated[str, Field(max_length=48)]
    kind: Word
    name: Line
    capacity: Annotated[str, Field(min_length=1, max_length=40)]
    document: Line
    ready: Day | None = None
    place: Written = ""


class NodePlaced(BaseModel, extra="forbid"):
    """Where a node stands: longitude and latitude (CGCS2000), such as `112.55, 37.87`, and the paper it is read from."""

    place: Annotated[str, Field(min_length=1, max_length=80)]
    document: Line


@doors.acts(TAG, "/projects/{slug:slug}/funding", "factor.write", Made)
def grant_money(request: SignedIn, slug: Slug, sent: MoneyGranted) -> dict[str, int]:
    """Enter money granted to a project."""
    project = project_of(request, slug, "factor.write")
    parts = [funding.Part(one.amount, one.planned, one.condition) for one in sent.parts]
    made = funding.grant(
        project=project, kind=sent.kind, name=sent.name, lender=sent.lender, parts=parts, document=sent.document,
        by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/factors/tranches/{int:tranche}/draw", "factor.write", Made)
def draw_money(request: SignedIn, tranche: Numbered, sent: MoneyDrawn) -> dict[str, int]:
    """Enter what was drawn of a tranche; never more than it holds."""
    place = funding.zone_of_tranche(tranche)
    if place is None:
        raise Http404(_("No such tranche"))
    project_of(request, place[1], "factor.write")
    made = funding.draw(
        tranche=tranche, amount=sent.amount, on=sent.on, done=sent.done, document=sent.document, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/factors/nodes", "factor.write", Made)
def open_node(request: SignedIn, sent: NodeOpened) -> dict[str, int]:
    """Enter a utility node with its capacity."""
    if zones.zone(sent.zone) is None:
        raise Refusal("node_zone", field="zone")
    require(request.acting, "factor.write", zone=sent.zone)
    made = reserving.open_node(
        zone=sent.zone, code=sent.code, kind=sent.kind, name=Text(sent.name, sent.name), capacity=sent.capacity,
        document=sent.document, ready=sent.ready, place=place(sent.place), by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/factors/nodes/{int:node}/place", "factor.write", Happened)
def place_node(request: SignedIn, node: Numbered, sent: NodePlaced) -> dict[str, bool]:
    """Say where a utility node stands, or correct that."""
    row = readers.node(node)
    if row is None:
        raise Refusal("api_not_found")
    require(request.acting, "factor.write", zone=row.zone)
    where = place(sent.place)
    if where is None:
        raise Refusal("node_place", field="place", value=sent.place[:40])
    placing.place_node(
        node=node, place=where, document=sent.document, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"done": True}
