"""What is done with a lead: recorded, corrected, moved on, given another status, handed over, marked, told what comes next."""

from typing import Annotated

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long
from luodi.api.acts.projects import Happened, Made
from luodi.api.reads.leads import seen
from luodi.api.shapes import Number, Numbered
from luodi.desk.pipeline.lead_views import others
from luodi.domain.leads.money import LARGEST
from luodi.domain.vocabulary import Refusal
from luodi.leads import actions, joining, readers
from luodi.zones import readers as zones

TAG = "leads"
DONE = {"done": True}
Word = Annotated[str, Field(max_length=32)]
Seq = Annotated[int, Field(ge=0, le=2**31 - 1)]


class LeadFacts(BaseModel, extra="forbid"):
    """A company and what it would build; `amount`: expected investment in whole yuan."""

    company: Line
    title: Line
    contacted: Day
    uscc: Annotated[str, Field(max_length=40)] = ""
    sector: Word = ""
    region: Word = ""
    channel: Word = ""
    programme: Word = ""
    amount: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    source: Line = ""
    note: Long = ""

    def facts(self) -> actions.Facts:
        """The same as the room takes it."""
        return actions.Facts(**self.model_dump(include=set(LeadFacts.model_fields)))


class NewLead(LeadFacts):
    """A lead; `owner`: number of a post, null: the post that records it; `another`: what is much alike was looked at."""

    zone: Word
    owner: Number | None = None
    step: Line = ""
    due: Day | None = None
    another: bool = Field(default=False, description="It is another company than those of `GET /leads/alike`")


class AmendedLead(LeadFacts):
    """All its facts, as they are right; `seq`: as the lead was read."""

    seq: Seq


class Stage(BaseModel, extra="forbid"):
    """The stage that was reached, on which day; `note` where it goes back."""

    stage: Word
    on: Day
    note: Long = ""
    seq: Seq | None = None


class Status(BaseModel, extra="forbid"):
    """How it stands from a day on, and why; `rival` where it was lost."""

    status: Word
    reason: Word = ""
    on: Day
    note: Long = ""
    rival: Line = ""
    seq: Seq | None = None


class LeadStep(BaseModel, extra="forbid"):
    """What comes next, by when, and by whom (number of a post)."""

    step: Line
    due: Day | None = None
    stepper: Number | None = None


class HandOver(BaseModel, extra="forbid"):
    """Which post answers from a day on; null: nobody, which shows as a gap."""

    owner: Number | None
    on: Day
    note: Long = ""
    seq: Seq | None = None


class Marks(BaseModel, extra="forbid"):
    """Marks of 1 to 5 for the four skills, in the order of `skills` of `GET /leads/lists`."""

    marks: list[Annotated[int, Field(ge=1, le=5)]] = Field(min_length=4, max_length=4)
    note: Long = ""


class JoinSent(BaseModel, extra="forbid"):
    """The lead that is the same case and is counted for both; null: it is one of its own again."""

    into: Number | None
    note: Long = ""


@doors.acts(TAG, "/leads", "lead.write", Made)
def record_lead(request: SignedIn, sent: NewLead) -> dict[str, object]:
    """Record a lead, in the stage of first contact."""
    require(request.acting, "lead.write", zone=sent.zone)
    if zones.zone(sent.zone) is None:
        raise Refusal("zone_unknown_here", zone=sent.zone)
    if not sent.another and (found := readers.alike(sent.company, sent.uscc)):
        raise Refusal("lead_alike", field="another", count=len(found))
    lead = actions.record_lead(
        zone=sent.zone, facts=sent.facts(), owner=sent.owner, step=sent.step, due=sent.due, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": lead}


@doors.acts(TAG, "/leads/{int:lead}", "lead.write", Happened, method="PUT")
def amend_lead(request: SignedIn, lead: Numbered, sent: AmendedLead) -> dict[str, bool]:
    """Correct what is known of a lead; what it was stands in the record."""
    row = seen(request, lead, "lead.write")
    actions.amend_lead(
        lead=row.id, facts=sent.facts(), seq=sent.seq, by=request.acting, at=request.now, key=doors.key(request)
    )
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/stage", "lead.write", Happened)
def reach_stage(request: SignedIn, lead: Numbered, sent: Stage) -> dict[str, bool]:
    """Say that a stage was reached."""
    row = seen(request, lead, "lead.write")
    actions.reach_stage(
        lead=row.id, stage=sent.stage, on=sent.on, note=sent.note, seq=sent.seq, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/status", "lead.write", Happened)
def set_status(request: SignedIn, lead: Numbered, sent: Status) -> dict[str, bool]:
    """Say that it stands otherwise from a day on, and why."""
    row = seen(request, lead, "lead.write")
    actions.set_status(
        lead=row.id, status=sent.status, reason=sent.reason, on=sent.on, note=sent.note, rival=sent.rival, seq=sent.seq,
        by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/step", "lead.write", Happened)
def take_step(request: SignedIn, lead: Numbered, sent: LeadStep) -> dict[str, bool]:
    """Say what comes next, by when and by whom."""
    row = seen(request, lead, "lead.write")
    actions.take_step(
        lead=row.id, step=sent.step, due=sent.due, stepper=sent.stepper, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/owner", "lead.write", Happened)
def hand_over(request: SignedIn, lead: Numbered, sent: HandOver) -> dict[str, bool]:
    """Let somebody else answer for it from a day on, or nobody."""
    row = seen(request, lead, "lead.write")
    actions.hand_over(
        lead=row.id, owner=sent.owner, on=sent.on, note=sent.note, seq=sent.seq, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/scores", "lead.write", Happened)
def score_lead(request: SignedIn, lead: Numbered, sent: Marks) -> dict[str, bool]:
    """Mark how it was worked on: each scoring is a row of its own."""
    row = seen(request, lead, "lead.write")
    actions.score(
        lead=row.id, marks=sent.marks, note=sent.note, by=request.acting, at=request.now, key=doors.key(request)
    )
    return DONE


@doors.acts(TAG, "/leads/{int:lead}/join", "lead.write", Happened)
def join_leads(request: SignedIn, lead: Numbered, sent: JoinSent) -> dict[str, bool]:
    """Say that a lead is the same case as another; both stay readable, one is counted."""
    row = seen(request, lead, "lead.write")
    if sent.into is not None and sent.into not in {one for one, _name in others(request, row)}:
        raise Refusal("choice_missing", field="into")
    joining.join_leads(
        lead=row.id, into=sent.into, note=sent.note, by=request.acting, at=request.now, key=doors.key(request)
    )
    return DONE
