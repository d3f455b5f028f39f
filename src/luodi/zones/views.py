"""The registry of zones, and who may decide what by which paper."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.accounts.readers import organisation, organisations
from luodi.accounts.typed import day, day_or_none, whole
from luodi.domain.catalogue.reading import load
from luodi.domain.vocabulary import Refusal
from luodi.zones import actions, readers
from luodi.zones.registry import registry


@require_GET
@needs("powers.read")
def zones(request: SignedIn) -> HttpResponse:
    """The registry, unchecked names marked so.  One query."""
    rows = readers.zones(timezone.localdate(request.as_of or request.now))
    context = {"rows": rows, "kinds": registry().kinds, "levels": registry().levels, "place": "zones"}
    return render(request, "zones/zones.html", context)


@require_GET
@needs("powers.read")
def powers(request: SignedIn) -> HttpResponse:
    """The delegated powers within the reach of the post.  Two queries."""
    return page(request)


def page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The page with what was refused."""
    on = timezone.localdate(request.as_of or request.now)
    reach = request.acting.reach
    units = organisations(zones=reach, on=on)
    wanted = request.GET.get("organisation", "")
    chosen = next((one for one in units if one.code == wanted), None)
    rows = readers.powers(zones=reach, organisation=chosen.id if chosen else None, on=on)
    context = {
        "rows": rows,
        "units": units,
        "chosen": chosen,
        "holders": {one.code: one.name for one in units if any(row.code == one.code for row in rows)},
        "matters": load().matters,
        "categories": len({row.category for row in rows if row.category}),
        "may_write": verdict(request.acting, "powers.write").allowed,
        "refused": refused,
        "typed": request.POST,
        "on": on,
        "place": "powers",
    }
    return render(request, "zones/powers.html", context, status=400 if refused else 200)


@require_POST
@needs("powers.write")
def delegate(request: SignedIn) -> HttpResponse:
    """Delegate a matter to an organisation within the reach of the post."""
    try:
        delegated(request)
    except Refusal as refusal:
        return page(request, refusal)
    return HttpResponseRedirect(reverse("powers"))


def delegated(request: SignedIn) -> None:
    """Delegate what the form says.  Raises `Refusal`; `OutOfReach` for an organisation of another zone."""
    typed = request.POST
    unit = organisation(whole(typed.get("organisation", "")))
    if unit is None:
        raise Refusal("choice_missing")
    require(request.acting, "powers.write", zone=unit.zone)
    if typed.get("matter", "") not in load().matters:
        raise Refusal("power_matter_unknown", matter=typed.get("matter", "")[:80])
    given = actions.Given(
        matter=typed["matter"],
        organisation=unit.id,
        starts=day(typed.get("starts", "")),
        ends=day_or_none(typed.get("ends", "")),
        document=typed.get("document", ""),
    )
    actions.delegate(powers=(given,), by=request.acting, at=request.now)


@require_POST
@needs("powers.write")
def take_back(request: SignedIn, power: int) -> HttpResponse:
    """End a delegated power within the reach of the post."""
    held = readers.power(power)
    if held is not None:
        require(request.acting, "powers.write", zone=held.zone)
    try:
        actions.take_back(
            power=power,
            ends=day(request.POST.get("ends", "")),
            document=request.POST.get("document", ""),
            by=request.acting,
            at=request.now,
        )
    except Refusal as refusal:
        return page(request, refusal)
    return HttpResponseRedirect(reverse("powers"))
