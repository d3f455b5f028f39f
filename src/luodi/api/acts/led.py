"""What leaders, units and enterprises do beside the cases: orders, visits, campaigns, requests, ratings, powers."""

from typing import Annotated, Literal

from django.utils import timezone
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.accounts.readers import organisation
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long
from luodi.api.acts.projects import Happened, Made, Matter
from luodi.api.shapes import Number, Numbered, Slug
from luodi.cases import readers as cases
from luodi.desk.charting import answers
from luodi.domain.vocabulary import Refusal
from luodi.notices import actions as notices
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.supervision import actions, readers
from luodi.supervision.kinds import REQUESTS
from luodi.zones import actions as powers
from luodi.zones import readers as zones

TAG = "supervision"

Project = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$", description="Short name of a project")]
DONE = {"done": True}


class NewOrder(BaseModel, extra="forbid"):
    """What a meeting decided, who owes it (number of an organisation) and by when."""

    project: Project | None = None
    meeting: Line
    decision: Long
    owner: Number
    due: Day


class Evidence(BaseModel, extra="forbid"):
    """What was done about an order."""

    evidence: Long


class NewVisit(BaseModel, extra="forbid"):
    """A visit on site: the problem found, who solves it (number of an organisation), by when."""

    project: Project
    on: Day
    problem: Long = ""
    solver: Number | None = None
    due: Day | None = None


class Solved(BaseModel, extra="forbid"):
    """How the problem was solved."""

    result: Long


class NewCampaign(BaseModel, extra="forbid"):
    """A campaign with its projects."""

    zone: Annotated[str, Field(max_length=32)]
    zh: Annotated[str, Field(max_length=80)]
    en: Annotated[str, Field(max_length=160)] = ""
    goal: Long
    starts: Day
    ends: Day
    projects: list[Project] = Field(default_factory=list, max_length=200)


class NewRequest(BaseModel, extra="forbid"):
    """What an enterprise asks for: land, utilities, approval, funds, staff or other."""

    kind: Literal["land", "utilities", "approval", "funds", "staff", "other"]
    text: Long


class RequestAnswer(BaseModel, extra="forbid"):
    """An answer; `close` closes the request."""

    text: Long
    close: bool = False


class Rating(BaseModel, extra="forbid"):
    """One to five stars for a finished case."""

    case: Number
    stars: int = Field(ge=1, le=5)
    note: Long = ""


class Delegated(BaseModel, extra="forbid"):
    """A matter delegated to an organisation (its code) by a paper."""

    organisation: Annotated[str, Field(max_length=64)]
    matter: Matter
    starts: Day
    ends: Day | None = None
    document: Line


class Read(BaseModel, extra="forbid"):
    """Numbers of notices; null: all."""

    notices: list[Number] | None = Field(default=None, max_length=200)


class TakenBack(BaseModel, extra="forbid"):
    """The last day of a power, and the paper that ends it."""

    ends: Day
    document: Line


