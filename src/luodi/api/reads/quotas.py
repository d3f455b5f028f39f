"""The quota ledgers: accounts with what is left, and the promises that hold the rest.  Amounts are digits in the kind's unit."""

from datetime import date, datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, require
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Numbered, Page, Shape, Short
from luodi.desk.quota.views import then
from luodi.domain.ledger.amounts import figure
from luodi.domain.ledger.kinds import Kind, kinds
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import readers
from luodi.ledgers.readers import AccountRow, Held, LineRow

TAG = "quotas"
Amount = Annotated[str, Field(description="Digits in the unit of the quota, exact")]


class Account(Shape):
    """An account as it stands or stood.  `available`: what can still be promised."""

    id: int
    quota: str
    quota_name: Words
    unit: Words
    period: str
    level: str
    holder: str
    name: Words
    zone: str
    inward: Amount
    reserved: Amount
    committed: Amount
    used: Amount
    available: Amount
    sample: bool


class Promise(Shape):
    """A promise out of an account to a project; `expires`: null once it is signed."""

    id: int
    account: int
    quota: str
    project: str
    name: Words
    amount: Amount
    state: str
    since: datetime
    expires: datetime | None
    document: str


class StatementLine(Shape):
    """A step of an account: how much, the account on its other side, and what is left after it."""

    seq: int
    at: datetime
    step: int = Field(description="To be named where it is reversed")
    phase: str
    amount: Amount
    inbound: bool
    other: int
    other_name: Words
    document: str
    promise: int | None
    expires: datetime | None
    entry: str
    available: Amount


class Assertion(Shape):
    """What a paper says an account stood at, at the end of a day, and what the ledger says.  `figure`: which sum."""

    id: int
    account: int
    on: date
    figure: str
    said: Amount
    found: Amount
    holds: bool
    document: str


@reads(TAG, "/quotas/accounts", "ledger.read", list[Account])
def accounts(
    request: SignedIn, quota: Short = None, level: Short = None, holder: Short = None
) -> list[dict[str, object]]:
    """Accounts within reach.  One query; one for each account where an earlier moment is asked about."""
    found = readers.accounts(zones=request.acting.reach, quota=quota, level=level, holder=holder)
    return [_account(then(request, one)) for one in found if one.level != "outside"]


@reads(TAG, "/quotas/accounts/{int:account}", "ledger.read", Account)
def account(request: SignedIn, account: Numbered) -> dict[str, object]:
    """One account.  One query, two for an earlier moment."""
    return _account(then(request, _seen(request, account)))


@reads(TAG, "/quotas/accounts/{int:account}/statement", "ledger.read", Page[StatementLine])
def statement(
    request: SignedIn,
    account: Numbered,
    after: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
    limit: Few = 50,
) -> dict[str, object]:
    """The steps of an account, newest first, up to a moment where one is asked about.  Two queries."""
    kind = kinds()[_seen(request, account).quota]
    rows = readers.statement(account, before=after, until=request.as_of, limit=limit + 1)
    return {
        "rows": [_line(one, kind) for one in rows[:limit]],
        "next": str(rows[limit - 1].seq) if len(rows) > limit else None,
    }


@reads(TAG, "/quotas/assertions", "ledger.read", list[Assertion], dated=False)
def assertions(
    request: SignedIn, account: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None
) -> list[dict[str, object]]:  # fmt: skip
    """What papers say of accounts in reach, each beside the ledger; of one account where it is named.  A query for each."""
    if account is not None:
        _seen(request, account)
    known = {one.id: one.quota for one in readers.accounts(zones=request.acting.reach)}
    found = readers.assertions(account=account, zones=request.acting.reach)
    same = ("id", "account", "on", "figure", "document", "holds")
    return [
        {name: getattr(one, name) for name in same}
        | {"said": digits(one.said, kinds()[known[one.account]]), "found": digits(one.found, kinds()[known[one.account]])}
        for one in found if one.account in known
    ]  # fmt: skip


@reads(TAG, "/quotas/promises", "ledger.read", list[Promise], dated=False)
def promises(
    request: SignedIn, project: Short = None, account: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
    settled: bool = False, limit: Few = 50,
) -> list[dict[str, object]]:  # fmt: skip
    """Promises within reach that stand open (or all), what runs out first on top.  One query."""
    found = readers.promises(
        zones=request.acting.reach, project=project, source=account, open_only=not settled, limit=limit
    )
    return [_promise(one) for one in found]


def _seen(request: SignedIn, account: int) -> AccountRow:
    row = readers.account(account)
    if row is None:
        raise Refusal("api_not_found")
    require(request.acting, "ledger.read", zone=row.zone)
    return row


def _line(one: LineRow, kind: Kind) -> dict[str, object]:
    same = ("seq", "at", "step", "phase", "inbound", "other", "other_name", "document", "promise", "expires", "entry")
    return {name: getattr(one, name) for name in same} | {
        "amount": digits(one.amount, kind), "available": digits(one.sums.available, kind),
    }  # fmt: skip


def _account(one: AccountRow) -> dict[str, object]:
    kind, sums = kinds()[one.quota], one.sums
    told = {name: getattr(one, name) for name in ("id", "quota", "period", "level", "holder", "name", "sample")}
    sizes = {
        "inward": sums.inward, "reserved": sums.reserved, "committed": sums.committed, "used": sums.outward,
        "available": sums.available,
    }  # fmt: skip
    return told | {"quota_name": kind.name, "unit": kind.unit, "zone": one.zone or ""} | {
        name: digits(size, kind) for name, size in sizes.items()
    }  # fmt: skip


def _promise(one: Held) -> dict[str, object]:
    told = {
        name: getattr(one, name) for name in ("id", "quota", "project", "name", "state", "since", "expires", "document")
    }
    return told | {"account": one.source, "amount": digits(one.amount, kinds()[one.quota])}


def digits(size: int, kind: Kind) -> str:
    """A size as the interface writes it: digits in the unit of the quota, a minus before what is missing."""
    return figure(size, kind).replace(",", "")
