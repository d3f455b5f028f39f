"""Factors: what projects asked for, with the light of each; the life of one request; and utility nodes with what is left."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Numbered, Shape, Short
from luodi.desk.supplying.reaching import reached, seen, today_of
from luodi.domain.factors.items import guarantors, items
from luodi.domain.ledger.amounts import figure
from luodi.domain.ledger.kinds import kinds
from luodi.factors import readers
from luodi.factors.readers import NodeRow, RequestRow

TAG = "factors"
Amount = Annotated[str, Field(description="Digits in the item's or quota's unit, exact")]


class FactorRequest(Shape):
    """A request with its light today.  `late`: calendar days after it is needed; `organisation`: who answers."""

    id: int
    seq: int
    project: str
    item: str
    item_name: Words
    unit: Words
    guarantor: str
    guarantor_name: Words
    organisation: int | None
    quantity: Amount
    met: Amount
    basis: str
    state: str
    needed: date | None
    promised: date | None
    light: str = Field(description="late, blocked, soon, open, set, met or dropped")
    why: Words
    late: int
    sample: bool


class FactorStep(Shape):
    """A step of a request."""

    seq: int
    state: str
    at: datetime
    who: str
    needed: date | None
    promised: date | None
    met: Decimal
    words: str
    document: str


class FactorLife(FactorRequest):
    """A request with its steps, oldest first."""

    steps: list[FactorStep]


class UtilityNode(Shape):
    """A utility node with its capacity, what is promised and used up, and what is left."""

    id: int
    account: int
    code: str
    kind: str
    name: Words
    zone: str
    quota: str
    capacity: Amount
    promised: Amount
    used: Amount
    available: Amount
    place: tuple[float, float] | None = Field(description="Longitude and latitude, CGCS2000; null: not said")
    sample: bool


@reads(TAG, "/factors", "factor.read", list[FactorRequest])
def factors(request: SignedIn, project: Short = None, guarantor: Short = None) -> list[dict[str, object]]:
    """Requests within reach, in the order of the items.  At most three queries."""
    reach = reached(request)
    rows = readers.requests(
        zones=reach.zones, slugs=reach.slugs, project=project, guarantor=guarantor,
        today=today_of(request), as_of=request.as_of,
    )  # fmt: skip
    return [told(one) for one in rows if one.item in items()]


@reads(TAG, "/factors/{int:asked}", "factor.read", FactorLife)
def factor(request: SignedIn, asked: Numbered) -> dict[str, object]:
    """One request with its life.  Six queries."""
    row, _project = seen(request, asked)
    return told(row) | {"steps": list(readers.steps(asked, request.as_of))}


@reads(TAG, "/factors/nodes", "factor.read", list[UtilityNode])
def utility_nodes(request: SignedIn) -> list[dict[str, object]]:
    """Utility nodes of the zones in reach.  At most three queries."""
    reach = reached(request)
    zones = frozenset[str]() if reach.slugs is not None else reach.zones
    return [_node(one) for one in readers.nodes(zones=zones, as_of=request.as_of)]


def told(one: RequestRow) -> dict[str, object]:
    """A request as it is answered."""
    rule, by = items()[one.item], guarantors()[one.guarantor]
    same = ("id", "seq", "project", "item", "guarantor", "organisation", "basis", "needed", "promised", "sample")
    return {name: getattr(one, name) for name in same} | {
        "item_name": rule.name, "unit": rule.unit, "guarantor_name": by.name, "state": one.state.value,
        "quantity": f"{one.quantity:f}", "met": f"{one.met:f}", "light": one.light.mark.value, "why": one.light.why,
        "late": one.light.late,
    }  # fmt: skip


def _node(one: NodeRow) -> dict[str, object]:
    kind, sums = kinds()[one.account.quota], one.account.sums
    sizes = {"capacity": sums.inward, "promised": sums.promised, "used": sums.outward, "available": sums.available}
    told = {name: getattr(one, name) for name in ("id", "code", "kind", "name", "zone", "place", "sample")}
    return told | {"account": one.account.id, "quota": kind.id} | {
        name: figure(size, kind).replace(",", "") for name, size in sizes.items()
    }  # fmt: skip
