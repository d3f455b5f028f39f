"""Around a lead: whose first contact it was, the people of the company, visits and events, and how it becomes a project."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.reads.leads import TAG, seen
from luodi.api.reads.meetings import met
from luodi.api.shapes import Number, Numbered, Shape
from luodi.domain.leads.announced import Announced, Measure
from luodi.domain.leads.credit import WHOLE
from luodi.domain.leads.money import LARGEST
from luodi.domain.vocabulary import Refusal
from luodi.leads import crediting, landing, people, readers
from luodi.leads import meeting as meetings

DONE = {"done": True}
Amount = Annotated[int, Field(ge=0, le=LARGEST)]


class Claim(BaseModel, extra="forbid"):
    """Who was first with the company, when, and by what it is proved."""

    name: Line
    on: Day
    evidence: Long


class SharePart(BaseModel, extra="forbid"):
    """A party and its share in hundredths of a percent."""

    name: Line
    share: int = Field(ge=1, le=WHOLE)


class Division(BaseModel, extra="forbid"):
    """How the credit is divided from now on; the shares make 10000, which is 100 %."""

    shares: list[SharePart] = Field(min_length=1, max_length=20)
    on: Day
    ground: Long


class PersonSent(BaseModel, extra="forbid"):
    """Somebody of the company; telephone and address are kept sealed."""

    name: Line
    role: Line = ""
    telephone: Annotated[str, Field(max_length=40)] = ""
    address: Line = ""


class LeadLanding(BaseModel, extra="forbid"):
    """become: a new project (`slug` empty: one is made); join: `slug` of a project recorded already."""

    how: Literal["become", "join"] = "become"
    slug: Annotated[str, Field(max_length=64)] = ""


class MeetingLine(BaseModel, extra="forbid"):
    """A line of the list: a lead that was seen, or what was signed; `amount` in whole yuan."""

    lead: Number | None = None
    part: Annotated[str, Field(max_length=100)] = ""
    project: Line = ""
    place: Line = ""
    firm: Line = ""
    amount: Amount | None = None


class AnnouncedSent(BaseModel, extra="forbid"):
    """A figure announced of the event, or of a part of it."""

    part: Annotated[str, Field(max_length=100)] = ""
    measure: Measure
    figure: Amount


class MeetingSent(BaseModel, extra="forbid"):
    """A visit or an event of one's own zone, past or planned; `kind`: out, in, call, matching or signing."""

    kind: Word
    title: Line
    on: Day
    place: Line = ""
    ours: Long = ""
    theirs: Long = ""
    said: Long = ""
    source: Line = ""
    lines: list[MeetingLine] = Field(default_factory=list, max_length=500)
    announced: list[AnnouncedSent] = Field(default_factory=list, max_length=50)


class MeetingSaid(BaseModel, extra="forbid"):
    """What was said."""

    said: Long


class Numbers(Shape):
    """Telephone and address in the clear."""

    telephone: str
    address: str


class Landed(Shape):
    """The project it became, or was joined with."""

    project: str


@doors.acts(TAG, "/leads/{int:lead}/claims", "lead.write", Happened)
def claim_contact(request: SignedIn, lead: Numbered, sent: Claim) -> dict[str, bool]:
    """Say who was first; every later claim is a dispute beside the first."""
    row = seen(request, lead, "lead.write")
    crediting.claim_contact(
        lead=row.id, name=sent.name, on=sent.on, evidence=sent.evidence, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/shares", "lead.write", Happened)
def share_credit(request: SignedIn, lead: Numbered, sent: Division) -> dict[str, bool]:
    """Divide the credit anew; earlier divisions stay readable."""
    row = seen(request, lead, "lead.write")
    shares = [crediting.Share(one.name, one.share) for one in sent.shares]
    crediting.share_credit(
        lead=row.id, shares=shares, on=sent.on, ground=sent.ground, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/people", "lead.write", Happened)
def add_lead_person(request: SignedIn, lead: Numbered, sent: PersonSent) -> dict[str, bool]:
    """Add somebody of the company."""
    row = seen(request, lead, "lead.write")
    people.add_person(
        lead=row.id, name=sent.name, role=sent.role, telephone=sent.telephone, address=sent.address, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/people/{int:person}/number", "lead.write", Numbers)
def open_number(request: SignedIn, lead: Numbered, person: Numbered) -> dict[str, str]:
    """Somebody's telephone number and address, for this once; the zone's readings say who opened them."""
    row = seen(request, lead, "lead.write")
    with doors.once(request):
        telephone, address = people.open_number(lead=row.id, person=person, by=request.acting, at=request.now)
    return {"telephone": telephone, "address": address}


@doors.acts(TAG, "/leads/{int:lead}/land", "project.record", Landed)
def land_lead(request: SignedIn, lead: Numbered, sent: LeadLanding) -> dict[str, str]:
    """Let a lead become a project, or join it with one that is recorded already."""
    row = seen(request, lead, "lead.read")
    require(request.acting, "project.record", zone=row.zone)
    slug, by, at, key = sent.slug.strip(), request.acting, request.now, doors.key(request)
    if sent.how == "become":
        return {"project": landing.become_project(lead=row.id, slug=slug, by=by, at=at, key=key)}
    landing.join_project(lead=row.id, project=slug, by=by, at=at, key=key)
    return {"project": slug}


@doors.acts(TAG, "/meetings", "lead.write", Made)
def record_meeting(request: SignedIn, sent: MeetingSent) -> dict[str, int]:
    """Record a visit or an event with its list and the figures announced of it."""
    require(request.acting, "lead.write", zone=request.acting.zone)
    for number in {one.lead for one in sent.lines if one.lead is not None}:
        row = readers.lead(number)
        if row is None:
            raise Refusal("no_such_lead", field="lead")
        require(request.acting, "lead.read", zone=row.zone)
    about = meetings.About(**sent.model_dump(exclude={"lines", "announced"}))
    made = meetings.record_meeting(
        zone=request.acting.zone or None, about=about, lines=[meetings.Line(**one.model_dump()) for one in sent.lines],
        announced=[Announced(one.part, one.measure, one.figure) for one in sent.announced], by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/meetings/{int:meeting}/report", "lead.write", Happened)
def report_meeting(request: SignedIn, meeting: Numbered, sent: MeetingSaid) -> dict[str, bool]:
    """Say what was said at a visit that lay ahead."""
    row = met(request, meeting, "lead.write")
    meetings.report_meeting(
        meeting=row.id, said=sent.said, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return DONE
