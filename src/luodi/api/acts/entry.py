"""What is done before signing: a review opened, experts asked by limited links, opinions given, shadow tasks begun and done."""

from datetime import datetime
from typing import Annotated

from ninja import Path
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.reads.entry import Prepared
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.desk.entering.entry_acts import project_of
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.entry import experts, readers, reviewing, shadowing
from luodi.entry.experts import Issued

TAG = "entry"
DONE = {"done": True}
TaskName = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,80}$", description="`front.task`, as the fronts list it")]


class ReviewOpening(BaseModel, extra="forbid"):
    """What the units are to look at; `due` null: the usual time for an opinion."""

    subject: Long
    due: Day | None = None


class ExpertAsked(BaseModel, extra="forbid"):
    """An expert from outside, about one check of a round; the link opens until the end of the day due."""

    review: Number
    check: Word
    expert: Line
    office: Line
    due: Day


class LinkRenewed(BaseModel, extra="forbid"):
    """The last day of the new link."""

    due: Day


class LinkRevoked(BaseModel, extra="forbid"):
    """Why the link is taken back."""

    why: Line


class OpinionSent(BaseModel, extra="forbid"):
    """What the unit thinks: agree, conditions (which?) or object (what blocks?); `papers` it wants to see."""

    view: Word
    conditions: Long = ""
    blocking: Long = ""
    papers: list[Line] = Field(default_factory=list, max_length=60)
    note: Long = ""


class TaskBegun(BaseModel, extra="forbid"):
    """The day on which a shadow task was begun."""

    on: Day
    note: Long = ""


class TaskDone(TaskBegun):
    """The day on which a shadow task was done, and the paper it made."""

    paper: Line


class LinkIssued(Shape):
    """A link just made; `token` and `address` are told this once and known to nobody afterwards."""

    link: int
    token: str
    address: str
    expires: datetime


class OpinionGiven(Shape):
    """Its place among the opinions of the unit (1: the first)."""

    seq: int


@doors.acts(TAG, "/projects/{slug:slug}/entry", "entry.write", Made)
def open_review(request: SignedIn, slug: Slug, sent: ReviewOpening) -> dict[str, int]:
    """Put the project before every unit at once."""
    project = found(request, slug, "entry.write")
    made = reviewing.open_review(
        project=project, subject=sent.subject, due=sent.due, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"id": made}


@doors.acts(TAG, "/projects/{slug:slug}/entry/experts", "entry.write", LinkIssued)
def ask_expert(request: SignedIn, slug: Slug, sent: ExpertAsked) -> dict[str, object]:
    """Ask an expert from outside about one check, by a link that opens just this question."""
    project = found(request, slug, "entry.write")
    if (readers.place_of_review(sent.review) or ("",))[0] != project.slug:
        raise Refusal("api_not_found")
    issued = experts.ask_expert(
        review=sent.review, check=sent.check, expert=sent.expert, office=sent.office, due=sent.due, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return _issued(request, issued)


@doors.acts(TAG, "/entry/asked/{int:asked}/link", "entry.write", LinkIssued)
def renew_link(request: SignedIn, asked: Numbered, sent: LinkRenewed) -> dict[str, object]:
    """Make a new link to the same question; the old ones no longer open."""
    project_of(request, readers.place_of_asked(asked), "entry.write")
    with doors.once(request):
        issued = experts.renew_link(asked=asked, due=sent.due, by=request.acting, at=request.now)
    return _issued(request, issued)


@doors.acts(TAG, "/entry/links/{int:link}/revoke", "entry.write", Happened)
def revoke_link(request: SignedIn, link: Numbered, sent: LinkRevoked) -> dict[str, bool]:
    """Take a link back at once."""
    project_of(request, readers.place_of_link(link), "entry.write")
    with doors.once(request):
        experts.revoke_link(link=link, why=sent.why, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/entry/asked/{int:asked}/opinion", "entry.opine", OpinionGiven)
def give_opinion(request: SignedIn, asked: Numbered, sent: OpinionSent) -> dict[str, int]:
    """Say what one's own unit thinks; a second opinion stands beside the first."""
    project_of(request, readers.place_of_asked(asked), "entry.read")
    require(request.acting, "entry.opine", organisation=request.acting.organisation)
    seq = reviewing.give_opinion(
        asked=asked, view=sent.view, conditions=sent.conditions, blocking=sent.blocking, papers="\n".join(sent.papers),
        note=sent.note, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"seq": seq}


@doors.acts(TAG, "/projects/{slug:slug}/fronts/{str:task}/begin", "front.write", Happened)
def begin_task(request: SignedIn, slug: Slug, task: TaskName, sent: TaskBegun) -> dict[str, bool]:
    """Begin a shadow task of one of the five fronts."""
    project = found(request, slug, "front.write")
    shadowing.begin_task(
        project=project,
        task=task,
        on=sent.on,
        note=sent.note,
        by=request.acting,
        at=request.now,
        key=doors.key(request),
    )
    return DONE


@doors.acts(TAG, "/projects/{slug:slug}/fronts/{str:task}/finish", "front.write", list[Prepared])
def finish_task(request: SignedIn, slug: Slug, task: TaskName, sent: TaskDone) -> list[dict[str, object]]:
    """Finish a shadow task with the paper it made; answers the matters that are prepared by now."""
    project = found(request, slug, "front.write")
    ready = shadowing.finish_task(
        project=project, task=task, on=sent.on, paper=sent.paper, note=sent.note, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return [{"matter": matter, "begun": begun, "done": done} for matter, (begun, done) in ready.items()]


def _issued(request: SignedIn, issued: Issued) -> dict[str, object]:
    return {
        "link": issued.link, "token": issued.token, "expires": issued.expires,
        "address": request.build_absolute_uri(f"/opinion/{issued.token}/"),
    }  # fmt: skip
