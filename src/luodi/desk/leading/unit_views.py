"""挂图作战: the units of a zone and their cases on one wall, live, and on paper."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn
from luodi.cases import readers
from luodi.cases.readers import Bar, ZoneFigures
from luodi.desk import live, painting
from luodi.desk.casework import spoken
from luodi.desk.charting import answers
from luodi.desk.leading import unit_picture
from luodi.desk.leading.unit_lanes import Handled, bands, cells
from luodi.desk.leading.unit_picture import Lane, Window
from luodi.desk.tongue import language
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import light_rules
from luodi.domain.vocabulary import Refusal, Text
from luodi.domain.workdays import WorkCalendar
from luodi.workcalendar.readers import in_force
from luodi.zones import readers as zones

WEEKS = {"4": (14, 14), "6": (28, 14), "10": (49, 21)}
"""Weeks on the wall: days before today, and after."""
MOST = 40
"""Cases shown of one unit; the rest are a link to the list."""
CASES = 3000
"""Cases of one zone open within the weeks shown."""
BACK = timedelta(days=30)
PREFIX, LIKE = 4, 3
"""Characters that most units must share, and how many units, before names are worth cutting."""


@dataclass(frozen=True, slots=True)
class Wall:
    """The switches of the wall: whose zone, how many weeks, and the unit whose cases are shown (None: all)."""

    zone: str
    weeks: str
    unit: str | None

    def query(self, **changed: str | None) -> str:
        """The address with some switches changed."""
        pairs = {"zone": self.zone, "weeks": self.weeks, "unit": self.unit} | changed
        return "?" + urlencode({key: value for key, value in pairs.items() if value})

    def window(self, today: date) -> Window:
        """The days shown."""
        before, after = WEEKS[self.weeks]
        return Window(today - timedelta(days=before), today + timedelta(days=after), today)


@require_GET
@gate.needs("zone.read")
def wall(request: SignedIn) -> HttpResponse:
    """The wall of a zone.  Four queries, whatever the number of cases; whoever looks after none in particular chooses."""
    switches = read(request)
    if not switches.zone:
        return render(request, "leading/unit_zones.html", choice(request))
    reach = zones.subtree(switches.zone)
    key = ("wall", switches, request.as_of, live.everything(request, zones=reach))
    etag = live.mark(request, zones=reach)
    return painting.whole(request, "leading/unit_chart.html", key, lambda: context(request), etag=etag)


@require_GET
@gate.needs("zone.read")
def wall_now(request: SignedIn) -> HttpResponse:
    """The same for a page that stays open: 304 until something happens in the zone."""
    etag = live.mark(request, zones=zones.subtree(read(request).zone))
    return live.answer(request, etag, lambda: painting.page(request, "leading/unit_chart_part.html", context(request)))


def read(request: SignedIn) -> Wall:
    """The switches of an address; the post's own zone where none is named.

    Raises `Refusal` for a switch that does not exist, and lets nobody see a zone beyond their reach.
    """
    weeks = request.GET.get("weeks", "6")
    if weeks not in WEEKS:
        raise Refusal("unknown_switch", switch="weeks", value=weeks[:40], known=", ".join(WEEKS))
    zone = request.GET.get("zone", "")[:64] or request.acting.zone or min(request.acting.reach or ("",))
    if zone and zone not in zones.parents():
        raise Http404(_("No such zone"))  # before the gate: what is no zone has no chain of readings either
    if zone:
        gate.require(request.acting, "zone.read", zone=zone)
    return Wall(zone, weeks, request.GET.get("unit", "")[:64] or None)


def choice(request: SignedIn) -> dict[str, object]:
    """The zones with cases, the most overdue first, to choose a wall from.  Four queries."""
    names, rows = zones_standing(request)
    return {"place": "unit_chart", "names": names, "standing": rows}


def zones_standing(request: SignedIn) -> tuple[Mapping[str, Text], Sequence[ZoneFigures]]:
    """The zones with cases, the most overdue first, and their names.  Four queries."""
    today = day_of(request.now)
    return {one.id: one.name for one in zones.zones(today)}, readers.by_zone(request.acting.reach, today, today - BACK)


def context(request: SignedIn) -> dict[str, object]:
    """Everything the wall shows."""
    switches, today = read(request), day_of(request.as_of or request.now)
    reach, window = zones.subtree(switches.zone), switches.window(today)
    etag = live.mark(request, zones=reach)
    found = zones.zone(switches.zone)
    bars = readers.of_zone(
        reach, now=request.now, since=window.first, until=window.last, limit=CASES, as_of=request.as_of
    )
    units, days = by_unit(bars), in_force()
    names = short(list(units))
    lanes = [
        lane
        for name, members in zip(names, units.values(), strict=True)
        for lane in lanes_of(name, members, switches, window, days)
    ]
    return {
        "place": "unit_chart",
        "wall": switches,
        "zone_name": found.name if found else Text(switches.zone, switches.zone),
        "lanes": lanes,
        "open": sum(bar.row.open for bar in bars),
        "late": sum(1 for bar in bars if lamp(bar) == "red"),
        "soon": sum(1 for bar in bars if lamp(bar) == "amber"),
        "weeks": tuple(WEEKS),
        "drawing": unit_picture.draw(lanes, window, language()),
        "today": today,
        "etag": etag,
    }


def short(names: Sequence[str]) -> list[str]:
    """Names without what most of them share (the zone they all belong to): its name stands above the wall."""
    prefix = shared(names)
    suffix = shared([name[::-1] for name in names])[::-1]
    return [name.removeprefix(prefix).removesuffix(suffix) or name for name in names]


def shared(names: Sequence[str]) -> str:
    """How most names begin, as long as it is the same in all of these; "" where nothing is shared."""
    start, often = Counter(name[:PREFIX] for name in names).most_common(1)[0] if names else ("", 0)
    if often < LIKE or often * 2 < len(names):
        return ""
    alike = [name for name in names if name.startswith(start)]
    first, last = min(alike), max(alike)  # in order of the alphabet all others stand between them
    same = next((place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), 0)
    return first[:same]


def by_unit(bars: tuple[Bar, ...]) -> Mapping[str, list[Bar]]:
    """The cases by the unit that handles them, the unit with most overdue first; in each the worst first."""
    units: dict[str, list[Bar]] = {}
    for bar in bars:
        units.setdefault(bar.row.organisation_name[language()], []).append(bar)
    ordered = sorted(units, key=lambda unit: (-sum(lamp(bar) == "red" for bar in units[unit]), -len(units[unit]), unit))
    return {unit: sorted(units[unit], key=lambda bar: (bar.row.runs_out, bar.row.id)) for unit in ordered}


def lanes_of(unit: str, bars: list[Bar], switches: Wall, window: Window, days: WorkCalendar) -> list[Lane]:
    """A unit's own row, and the rows of its cases where they are asked for."""
    cases = [handled(bar, days) for bar in bars]
    code = str(bars[0].row.organisation)
    shown = switches.unit == code
    href = switches.query(unit=None if shown else code)
    running = sum(bar.row.open for bar in bars)
    own = Lane(unit, str(running), href, bars[0].row.organisation_name[language()], cells=cells(cases, window))
    if not shown and switches.unit != "all":
        return [own]
    return [own, *(lane(bar, case, window) for bar, case in list(zip(bars, cases, strict=True))[:MOST])]


def lane(bar: Bar, case: Handled, window: Window) -> Lane:
    """The row of a case."""
    row, spoken_in = bar.row, language()
    matter = answers.catalogue().matters.get(row.matter)
    name = matter.name[spoken_in] if matter else row.matter
    left = spoken.left(row.promise_light, row.promise_hours_left, spoken_in)
    said = left if row.open else spoken.LIGHTS["done"][spoken_in]
    why = f"{name} · {row.project_name[spoken_in]}\n{spoken.state(row.state, spoken_in)} · {said} · {row.number}"
    return Lane(
        label=name,
        sub=row.project_name[spoken_in],
        href=f"/cases/{row.number}/",
        why=why,
        bands=bands(case, window),
        light=lamp(bar),
        due=case.limit,
    )


def lamp(bar: Bar) -> str:
    """The light a case stands in now."""
    row = bar.row
    if not row.open:
        return "done"
    if row.paused_since:
        return "paused"
    return "red" if row.light == "red" else row.promise_light if row.promise_light != "none" else row.light


def handled(bar: Bar, days: WorkCalendar) -> Handled:
    """A case as days: on a day off nothing falls late, as in the lists."""
    row = bar.row
    limit = min((day for day in (row.promise_due, row.due) if day), default=None)
    return Handled(
        number=row.number,
        opened=day_of(row.opened_at),
        accepted=day_of(row.accepted_at) if row.accepted_at else None,
        closed=day_of(row.closed_at) if row.closed_at else None,
        limit=limit,
        warns=days.add(limit, -light_rules().amber) if limit else None,
        late=days.add(limit, 1) if limit else None,
        stops=tuple((day_of(one.since), day_of(one.until) if one.until else None) for one in bar.waits),
    )
