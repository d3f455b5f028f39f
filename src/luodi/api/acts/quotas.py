"""What is done to promises: reserving for a project, and the steps that follow.  Amounts are written as on the pages."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line
from luodi.api.acts.projects import Happened
from luodi.api.reads.quotas import digits
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import Charge, charge, kinds
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import promising, readers
from luodi.ledgers.readers import AccountRow, Held
from luodi.projects import readers as projects

TAG = "quotas"
DONE = {"done": True}
Written = Annotated[str, Field(min_length=1, max_length=40, description="With its unit, such as `50 亩`")]


class Need(BaseModel, extra="forbid"):
    """What is wanted of an account."""

    account: Number
    amount: Written


class Reserved(BaseModel, extra="forbid"):
    """A reservation until the end of a day, from one or several accounts: all of it or none.

    `statuses`: what the county is, where it changes how much must be replaced; `try_only`: say what it takes, reserve nothing.
    """

    wanted: list[Need] = Field(min_length=1, max_length=20)
    statuses: list[Literal["pm25", "ozone"]] = Field(default_factory=list, max_length=2)
    expires: Day
    document: Line = ""
    try_only: bool = False


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


class Charged(Shape):
    """What a need takes from an account: the need times the ratio; `left` below zero: there is too little."""

    account: int
    need: str = Field(description="Digits in the unit of the quota, exact")
    takes: str
    ratio: int
    direct: bool = Field(description="So little that no replacement need be bought")
    left: str


class Promises(Shape):
    """The numbers of the promises that were made (none where it was only tried), and what each need takes."""

    promises: list[int]
    takes: list[Charged]


@doors.acts(TAG, "/projects/{slug:slug}/reservations", "ledger.write", Promises)
def reserve(request: SignedIn, slug: Slug, sent: Reserved) -> dict[str, object]:
    """Set quota aside for a project, or say what that would take."""
    project = projects.project(slug)
    if project is None:
        raise Refusal("project_unknown", field="project", slug=slug[:64])
    require(request.acting, "ledger.write", zone=project.zone or None)
    charges = [_charged(request, one, sent.statuses) for one in sent.wanted]
    takes = [_takes(row, one) for row, one in charges]
    if sent.try_only:
        return {"promises": (), "takes": takes}
    made = promising.reserve(
        project=project, wanted=[_wanted(row, one) for row, one in charges], expires=readers.end_of(sent.expires),
        document=sent.document, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"promises": list(made), "takes": takes}


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


def _charged(request: SignedIn, one: Need, statuses: Collection[str]) -> tuple[AccountRow, Charge]:
    """The account of a need, and what the need takes from it."""
    row = readers.account(one.account)
    if row is None:
        raise Refusal("no_such_account", field="account", account=one.account)
    require(request.acting, "ledger.write", zone=row.zone or None)
    kind = kinds()[row.quota]
    return row, charge(kind, amount(one.amount, kind), statuses)


def _wanted(row: AccountRow, one: Charge) -> promising.Wanted:
    return promising.Wanted(row.id, one.amount, one.need if one.ratio > 1 else None)


def _takes(row: AccountRow, one: Charge) -> dict[str, object]:
    kind = kinds()[row.quota]
    sizes = {"need": one.need, "takes": one.amount, "left": row.sums.available - one.amount}
    return {"account": row.id, "ratio": one.ratio, "direct": one.direct} | {
        name: digits(size, kind) for name, size in sizes.items()
    }


def _amounts(row: Held, sent: QuotaStep) -> dict[int, int] | None:
    return {row.id: amount(sent.amount, kinds()[row.quota])} if sent.amount else None
