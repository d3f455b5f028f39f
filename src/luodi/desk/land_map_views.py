"""The atlas: parcels on one sheet by state, intensity or vacancy; and the parcels below their conditions."""

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from luodi.accounts.gate import SignedIn, needs
from luodi.desk import land_picture, land_telling
from luodi.desk.tongue import language
from luodi.domain.land import standard, states
from luodi.domain.vocabulary import Text
from luodi.land import readers
from luodi.land.siting import level
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
MOST = 4000
"""Parcels drawn at once; a map of more needs a drawing made in the browser."""
LABEL = Text("地块图", "Map of parcels")


@require_GET
@needs("land.read")
def atlas(request: SignedIn) -> HttpResponse:
    """The parcels of a zone and its parks on a sheet, with what lies over them, today or at a moment.  Six queries."""
    reach, asked = request.acting.reach, request.GET
    known = {one.id: one.name for one in zones.zones() if reach is None or one.id in reach}
    by = asked.get("by", "state") if asked.get("by", "state") in COLOURS else "state"
    present = readers.zones_with_parcels(reach)
    zone = asked.get("zone", "") if asked.get("zone", "") in present else (request.acting.zone or "")
    zone = zone if zone in present else next(iter(present), "")
    inside = [one for one in zones.subtree(zone) if one in known]
    rows = readers.whole(inside, as_of=request.as_of, limit=MOST + 1)
    on = timezone.localdate(request.as_of or request.now)
    areas = readers.overlays_over((*zones.chain(zone), *inside), on, request.as_of) if zone else ()
    vacancy = defaultdict[int, tuple[float, float]](lambda: (0.0, 0.0))
    for one in readers.buildings(reach) if by == "vacancy" else ():
        floor, vacant = vacancy[one.parcel]
        vacancy[one.parcel] = (floor + one.floor_area, vacant + one.vacant)
    patches = land_telling.patches(
        rows[:MOST], language(), by=by, levels=dict.fromkeys(inside, level(zone)), vacancy=vacancy
    )
    drawing = land_picture.draw(patches, land_telling.veils(areas, language()), LABEL, language()) if patches else ""
    context = {
        "drawing": Markup(drawing),  # noqa: S704 - drawn here, its texts escaped
        "rows": rows[:MOST],
        "cut": len(rows) > MOST,
        "most": MOST,
        "by": by,
        "colours": COLOURS,
        "legend": states.rules().states if by == "state" else LEGENDS[by],
        "effects": land_telling.EFFECTS,
        "zone": zone,
        "zones": {one: known.get(one, Text(one, one)) for one in present},
        "today": on,
        "sample": any(one.sample for one in rows),
        "place": "land",
    }
    return render(request, "desk/land_atlas.html", context)


@require_GET
@needs("land.read")
def low_use(request: SignedIn) -> HttpResponse:
    """Parcels whose promise or last check falls short of their conditions: the list a person decides on.

    Two queries, and a query for each step from a zone up to its level.
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
    context = {
        "rows": found, "zones": names, "states": states.rules().states, "standard": standard.rules(), "place": "land",
        "stages": land_telling.STAGES,
    }  # fmt: skip
    return render(request, "desk/low_use.html", context)
