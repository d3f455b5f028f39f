"""What is done with a task force: founded, joined, rostered, asked for support and answered, its days on site written down."""

from datetime import timedelta

from django.utils import timezone
from pydantic import BaseModel, Field

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.desk.entering.entry_acts import project_of
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.taskforces import actions, changing, days, readers

TAG = "taskforces"
DONE = {"done": True}


class ForceFounded(BaseModel, extra="forbid"):
    """Name, founding paper, first and last day."""

    name: Line
    document: Line
    starts: Day
    ends: Day


class MemberJoins(BaseModel, extra="forbid"):
    """Which post is lent, in which role, from when to when."""

    post: Number
    role: Word
    starts: Day
    ends: Day


class DutyGiven(BaseModel, extra="forbid"):
    """Which member is on duty from a day to a day, both counted; `until` null: that one day."""

    post: Number
    since: Day
    until: Day | None = None


class EndMoved(BaseModel, extra="forbid"):
    """The new last day, why, and the paper that says so."""

    ends: Day
    why: Long
    document: Line


class MemberLeaves(BaseModel, extra="forbid"):
    """The member's last day, and why."""

    ends: Day
    why: Long


class DutyChanged(BaseModel, extra="forbid"):
    """Who takes the day over (number of a post; null: nobody), and why."""

    to: Number | None
    why: Long


class ServiceAsked(BaseModel, extra="forbid"):
    """What the advance team needs, for how many people, by when."""

    service: Word
    text: Long
    people: int | None = Field(default=None, ge=1, le=days.MOST)
    wanted: Day


class ServiceAnswered(BaseModel, extra="forbid"):
    """What was arranged."""

    answer: Long


class SiteDay(BaseModel, extra="forbid"):
    """What was done; an obstacle needs an organisation that solves it, and a day."""

    on: Day
    done: Long
    obstacle: Long = ""
    solver: Number | None = None
    due: Day | None = None


class ObstacleSolved(BaseModel, extra="forbid"):
    """How the obstacle was solved."""

    result: Long


class Rostered(Shape):
    """How many of the days were new."""

    days: int


@doors.acts(TAG, "/projects/{slug:slug}/force", "force.write", Made)
def found_force(request: SignedIn, slug: Slug, sent: ForceFounded) -> dict[str, int]:
    """Found a task force for the project, until its last day."""
    project = found(request, slug, "force.write")
    made = actions.found_force(
        project=project, name=sent.name, document=sent.document, starts=sent.starts, ends=sent.ends, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/force/{int:force}/members", "force.write", Happened)
def join_force(request: SignedIn, force: Numbered, sent: MemberJoins) -> dict[str, bool]:
    """Lend somebody to the force; the rights end by themselves on the last day."""
    project_of(request, readers.place_of(force=force), "force.write")
    if people.post(sent.post) is None:
        raise Refusal("choice_missing", field="post")
    actions.join(
        force=force, post=sent.post, role=sent.role, starts=sent.starts, ends=sent.ends, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/force/{int:force}/duty", "force.write", Rostered)
def roster_duty(request: SignedIn, force: Numbered, sent: DutyGiven) -> dict[str, int]:
    """Put a member on duty from a day to a day."""
    project_of(request, readers.place_of(force=force), "force.write")
    last = sent.until or sent.since
    if not 0 <= (last - sent.since).days < actions.LONGEST:
        raise Refusal("date_unreadable", field="until", value=last)
    span = [sent.since + timedelta(days=n) for n in range((last - sent.since).days + 1)]
    made = actions.roster(
        force=force, post=sent.post, days=span, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"days": made}


@doors.acts(TAG, "/force/{int:force}/end", "force.write", Happened)
def move_force_end(request: SignedIn, force: Numbered, sent: EndMoved) -> dict[str, bool]:
    """Prolong the force or end it early; its members' rights end with it."""
    project_of(request, readers.place_of(force=force), "force.write")
    changing.move_end(
        force=force, ends=sent.ends, why=sent.why, document=sent.document, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/force/members/{int:member}/leave", "force.write", Happened)
def leave_force(request: SignedIn, member: Numbered, sent: MemberLeaves) -> dict[str, bool]:
    """Let a member leave before the last day; rights and days of duty after it go with it."""
    project_of(request, readers.place_of(member=member), "force.write")
    changing.leave(
        member=member, ends=sent.ends, why=sent.why, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/force/duty/{int:duty}/change", "force.write", Happened)
def change_duty(request: SignedIn, duty: Numbered, sent: DutyChanged) -> dict[str, bool]:
    """Take somebody off a day of duty, or let another member take it over."""
    project_of(request, readers.place_of(duty=duty), "force.write")
    changing.change_duty(
        duty=duty, to=sent.to, why=sent.why, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/force/{int:force}/services", "force.ask", Made)
def ask_service(request: SignedIn, force: Numbered, sent: ServiceAsked) -> dict[str, int]:
    """Ask for life support for the advance team by a day."""
    project_of(request, readers.place_of(force=force), "force.ask")
    made = days.ask_service(
        force=force, kind=sent.service, text=sent.text, people=sent.people, wanted=sent.wanted, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/force/services/{int:service}/answer", "force.write", Happened)
def answer_service(request: SignedIn, service: Numbered, sent: ServiceAnswered) -> dict[str, bool]:
    """Say what was arranged."""
    project_of(request, readers.place_of(service=service), "force.write")
    days.answer_service(
        service=service, answer=sent.answer, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/force/{int:force}/log", "force.write", Made)
def write_log(request: SignedIn, force: Numbered, sent: SiteDay) -> dict[str, int]:
    """Write down a day on site."""
    project_of(request, readers.place_of(force=force), "force.write")
    if sent.solver is not None and people.organisation(sent.solver) is None:
        raise Refusal("choice_missing", field="solver")
    made = days.write_log(
        force=force, on=sent.on, done=sent.done, obstacle=sent.obstacle, solver=sent.solver, due=sent.due,
        by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/force/log/{int:log}/solved", "force.read", Happened)
def close_log(request: SignedIn, log: Numbered, sent: ObstacleSolved) -> dict[str, bool]:
    """Say how an obstacle was solved: the unit that solves it may, and members of the force."""
    project_of(request, readers.place_of(log=log), "force.read")
    days.close_log(
        log=log, result=sent.result, on=timezone.localdate(request.now), by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE
