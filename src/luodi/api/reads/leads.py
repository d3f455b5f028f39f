"""Leads: companies before they are projects, where they stand and come from, and the life of each."""

from datetime import date
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Numbered, Page, Shape, Slug
from luodi.desk.pipeline.asked import Asked, sift
from luodi.desk.views import found
from luodi.domain.leads.lists import lists
from luodi.domain.vocabulary import Refusal
from luodi.leads import readers

TAG = "leads"
Word = Annotated[str, Field(max_length=32)]
Before = Annotated[int | None, Query(ge=1, le=2**53 - 1, description="`next` of the page before")]


class LeadFilters(BaseModel):
    """Which leads; words of `GET /leads/lists`, `none` for those where it is not recorded; nothing given: all."""

    q: str = Field("", max_length=100, description="Words to be found in company, title, code or project")
    stage: Word = ""
    status: Word = Field("open", description="open, any, or a status of the list")
    sector: Word = ""
    area: Word = ""
    region: Word = ""
    channel: Word = ""
    programme: Word = ""
    reason: Word = ""
    owner: Literal["", "mine", "none"] = Field("", description="mine: of the post that asks; none: nobody's")
    due: Literal["", "late"] = Field("", description="late: whose next step is overdue")
    landed: Literal["", "yes", "no"] = Field("", description="Whether it has become a project")


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
    same: int | None = Field(description="The lead that is the same case and is counted for it")
    seq: int = Field(description="What an act hands back, so that a stale one is refused")


class StageSum(Shape):
    """The leads of a stage: how many, their investment in whole yuan, and of how many it is known."""

    stage: str
    leads: int
    amount: int
    known: int


class Counted(Shape):
    """The leads under one word of a list (empty: not recorded), their investment in whole yuan, how many landed."""

    word: str
    leads: int
    amount: int
    landed: int


class LeadSources(Shape):
    """Where companies come from, by which way, and what became of them."""

    region: list[Counted]
    channel: list[Counted]
    programme: list[Counted]
    sector: list[Counted]
    status: list[Counted]
    reason: list[Counted]


class LeadAlike(Shape):
    """A lead that may be the same company; `lead` and `title` null where it lies beyond one's reach."""

    lead: int | None
    company: str
    title: str | None
    zone: str
    zone_name: Words
    contacted: date
    stage: str
    status: str


class LeadLists(Shape):
    """The words leads are described by, with their names."""

    channels: dict[str, Words]
    programmes: dict[str, Words]
    sectors: dict[str, Words]
    areas: dict[str, Words]
    regions: dict[str, Words]
    stages: dict[str, Words]
    statuses: dict[str, Words]
    reasons: dict[str, Words]
    skills: dict[str, Words]


@reads(TAG, "/leads", "lead.read", Page[Lead])
def leads(
    request: SignedIn, filters: Query[LeadFilters], after: Before = None, limit: Few = 50
) -> dict[str, object]:  # fmt: skip
    """Leads within reach, newest first.  One query."""
    rows = readers.listed(sifted(request, filters), before=after, limit=limit + 1, as_of=request.as_of)
    return {"rows": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}


@reads(TAG, "/leads/lists", "lead.read", LeadLists, dated=False)
def lead_lists(request: SignedIn) -> dict[str, object]:
    """The lists leads choose from.  No query."""
    known = lists()
    named = ("channels", "programmes", "sectors", "regions", "stages", "statuses")
    shown: dict[str, object] = {name: {id_: one.name for id_, one in getattr(known, name).items()} for name in named}
    return shown | {
        "areas": dict(known.areas), "skills": dict(known.skills),
        "reasons": {id_: words for id_, (words, _for) in known.reasons.items()},
    }  # fmt: skip


@reads(TAG, "/leads/alike", "lead.read", list[LeadAlike])
def leads_alike(
    request: SignedIn,
    company: Annotated[str, Query(max_length=200)],
    uscc: Annotated[str, Query(max_length=40)] = "",
) -> list[dict[str, object]]:
    """Leads of the whole province that may be the same company; of other zones only which it is.  One query."""
    return [_alike(request, one) for one in readers.alike(company, uscc, as_of=request.as_of)]


@reads(TAG, "/leads/{int:lead}", "lead.read", Lead)
def lead(request: SignedIn, lead: Numbered) -> readers.Row:
    """One lead within reach.  One query."""
    return seen(request, lead, "lead.read")


@reads(TAG, "/projects/{slug:slug}/lead", "lead.read", Lead | None, dated=False)
def lead_of_project(request: SignedIn, slug: Slug) -> readers.Row | None:
    """The lead that a project came from; null where it has none.  Three queries."""
    return readers.of_project(found(request, slug, "lead.read").slug)


@reads(TAG, "/leads/{int:lead}/alike", "lead.read", list[LeadAlike])
def lead_alike(request: SignedIn, lead: Numbered) -> list[dict[str, object]]:
    """Other leads that may be the same company; of other zones only which it is.  Two queries."""
    row = seen(request, lead, "lead.read")
    return [_alike(request, one) for one in readers.alike(row.company, row.uscc, but=row.id, as_of=request.as_of)]


@reads(TAG, "/pipeline", "lead.read", list[StageSum])
def pipeline(request: SignedIn, filters: Query[LeadFilters]) -> object:
    """The leads within reach by stage, with their sums.  One query."""
    return readers.stage_sums(sifted(request, filters), request.as_of)


@reads(TAG, "/pipeline/sources", "lead.read", LeadSources)
def lead_sources(request: SignedIn, filters: Query[LeadFilters]) -> dict[str, object]:
    """Where companies come from, by which way, and what became of them.  Six queries."""
    wanted = sifted(request, filters)
    return {name: readers.sums_by(name, wanted, request.as_of) for name in LeadSources.model_fields}


def sifted(request: SignedIn, filters: LeadFilters) -> readers.Sift:
    """The leads within reach that are asked for."""
    return sift(request, Asked(**filters.model_dump()), timezone.localdate(request.as_of or request.now))


def _alike(request: SignedIn, one: readers.Row) -> dict[str, object]:
    near = request.acting.reach is None or one.zone in request.acting.reach
    same = ("company", "zone", "zone_name", "contacted", "stage", "status")
    return {name: getattr(one, name) for name in same} | {
        "lead": one.id if near else None, "title": one.title if near else None,
    }  # fmt: skip


def seen(request: SignedIn, lead: int, function: str) -> readers.Row:
    """A lead, if the post may do this to it.  Raises `Refusal("api_not_found")`, or `OutOfReach`."""
    row = readers.lead(lead, request.as_of)
    if row is None:
        raise Refusal("api_not_found")
    require(request.acting, function, zone=row.zone)
    return row
