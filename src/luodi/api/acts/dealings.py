"""What is done in talks: a round, an approval, the signature, the end without one; promises taken over and found."""

from typing import Annotated

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.dealings import actions, promises, readers
from luodi.dealings.readers import RoundRow
from luodi.desk.dealing.acts import owners
from luodi.desk.views import found
from luodi.domain.dealings.authority import Offer
from luodi.domain.dealings.terms import read
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import Recorded

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


class OwedSent(BaseModel, extra="forbid"):
    """Who owes a term (number of an organisation), and by when; `due` null: the day that the term itself is."""

    kind: Word
    subject: Line = ""
    owner: Number
    due: Day | None = None


class SigningSent(BaseModel, extra="forbid"):
    """The signature on the terms of the last round (`after`): each with who owes it."""

    after: int = Field(ge=1, le=100_000)
    on: Day
    document: Line
    owed: list[OwedSent] = Field(max_length=80)


class WithdrawalSent(BaseModel, extra="forbid"):
    """After which round talks end without a signature, and why."""

    after: int = Field(ge=1, le=100_000)
    why: Line


class PromiseSent(BaseModel, extra="forbid"):
    """A promise not signed here; `official`, `office`: whose word it was, where that person has left."""

    kind: Word
    subject: Line = ""
    value: Line
    owner: Number
    due: Day
    document: Line
    official: Annotated[str, Field(max_length=promises.NAME)] = ""
    office: Annotated[str, Field(max_length=promises.OFFICE)] = ""


class PromisesMade(Shape):
    """The numbers of the promises."""

    promises: list[int]


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


@doors.acts(TAG, "/projects/{slug:slug}/rounds/sign", "dealing.write", PromisesMade)
def sign_round(request: SignedIn, slug: Slug, sent: SigningSent) -> dict[str, list[int]]:
    """Sign on the terms of the last round: each becomes a promise with an owner and a day."""
    project = found(request, slug, "dealing.write")
    owed = _owed(project, readers.last_round(project.id), sent)
    made = actions.sign(
        project=project, after=sent.after, on=sent.on, document=sent.document, owed=owed, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"promises": list(made)}


@doors.acts(TAG, "/projects/{slug:slug}/rounds/withdraw", "dealing.write", Happened)
def withdraw_talks(request: SignedIn, slug: Slug, sent: WithdrawalSent) -> dict[str, bool]:
    """End talks without a signature; what was reserved for them is free again."""
    project = found(request, slug, "dealing.write")
    actions.withdraw(
        project=project, after=sent.after, why=sent.why, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"done": True}


@doors.acts(TAG, "/projects/{slug:slug}/promises", "dealing.write", Made)
def record_promise(request: SignedIn, slug: Slug, sent: PromiseSent) -> dict[str, int]:
    """Take a promise over that was not signed here: of a former official, or of a later agreement."""
    project = found(request, slug, "dealing.write")
    term = read(sent.kind, sent.subject, sent.value)
    if sent.owner not in {one for one, _name in owners(project)}:
        raise Refusal("dealing_no_such_owner", field="owner")
    made = promises.record_promise(
        project=project, term=term, owner=sent.owner, due=sent.due, document=sent.document,
        former=promises.Former(sent.official, sent.office), by=request.acting, at=request.now, key=doors.key(request),
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


def _owed(project: Recorded, last: RoundRow | None, sent: SigningSent) -> list[actions.Owed]:
    """Owners and days; a term that is itself a day is due on it.  Raises `Refusal` beside its field."""
    known = {one for one, _name in owners(project)}
    days = {one.key: one.on for one in last.terms} if last else {}
    found_owed = []
    for place, one in enumerate(sent.owed):
        due = one.due or days.get((one.kind, one.subject))
        if one.owner not in known:
            raise Refusal("dealing_no_such_owner", field=f"owed.{place}.owner")
        if due is None:
            raise Refusal("date_unreadable", field=f"owed.{place}.due", value="")
        found_owed.append(actions.Owed((one.kind, one.subject), one.owner, due))
    return found_owed
