"""Leads: companies before they are projects, where they stand, and the sums of the pipeline."""

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, require
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Numbered, Page, Said, Shape
from luodi.domain.vocabulary import Refusal
from luodi.leads import readers

TAG = "leads"
Stage = Annotated[str, Query(max_length=32, description="A stage; nothing: all")]
Status = Annotated[str, Query(max_length=32, description="open, any, or a status of the list")]
"""Not one name for both: django-ninja keeps the default with the annotation."""


class Lead(Shape):
    """A lead as it stands.  `project`: its short name once it has landed, else empty; `amount`: expected, whole yuan."""

    id: int
    zone: str
    zone_name: Words
    project: str
    company: str
    uscc: str
    title: str
    sector: str
    region: str
    channel: str
    programme: str
    amount: int | None
    contacted: date
    stage: str
    staged: date
    status: str
    reason: str
    owner: int | None
    owner_name: str
    step: str
    due: date | None
    stepper: int | None
    stepper_name: str
    source: str
    note: str
    sample: bool
    seq: int = Field(description="What an act hands back, so that a stale one is refused")


class StageSum(Shape):
    """The leads of a stage: how many, their investment in whole yuan, and of how many it is known."""

    stage: str
    leads: int
    amount: int
    known: int


@reads(TAG, "/leads", "lead.read", Page[Lead], dated=False)
def leads(
    request: SignedIn, q: Said = "", stage: Stage = "", status: Status = "open",
    after: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="`next` of the page before")] = None,
    limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """Leads within reach, newest first; `status` open, any, or one of the list.  One query."""
    sift = readers.Sift(zones=request.acting.reach, words=q or "", stage=stage, status=status)
    rows = readers.listed(sift, before=after, limit=limit + 1)
    return {"rows": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}


@reads(TAG, "/leads/{int:lead}", "lead.read", Lead, dated=False)
def lead(request: SignedIn, lead: Numbered) -> readers.Row:
    """One lead within reach.  One query."""
    return seen(request, lead, "lead.read")


@reads(TAG, "/pipeline", "lead.read", list[StageSum], dated=False)
def pipeline(request: SignedIn, status: Status = "open") -> object:
    """The leads within reach by stage, with their sums.  One query."""
    return readers.stage_sums(readers.Sift(zones=request.acting.reach, status=status))


def seen(request: SignedIn, lead: int, function: str) -> readers.Row:
    """A lead, if the post may do this to it.  Raises `Refusal("api_not_found")`, or `OutOfReach`."""
    row = readers.lead(lead)
    if row is None:
        raise Refusal("api_not_found")
    require(request.acting, function, zone=row.zone)
    return row
