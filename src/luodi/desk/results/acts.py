"""Entering figures and events by hand."""

from decimal import Decimal, InvalidOperation

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, given, key
from luodi.desk.results.lag_views import lag_page
from luodi.desk.results.views import table_page
from luodi.domain.indicators.periods import is_year
from luodi.domain.vocabulary import Refusal
from luodi.indicators import actions
from luodi.projects import readers as projects
from luodi.zones import readers as zones


@require_POST
@needs("indicator.write")
def enter_figure(request: SignedIn) -> HttpResponseBase:
    """Enter a figure, or a target where the period is a year; an empty amount takes the last one back."""

    def act() -> None:
        sent = request.POST
        zone = known_zone(request, sent.get("zone", ""), "indicator.write")
        period = sent.get("period", "")
        actions.record_figure(
            zone=zone, indicator_id=sent.get("indicator", "")[:48], period_text=period, amount=amount(sent, "amount"),
            source=sent.get("source", ""), target=is_year(period),
            project=sent.get("project", "").strip()[:64], by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return table_page(request, refused) if refused else redirect("results")


@require_POST
@needs("indicator.write")
def reach(request: SignedIn) -> HttpResponseBase:
    """Record the day of trial production or full output."""

    def act() -> None:
        sent = request.POST
        found = projects.project(sent.get("project", "").strip()[:64])
        if found is None:
            raise Refusal("project_unknown", field="project", slug=sent.get("project", "")[:64])
        require(request.acting, "indicator.write", zone=found.zone)
        actions.reach_event(
            project=found.slug, event=sent.get("event", ""), on=day(sent, "on"), source=sent.get("source", ""),
            by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return lag_page(request, refused) if refused else redirect("lags")


def known_zone(request: SignedIn, id_: str, function: str) -> str:
    """A zone that stands in the register and in reach.  Raises `Refusal`, and 404 for one out of reach."""
    if not id_ or zones.zone(id_[:64]) is None:
        raise Refusal("figure_zone_unknown", field="zone", zone=id_[:64])
    require(request.acting, function, zone=id_)
    return id_


def amount(sent: QueryDict, name: str) -> Decimal | None:
    """A decimal as people write it; None where the field is empty.  Raises `Refusal` beside its field."""
    if not given(sent, name):
        return None
    text = sent.get(name, "").strip().replace(",", "").replace("，", "").replace("−", "-")
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if len(text) > 30 or not found.is_finite():
        raise Refusal("figure_unreadable", field=name, value=text[:30])
    return found
