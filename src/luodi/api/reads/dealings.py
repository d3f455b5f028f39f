"""Talks and promises: the rounds of a project with their terms, and the promises of both sides with what came of them."""

from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, verdict
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Numbered, Shape, Short, Slug
from luodi.dealings import readers
from luodi.dealings.readers import ClauseRow, EndingRow, Found, RoundRow, Wanted
from luodi.desk.dealing.promise_views import SOON
from luodi.desk.dealing.telling import DATED, offered
from luodi.desk.own import own_project
from luodi.desk.views import found
from luodi.domain.dealings.kinds import SIDES, kinds
from luodi.domain.dealings.promised import STATES, masked
from luodi.domain.dealings.terms import Change, Term, differ, said
from luodi.domain.vocabulary import Refusal

TAG = "dealings"
LONGEST = 500


class DealingTerm(Shape):
    """A term: its kind, who gives it, and what it says."""

    kind: str
    name: Words
    side: str
    subject: str
    said: Words
    on: date | None
    conditions: str


class DealingEnding(Shape):
    """How talks ended: signed on a paper, or withdrawn for a reason (`document`)."""

    signed: bool
    on: date
    document: str
    who: str


class DealingRound(Shape):
    """A round of talks with all terms as they stood after it.

    `promises`: by kind of term, the number of what is reserved for it in the ledgers; `ended`: null while talks go on.
    """

    number: int
    on: date
    ours: str
    theirs: str
    points: list[str]
    holds_until: date | None
    sample: bool
    who: str
    at: datetime
    terms: list[DealingTerm]
    promises: dict[str, int]
    ended: DealingEnding | None


class DealingChange(Shape):
    """One difference.  `what`: new, dropped or changed; `moved`: the side that gave way, open where figures do not say."""

    what: str
    moved: str
    was: DealingTerm | None
    now: DealingTerm | None


class DealingCompared(Shape):
    """A round against another; `against` null: talks began (anew) with it, and every term is new."""

    round: int
    against: int | None
    changes: list[DealingChange]


class OfferRow(Shape):
    """An approval: which offer, on which paper, by whom."""

    id: int
    kind: str
    offer: Words
    document: str
    who: str
    at: datetime


class PromiseFound(Shape):
    """One finding about a promise; `actual` null where nothing was counted."""

    state: str
    actual: Words | None
    evidence: str
    reason: str
    at: datetime


class PromiseMade(Shape):
    """A promise as it stands.  `official`, `office`: the former official whose word it was, the name masked but for leaders."""

    id: int
    project: str
    term: DealingTerm
    owner: int
    owner_name: Words
    due: date
    document: str
    official: str
    office: str
    state: Annotated[str, Field(description=", ".join(STATES))]
    sample: bool
    outcomes: list[PromiseFound]


class PromiseCounts(Shape):
    """How many promises there are within reach; `soon`: due within 30 days; `former`: of former officials."""

    all: int
    open: int
    late: int
    soon: int
    former: int
    kept: int
    broken: int


