"""Listing: the parcels that are ripe and what the others lack, the form that lists some together, and the batches so far."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, status
from luodi.domain.land import states
from luodi.domain.vocabulary import Refusal, Text
from luodi.land import batches, batching
from luodi.zones import readers as zones

STANDING = {
    "notice": Text("公告期", "notice period"),
    "listed": Text("挂牌中", "listed"),
    "ended": Text("挂牌结束", "ended"),
}


@require_GET
@needs("land.read")
def listing(request: SignedIn) -> HttpResponse:
    """Ripe and unripe parcels of the zones in reach, and the batches.  Five queries, and one a zone."""
    return _page(request)


def _page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    reach, on = request.acting.reach, timezone.localdate(request.now)
    found, past = batches.ripening(reach, on), batches.batches(reach)
    starts, ends = states.listing_days(on)
    known = {one.id: one.name for one in zones.zones()}
    context = {
        "ripe": [one for one in found if not one.against],
        "unripe": [one for one in found if one.against],
        "batches": past,
        "open": [one for one in past if one.state(on) != "ended"],
        "unsold": [
            one for batch in past if batch.state(on) == "ended" for one in batch.members if one.state == "listed"
        ],
        "standing": STANDING,
        "on": on,
        "zones": known,
        "states": states.rules().states,
        "rule": states.listing_rule(),
        "typed": _typed(request.POST) if refused else {"announced": on, "starts": starts, "ends": ends},
        "chosen": set(request.POST.getlist("parcels")) if refused else set(),
        "refused": refused,
        "may": verdict(request.acting, "land.write"),
        "place": "land",
    }
    return render(request, "land/land_batches.html", context, status=status(refused))


@require_POST
@needs("land.write")
def announce(request: SignedIn) -> HttpResponseBase:
    """The chosen parcels of one zone are listed together."""

    def act() -> None:
        sent = request.POST
        parcels, places = _chosen(sent)
        if len(places) > 1:
            raise Refusal("batch_of_zones", field="parcels")
        zone = next(iter(places), request.acting.zone)
        require(request.acting, "land.write", zone=zone)
        batching.announce(
            zone=zone, name=sent.get("name", ""), parcels=parcels, announced=day(sent, "announced"),
            starts=day(sent, "starts"), ends=day(sent, "ends"), paper=sent.get("paper", ""), by=request.acting,
            at=request.now,
        )  # fmt: skip

    refused = attempt(act)
    return _page(request, refused) if refused else redirect("land_batches")


def _chosen(sent: QueryDict) -> tuple[dict[int, int], set[str]]:
    """The parcels that were ticked, each `zone:number:revision` as it was seen."""
    found, places = {}, set()
    for one in sent.getlist("parcels")[: batching.MOST + 1]:
        zone, _, rest = one.partition(":")
        number, _, seq = rest.partition(":")
        if not (number.isascii() and number.isdigit() and seq.isascii() and seq.isdigit() and len(rest) < 30):
            raise Refusal("no_such_parcel")
        found[int(number)] = int(seq)
        places.add(zone)
    return found, places


def _typed(sent: QueryDict) -> dict[str, str]:
    return {name: sent.get(name, "") for name in ("name", "paper", "announced", "starts", "ends")}
