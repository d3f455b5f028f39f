"""What can be done with a project: record it, open and dispatch its matters, decide its offered plans, find a relic."""

from typing import Annotated, Literal

from django.db import transaction
from ninja import Path
from pydantic import BaseModel, Field

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Done, Long
from luodi.api.problems import Words
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.cases import actions as cases
from luodi.desk.owing import halt_views
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.domain.written import text
from luodi.leads import adopting
from luodi.plans import actions as plans
from luodi.plans.readers import offers
from luodi.projects import actions, readers
from luodi.zones import readers as zones

TAG = "projects"

Matter = Annotated[str, Field(pattern="^[a-z0-9_]{1,64}$")]


class Record(BaseModel, extra="forbid"):
    """A project file.  `applicant`: number of an organisation; what is null stays as it is."""

    document: str = Field(max_length=200_000, description="YAML, as `luodi` reads it")
    zone: str | None = Field(default=None, max_length=32)
    applicant: Number | None = None
    live: bool | None = None


class Recorded(Shape):
    """Whether it is new, and its digest."""

    slug: str
    created: bool
    digest: str


class Opening(BaseModel, extra="forbid"):
    """One matter to apply for."""

    matter: Matter


class Dispatching(BaseModel, extra="forbid"):
    """The matters to be dispatched; null: every one whose turn it is."""

    matters: list[Matter] | None = Field(default=None, max_length=200)


class OwnDone(BaseModel, extra="forbid"):
    """When the enterprise's own matter was done, and the evidence."""

    matter: Matter
    on: Day
    note: Long


class Opened(Shape):
    """A case that was opened, and with whom."""

    case: int
    matter: str
    number: str
    organisation: Words


class Waiting(Shape):
    """A matter that was not opened, and why."""

    matter: str
    needs: list[str]
    why: Words


class Dispatched(Shape):
    """What one act of dispatching did."""

    opened: list[Opened]
    waiting: list[Waiting]
    entry: str
    moved_days: int
    repeated: bool


class Reason(BaseModel, extra="forbid"):
    """Why an offered plan is sent back; not asked for where it is accepted."""

    reason: str = Field(default="", max_length=500)


class Decided(Shape):
    """The offer and what became of it."""

    offer: int
    state: str


class Find(BaseModel, extra="forbid"):
    """What was found on the site."""

    found: Long
    kind: str = Field(default="heritage", max_length=64)


class Made(Shape):
    """The number of what was made."""

    id: int


class Happened(Shape):
    """That it was done."""

    done: Literal[True] = True


@doors.acts(TAG, "/projects/{slug:slug}", "project.record", Recorded, method="PUT")
def record_project(request: SignedIn, slug: Slug, sent: Record) -> dict[str, object]:
    """Record a project file, or a new text of one already recorded.  Some ten queries."""
    known = readers.project(slug)
    if known is not None:
        found(request, slug, "project.record")
    zone = sent.zone if sent.zone is not None else known.zone if known else request.acting.zone
    if sent.zone is not None or known is None:
        require(request.acting, "project.record", zone=zone)
        if zones.zone(zone) is None:
            raise Refusal("zone_unknown_here", zone=zone)
    if sent.applicant is not None and people.organisation(sent.applicant) is None:
        raise Refusal("choice_missing", field="applicant")
    with transaction.atomic():
        made = actions.record_project(
            slug=slug, document=sent.document, sample=known.sample if known else False, by=request.acting, at=request.now,
            zone=zone, applicant=sent.applicant, live=sent.live, key=doors.key(request),
        )  # fmt: skip
        adopting.follow_project(project=slug, at=request.now)
    now = readers.project(slug)
    return {"slug": slug, "created": made, "digest": now.digest if now else ""}


@doors.acts(TAG, "/projects/{slug:slug}/cases", "case.open", Done)
def open_case(request: SignedIn, slug: Slug, sent: Opening) -> object:
    """Hand in the application for one matter."""
    found(request, slug, "case.open")
    return cases.open_case(
        project=slug, matter=sent.matter, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip


@doors.acts(TAG, "/projects/{slug:slug}/dispatch", "case.dispatch", Dispatched)
def dispatch(request: SignedIn, slug: Slug, sent: Dispatching) -> object:
    """Open, in one act, every matter that may begin now, each with whoever may decide it."""
    found(request, slug, "case.dispatch")
    return cases.dispatch(
        project=slug, matters=sent.matters, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip


@doors.acts(TAG, "/projects/{slug:slug}/done", "case.open", Done)
def record_done(request: SignedIn, slug: Slug, sent: OwnDone) -> object:
    """Record that a matter of the enterprise's own is done."""
    found(request, slug, "case.open")
    return cases.record_done(
        project=slug, matter=sent.matter, on=sent.on, note=sent.note, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip


def decided(
    request: SignedIn, slug: Slug, offer: Numbered, verb: Annotated[Literal["accept", "reject"], Path()], sent: Reason
) -> dict[str, object]:
    """Accept an offered plan, or send it back with a reason."""
    found(request, slug, "plan.decide")
    if all(one.id != offer for one in offers(slug)):
        raise Refusal("offer_unknown", offer=offer)
    key = doors.key(request)
    if verb == "accept":
        plans.accept(offer=offer, by=request.acting, at=request.now, key=key)
    else:
        reason = text(sent.reason, "reason", longest=500)
        plans.reject(offer=offer, reason=reason, by=request.acting, at=request.now, key=key)
    return {"offer": offer, "state": "accepted" if verb == "accept" else "rejected"}


decided.__name__ = "decide_offer"
doors.acts(TAG, "/projects/{slug:slug}/offers/{int:offer}/{str:verb}", "plan.decide", Decided)(decided)


@doors.acts(TAG, "/projects/{slug:slug}/halts", "halt.order", Made)
def find_relic(request: SignedIn, slug: Slug, sent: Find) -> dict[str, object]:
    """Something was found on the site; works stop."""
    project = found(request, slug, "halt.read")
    require(
        request.acting, "halt.order", zone=project.zone,
        project_posts=halt_views.team_of(request, slug),
    )  # fmt: skip
    halt = cases.find(
        project=slug, found=sent.found, kind=sent.kind, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"id": halt}
