"""Firms near the scale: put on watch, and noted."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, key
from luodi.desk.results.acts import amount, known_zone
from luodi.desk.results.lag_views import enrolment_page
from luodi.indicators import enrolled, enrolling


@require_POST
@needs("indicator.write")
def record(request: SignedIn) -> HttpResponseBase:
    """Put a firm on watch."""

    def act() -> None:
        sent = request.POST
        zone = known_zone(request, sent.get("zone", ""), "indicator.write")
        enrolling.record_firm(
            uscc=sent.get("uscc", ""), name=sent.get("name", ""), zone=zone, strategic="strategic" in sent,
            by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return enrolment_page(request, refused, "record") if refused else redirect("enrolment")


@require_POST
@needs("indicator.write")
def note(request: SignedIn, firm: int) -> HttpResponseBase:
    """Note revenue, a paper, enrolment or that it left."""
    zone = enrolled.zone_of_firm(firm)
    if not zone:
        raise Http404(_("No such firm"))
    require(request.acting, "indicator.write", zone=zone)

    def act() -> None:
        sent = request.POST
        kind, _sign, paper = sent.get("kind", "").partition(":")
        enrolling.note_firm(
            firm=firm, kind=kind, paper=paper, on=day(sent, "on"), amount=amount(sent, "amount"),
            source=sent.get("source", ""), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return enrolment_page(request, refused, str(firm)) if refused else redirect("enrolment")