@doors.acts(TAG, "/orders", "supervision.write", Made)
def give_order(request: SignedIn, sent: NewOrder) -> dict[str, object]:
    """Give an order (督办)."""
    project = _project(sent.project) if sent.project else None
    zone = project.zone if project else request.acting.zone
    require(request.acting, "supervision.write", zone=zone)
    _organisation(sent.owner, "owner")
    order = actions.give_order(
        zone=zone, project=project.id if project else None, slug=project.slug if project else "",
        meeting=sent.meeting, decision=sent.decision, owner=sent.owner, due=sent.due, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": order}


@doors.acts(TAG, "/orders/{int:order}/prove", "supervision.read", Happened)
def prove_order(request: SignedIn, order: Numbered, sent: Evidence) -> dict[str, bool]:
    """Say what was done about an order one's unit owes."""
    with doors.once(request):
        actions.prove_order(order=order, evidence=sent.evidence, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/orders/{int:order}/close", "supervision.write", Happened)
def close_order(request: SignedIn, order: Numbered) -> dict[str, bool]:
    """Close an order; its chair alone may."""
    with doors.once(request):
        actions.close_order(order=order, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/visits", "visit.write", Made)
def note_visit(request: SignedIn, sent: NewVisit) -> dict[str, object]:
    """Record a visit on site."""
    project = _project(sent.project)
    require(request.acting, "visit.write", zone=project.zone)
    if sent.solver is not None:
        _organisation(sent.solver, "solver")
    visit = actions.note_visit(
        project=project.id, slug=project.slug, zone=project.zone, on=sent.on, problem=sent.problem,
        solver=sent.solver, due=sent.due, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": visit}


@doors.acts(TAG, "/visits/{int:visit}/solve", "supervision.read", Happened)
def solve_visit(request: SignedIn, visit: Numbered, sent: Solved) -> dict[str, bool]:
    """Say that the problem of a visit is solved, and how."""
    on = timezone.localdate(request.now)
    with doors.once(request):
        actions.solve_visit(visit=visit, result=sent.result, on=on, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/campaigns", "campaign.write", Made)
def start_campaign(request: SignedIn, sent: NewCampaign) -> dict[str, object]:
    """Begin a campaign (攻坚)."""
    require(request.acting, "campaign.write", zone=sent.zone)
    if zones.zone(sent.zone) is None:
        raise Refusal("zone_unknown_here", zone=sent.zone)
    chosen = [_project(one) for one in dict.fromkeys(sent.projects)]
    for one in chosen:
        require(request.acting, "campaign.write", zone=one.zone)
    campaign = actions.start_campaign(
        zone=sent.zone, zh=sent.zh, en=sent.en, goal=sent.goal, starts=sent.starts, ends=sent.ends,
        projects=[one.id for one in chosen], by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": campaign}


@doors.acts(TAG, "/projects/{slug:slug}/requests", "request.write", Made)
def ask_request(request: SignedIn, slug: Slug, sent: NewRequest) -> dict[str, object]:
    """Ask for something (诉求)."""
    project = _mine(request, slug, "request.write")
    if sent.kind not in REQUESTS:
        raise Refusal("choice_missing", field="kind")
    team = projects.team(slug, timezone.localdate(request.now))
    asked = actions.ask(
        project=project.id, slug=slug, zone=project.zone, kind=sent.kind, text=sent.text,
        navigators=[one.post for one in team if one.role in ("navigator", "leader")], by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": asked}


@doors.acts(TAG, "/requests/{int:asked}/answer", "request.answer", Happened)
def answer_request(request: SignedIn, asked: Numbered, sent: RequestAnswer) -> dict[str, bool]:
    """Answer a request."""
    require(request.acting, "request.answer", zone=readers.zone_of_request(asked))
    actions.answer(
        request=asked, text=sent.text, close=sent.close, by=request.acting, at=request.now, key=doors.key(request)
    )
    return DONE


@doors.acts(TAG, "/projects/{slug:slug}/ratings", "rating.write", Happened)
def rate(request: SignedIn, slug: Slug, sent: Rating) -> dict[str, bool]:
    """Rate the handling of a finished case (好差评), once."""
    project = _mine(request, slug, "rating.write")
    rows = [one for one in cases.of_project(slug, now=request.now) if one.id == sent.case and not one.open]
    if not rows:
        raise Refusal("nothing_to_rate")
    actions.rate(
        case=sent.case, project=project.id, slug=slug, zone=project.zone, stars=sent.stars,
        unit=answers.catalogue().matters[rows[0].matter].unit, note=sent.note, by=request.acting, at=request.now,
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/notices/read", "notice.own", Happened)
def read_notices(request: SignedIn, sent: Read) -> dict[str, bool]:
    """Mark some of one's notices as read, or all of them; what was read stays so."""
    notices.mark_read(notices=sent.notices, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/powers", "powers.write", Made)
def delegate(request: SignedIn, sent: Delegated) -> dict[str, object]:
    """Delegate a matter to an organisation within reach."""
    unit = organisation(sent.organisation)
    if unit is None:
        raise Refusal("choice_missing", field="organisation")
    require(request.acting, "powers.write", zone=unit.zone)
    if sent.matter not in answers.catalogue().matters:
        raise Refusal("power_matter_unknown", matter=sent.matter)
    given = powers.Given(
        matter=sent.matter, organisation=unit.id, starts=sent.starts, ends=sent.ends, document=sent.document
    )
    with doors.once(request):
        (made,) = powers.delegate(powers=(given,), by=request.acting, at=request.now)
    return {"id": made}


@doors.acts(TAG, "/powers/{int:power}/take-back", "powers.write", Happened)
def take_back(request: SignedIn, power: Numbered, sent: TakenBack) -> dict[str, bool]:
    """End a delegated power within reach."""
    held = zones.power(power)
    if held is None:
        raise Refusal("api_not_found")
    require(request.acting, "powers.write", zone=held.zone)
    with doors.once(request):
        powers.take_back(power=power, ends=sent.ends, document=sent.document, by=request.acting, at=request.now)
    return DONE


def _organisation(number: int, field: str) -> None:
    if organisation(number) is None:
        raise Refusal("choice_missing", field=field)


def _project(slug: str) -> Recorded:
    known = projects.project(slug)
    if known is None:
        raise Refusal("project_unknown", field="project", slug=slug[:64])
    return known


def _mine(request: SignedIn, slug: str, function: str) -> Recorded:
    """The project, where the acting post is its applicant's or on its team: as portal/views.py asks (see CHANGES4.md)."""
    project = answers.live_project(slug)
    posts = {one.post for one in projects.team(slug, timezone.localdate(request.now))}
    if project.applicant == request.acting.organisation:
        posts.add(request.acting.post)
    require(request.acting, function, zone=project.zone, project_posts=posts)
    return project
