"""Acting on quota: reserving for a project with a preview first, the steps of a promise, allotting, and papers to agree with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, key, new_key, number, status
from luodi.desk.quota import telling
from luodi.desk.quota.views import account_page, seen
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import Charge, charge
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import actions, promising, readers
from luodi.ledgers.readers import AccountRow, Held
from luodi.projects import readers as projects

DAYS = 30
"""How long a reservation is offered for; the officer may choose another day.  A choice of ours, no rule."""
VERBS = ("commit", "post", "release", "prolong")


@dataclass(frozen=True, slots=True)
class Preview:
    """A line of the preview: what the need costs the account, and what it would have left (negative: too little)."""

    account: AccountRow
    charge: Charge
    left: int


@require_http_methods(["GET", "POST"])
@needs("ledger.write")
def reserve(request: SignedIn) -> HttpResponseBase:
    """The form that reserves quota for a project: first seen, then done.  Four queries to show it."""
    rows = [one for one in readers.accounts(zones=request.acting.reach, level="zone") if one.sums.inward]
    if request.method == "GET":
        return _form(request, rows, {})
    wrong: dict[str, Refusal] = {}
    asked = _asked(request, rows, wrong)
    preview = tuple(Preview(row, one, row.sums.available - one.amount) for row, one in asked)
    if wrong or request.POST.get("do") != "reserve":
        if not wrong and not preview:
            wrong["whole"] = Refusal("nothing_wanted")
        return _form(request, rows, wrong, preview)

    def act() -> None:
        for row, _one in asked:
            require(request.acting, "ledger.write", zone=row.zone)
        promising.reserve(
            project=_project(request), wanted=[_wanted(row, one) for row, one in asked], expires=_until(request),
            document=request.POST.get("document", ""), by=request.acting, at=request.now, key=key(request.POST),
        )  # fmt: skip

    refused = attempt(act)
    if refused is None:
        return redirect("ledgers")
    return _form(request, rows, {str(refused.facts.get("field", "whole")): refused}, preview)


def _asked(
    request: SignedIn, rows: list[AccountRow], wrong: dict[str, Refusal]
) -> tuple[tuple[AccountRow, Charge], ...]:
    """What the form asks of which account; everything that is wrong with it is noted under its field."""
    statuses = [one for one in telling.STATUSES if one in request.POST]
    found = []
    for row in rows:
        field = f"amount_{row.id}"
        written = request.POST.get(field, "").strip()
        try:
            if written:
                found.append(
                    (row, charge(telling.kind(row.quota), amount(written, telling.kind(row.quota), field), statuses))
                )
        except Refusal as refused:
            wrong[field] = refused
    for field, ask in (("project", _project), ("expires", _until)):
        try:
            ask(request)
        except Refusal as refused:
            wrong[field] = refused
    return tuple(found)


def _wanted(row: AccountRow, one: Charge) -> promising.Wanted:
    return promising.Wanted(row.id, one.amount, one.need if one.ratio > 1 else None)


def _project(request: SignedIn) -> projects.Recorded:
    slug = request.POST.get("project", "").strip()
    found = projects.project(slug[:64])
    if found is None:
        raise Refusal("project_unknown", field="project", slug=slug[:64])
    if found.zone:
        require(request.acting, "ledger.write", zone=found.zone)
    return found


def _until(request: SignedIn) -> datetime:
    return readers.end_of(day(request.POST, "expires"))


def _form(
    request: SignedIn, rows: list[AccountRow], wrong: Mapping[str, Refusal], preview: tuple[Preview, ...] = ()
) -> HttpResponse:
    today = timezone.localdate(request.now)
    typed = request.POST if request.method == "POST" else {
        "expires": (today + timedelta(days=DAYS)).isoformat(), "project": request.GET.get("project", "")[:64],
    }  # fmt: skip
    context = {
        "groups": telling.grouped(rows),
        "projects": projects.listed(zones=request.acting.reach, limit=200),
        "several": len({one.holder for one in rows}) > 1,
        "statuses": telling.STATUSES,
        "preview": preview,
        "short": [one for one in preview if one.left < 0],
        "wrong": wrong,
        "typed": typed,
        "key": new_key(),
        "telling": telling,
        "place": "ledgers",
    }
    return render(request, "quota/ledger_reserve.html", context, status=status(next(iter(wrong.values()), None)))


@require_POST
@needs("ledger.write")
def promise_act(request: SignedIn, promise: int, verb: str) -> HttpResponseBase:
    """The next step of a promise: signed, used up, released, prolonged."""
    found = readers.promise(promise)
    if found is None or verb not in VERBS:
        raise Http404(_("No such promise"))
    require(request.acting, "ledger.write", zone=found.zone)
    refused = attempt(lambda: _do(request, found, verb))
    if refused is None:
        return redirect("ledger", account=found.source)
    return account_page(request, found.source, refused, f"{verb}-{promise}")


def _do(request: SignedIn, found: Held, verb: str) -> None:
    sent = request.POST
    words = sent.get("document", "")
    common = {"promises": [found.id], "by": request.acting, "at": request.now, "key": key(sent)}
    if verb == "release":
        promising.release(why=words, **common)  # type: ignore[arg-type]
    elif verb == "prolong":
        promising.prolong(expires=readers.end_of(day(sent, "expires")), document=words, **common)  # type: ignore[arg-type]
    else:
        written = sent.get("amount", "").strip()
        amounts = {found.id: amount(written, telling.kind(found.quota))} if written else None
        act = promising.commit if verb == "commit" else promising.post
        act(document=words, amounts=amounts, **common)  # type: ignore[arg-type]


@require_POST
@needs("ledger.write")
def allot(request: SignedIn, account: int) -> HttpResponseBase:
    """Pass quota on from an account to one below it."""
    row = seen(request, account, "ledger.write")

    def act() -> None:
        target = seen(request, number(request.POST, "target"), "ledger.write")
        actions.allot(
            route=[row.id, target.id], amount=amount(request.POST.get("amount", ""), telling.kind(row.quota)),
            document=request.POST.get("document", ""), by=request.acting, at=request.now, key=key(request.POST),
        )  # fmt: skip

    refused = attempt(act)
    return account_page(request, account, refused, "allot") if refused else redirect("ledger", account=account)


@require_POST
@needs("ledger.write")
def assert_paper(request: SignedIn, account: int) -> HttpResponseBase:
    """Enter what a paper says an account stood at."""
    row = seen(request, account, "ledger.write")
    refused = attempt(
        lambda: actions.assert_balance(
            account=row.id, on=day(request.POST, "on"), figure=request.POST.get("figure", ""),
            amount=amount(request.POST.get("amount", ""), telling.kind(row.quota)),
            document=request.POST.get("document", ""), by=request.acting, at=request.now, key=key(request.POST),
        )
    )  # fmt: skip
    return account_page(request, account, refused, "assert") if refused else redirect("ledger", account=account)


@require_POST
@needs("ledger.write")
def reverse(request: SignedIn, account: int) -> HttpResponseBase:
    """Take back a step that was a mistake, with all it was linked with."""
    row = seen(request, account, "ledger.write")
    lines = {one.step for one in readers.statement(row.id, limit=1000)}

    def act() -> None:
        step = number(request.POST, "step")
        if step not in lines:
            raise Refusal("no_such_step", step=step)
        for zone in set(readers.zone_of(readers.linked(step)).values()):
            require(request.acting, "ledger.write", zone=zone)
        actions.reverse(
            step=step, why=request.POST.get("document", ""), by=request.acting, at=request.now, key=key(request.POST)
        )

    refused = attempt(act)
    return account_page(request, account, refused, "reverse") if refused else redirect("ledger", account=account)
