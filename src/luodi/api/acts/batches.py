"""What is entered about results beside figures: events, rounds of three batches, and firms near the scale."""

from decimal import Decimal
from typing import Annotated, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered, Shape
from luodi.desk.results.acts import known_zone
from luodi.desk.results.batch_views import seen
from luodi.domain.vocabulary import Refusal, Text
from luodi.indicators import actions, batched, batching, enrolled, enrolling
from luodi.projects import readers as projects

TAG = "results"
DONE = {"done": True}
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]


class EventReached(BaseModel, extra="forbid"):
    """The day of an event that no project file holds, and the paper that says so."""

    project: Word
    event: Word
    on: Day
    source: Line


class RoundOpened(BaseModel, extra="forbid"):
    """A round of a zone; without `zone` one of the province, which only the province opens."""

    zone: Word = ""
    name: Annotated[str, Field(min_length=1, max_length=120)]
    on: Day


class RoundEntry(BaseModel, extra="forbid"):
    """A project that enters a class.  `expected`: annual output in 亿元."""

    project: Word
    group: Word
    evidence: Line
    expected: Money | None = None


class RoundEntries(BaseModel, extra="forbid"):
    """Projects that enter together: all of them or none."""

    entries: list[RoundEntry] = Field(min_length=1, max_length=500)


class RoundLeft(BaseModel, extra="forbid"):
    """Which entry leaves its class, and why."""

    entered: Number
    why: Line


class RoundNumbers(Shape):
    """The numbers of the entries that were made."""

    entered: list[int]


class FirmWatched(BaseModel, extra="forbid"):
    """A firm put on watch."""

    uscc: Annotated[str, Field(min_length=18, max_length=18)]
    name: Line
    zone: Word
    strategic: bool = False


class FirmNoted(BaseModel, extra="forbid"):
    """Revenue of a year in 万元 (`on` its last day), a paper in hand, enrolment, or that the firm left."""

    kind: Literal["revenue", "paper", "enrolled", "left"]
    on: Day
    amount: Money | None = None
    paper: Word = ""
    source: Line


@doors.acts(TAG, "/results/events", "indicator.write", Made)
def reach_event(request: SignedIn, sent: EventReached) -> dict[str, int]:
    """Record the day of trial production or full output."""
    found = projects.project(sent.project)
    if found is None:
        raise Refusal("project_unknown", field="project", slug=sent.project)
    require(request.acting, "indicator.write", zone=found.zone)
    made = actions.reach_event(
        project=found.slug, event=sent.event, on=sent.on, source=sent.source, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/results/rounds", "batch.write", Made)
def open_round(request: SignedIn, sent: RoundOpened) -> dict[str, int]:
    """Open a round of three batches."""
    zone = sent.zone
    if zone or request.acting.reach is not None:
        zone = known_zone(request, zone, "batch.write")
    made = batching.open_batch(
        zone=zone, name=Text(sent.name, ""), on=sent.on, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"id": made}


@doors.acts(TAG, "/results/rounds/{int:number}/enter", "batch.write", RoundNumbers)
def enter_round(request: SignedIn, number: Numbered, sent: RoundEntries) -> dict[str, object]:
    """Enter projects into classes of a round, each with its evidence."""
    round_ = _writable(request, number)
    entries = [batching.Entry(one.project, one.group, one.evidence, one.expected) for one in sent.entries]
    made = batching.enter(
        batch=round_.id, entries=entries, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return {"entered": list(made)}


@doors.acts(TAG, "/results/rounds/{int:number}/withdraw", "batch.write", Happened)
def leave_round(request: SignedIn, number: Numbered, sent: RoundLeft) -> dict[str, bool]:
    """Take a project out of its class."""
    _writable(request, number)
    require(request.acting, "batch.write", zone=batched.zone_of(sent.entered) or None)
    batching.withdraw(
        entered=sent.entered, why=sent.why, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/results/enrolment/firms", "indicator.write", Made)
def watch_firm(request: SignedIn, sent: FirmWatched) -> dict[str, int]:
    """Put a firm near the scale on watch."""
    zone = known_zone(request, sent.zone, "indicator.write")
    made = enrolling.record_firm(
        uscc=sent.uscc, name=sent.name, zone=zone, strategic=sent.strategic, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/results/enrolment/firms/{int:firm}/notes", "indicator.write", Made)
def note_firm(request: SignedIn, firm: Numbered, sent: FirmNoted) -> dict[str, int]:
    """Note revenue, a paper, enrolment or that a firm left."""
    zone = enrolled.zone_of_firm(firm)
    if not zone:
        raise Http404(_("No such firm"))
    require(request.acting, "indicator.write", zone=zone)
    made = enrolling.note_firm(
        firm=firm, kind=sent.kind, on=sent.on, amount=sent.amount, paper=sent.paper, source=sent.source,
        by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


def _writable(request: SignedIn, number: int) -> batched.Round:
    """The round, if the post may enter projects: one of the province only the province may."""
    found = seen(request, number, "batch.write")
    if not found.zone and request.acting.reach is not None:
        raise Refusal("batch_of_province")
    return found
