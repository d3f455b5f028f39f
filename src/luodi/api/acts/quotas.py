"""What is done to promises: reserving for a project, and the steps that follow.  Amounts are written as on the pages."""

from typing import Annotated

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line
from luodi.api.acts.projects import Happened
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import promising, readers
from luodi.ledgers.readers import Held
from luodi.projects import readers as projects

TAG = "quotas"
DONE = {"done": True}
Written = Annotated[str, Field(min_length=1, max_length=40, description="With its unit, such as `50 亩`")]


class Need(BaseModel, extra="forbid"):
    """What is wanted of an account."""

    account: Number
    amount: Written


class Reserved(BaseModel, extra="forbid"):
    """A reservation until the end of a day, from one or several accounts: all of it or none."""

    wanted: list[Need] = Field(min_length=1, max_length=20)
    expires: Day
    document: Line = ""


class QuotaStep(BaseModel, extra="forbid"):
    """The paper of a step; `amount`: less than was promised, the rest is free again."""

    document: Line
    amount: Written | None = None


class Longer(BaseModel, extra="forbid"):
    """A later day."""

    expires: Day
    document: Line = ""


class Freed(BaseModel, extra="forbid"):
    """Why a promise is released."""

    reason: Line


class Promises(Shape):
    """The numbers of the promises that were made."""

    promises: list[int]


@doors.acts(TAG, "/projects/{slug:slug}/reservations", "ledger.write", Promises)
def reserve(request: SignedIn, slug: Slug, sent: Reserved) -> dict[str, list[int]]:
    """Set quota aside for a project."""
    project = projects.project(slug)
    if project is None:
        raise Refusal("project_unknown", field="project", slug=slug[:64])
    require(request.acting, "ledger.write", zone=project.zone or None)
    wanted = []
    for one in sent.wanted:
        row = readers.account(one.account)
        if row is None:
            raise Refusal("no_such_account", field="account", account=one.account)
        require(request.acting, "ledger.write", zone=row.zone or None)
        wanted.append(promising.Wanted(row.id, amount(one.amount, kinds()[row.quota])))
    made = promising.reserve(
        project=project, wanted=wanted, expires=readers.end_of(sent.expires), document=sent.document, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"promises": list(made)}


@doors.acts(TAG, "/quotas/promises/{int:promise}/commit", "ledger.write", Happened)
def commit(request: SignedIn, promise: Numbered, sent: QuotaStep) -> dict[str, bool]:
    """A signature turns a reservation into a commitment."""
    row = _mine(request, promise)
    promising.commit(
        promises=[row.id], document=sent.document, amounts=_amounts(row, sent), by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/quotas/promises/{int:promise}/post", "ledger.write", Happened)
def post(request: SignedIn, promise: Numbered, sent: QuotaStep) -> dict[str, bool]:
    """A permit uses a promise up."""
    row = _mine(request, promise)
    promising.post(
        promises=[row.id], document=sent.document, amounts=_amounts(row, sent), by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return DONE


@doors.acts(TAG, "/quotas/promises/{int:promise}/release", "ledger.write", Happened)
def release(request: SignedIn, promise: Numbered, sent: Freed) -> dict[str, bool]:
    """A withdrawal frees a promise."""
    row = _mine(request, promise)
    promising.release(promises=[row.id], why=sent.reason, by=request.acting, at=request.now, key=doors.key(request))
    return DONE


@doors.acts(TAG, "/quotas/promises/{int:promise}/prolong", "ledger.write", Happened)
def prolong(request: SignedIn, promise: Numbered, sent: Longer) -> dict[str, bool]:
    """A reservation holds until a later day."""
    row = _mine(request, promise)
    promising.prolong(
        promises=[row.id], expires=readers.end_of(sent.expires), document=sent.document, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return DONE


def _mine(request: SignedIn, promise: int) -> Held:
    row = readers.promise(promise)
    if row is None:
        raise Refusal("no_such_promise", promise=promise)
    require(request.acting, "ledger.write", zone=row.zone or None)
    return row


def _amounts(row: Held, sent: QuotaStep) -> dict[int, int] | None:
    return {row.id: amount(sent.amount, kinds()[row.quota])} if sent.amount else None
