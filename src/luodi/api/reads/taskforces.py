"""Task forces: who is in one until when, who is on duty, what was asked for, what happened on site."""

from datetime import date, datetime

from django.utils import timezone
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape, Slug
from luodi.desk.views import found
from luodi.domain.entry import forces
from luodi.taskforces import readers

TAG = "taskforces"


class ForceRole(Shape):
    """A role in a task force; `team`: what it is on the project's team, empty where it gets no right from it."""

    id: str
    name: Words
    team: str
    powers: Words


class ForceRules(Shape):
    """The roles and kinds of life support; `before_end`: calendar days before its end on which a force is warned."""

    roles: list[ForceRole]
    services: dict[str, Words]
    before_end: int


class ForceMember(Shape):
    """A member; `left`: calendar days to the last one, negative once over."""

    id: int
    post: int
    name: str
    organisation: Words
    role: ForceRole
    starts: date
    ends: date
    current: bool
    left: int


class ForceMove(Shape):
    """A last day moved; `name`: the member whose it was, empty for the force itself."""

    name: str
    was: date
    ends: date
    why: str
    document: str
    who: str
    at: datetime


class DutyPost(Shape):
    """A post on duty on a day; `off_at`: when it was taken off, null while it stands; `to`: who took it over."""

    id: int
    on: date
    post: int
    name: str
    off_at: datetime | None
    off_by: str
    off_why: str
    to: str


class ForceDuty(Shape):
    """A day of the roster."""

    on: date
    held: list[DutyPost]


class ForceService(Shape):
    """Life support asked for; `left`: calendar days to the day wanted, null once answered."""

    id: int
    kind: Words
    text: str
    people: int | None
    wanted: date
    at: datetime
    who: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    left: int | None


class ForceLog(Shape):
    """A day on site; `solver_id`: the organisation that solves its obstacle; `left`: days to that, null once solved."""

    id: int
    on: date
    done: str
    obstacle: str
    solver: Words | None
    solver_id: int | None
    due: date | None
    who: str
    closed_on: date | None
    result: str
    left: int | None


class Force(Shape):
    """A task force as it stands.  `holes`: days ahead, as far as the roster is shown, on which nobody is on duty.

    `taken_off`: what was changed in the roster; `moves`: last days that were moved; `unwritten`: working days without a log.
    """

    id: int
    name: str
    document: str
    starts: date
    ends: date
    sample: bool
    over: bool
    left: int
    warn: bool = Field(description="Whether its end is near")
    members: list[ForceMember]
    duty: list[ForceDuty]
    holes: list[date]
    services: list[ForceService]
    log: list[ForceLog]
    taken_off: list[DutyPost]
    moves: list[ForceMove]
    unwritten: list[date]


@reads(TAG, "/force/rules", "force.read", ForceRules, dated=False)
def force_rules(request: SignedIn) -> dict[str, object]:
    """The roles in a task force and the kinds of life support.  No query."""
    rule = forces.forces()
    return {"roles": list(rule.roles.values()), "services": dict(rule.services), "before_end": rule.before_end}


@reads(TAG, "/projects/{slug:slug}/force", "force.read", Force | None)
def force(request: SignedIn, slug: Slug) -> object:
    """The newest task force of a project, whole; null where none was founded.  Eight queries."""
    project = found(request, slug, "force.read")
    return readers.force(project.id, timezone.localdate(request.as_of or request.now), as_of=request.as_of)
