"""Cases: the inbox with its filters, one case whole, and what other units were asked."""

import json
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words, plain
from luodi.api.shapes import After, Few, Light, Page, Said, Shape, Short, Slug
from luodi.cases import readers
from luodi.cases.readers import CasePage
from luodi.desk.casework import inbox_views, views
from luodi.domain.vocabulary import Refusal

TAG = "cases"


class CaseRow(Shape):
    """A case as lists show it.  `hours_left`: office hours, negative when overdue, null while no clock runs."""

    id: int
    seq: int = Field(description="Number of its last event; an act names it, and is refused when it has grown")
    number: str
    project: str
    project_name: Words
    matter: str
    organisation: int
    organisation_code: str
    organisation_name: Words
    zone: str
    state: int = Field(description="1 to 15, as the national exchange numbers them")
    turn: str = Field(description="Whose turn it is: window, unit, applicant, other or nobody")
    open: bool
    opened_at: datetime
    accepted_at: datetime | None
    closed_at: datetime | None
    paused_since: datetime | None
    pause: str
    due: date | None
    promise_due: date | None
    expected: date | None
    used: int
    budget: int | None
    unit: str
    promise: int | None
    promise_unit: str
    corrections: int
    handler: str
    mode: str
    round: int
    changed_at: datetime
    light: Light
    promise_light: Light
    hours_left: int | None
    promise_hours_left: int | None


class Event(Shape):
    """Something that happened with a case; `entry`: its entry in the record."""

    seq: int
    at: datetime
    kind: str
    state: int
    who: str
    reason: str
    basis: str
    details: dict[str, object]
    entry: str


class Clock(Shape):
    """The statutory clock as it stands; see the fields of a row for units."""

    started: date | None
    ended: date | None
    used: int
    used_promise: int
    paused: int
    running: bool
    paused_since: date | None
    due: date | None
    promise_due: date | None
    left: int | None
    promise_left: int | None
    hours_left: int | None
    promise_hours_left: int | None
    light: Light
    promise_light: Light
    projected: bool
    outlasted: list[str]


class Part(Shape):
    """Somebody's part in a case."""

    post: int
    name: str
    organisation_name: Words
    role: str
    since: datetime
    until: datetime | None


class Asking(Shape):
    """A question to another unit.  `late`: working days past its day."""

    id: int
    case: int
    organisation: int
    organisation_name: Words
    kind: str
    question: str
    asked_at: datetime
    due: date
    answered_at: datetime | None
    opinion: str
    answer: str
    late: int


class Act(Shape):
    """A verb, whether this post may do it now, and why, or why not."""

    verb: str
    allowed: bool
    why: Words | str = Field(description="Words, or the code of the refusal the act would meet")


class Case(Shape):
    """A case whole."""

    row: CaseRow
    events: list[Event]
    clock: Clock
    minimum_until: date | None
    parts: list[Part]
    askings: list[Asking]
    halted: bool
    acts: list[Act]


Lights = Annotated[Literal["green", "amber", "red"] | None, Query()]
Turns = Annotated[Literal["window", "unit", "applicant", "other", "nobody"] | None, Query()]
Whose = Annotated[
    Literal["mine", "unit", "zone"] | None,
    Query(description="Those this post has a part in, its unit's, or its zones'; nothing: what its inbox shows first"),
]
States = Annotated[int | None, Query(ge=1, le=15)]


@reads(TAG, "/cases", "case.read", Page[CaseRow])
def cases(
    request: SignedIn, whose: Whose = None, state: States = None, light: Lights = None, turn: Turns = None,
    project: Short = None, matter: Short = None, q: Said = None, closed: bool = False, after: After = None,
    limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """Open cases by what runs out first, or closed ones, newest first.  One query."""
    acting = request.acting
    view = inbox_views.whose_cases(acting, whose)
    found = readers.inbox(
        now=request.now, organisations=[acting.organisation] if view == "unit" else None,
        posts=[acting.post] if view == "mine" else None, zones=acting.reach if view == "zone" else None, state=state,
        light=light, turn=turn, project=project, matter=matter, words=q or "", closed=closed, after=after, limit=limit,
        as_of=request.as_of,
    )  # fmt: skip
    return {"rows": found.rows, "next": found.next}


@reads(TAG, "/cases/{slug:number}", "case.read", Case)
def case(request: SignedIn, number: Slug) -> dict[str, object]:
    """One case with its events, its clock and what may be done next.  Thirteen queries at most."""
    return whole(request, views.found(request, number))


def whole(request: SignedIn, page: CasePage) -> dict[str, object]:
    """A case as the interface has it."""
    return {
        "row": page.row,
        "events": [
            {name: json.loads(one.details) if name == "details" else getattr(one, name) for name in Event.model_fields}
            for one in page.history
        ],
        "clock": page.reading,
        "minimum_until": page.minimum_until,
        "parts": page.parts,
        "askings": page.askings,
        "halted": page.halted,
        "acts": [
            {"verb": act.verb, "allowed": act.allowed, "why": _why(act)}
            for act in (views.acts_of(request, page) if request.as_of is None else ())
        ],
    }


def _why(act: readers.Act) -> object:
    return act.why.code if isinstance(act.why, Refusal) else plain(act.why)


@reads(TAG, "/askings", "case.read", list[Asking], dated=False)
def askings(request: SignedIn, answered: bool = False) -> object:
    """What other units asked of the post's organisation, by the day it is due.  One query."""
    return readers.asked_of(request.acting.organisation, now=request.now, answered=answered)
