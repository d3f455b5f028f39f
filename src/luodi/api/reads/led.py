"""Supervision and notices: orders, visits, campaigns, requests, ratings, and what one was told."""

from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Page, Shape
from luodi.notices import readers as notices_of
from luodi.supervision import readers

TAG = "supervision"


class Order(Shape):
    """An order (督办).  `left`: calendar days to its day, negative when overdue; null once closed."""

    id: int
    zone: str
    project: str
    project_name: Words
    meeting: str
    decision: str
    owner: Words
    owner_id: int
    chair: int
    chair_name: str
    at: datetime
    due: date
    evidence: str
    evidence_at: datetime | None
    closed_at: datetime | None
    left: int | None


class Visit(Shape):
    """A visit on site."""

    id: int
    zone: str
    project: str
    project_name: Words
    leader_name: str
    on: date
    problem: str
    solver: Words | None
    solver_id: int | None
    due: date | None
    closed_on: date | None
    result: str


class Campaign(Shape):
    """A campaign (攻坚): day `day` of `days`."""

    id: int
    zone: str
    name: Words
    goal: str
    starts: date
    ends: date
    projects: int
    day: int
    days: int
    left: int


class Request(Shape):
    """A request (诉求).  `waited`: hours to the first answer, or until now."""

    id: int
    zone: str
    project: str
    project_name: Words
    kind: str
    text: str
    by: int
    at: datetime
    first_answer_at: datetime | None
    answer: str
    closed_at: datetime | None
    waited: float


class Rated(Shape):
    """How a unit is rated; `poor`: one or two stars."""

    unit: str
    count: int
    stars: float
    poor: int


class Notice(Shape):
    """Something one was told."""

    id: int
    words: Words
    link: str = Field(description="Address of the page it is about")
    project: str
    at: datetime
    read: bool
    urgent: bool


@reads(TAG, "/orders", "supervision.read", list[Order], dated=False)
def orders(request: SignedIn, closed: bool = False, limit: Few = 50) -> object:
    """Orders within reach by their day, open or closed.  One query."""
    return readers.orders(request.acting.reach, timezone.localdate(request.now), done=closed, limit=limit)


@reads(TAG, "/visits", "supervision.read", list[Visit], dated=False)
def visits(request: SignedIn, unsolved: bool = False, limit: Few = 50) -> object:
    """Visits within reach, the last first; those with an unsolved problem alone where asked.  One query."""
    return readers.visits(request.acting.reach, open_only=unsolved, limit=limit)


@reads(TAG, "/campaigns", "zone.read", list[Campaign], dated=False)
def campaigns(request: SignedIn) -> object:
    """Campaigns within reach that run or lie ahead.  One query."""
    return readers.campaigns(request.acting.reach, timezone.localdate(request.now))


@reads(TAG, "/requests", "request.answer", list[Request], dated=False)
def requests(request: SignedIn, unanswered: bool = False, limit: Few = 50) -> object:
    """Requests of enterprises within reach, those without an answer first.  One query."""
    return readers.requests(request.acting.reach, request.now, open_only=unanswered, limit=limit)


@reads(TAG, "/ratings", "request.answer", list[Rated], dated=False)
def ratings(request: SignedIn) -> object:
    """How the units within reach are rated, the worst first.  One query."""
    return readers.ratings(request.acting.reach)


@reads(TAG, "/notices", "notice.own", Page[Notice], dated=False)
def notices(
    request: SignedIn, unread: bool = False, after: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
    limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """What the holder of the post was told, newest first.  One query."""
    page = notices_of.listed(request.acting.person, only_unread=unread, after=after, limit=limit)
    return {"rows": page.rows, "next": str(page.after) if page.after else None}
