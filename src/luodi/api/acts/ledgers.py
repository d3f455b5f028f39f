"""What is done to accounts themselves: quota passed on, what a paper says, a step that was a mistake taken back."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line
from luodi.api.acts.projects import Happened
from luodi.api.shapes import Number, Numbered, Shape
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import actions, readers
from luodi.ledgers.readers import AccountRow

TAG = "quotas"
MOST = 1000
"""Steps of an account among which a mistake is looked for, as on its page."""
Written = Annotated[str, Field(min_length=1, max_length=40, description="With its unit, such as `50 亩`")]


class PassedOn(BaseModel, extra="forbid"):
    """How much goes to which account below, and the paper that allots it."""

    target: Number
    amount: Written
    document: Line


class PaperSays(BaseModel, extra="forbid"):
    """What a paper says an account stood at, at the end of a day."""

    on: Day
    figure: Literal["inward", "balance", "available"]
    amount: Written
    document: Line


class Mistake(BaseModel, extra="forbid"):
    """The step that was a mistake, and why."""

    step: Number
    reason: Line


class PaperKept(Shape):
    """Whether the ledger says the same; a paper that disagrees is kept all the same."""

    holds: bool


@doors.acts(TAG, "/quotas/accounts/{int:account}/allot", "ledger.write", Happened)
def allot_quota(request: SignedIn, account: Numbered, sent: PassedOn) -> dict[str, bool]:
    """Pass quota on from an account to one below it."""
    row, target = _mine(request, account), _mine(request, sent.target)
    actions.allot(
        route=[row.id, target.id], amount=amount(sent.amount, kinds()[row.quota]), document=sent.document,
        by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"done": True}


@doors.acts(TAG, "/quotas/accounts/{int:account}/assert", "ledger.write", PaperKept)
def assert_account(request: SignedIn, account: Numbered, sent: PaperSays) -> dict[str, bool]:
    """Enter what a paper says an account stood at; whether the ledger agrees."""
    row = _mine(request, account)

    holds = actions.assert_balance(
        account=row.id, on=sent.on, figure=sent.figure, amount=amount(sent.amount, kinds()[row.quota]),
        document=sent.document, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"holds": holds}


@doors.acts(TAG, "/quotas/accounts/{int:account}/reverse", "ledger.write", Happened)
def reverse_step(request: SignedIn, account: Numbered, sent: Mistake) -> dict[str, bool]:
    """Take back a step of an account that was a mistake, with all it was linked with; what was entered stays."""
    row = _mine(request, account)
    if sent.step not in {one.step for one in readers.statement(row.id, limit=MOST)}:
        raise Refusal("no_such_step", step=sent.step)
    for zone in set(readers.zone_of(readers.linked(sent.step)).values()):
        require(request.acting, "ledger.write", zone=zone)
    actions.reverse(step=sent.step, why=sent.reason, by=request.acting, at=request.now, key=doors.key(request))
    return {"done": True}


def _mine(request: SignedIn, account: int) -> AccountRow:
    row = readers.account(account)
    if row is None:
        raise Refusal("api_not_found")
    require(request.acting, "ledger.write", zone=row.zone)
    return row
