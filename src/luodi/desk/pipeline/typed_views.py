"""A lead typed in or corrected: companies much alike are shown before anything is saved, every fault beside its field."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, given, key, new_key, number, status
from luodi.desk.pipeline.lead_views import posts, seen
from luodi.desk.pipeline.views import shared
from luodi.domain.leads.money import wan, yuan
from luodi.domain.vocabulary import Refusal
from luodi.leads import actions, readers
from luodi.leads.actions import Facts
from luodi.leads.readers import Row
from luodi.zones import readers as zones

WORDS = ("company", "title", "uscc", "sector", "region", "channel", "programme", "source", "note")


@require_http_methods(["GET", "POST"])
@needs("lead.write")
def new_lead(request: SignedIn) -> HttpResponseBase:
    """Record a lead.  What is much alike is shown first, and saved only when the officer says that it is another company."""
    if request.method == "GET":
        return _form(
            request, {}, {"contacted": timezone.localdate(request.now).isoformat(), "zone": request.acting.zone}
        )
    wrong: dict[str, Refusal] = {}
    facts = _facts(request, wrong)
    found = readers.alike(request.POST.get("company", ""), request.POST.get("uscc", ""))
    if found and "another" not in request.POST:
        wrong.setdefault("another", Refusal("lead_alike", field="another", count=len(found)))
    if wrong or facts is None:
        return _form(request, wrong, request.POST, found)
    made: list[int] = []

    def act() -> None:
        zone = request.POST.get("zone", "").strip() or request.acting.zone
        if zones.zone(zone) is None:
            raise Refusal("lead_choice_unknown", field="zone", value=zone[:40])
        require(request.acting, "lead.write", zone=zone)
        sent = request.POST
        made.append(actions.record_lead(
            zone=zone, facts=facts, owner=number(sent, "owner") if given(sent, "owner") else None, step=sent.get("step", ""),
            due=day(sent, "due") if given(sent, "due") else None, by=request.acting, at=request.now, key=key(sent),
        ))  # fmt: skip

    refused = attempt(act)
    if refused is not None:
        return _form(request, {str(refused.facts.get("field", "whole")): refused}, request.POST, found)
    return redirect("lead", lead=made[0]) if made else redirect("pipeline")


@require_http_methods(["GET", "POST"])
@needs("lead.write")
def amend_lead(request: SignedIn, lead: int) -> HttpResponseBase:
    """Correct what is known of a lead."""
    row = seen(request, lead)
    require(request.acting, "lead.write", zone=row.zone)
    if request.method == "GET":
        return _form(request, {}, _as_typed(row), row=row)
    wrong: dict[str, Refusal] = {}
    facts = _facts(request, wrong)
    if facts is not None and not wrong:
        refused = attempt(
            lambda: actions.amend_lead(
                lead=row.id, facts=facts, seq=number(request.POST, "seq"), by=request.acting, at=request.now,
                key=key(request.POST),
            )
        )  # fmt: skip
        if refused is None:
            return redirect("lead", lead=row.id)
        wrong[str(refused.facts.get("field", "whole"))] = refused
    return _form(request, wrong, request.POST, row=row)


def _facts(request: SignedIn, wrong: dict[str, Refusal]) -> Facts | None:
    """What the form says; everything that is wrong with it is noted under its field."""
    sent = request.POST
    words = {name: sent.get(name, "") for name in WORDS}
    amount, contacted = None, date.min
    try:
        amount = yuan(sent.get("amount", ""), "amount")
    except Refusal as refused:
        wrong["amount"] = refused
    try:
        contacted = day(sent, "contacted")
    except Refusal as refused:
        wrong["contacted"] = refused
    found = Facts(contacted=contacted, amount=amount, **words)
    for name in ("company", "title"):
        if not words[name].strip():
            wrong[name] = Refusal("text_missing", field=name)
    try:
        return actions.checked(found, request.now)
    except Refusal as refused:
        wrong.setdefault(str(refused.facts.get("field", "whole")), refused)
        return None


def _as_typed(row: Row) -> Mapping[str, str]:
    known = {name: str(getattr(row, name)) for name in WORDS}
    return known | {"contacted": row.contacted.isoformat(), "amount": wan(row.amount), "seq": str(row.seq)}


def _form(
    request: SignedIn,
    wrong: Mapping[str, Refusal],
    typed: Mapping[str, str],
    found: tuple[Row, ...] = (),
    row: Row | None = None,
) -> HttpResponse:
    reach = request.acting.reach
    known = [one for one in zones.zones(timezone.localdate(request.now)) if reach is None or one.id in reach]
    context = {
        "row": row,
        "wrong": wrong,
        "typed": typed,
        "found": [(one, reach is None or one.zone in reach) for one in found],
        "zones": [(one.id, one.name) for one in known],
        "posts": posts(request.acting.zone, request) if request.acting.zone else [],
        "key": new_key(),
        **shared(request, None),
    }
    return render(request, "pipeline/new.html", context, status=status(next(iter(wrong.values()), None)))
