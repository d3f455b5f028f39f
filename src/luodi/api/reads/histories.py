"""The life of one lead: its dated rows, the gaps, whose credit it is, the people of the company, who is counted with it."""

from datetime import date, datetime

from django.utils import timezone
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.reads.leads import TAG, Lead, seen
from luodi.api.shapes import Numbered, Shape
from luodi.leads import history, readers


class LeadTurn(Shape):
    """A dated row of a lead's life.  `kind`: stage, status, owner, step or score; `word`: what it is since."""

    seq: int
    kind: str
    on: date
    word: str
    reason: str
    text: str
    rival: str
    post: int | None
    post_name: str
    due: date | None
    who: str
    at: datetime


class LeadGap(Shape):
    """Days on which nobody answered, both counted; `left`: the post whose holder had gone."""

    since: date
    until: date
    days: int
    left: int | None


class LeadLife(Shape):
    """The life of a lead, the newest day first, and when nobody answered for it."""

    turns: list[LeadTurn]
    gaps: list[LeadGap]


class LeadCredit(Shape):
    """A claim, a dispute or a share of the first contact; `holds`: a share of the newest division."""

    id: int
    division: int
    kind: str
    name: str
    on: date
    evidence: str
    share: int | None = Field(description="Hundredths of a percent")
    who: str
    at: datetime
    holds: bool


class LeadPerson(Shape):
    """Somebody of the company; telephone and address masked."""

    id: int
    name: str
    role: str
    telephone: str
    address: str


@reads(TAG, "/leads/{int:lead}/life", "lead.read", LeadLife)
def lead_life(request: SignedIn, lead: Numbered) -> dict[str, object]:
    """Its dated rows, and the days on which nobody answered for it.  Three queries."""
    row = seen(request, lead, "lead.read")
    turns = history.turns(row.id, request.as_of)
    return {"turns": turns, "gaps": history.unowned(row, turns, timezone.localdate(request.as_of or request.now))}


@reads(TAG, "/leads/{int:lead}/credits", "lead.read", list[LeadCredit])
def lead_credits(request: SignedIn, lead: Numbered) -> object:
    """Claims, disputes and shares of its first contact, in the order in which they were written.  Two queries."""
    return history.credits_of(seen(request, lead, "lead.read").id, request.as_of)


@reads(TAG, "/leads/{int:lead}/people", "lead.read", list[LeadPerson])
def lead_people(request: SignedIn, lead: Numbered) -> object:
    """The people of the company, their numbers masked.  Two queries."""
    return history.people_of(seen(request, lead, "lead.read").id, request.as_of)


@reads(TAG, "/leads/{int:lead}/joined", "lead.read", list[Lead])
def leads_joined(request: SignedIn, lead: Numbered) -> list[readers.Row]:
    """The leads within reach that are the same case and counted with this one.  Two queries."""
    rows = readers.joined_with(seen(request, lead, "lead.read").id, request.as_of)
    reach = request.acting.reach
    return [one for one in rows if reach is None or one.zone in reach]
