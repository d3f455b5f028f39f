"""What is done in talks: a round recorded, an offer above authority approved, and what was found about a promise."""

from typing import Annotated

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.shapes import Numbered, Shape, Slug
from luodi.dealings import actions, promises, readers
from luodi.desk.views import found
from luodi.domain.dealings.authority import Offer
from luodi.domain.dealings.terms import read

TAG = "dealings"
People = Annotated[str, Field(max_length=400)]


class TermSent(BaseModel, extra="forbid"):
    """A term as an officer writes it: `value` is an amount with its unit, a day, or words."""

    kind: Word
    value: Line
    subject: Line = ""
    conditions: Line = ""


class RoundSent(BaseModel, extra="forbid"):
    """A round and all terms as they stand after it.  `after`: the number of the round before (0: none)."""

    after: int = Field(ge=0, le=100_000)
    on: Day
    ours: People
    theirs: People
    points: Annotated[str, Field(max_length=20_000)] = ""
    holds_until: Day | None = None
    terms: list[TermSent] = Field(max_length=80)


class OfferSent(BaseModel, extra="forbid"):
    """An offer that is approved: so much of a kind in all, and the paper that says so."""

    kind: Word
    value: Line
    document: Line


class FindingSent(BaseModel, extra="forbid"):
    """What was found about a promise.  `seen`: how many findings were there before."""

    seen: int = Field(ge=0, le=100_000)
    state: Word
    actual: Line = ""
    evidence: People = ""
    reason: People = ""


class RoundMade(Shape):
    """The number of the round."""

    number: int


class OfferApproved(Shape):
    """The number of the approval."""

    id: int


class PromiseStands(Shape):
    """Where the promise stands now."""

    state: str


@doors.acts(TAG, "/projects/{slug:slug}/rounds", "dealing.write", RoundMade)
def record_round(request: SignedIn, slug: Slug, sent: RoundSent) -> dict[str, int]:
    """Record a round of talks; what the zone offers is reserved in the ledgers."""
    project = found(request, slug, "dealing.write")
    terms = [
        read(one.kind, one.subject, one.value, one.conditions, field=f"terms.{place}.value")
        for place, one in enumerate(sent.terms)
    ]
    table = actions.Table(sent.on, sent.ours, sent.theirs, sent.points, sent.holds_until)
    number = actions.record_round(
        project=project, after=sent.after, table=table, terms=terms, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"number": number}


@doors.acts(TAG, "/projects/{slug:slug}/offers", "dealing.approve", OfferApproved)
def approve_offer(request: SignedIn, slug: Slug, sent: OfferSent) -> dict[str, int]:
    """Approve an offer above the negotiators' authority."""
    project = found(request, slug, "dealing.approve")
    term = read(sent.kind, "", sent.value)
    words = term.words if term.size is None and term.on is None else ""
    made = actions.approve(
        project=project, offer=Offer(term.kind, term.size, words), document=sent.document, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/projects/{slug:slug}/promises/{int:clause}/found", "dealing.write", PromiseStands)
def find_promise(request: SignedIn, slug: Slug, clause: Numbered, sent: FindingSent) -> dict[str, str]:
    """Record what became of a promise; its owner may, and whoever records talks in the zone."""
    project = found(request, slug, "dealing.read")
    row = readers.clause(clause)
    if row is None or row.project != slug:
        raise Http404(_("No such promise"))
    require(request.acting, "dealing.write", zone=row.zone, organisation=row.owner)
    finding = promises.Finding(sent.state, sent.actual, sent.evidence, sent.reason)
    promises.find(
        project=project, clause=clause, seen=sent.seen, finding=finding, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"state": sent.state}
