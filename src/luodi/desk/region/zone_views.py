"""One zone: what it can offer, as a page, as two printed pages, and entering its resource profile."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, key, new_key, status
from luodi.desk.charting import answers
from luodi.desk.doors.sheet_views import as_file
from luodi.desk.region import offer_sheet, telling
from luodi.desk.region.asked import asked
from luodi.desk.region.offering import offer
from luodi.desk.tongue import language
from luodi.domain.regions.published import policies
from luodi.domain.regions.resources import items
from luodi.domain.vocabulary import Refusal
from luodi.zones import profiles, profiling, readers
from luodi.zones.readers import ZoneRow
from luodi.zones.registry import registry


@require_GET
@needs("zone.read")
def zone(request: SignedIn, zone: str) -> HttpResponse:
    """A zone with all it can offer, and its profile to enter for those who may.  Eleven queries."""
    return zone_page(request, seen(request, zone))


def zone_page(request: SignedIn, row: ZoneRow, refused: Refusal | None = None) -> HttpResponse:
    """The page, with what was typed where an act was refused."""
    one = asked(request) if request.method == "GET" else None
    on = one.on if one else timezone.localdate(request.now)
    may = verdict(request.acting, "region.write", zone=row.id)
    context = {
        "offer": offer(row, on, request.as_of),
        "history": profiles.history(row.id, as_of=request.as_of),
        "may": may.allowed and request.as_of is None,
        "filters": one,
        "choices": [(item.id, item.name) for item in items().items.values()],
        "items": items().items,
        "policies": policies(),
        "kinds": registry().kinds,
        "levels": registry().levels,
        "milestones": answers.catalogue().milestones,
        "dated": bool(one and one.dated),
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "region",
    }
    return render(request, "region/zone.html", context, status=status(refused))


def seen(request: SignedIn, zone: str, function: str = "zone.read") -> ZoneRow:
    """The zone at an address, if the post reaches it.  Raises 404 where there is none.  One query."""
    row = readers.zone(zone)
    if row is None:
        raise Http404(_("No such zone"))
    require(request.acting, function, zone=row.id)
    return row


@require_GET
@needs("zone.read")
def offer_pdf(request: SignedIn, zone: str) -> HttpResponse:
    """The offer sheet of a zone as PDF, two pages of A4.  Nine queries."""
    row = seen(request, zone)
    one = asked(request)
    data = offer_sheet.pdf(offer(row, one.on, request.as_of), language(), printed=timezone.localdate(request.now))
    return as_file(data, f"{row.name[language()]}-{one.on}.pdf", "application/pdf")


@require_POST
@needs("region.write")
def enter(request: SignedIn, zone: str) -> HttpResponseBase:
    """Enter a line of the profile."""
    row = seen(request, zone, "region.write")

    def act() -> None:
        sent = request.POST
        line = profiling.Line(
            item=sent.get("item", ""), value=sent.get("value", ""), about=sent.get("about", ""), on=day(sent, "on"),
            source=sent.get("source", ""),
        )  # fmt: skip
        profiling.enter(zone=row.id, line=line, by=request.acting, at=request.now, key=key(sent))

    refused = attempt(act)
    return zone_page(request, row, refused) if refused else redirect("region_zone", zone=row.id)


@require_POST
@needs("region.write")
def end(request: SignedIn, zone: str) -> HttpResponseBase:
    """Say that a line of the profile no longer holds."""
    row = seen(request, zone, "region.write")

    def act() -> None:
        sent = request.POST
        profiling.end(
            zone=row.id, item=sent.get("item", ""), on=day(sent, "on"), source=sent.get("source", ""), by=request.acting,
            at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return zone_page(request, row, refused) if refused else redirect("region_zone", zone=row.id)
