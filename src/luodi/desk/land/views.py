"""Land as a list: parcels by state, a file in, a file out; and the versions of what lies over them."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, number
from luodi.desk.land.telling import BUILDINGS
from luodi.domain.land import layers, states
from luodi.domain.land.writing import collection
from luodi.domain.source.reading import MAX_BYTES
from luodi.domain.vocabulary import BadInput, Problem, Refusal
from luodi.land import overlaying, readers, taking
from luodi.zones import readers as zones

PAGE = 50
GEOJSON = "application/geo+json; charset=utf-8"


@require_GET
@needs("land.read")
def parcels(request: SignedIn) -> HttpResponse:
    """Parcels of the zones in reach, by state, zone and words; the filter stands in the address.  Four queries."""
    return _parcels(request)


def _parcels(
    request: SignedIn, refused: Refusal | None = None, problems: tuple[Problem, ...] = (), good: int = 0
) -> HttpResponse:
    asked = request.GET
    state = asked.get("state", "") if asked.get("state", "") in states.rules().states else ""
    zone, words = asked.get("zone", "")[:64], asked.get("q", "")[:100]
    tenure = asked.get("tenure", "") if asked.get("tenure", "") in states.rules().tenures else ""
    after = int(text) if (text := asked.get("after", "")).isascii() and text.isdigit() and len(text) < 18 else 0
    reach = request.acting.reach
    rows = readers.listed(reach, state=state, zone=zone, words=words, tenure=tenure, after=after, limit=PAGE + 1)
    totals = {one.state: one for one in readers.totals(reach, zone=zone, words=words, tenure=tenure)}
    context = {
        "rows": rows[:PAGE],
        "following": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "totals": [(key, name, totals.get(key)) for key, name in states.rules().states.items()],
        "rules": states.rules(),
        "state": state,
        "zone": zone,
        "tenure": tenure,
        "words": words,
        "zones": {one.id: one.name for one in zones.zones() if reach is None or one.id in reach},
        "buildings": readers.buildings(reach) if not after else (),
        "building_kinds": BUILDINGS,
        "may": verdict(request.acting, "land.write"),
        "said": _said(request),
        "refused": refused,
        "problems": problems,
        "good": good,
        "place": "land",
    }
    return render(request, "land/land.html", context, status=400 if refused or problems else 200)


def _said(request: SignedIn) -> tuple[int, ...]:
    """What the file just taken in changed: new, revised, the same."""
    counts = request.GET.get("taken", "").split("-")
    return (
        tuple(int(one) for one in counts)
        if len(counts) == 3 and all(x.isascii() and x.isdigit() for x in counts)
        else ()
    )


@require_POST
@needs("land.write")
def take(request: SignedIn) -> HttpResponseBase:
    """A GeoJSON file of parcels: all of it, or every fault of it."""
    sent = request.FILES.get("file")
    if sent is None:
        return _parcels(request, Refusal("choice_missing", field="file"))
    data = sent.read(MAX_BYTES + 1)
    try:
        taken = taking.take(text=data, name=(sent.name or "file")[:80], by=request.acting, at=request.now)
    except Refusal as refused:
        return _parcels(request, refused)
    except taking.NotTaken as bad:
        return _parcels(request, problems=bad.problems, good=bad.good)
    return redirect(f"/land/?taken={taken.new}-{taken.revised}-{taken.same}")


@require_GET
@needs("land.read")
def export(request: SignedIn) -> HttpResponse:
    """The parcels of the list as GeoJSON (CGCS2000), as this file can be handed in again.  One query."""
    state, zone = request.GET.get("state", ""), request.GET.get("zone", "")[:64]
    found = readers.whole(request.acting.reach, state=state if state in states.rules().states else "", zone=zone)
    return HttpResponse(
        collection(one.parcel for one in found), content_type=GEOJSON,
        headers={"Content-Disposition": 'attachment; filename="parcels.geojson"'},
    )  # fmt: skip


@require_GET
@needs("land.read")
def layer_list(request: SignedIn) -> HttpResponse:
    """What lies over the zones in reach: versions, what each class does and why, now or at a moment.  Two queries."""
    return _layers(request)


def _layers(request: SignedIn, refused: Refusal | None = None, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    reach = request.acting.reach
    context = {
        "versions": readers.versions(reach, request.as_of),
        "layers": layers.rules().layers,
        "papers": layers.rules().papers,
        "zones": [(one.id, one.name) for one in zones.zones() if reach is None or one.id in reach],
        "may": verdict(request.acting, "land.write"),
        "today": timezone.localdate(request.now),
        "refused": refused,
        "problems": problems,
        "typed": request.POST,
        "place": "land",
    }
    return render(request, "land/land_layers.html", context, status=400 if refused or problems else 200)


@require_POST
@needs("land.write")
def load_layer(request: SignedIn) -> HttpResponseBase:
    """A new version of a layer over a zone, by file."""
    problems: list[Problem] = []

    def act() -> None:
        sent, file, zone = request.POST, request.FILES.get("file"), request.POST.get("zone", "")
        if file is None:
            raise Refusal("choice_missing", field="file")
        require(request.acting, "land.write", zone=zone)
        try:
            overlaying.load(
                zone=zone, layer=sent.get("layer", ""), text=file.read(MAX_BYTES + 1), name=(file.name or "file")[:80],
                paper=sent.get("paper", ""), on=day(sent, "on"), by=request.acting, at=request.now,
            )  # fmt: skip
        except BadInput as bad:
            problems.extend(bad.problems)

    refused = attempt(act)
    return _layers(request, refused, tuple(problems)) if refused or problems else redirect("land_layers")


@require_POST
@needs("land.write")
def withdraw_layer(request: SignedIn) -> HttpResponseBase:
    """A version loaded in error is taken back."""

    def act() -> None:
        zone = request.POST.get("zone", "")
        require(request.acting, "land.write", zone=zone)
        overlaying.withdraw(
            zone=zone, layer=request.POST.get("layer", ""), version=number(request.POST, "version"),
            reason=request.POST.get("reason", ""), by=request.acting, at=request.now,
        )  # fmt: skip

    refused = attempt(act)
    return _layers(request, refused) if refused else redirect("land_layers")
