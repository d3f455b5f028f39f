"""What projects still need: the items that follow from a form, what late ones do to a plan, and the money with its draws."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.factors import FactorRequest, told
from luodi.api.shapes import Shape, Short, Slug
from luodi.desk.supplying.board_views import Pressing, pressing
from luodi.desk.supplying.reaching import project_of, reached, today_of
from luodi.domain.factors.funding import KINDS, PACES
from luodi.domain.factors.items import items
from luodi.domain.factors.needs import Assumption, Need, needs
from luodi.factors import funding, readers
from luodi.factors.funding import FundingRow

TAG = "factors"
Wan = Annotated[Decimal, Field(description="万元")]


class Assumed(Shape):
    """A number that no form states, with its source and whether it is law, published or assumed."""

    id: str
    name: Words
    value: Decimal
    unit: Words | None
    source: str
    confidence: str


class FactorNeed(Shape):
    """A need that follows from the form: the values it came from, and the assumptions it was multiplied and divided by."""

    item: str
    name: Words
    unit: Words
    quantity: Decimal
    values: dict[str, Decimal]
    times: list[Assumed]
    over: list[Assumed]


class PlanMove(Shape):
    """A milestone that a late item moves."""

    milestone: str
    was: date
    now: date
    days: int


class FactorPressing(Shape):
    """A request that is late, blocked or due now.  `moves`: null where the plan says nothing of it; `begun`: nothing moves."""

    request: FactorRequest
    moves: list[PlanMove] | None
    begun: bool


class ProjectFactors(Shape):
    """What a project asked for, what presses, and what its form says it needs besides."""

    requests: list[FactorRequest]
    pressing: list[FactorPressing]
    needs: list[FactorNeed]


class TrancheLine(Shape):
    """A tranche and what is drawn of it."""

    id: int
    no: int
    amount: Wan
    planned: date | None
    condition: str
    drawn: Wan
    left: Wan


class DrawLine(Shape):
    """A draw.  `done`: per cent of the works done by then, as it was stated."""

    tranche: int
    amount: Wan
    on: date
    done: Decimal | None
    document: str


class FundingLine(Shape):
    """Money of a project.  `share`, `done`, `passed`: per cent drawn, of the works done, of the building time passed."""

    id: int
    project: str
    project_name: Words
    zone: str
    kind: str
    kind_name: Words
    name: str
    lender: str
    amount: Wan
    drawn: Wan
    document: str
    share: Decimal
    done: Decimal | None
    passed: Decimal | None
    pace: str
    pace_name: Words
    tranches: list[TrancheLine]
    draws: list[DrawLine]
    sample: bool


@reads(TAG, "/projects/{slug:slug}/factors", "factor.read", ProjectFactors)
def project_factors(request: SignedIn, slug: Slug) -> dict[str, object]:
    """What a project asked for, what presses, and what its form says it needs besides.  Nine queries."""
    project = project_of(request, slug)
    today = today_of(request)
    rows = tuple(one for one in readers.requests(zones=None, today=today, project=project.slug) if one.item in items())
    asked = {one.item for one in rows}
    return {
        "requests": [told(one) for one in rows], "pressing": [_pressing(one) for one in pressing(rows, today, request.as_of)],
        "needs": [_need(one) for one in needs(project.file) if one.item not in asked],
    }  # fmt: skip


@reads(TAG, "/factors/pressing", "factor.read", list[FactorPressing])
def pressing_factors(request: SignedIn) -> list[dict[str, object]]:
    """The twelve worst requests in reach, each with what it does to its plan.  Three queries, and three for each project."""
    reach, today = reached(request), today_of(request)
    rows = readers.requests(zones=reach.zones, slugs=reach.slugs, today=today, as_of=request.as_of)
    return [_pressing(one) for one in pressing(rows, today, request.as_of)]


@reads(TAG, "/factors/money", "factor.read", list[FundingLine])
def money(request: SignedIn, project: Short = None) -> list[dict[str, object]]:
    """The money of the projects in reach, with its tranches and draws.  Four queries, and two for each project."""
    reach, today = reached(request), today_of(request)
    rows = funding.fundings(zones=reach.zones, today=today, project=project or None, as_of=request.as_of)
    return [_funding(one) for one in rows if reach.slugs is None or one.project in reach.slugs]


def assumed(one: Assumption) -> dict[str, object]:
    """An assumption as it is answered."""
    same = ("id", "name", "value", "unit")
    return {name: getattr(one, name) for name in same} | {
        "source": str(one.source),
        "confidence": str(one.confidence),
    }


def _need(one: Need) -> dict[str, object]:
    rule = items()[one.item]
    return {
        "item": one.item, "name": rule.name, "unit": rule.unit, "quantity": one.quantity, "values": dict(one.values),
        "times": [assumed(each) for each in one.times], "over": [assumed(each) for each in one.over],
    }  # fmt: skip


def _pressing(one: Pressing) -> dict[str, object]:
    moves = one.effect.moves if one.effect else None
    return {"request": told(one.row), "moves": moves, "begun": bool(one.effect and one.effect.begun)}


def _funding(one: FundingRow) -> dict[str, object]:
    same = ("id", "project", "project_name", "zone", "name", "lender", "amount", "drawn", "document", "sample", "tranches",
            "draws")  # fmt: skip
    at = one.standing
    return {name: getattr(one, name) for name in same} | {
        "kind": one.kind.value, "kind_name": KINDS[one.kind], "share": at.drawn, "done": at.done, "passed": at.passed,
        "pace": at.pace.value, "pace_name": PACES[at.pace],
    }  # fmt: skip
