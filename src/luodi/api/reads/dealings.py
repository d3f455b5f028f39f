"""Talks and promises: the rounds of a project with their terms, and the promises of both sides with what came of them."""

from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape, Short, Slug
from luodi.dealings import readers
from luodi.dealings.readers import ClauseRow, Found, RoundRow, Wanted
from luodi.desk.views import found
from luodi.domain.dealings.kinds import SIDES, kinds
from luodi.domain.dealings.promised import STATES
from luodi.domain.dealings.terms import Term, said

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


class DealingRound(Shape):
    """A round of talks with all terms as they stood after it."""

    number: int
    on: date
    ours: str
    theirs: str
    points: list[str]
    holds_until: date | None
    sample: bool
    terms: list[DealingTerm]


class PromiseFound(Shape):
    """One finding about a promise; `actual` null where nothing was counted."""

    state: str
    actual: Words | None
    evidence: str
    reason: str
    at: datetime


class PromiseMade(Shape):
    """A promise as it stands.  `office`: of the former official whose word it was, whose name is not told here."""

    id: int
    project: str
    term: DealingTerm
    owner: int
    owner_name: Words
    due: date
    document: str
    office: str
    state: Annotated[str, Field(description=", ".join(STATES))]
    sample: bool
    outcomes: list[PromiseFound]


@reads(TAG, "/projects/{slug:slug}/rounds", "dealing.read", list[DealingRound], dated=False)
def project_rounds(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """The rounds of talks of a project, the last first.  Four queries."""
    project = found(request, slug, "dealing.read")
    return [_round(one) for one in readers.rounds(project.id)]


@reads(TAG, "/projects/{slug:slug}/promises", "dealing.read", list[PromiseMade], dated=False)
def project_promises(request: SignedIn, slug: Slug) -> list[dict[str, object]]:
    """The promises of a project, both ways, by their day.  Four queries."""
    project = found(request, slug, "dealing.read")
    rows = readers.clauses(project=project.id, today=timezone.localdate(request.now), limit=LONGEST)
    return [_promise(one) for one in rows]


@reads(TAG, "/promises", "dealing.read", list[PromiseMade], dated=False)
def promise_ledger(
    request: SignedIn, side: Short = None, state: Short = None, former: bool = False, late: bool = False
) -> list[dict[str, object]]:
    """Promises of all projects within reach by their day, 500 at most.  Two queries."""
    wanted = Wanted(
        side=side if side and side in SIDES else "",
        state=state if state and state in STATES else "",
        former=former,
        late=late,
    )
    today = timezone.localdate(request.now)
    rows = readers.clauses(zones=request.acting.reach, wanted=wanted, today=today, limit=LONGEST)
    return [_promise(one) for one in rows]


def _term(one: Term) -> dict[str, object]:
    rule = kinds()[one.kind]
    conditions = "" if rule.form == "text" else one.words
    return {
        "kind": one.kind, "name": rule.name, "side": rule.side, "subject": one.subject, "said": said(one), "on": one.on,
        "conditions": conditions,
    }  # fmt: skip


def _round(one: RoundRow) -> dict[str, object]:
    same = ("number", "on", "ours", "theirs", "holds_until", "sample")
    told = {name: getattr(one, name) for name in same}
    return told | {"points": list(one.points), "terms": [_term(each) for each in one.terms]}


def _promise(one: ClauseRow) -> dict[str, object]:
    same = ("id", "project", "owner", "owner_name", "due", "document", "office", "state", "sample")
    told = {name: getattr(one, name) for name in same}
    return told | {"term": _term(one.term), "outcomes": [_found(each) for each in one.outcomes]}


def _found(one: Found) -> dict[str, object]:
    told = {name: getattr(one, name) for name in ("state", "evidence", "reason", "at")}
    return told | {"actual": said(one.actual) if one.actual else None}
