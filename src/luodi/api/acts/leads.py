"""What is done with a lead: recorded, moved on, given another status, told what comes next."""

from typing import Annotated

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long
from luodi.api.acts.projects import Happened, Made
from luodi.api.reads.leads import seen
from luodi.api.shapes import Number, Numbered
from luodi.domain.vocabulary import Refusal
from luodi.leads import actions
from luodi.zones import readers as zones

TAG = "leads"
DONE = {"done": True}
Word = Annotated[str, Field(max_length=32)]
Seq = Annotated[int, Field(ge=0, le=2**31 - 1)]


class NewLead(BaseModel, extra="forbid"):
    """A company and what it would build; `amount`: expected investment in whole yuan."""

    zone: Word
    company: Line
    title: Line
    contacted: Day
    uscc: Annotated[str, Field(max_length=40)] = ""
    sector: Word = ""
    region: Annotated[str, Field(max_length=8)] = ""
    channel: Word = ""
    programme: Word = ""
    amount: Annotated[int, Field(ge=0, le=10**15)] | None = None
    source: Line = ""
    note: Long = ""


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


@doors.acts(TAG, "/leads", "lead.write", Made)
def record_lead(request: SignedIn, sent: NewLead) -> dict[str, object]:
    """Record a lead, in the stage of first contact."""
    require(request.acting, "lead.write", zone=sent.zone)
    if zones.zone(sent.zone) is None:
        raise Refusal("zone_unknown_here", zone=sent.zone)
    facts = actions.Facts(**sent.model_dump(exclude={"zone"}))
    lead = actions.record_lead(zone=sent.zone, facts=facts, by=request.acting, at=request.now, key=doors.key(request))
    return {"id": lead}


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
