"""The atlas: parcels on one sheet by state, intensity or vacancy; and the parcels below their conditions."""

from collections.abc import Collection
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.land import atlas_data, kept_land, sheet, telling
from luodi.domain.land import idle, standard, states
from luodi.domain.vocabulary import Text
from luodi.factors import readers as factors
from luodi.land import idling, mosaic, readers
from luodi.land.siting import level
from luodi.projects import outlines
from luodi.zones import readers as zones

COLOURS = {
    "state": Text("状态", "state"),
    "intensity": Text("标准地指标", "standard-land figures"),
    "vacancy": Text("空置", "vacancy"),
}
LEGENDS = {
    "intensity": {
        "met": Text("达到", "met"),
        "short": Text("有一项不足", "one falls short"),
        "unknown": Text("无从比较", "nothing to compare"),
    },
    "vacancy": {
        "vacant": Text("有空置", "vacant floors"),
        "full": Text("已满", "full"),
        "none": Text("没有楼宇", "no building"),
    },
}
RULES = {
    "state": Text(
        "远看时，一个方格代表其中的地块，颜色取占多数的状态；放大后逐宗绘出。",
        "From afar a square stands for the parcels in it, in the colour of the state most of them have; nearer, each is drawn.",
    ),
    "intensity": Text(
        "远看时，一个方格代表其中的地块，有一宗不足即标为不足；放大后逐宗绘出。",
        "From afar a square stands for the parcels in it, and falls short as soon as one does; nearer, each is drawn.",
    ),
    "vacancy": Text(
        "远看时，一个方格代表其中的地块，有一宗有空置即标为有空置；放大后逐宗绘出。",
        "From afar a square stands for the parcels in it, and has vacant floors as soon as one has; nearer, each is drawn.",
    ),
}
NODES = 30
ALL = "all"
EVERYWHERE = Text("全部开发区", "All zones")


@require_GET
@needs("land.read")
def atlas(request: SignedIn) -> HttpResponse:
    """The parcels of a zone and its parks: a map in the browser, and a drawing on a sheet for print and where no map can be.

    Ten queries at most, today or at a moment.
    """
    reach, asked = request.acting.reach, request.GET
    known = {one.id: one.name for one in zones.zones() if reach is None or one.id in reach}
    by = asked.get("by", "state") if asked.get("by", "state") in COLOURS else "state"
    version = mosaic.version()
    present = kept_land.present(reach, version)
    wanted = asked.get("zone", request.acting.zone or next(iter(present), ""))
    zone = wanted if wanted in present or (wanted == ALL and len(present) > 1) else next(iter(present), "")
    at = "" if zone == ALL else zone
    inside = atlas_data.inside(request, at)
    moment = request.as_of or request.now
    shown = kept_land.extent(inside, version)
    whole = shown.count <= sheet.MOST or "sheet" in asked
    context = {
        "only_sheet": "sheet" in asked,
        "drawing": Markup(sheet.drawn(request, at, inside, by)) if whole else "",  # noqa: S704 - drawn here, its texts escaped
        "shown": shown,
        "near": mosaic.near(shown.count),
        "deepest": mosaic.DEEPEST,
        "version": version,
        "rules": RULES,
        "by": by,
        "colours": COLOURS,
        "legends": {"state": states.rules().states, **LEGENDS},
        "effects": telling.EFFECTS,
        "zone": zone,
        "at": at,
        "zones": {one: known.get(one, Text(one, one)) for one in present}
        | ({ALL: EVERYWHERE} if len(present) > 1 else {}),
        "today": timezone.localdate(moment),
        "first": timezone.localdate(shown.since) if shown.since else None,
        "signed": _signed(kept_land.on_projects(inside, version), timezone.localdate(moment)),
        "nodes": factors.nodes(zones=inside)[:NODES],
        "sample": any(one.sample for one in readers.listed(inside, limit=1)),
        "place": "land",
    }
    return render(request, "land/land_atlas.html", context)


def _signed(places: Collection[str], on: date) -> list[tuple[str, Text, date]]:
    """The projects with land here and the day each was signed, the last first: what lay over the land on that day.

    One query.
    """
    found = outlines.reached(outlines.Sift(on=on, slugs=set(places), live=None)) if places else ()
    signed = [(one.slug, one.name, one.days["signed"]) for one in found if one.days.get("signed", on) < on]
    return sorted(signed, key=lambda one: one[2], reverse=True)[:NODES]


@require_GET
@needs("land.read")
def low_use(request: SignedIn) -> HttpResponse:
    """Idle parcels, and parcels whose promise or last check falls short of their conditions: a person decides on them.

    Five queries, and a query for each step from a zone up to its level.
    """
    levels: dict[str, str] = {}
    found = []
    for row in readers.whole(request.acting.reach):
        one = row.parcel
        if one.zone not in levels:
            levels[one.zone] = level(one.zone)
        last = one.checks[-1] if one.checks else None
        values, stage = (last.measured, last.stage) if last else (one.promised, None)
        judged = standard.compared(one.conditions, values, levels[one.zone], stage)
        short = tuple(finding for finding in judged if finding.verdict == "short")
        if short:
            found.append((row, last, short, standard.following(judged)))
    names = {one.id: one.name for one in zones.zones()}
    on = timezone.localdate(request.now)
    context = {
        "idle": idling.idling(request.acting.reach, on),
        "bands": idle.bands(),
        "on": on,
        "rows": found, "zones": names, "states": states.rules().states, "standard": standard.rules(), "place": "land",
        "stages": telling.STAGES,
    }  # fmt: skip
    return render(request, "land/low_use.html", context)
