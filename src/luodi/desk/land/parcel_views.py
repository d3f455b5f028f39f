"""One parcel: what it is, what lies over it, what forbids and allows, its conditions, its way; and the acts on it."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, given, number, status
from luodi.desk.charting import answers
from luodi.desk.land import picture, telling
from luodi.desk.tongue import language
from luodi.domain.land import standard, states
from luodi.domain.land.parcels import Numbers, Parcel
from luodi.domain.vocabulary import Refusal, Text
from luodi.land import building, conditioning, moving, readers
from luodi.land.siting import level as level_of
from luodi.projects import readers as projects
from luodi.zones import readers as zones

LABEL = Text("地块及周边示意图", "The parcel and its surroundings")


@require_GET
@needs("land.read")
def parcel(request: SignedIn, parcel: int) -> HttpResponse:
    """A parcel, as it stands or as it stood at a moment.  Eleven queries."""
    return _page(request, parcel)


def _page(request: SignedIn, id_: int, refused: Refusal | None = None, verb: str = "") -> HttpResponse:
    moment = request.as_of or request.now
    found = readers.parcel(id_, request.as_of)
    if found is None:
        raise Http404
    one = found.parcel
    require(request.acting, "land.read", zone=one.zone)
    on, level = timezone.localdate(moment), level_of(one.zone)
    near = readers.near(one)
    areas = readers.overlays(one, on, request.as_of)
    drawing = picture.draw(
        telling.patches(near or (found,), language(), here=found.id), telling.veils(areas, language()), LABEL,
        language(), focus=one.boundary,
    )  # fmt: skip
    said = _said(one)
    context = {
        "found": found,
        "one": one,
        "zone": zones.zone(one.zone),
        "on": on,
        "about": telling.about(one, on, level, said, request.as_of),
        "from_form": dict(said),
        "drawing": Markup(drawing),  # noqa: S704 - drawn here, its texts escaped
        "rules": states.rules(),
        "standard": standard.rules(),
        "provable": moving.provable(),
        "matters": answers.catalogue().matters,
        "telling": telling,
        "history": readers.history(id_) if not request.as_of else (),
        "buildings": readers.buildings(None, parcel=id_),
        "projects": projects.listed(zones=request.acting.reach, limit=200),
        "listing_rule": states.listing_rule(),
        "may": verdict(request.acting, "land.write", zone=one.zone),
        "refused": refused,
        "refused_verb": verb,
        "typed": request.POST if refused else {},
        "place": "land",
    }
    return render(request, "land/parcel.html", context, status=status(refused))


def _said(one: Parcel) -> Numbers:
    """What the form of its project comes to on this parcel, where it is kept for one.  One query."""
    recorded = projects.project(one.project) if one.project else None
    investment = recorded.file.facts.get("total_investment") if recorded else None
    return standard.promised(
        investment=float(investment) if isinstance(investment, int | float) else None, tax=None, mu=one.mu
    )


@require_POST
@needs("land.write")
def act(request: SignedIn, parcel: int, verb: str) -> HttpResponseBase:
    """Something is done to a parcel: prove, move, conditions, promise, check, building, take_out."""
    zone = readers.zone_of(parcel)
    if not zone or verb not in ACTS:
        raise Http404
    require(request.acting, "land.write", zone=zone)
    refused = attempt(lambda: ACTS[verb](request, parcel))
    if refused:
        return _page(request, parcel, refused, verb)
    return redirect("land") if verb == "take_out" else redirect("parcel", parcel=parcel)


def _prove(request: SignedIn, parcel: int) -> None:
    sent = request.POST
    moving.prove(
        parcel=parcel, seq=number(sent, "seq"), what=sent.get("what", ""), on=day(sent, "on"),
        evidence=sent.get("evidence", ""), by=request.acting, at=request.now,
    )  # fmt: skip


def _move(request: SignedIn, parcel: int) -> None:
    sent = request.POST
    days = {name: day(sent, name) if given(sent, name) else None for name in ("announced", "starts", "ends")}
    moving.move(
        parcel=parcel, seq=number(sent, "seq"), to=sent.get("to", ""), on=day(sent, "on"),
        evidence=sent.get("evidence", ""), project=sent.get("project", "").strip()[:64], by=request.acting,
        at=request.now, **days,
    )  # fmt: skip


def _conditions(request: SignedIn, parcel: int) -> None:
    values = _figures(request.POST)
    conditioning.set_conditions(
        parcel=parcel, seq=number(request.POST, "seq"), values=values, by=request.acting, at=request.now
    )


def _promise(request: SignedIn, parcel: int) -> None:
    values = _figures(request.POST)
    conditioning.promise(
        parcel=parcel, seq=number(request.POST, "seq"), values=values, by=request.acting, at=request.now
    )


def _check(request: SignedIn, parcel: int) -> None:
    sent = request.POST
    conditioning.check(
        parcel=parcel, seq=number(sent, "seq"), stage=sent.get("stage", ""), on=day(sent, "on"), values=_figures(sent),
        evidence=sent.get("evidence", ""), by=request.acting, at=request.now,
    )  # fmt: skip


def _building(request: SignedIn, parcel: int) -> None:
    sent = request.POST
    building.record(
        parcel=parcel, number=sent.get("number", ""), name=sent.get("name", ""), kind=sent.get("kind", ""),
        floor_area=_figure(sent, "floor_area"), vacant=_figure(sent, "vacant"), by=request.acting, at=request.now,
    )  # fmt: skip


def _take_out(request: SignedIn, parcel: int) -> None:
    sent = request.POST
    moving.take_out(
        parcel=parcel, seq=number(sent, "seq"), reason=sent.get("reason", ""), by=request.acting, at=request.now
    )


def _figures(sent: QueryDict) -> dict[str, float]:
    """The figures of a form, by indicator; what is left empty is left out."""
    return {key: _figure(sent, key) for key in standard.indicators() if given(sent, key)}


def _figure(sent: QueryDict, name: str) -> float:
    """A number.  Raises `Refusal` beside its field."""
    text = sent.get(name, "").strip().replace(",", "").replace("，", "")
    try:
        return float(text)
    except ValueError:
        raise Refusal("number_unreadable", field=name, value=text[:40]) from None


ACTS: Mapping[str, Callable[[SignedIn, int], None]] = {
    "prove": _prove,
    "move": _move,
    "conditions": _conditions,
    "promise": _promise,
    "check": _check,
    "building": _building,
    "take_out": _take_out,
}
