"""Quota ledgers: what every holder was given, has promised, used up and has left; and the statement of one account."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.quota import telling
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import readers
from luodi.ledgers.readers import AccountRow

PAGE = 50


@require_GET
@needs("ledger.read")
def ledgers(request: SignedIn) -> HttpResponse:
    """The accounts in reach by kind, as bars.  Four queries; one for each account where an earlier moment is asked about."""
    reach = request.acting.reach
    asked = {name: request.GET.get(name, "").strip()[:64] for name in ("group", "holder")}
    found = [one for one in readers.accounts(zones=reach) if one.level != "outside"]
    holders = {(one.level, one.holder): one for one in found}
    rows = [then(request, one) for one in found if shown(one, asked["group"], asked["holder"])]
    promises = readers.promises(zones=reach)
    context = {
        "groups": telling.grouped(rows),
        "rows": rows,
        "asked_for": asked,
        "holders": sorted(holders.values(), key=lambda one: (list(telling.LEVELS).index(one.level), one.name.zh)),
        "several": len({one.holder for one in rows}) > 1,
        "promises": promises,
        "near": [one for one in promises if telling.near(one, request.now)],
        "failing": [one for one in readers.assertions(zones=reach) if not one.holds],
        "may": verdict(request.acting, "ledger.write"),
        "telling": telling,
        "place": "ledgers",
    }
    return render(request, "quota/ledgers.html", context)


@require_GET
@needs("ledger.read")
def account(request: SignedIn, account: int) -> HttpResponse:
    """One account: its sums, what is promised on it, what papers say of it, its statement.  Five queries, one a paper."""
    return account_page(request, account)


def account_page(request: SignedIn, number: int, refused: Refusal | None = None, about: str = "") -> HttpResponse:
    """The page of an account, with what was typed where an act was refused; `about`: which form that was."""
    row = seen(request, number)
    lines = readers.statement(number, before=_before(request), until=request.as_of, limit=PAGE + 1)
    may = verdict(request.acting, "ledger.write", zone=row.zone)
    others = readers.accounts(zones=request.acting.reach, quota=row.quota) if may.allowed else ()
    context = {
        "row": then(request, row),
        "lines": lines[:PAGE],
        "more": lines[PAGE - 1].seq if len(lines) > PAGE else "",
        "promises": readers.promises(source=number) if request.as_of is None else (),
        "assertions": readers.assertions(account=number),
        "targets": [
            (one.id, one.name)
            for one in others
            if one.period == row.period and one.id != row.id and one.level in ("city", "zone")
        ],
        "may": may,
        "today": timezone.localdate(request.now),
        "soon": timezone.localdate(request.now) + timedelta(days=30),
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "ledgers",
    }
    return render(request, "quota/ledger.html", context, status=status(refused))


def seen(request: SignedIn, number: int, function: str = "ledger.read") -> AccountRow:
    """The account, if the post may see it.  Raises 404 where there is none.  One query."""
    row = readers.account(number)
    if row is None:
        raise Http404(_("No such account"))
    require(request.acting, function, zone=row.zone)
    return row


def shown(one: AccountRow, group: str, holder: str) -> bool:
    fits = not group or telling.kind(one.quota).group == group
    if holder:
        return fits and f"{one.level}:{one.holder}" == holder
    return fits and one.level != "project"


def then(request: SignedIn, one: AccountRow) -> AccountRow:
    """The account as it stood at the moment asked about."""
    if request.as_of is None:
        return one
    return readers.at_moment(one, request.as_of)


def _before(request: SignedIn) -> int | None:
    """Where the page of the statement before this one ended."""
    written = request.GET.get("before", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None