@reads(TAG, "/projects/{slug:slug}/rounds", "dealing.read", list[DealingRound])
def project_rounds(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """The rounds of talks of a project, the last first.  Five queries."""
    project = found(request, slug, "dealing.read")
    ended = readers.ended(project.id, request.as_of)
    return [_round(one, ended.get(one.number)) for one in readers.rounds(project.id, request.as_of)]


@reads(TAG, "/projects/{slug:slug}/rounds/{int:number}", "dealing.read", DealingCompared)
def compare_rounds(
    request: SignedIn, slug: Slug, number: Numbered,
    against: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Another round; nothing: the one before")] = None,
) -> dict[str, object]:  # fmt: skip
    """A round against the one before or another, term by term, and who moved.  Five queries."""
    project = found(request, slug, "dealing.read")
    rows = {one.number: one for one in readers.rounds(project.id, request.as_of)}
    before = number - 1 if number - 1 not in readers.ended(project.id, request.as_of) else None
    other = against if against is not None else before
    if number not in rows or (against is not None and against not in rows):
        raise Refusal("api_not_found")
    was = rows.get(other) if other is not None else None
    return {
        "round": number, "against": was.number if was else None,
        "changes": [_change(one) for one in differ(was.terms if was else (), rows[number].terms)],
    }  # fmt: skip


@reads(TAG, "/projects/{slug:slug}/approvals", "dealing.read", list[OfferRow])
def project_approvals(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """What was approved above the negotiators' authority, newest first.  Three queries."""
    rows = readers.approvals(found(request, slug, "dealing.read").id, request.as_of)
    same = ("id", "document", "who", "at")
    return [
        {name: getattr(one, name) for name in same} | {"kind": one.offer.kind, "offer": offered(one.offer)}
        for one in rows
    ]


@reads(TAG, "/projects/{slug:slug}/promises", "dealing.read", list[PromiseMade])
def project_promises(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """The promises of a project, both ways, by their day.  Four queries."""
    project = found(request, slug, "dealing.read")
    rows = readers.clauses(project=project.id, today=_today(request), limit=LONGEST, as_of=request.as_of)
    return [_promise(request, one) for one in rows]


@reads(TAG, "/projects/{slug:slug}/promises/own", "promise.own", list[PromiseMade])
def own_promises(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """The promises of a project of one's own, both ways, by their day; former officials' names masked.  Four queries."""
    project = own_project(request, slug, "promise.own")
    rows = readers.clauses(project=project.id, today=_today(request), limit=LONGEST, as_of=request.as_of)
    return [_promise(request, one) for one in rows]


@reads(TAG, "/promises", "dealing.read", list[PromiseMade])
def promise_ledger(
    request: SignedIn, side: Short = None, state: Short = None, former: bool = False, late: bool = False, soon: bool = False,
    dates: Annotated[bool, Query(description="Promised days alone: of works, production, land, utilities")] = False,
    after: Annotated[int, Query(ge=0, le=10**6, description="How many to leave out from the top")] = 0,
) -> list[dict[str, object]]:  # fmt: skip
    """Promises of all projects within reach by their day, 500 at most.  Two queries."""
    today = _today(request)
    wanted = Wanted(
        side=side if side and side in SIDES else "", state=state if state and state in STATES else "", former=former,
        late=late, due=today + SOON if soon else None, kinds=DATED if dates else (),
    )  # fmt: skip
    rows = readers.clauses(
        zones=request.acting.reach, wanted=wanted, today=today, limit=LONGEST, skip=after, as_of=request.as_of
    )
    return [_promise(request, one) for one in rows]


@reads(TAG, "/promises/counts", "dealing.read", PromiseCounts)
def promise_counts(request: SignedIn) -> object:
    """How many promises within reach are open, overdue, due soon, kept, broken.  One query."""
    today = _today(request)
    return readers.counts(zones=request.acting.reach, today=today, soon=today + SOON, as_of=request.as_of)


def _today(request: SignedIn) -> date:
    return timezone.localdate(request.as_of or request.now)


def _term(one: Term) -> dict[str, object]:
    rule = kinds()[one.kind]
    conditions = "" if rule.form == "text" else one.words
    return {
        "kind": one.kind, "name": rule.name, "side": rule.side, "subject": one.subject, "said": said(one), "on": one.on,
        "conditions": conditions,
    }  # fmt: skip


def _change(one: Change) -> dict[str, object]:
    return {
        "what": one.what, "moved": one.moved, "was": _term(one.was) if one.was else None,
        "now": _term(one.now) if one.now else None,
    }  # fmt: skip


def _round(one: RoundRow, ended: EndingRow | None) -> dict[str, object]:
    same = ("number", "on", "ours", "theirs", "holds_until", "sample", "who", "at")
    told = {name: getattr(one, name) for name in same}
    return told | {
        "points": list(one.points), "terms": [_term(each) for each in one.terms], "promises": dict(one.promises),
        "ended": ended,
    }  # fmt: skip


def _promise(request: SignedIn, one: ClauseRow) -> dict[str, object]:
    same = ("id", "project", "owner", "owner_name", "due", "document", "office", "state", "sample")
    told = {name: getattr(one, name) for name in same}
    named = verdict(request.acting, "dealing.approve", zone=one.zone).allowed
    return told | {
        "term": _term(one.term), "official": one.official if named else masked(one.official),
        "outcomes": [_found(each) for each in one.outcomes],
    }  # fmt: skip


def _found(one: Found) -> dict[str, object]:
    told = {name: getattr(one, name) for name in ("state", "evidence", "reason", "at")}
    return told | {"actual": said(one.actual) if one.actual else None}
