"""Zones of one class side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.region import comparing, telling
from luodi.desk.region.asked import asked
from luodi.domain.regions.comparing import MOST, comparable
from luodi.domain.vocabulary import Refusal
from luodi.zones import readers
from luodi.zones.readers import ZoneRow
from luodi.zones.registry import registry


@require_GET
@needs("zone.read")
def compare(request: SignedIn) -> HttpResponse:
    """Up to four zones side by side; zones of different classes are refused with a sentence.  Eleven queries at most."""
    one, everything = asked(request), readers.zones()
    chosen = chosen_of(request, everything)
    refused: Refusal | None = None
    rows: tuple[comparing.Row, ...] = ()
    try:
        check(chosen)
        rows = comparing.rows(chosen, one.on, request.now, request.as_of) if chosen else ()
    except Refusal as said:
        refused = said
    reach = request.acting.reach
    context = {
        "filters": one,
        "chosen": chosen,
        "rows": rows,
        "refused": refused,
        "choices": [row for row in everything if reach is None or row.id in reach],
        "kinds": registry().kinds,
        "most": MOST,
        "telling": telling,
        "query": "&".join(f"zone={row.id}" for row in chosen),
        "place": "region",
    }
    return render(request, "region/compare.html", context, status=400 if refused else 200)


def chosen_of(request: SignedIn, everything: tuple[ZoneRow, ...]) -> list[ZoneRow]:
    """The zones the address names, each once, in its order.  Raises 404 for one that does not exist or is out of reach."""
    known = {row.id: row for row in everything}
    wanted = [one for one in dict.fromkeys(request.GET.getlist("zone")) if one][:20]
    for one in wanted:
        if one not in known:
            raise Http404(_("No such zone"))
        require(request.acting, "zone.read", zone=one)
    return [known[one] for one in wanted]


def check(chosen: list[ZoneRow]) -> None:
    """Refuse too many zones, or zones of different classes.  Raises `Refusal`."""
    comparable([(one.name, one.kind, registry().kinds[one.kind]) for one in chosen])
