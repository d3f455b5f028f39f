"""What is done to accounts themselves: opened, allotted down the line, checked against a paper, taken back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import pairwise

from django.db import IntegrityError, transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.ledger.amounts import said
from luodi.domain.ledger.book import Phase
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.ledgers import refusing
from luodi.ledgers.booking import Draft, hold, record, write
from luodi.ledgers.models import Account, Assertion, Transfer
from luodi.ledgers.naming import FIGURES, LEVELS, account_name
from luodi.ledgers.readers import balance_at, end_of
from luodi.notices.actions import tell
from luodi.projects.readers import Recorded


def open_account(
    *,
    quota: str,
    period: str,
    level: str,
    holder: str,
    name: Text,
    by: Acting,
    at: datetime,
    zone: str | None = None,
    project: int | None = None,
    document: str = "",
    sample: bool = False,
    key: str | None = None,
) -> int:
    """Open an account of a holder for a kind of quota; its number.  It begins empty: quota comes in by `allot`.

    Only accounts of the level `outside` may be below zero.  Raises `Refusal`: `quota_unknown`, `quota_period` (a year
    is missing, or not wanted), `account_exists`.
    """
    kind = kinds().get(quota)
    if kind is None:
        raise Refusal("quota_unknown", field="quota", quota=quota[:60], known="、".join(kinds()))
    if kind.yearly != bool(period) or (period and not (period.isascii() and period.isdigit() and len(period) == 4)):
        raise Refusal("quota_period", field="period", quota=kind.name, yearly=_when(kind.yearly))
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}")
    row = Account(
        quota=quota, period=period, level=level, holder=holder, zh=name.zh, en=name.en, zone_id=zone or None,
        project_id=project, bounded=level != "outside", document=written.line(document, "document", empty=True),
        sample=sample,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts: dict[str, Json] = {
                "account": str(row), "name": name.zh, "bounded": row.bounded, "sample": sample, "document": row.document,
            }  # fmt: skip
            record("ledger.opened", (), {row.pk: row}, by=by, at=at, key=key, facts=facts)
    except IntegrityError:
        raise Refusal("account_exists", field="holder", quota=kind.name, holder=name) from None
    return row.pk


def of_project(*, sources: Collection[Account], project: Recorded) -> dict[int, Account]:
    """The project's accounts of the same quotas and periods as these, opened where there are none; by source.  One query.

    Three queries where one is opened.
    """
    wanted = {(one.quota, one.period) for one in sources}
    found = _held_by(project.slug, wanted)
    if missing := [one for one in sources if (one.quota, one.period) not in found]:
        rows = [
            Account(
                quota=one.quota, period=one.period, level="project", holder=project.slug, zh=project.name.zh,
                en=project.name.en, zone_id=project.zone or None, project_id=project.id, sample=one.sample,
            )
            for one in missing
        ]  # fmt: skip
        Account.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may open it at this moment
        found = _held_by(project.slug, wanted)
    return {one.pk: found[one.quota, one.period] for one in sources}


def _held_by(slug: str, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Account]:
    rows = Account.objects.filter(level="project", holder=slug, quota__in={quota for quota, _ in wanted})
    return {(row.quota, row.period): row for row in rows}


def allot(
    *, route: Sequence[int], amount: int, document: str, by: Acting, at: datetime, key: str | None = None
) -> tuple[int, ...]:
    """Hand quota down a route of accounts (from outside to province, city, zone, project), all of it or none.

    The numbers of the steps, which share one entry of the record.  `document`: the paper that allots.  Raises
    `Refusal`: `route_too_short`, `route_of_several_quotas`, `quota_short`, `text_missing`.
    """
    paper = written.line(document, "document")
    if len(set(route)) < 2 or len(set(route)) != len(route):
        raise Refusal("route_too_short", field="route")
    drafts = [Draft(Phase.MOVE, one, other, amount) for one, other in pairwise(route)]
    with refusing.short(at), transaction.atomic():
        accounts = known(route)
        if len({(one.quota, one.period) for one in accounts.values()}) > 1:
            raise Refusal("route_of_several_quotas", field="route")
        entry = record("ledger.allotted", drafts, accounts, by=by, at=at, key=key, facts={"document": paper})
        return write(drafts, hold(route), entry=entry, at=at, document=paper)


def reverse(*, step: int, why: str, by: Acting, at: datetime, key: str | None = None) -> tuple[int, ...]:
    """Take back a step that was a mistake, with all it was linked with, newest first; the numbers of the reversals.

    What was entered stays; the reversal stands beside it.  Raises `Refusal`: `no_such_step`, `step_not_reversible` (only
    what was allotted or used up for good), `step_reversed` already, `quota_short` where it has been passed on since.
    """
    reason = written.line(why, "why")
    first = Transfer.objects.filter(pk=step).first()
    if first is None:
        raise Refusal("no_such_step", step=step)
    if first.phase not in (Phase.MOVE, Phase.POST):
        raise Refusal("step_not_reversible", step=step)
    linked = list(Transfer.objects.filter(entry=first.entry, phase__in=(Phase.MOVE, Phase.POST)).order_by("-pk"))
    drafts = [
        Draft(Phase.REVERSE, one.source_id, one.target_id, one.amount, (Phase(one.phase), one.amount), reverses=one.pk)
        for one in linked
    ]
    numbers = {number for one in linked for number in (one.source_id, one.target_id)}
    with refusing.short(at), transaction.atomic():
        entry = record(
            "ledger.reversed", drafts, known(numbers), by=by, at=at, key=key, facts={"document": reason}
        )  # fmt: skip
        held = hold(numbers)
        if Transfer.objects.filter(reverses__in=[one.pk for one in linked]).exists():
            raise Refusal("step_reversed", step=step)
        return write(drafts, held, entry=entry, at=at, document=reason)


def assert_balance(
    *, account: int, on: date, figure: str, amount: int, document: str, by: Acting, at: datetime, key: str | None = None
) -> bool:
    """Keep what a paper says an account stood at, at the end of a day; whether the ledger agrees.

    A paper that disagrees is kept all the same: the account's page and `luodi ledger check` say so until either is
    mended, and whoever entered it is told.  `figure`: inward, balance or available.  Raises `Refusal`:
    `no_such_account`, `assertion_ahead` for a day that has not ended, `assertion_exists`, `text_missing`.
    """
    paper = written.line(document, "document")
    if figure not in FIGURES:
        raise Refusal("choice_missing", field="figure")
    if end_of(on) > at:
        raise Refusal("assertion_ahead", field="on", on=on)
    try:
        with transaction.atomic():
            accounts = known((account,))
            row, kind = accounts[account], kinds()[accounts[account].quota]
            found: int = getattr(balance_at(account, end_of(on)), figure)
            facts: dict[str, Json] = {
                "account": str(row), "on": on, "figure": figure, "said": amount, "found": found,
                "holds": found == amount, "document": paper,
            }  # fmt: skip
            entry = record("ledger.asserted", (), accounts, by=by, at=at, key=key, facts=facts)
            Assertion.objects.create(
                account=row, on=on, figure=figure, amount=amount, document=paper, entry=entry, at=at
            )
            if found != amount:
                tell(
                    people=(by.person,) if by.person else (), kind="assertion_failed", at=at, once=f"assertion:{entry}",
                    facts={"account": account_name(row), "said": said(amount, kind), "found": said(found, kind),
                           "on": on, "document": paper}, link=f"/ledgers/{account}/", project="",
                )  # fmt: skip
    except IntegrityError:
        raise Refusal("assertion_exists", field="document", on=on, document=paper) from None
    return found == amount


def known(numbers: Sequence[int] | set[int]) -> dict[int, Account]:
    """The accounts, not locked.  Raises `Refusal` for one there is not.  One query."""
    rows = Account.objects.in_bulk(list(numbers))
    if missing := set(numbers) - set(rows):
        raise Refusal("no_such_account", field="account", account=min(missing))
    return rows


def _when(yearly: bool) -> Text:
    return Text("按年度记账，请填写四位年份", "by year: give a year of four digits") if yearly else Text(
        "不分年度，请把期间留空", "without years: leave the period empty"
    )  # fmt: skip
