"""Sites for a recorded project: what it needs, every parcel in reach with what lies over it, and the days from the planner."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import Progress, ProjectFile
from luodi.domain.land import overlays, states
from luodi.domain.land.parcels import SQUARE_METRES, Parcel
from luodi.domain.land.plane import box, centre, metres
from luodi.domain.land.siting import Candidate, Need, Site, sited
from luodi.domain.planning.placing import Limit, Placed, place
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Refusal, Scalar
from luodi.land import readers
from luodi.zones import readers as zones

Nodes = Mapping[str, Sequence[tuple[float, float]]]
"""Kind of connection (power, water, gas, heat) -> longitude and latitude of the nodes that give it."""
START = "construction_start"
CLEARED = "land_clearing"
NEW_LAND = "site.new_construction_land"
GAS, HEAT = "project.needs_gas", "project.needs_heat"


@dataclass(frozen=True, slots=True)
class Sited:
    """The candidates for one project, and what was looked for."""

    need: Need
    candidates: tuple[Candidate, ...]


def need(file: ProjectFile, *, slug: str, budget: float | None = None) -> Need:
    """What a project looks for, as its form says.  Raises `Refusal("site_without_area")` where it gives no area."""
    area = file.facts.get("land_area")
    if not isinstance(area, int | float) or area <= 0:
        raise Refusal("site_without_area", project=slug)
    investment = file.facts.get("total_investment")
    kinds = ("power", "water", *(("gas",) if file.facts.get(GAS) else ()), *(("heat",) if file.facts.get(HEAT) else ()))
    return Need(
        slug, file.name, float(area) / SQUARE_METRES, industry=str(file.form.get("industry_code") or ""),
        investment=float(investment) if isinstance(investment, int | float) else None, budget=budget, utilities=kinds,
    )  # fmt: skip


def candidates(
    file: ProjectFile, *, slug: str, reach: Collection[str] | None, on: date, budget: float | None = None,
    left: Mapping[str, float] | None = None, known_by: datetime | None = None, nodes: Nodes | None = None,
) -> Sited:  # fmt: skip
    """Every parcel in reach as a candidate for a project.  Three queries, and a plan for every different set of effects.

    `left`: mu of new construction land left in the ledger of each zone; a zone that is not named keeps no ledger.  `nodes`:
    where utility nodes stand; a connection whose length the parcel does not state is measured to the nearest of its kind.
    """
    wanted = need(file, slug=slug, budget=budget)
    return Sited(wanted, sited(wanted, tuple(_sites(file, reach, on, left or {}, known_by, nodes or {}))))


def together(found: Collection[Sited]) -> Placed:
    """Several projects on several parcels: as many as can be, then the least cost (in yuan; not known: none).

    The candidates must be those of the same parcels.  What the ledgers have left is shared: all of them together never take more.
    """
    parcels = sorted({one.site.id for each in found for one in each.candidates})
    known = [{one.site.id: one for one in each.candidates} for each in found]
    costs = [
        [None if row[id_].reasons else round((row[id_].cost or 0) * 10_000) for id_ in parcels] for row in known
    ]  # fmt: skip
    ledgers = {one.site.quota for each in found for one in each.candidates if one.site.quota is not None}
    limits = [
        Limit(
            int(most * 1000),
            tuple(tuple(_takes(row[id_].site, zone) for id_ in parcels) for row in known),
        )
        for zone, most in sorted(ledgers)
    ]
    return place(costs, limits)


def _takes(site: Site, zone: str) -> int:
    """Thousandths of a mu, rounded up, that a parcel takes from the ledger of a zone."""
    return ceil(site.parcel.mu * 1000) if site.quota is not None and site.quota[0] == zone else 0


def _sites(
    file: ProjectFile, reach: Collection[str] | None, on: date, left: Mapping[str, float], known_by: datetime | None,
    nodes: Nodes,
) -> Iterator[Site]:  # fmt: skip
    areas = readers.overlays_over(None, on, known_by)
    levels: dict[str, str] = {}
    days: dict[tuple[object, ...], int | None] = {}
    for row in readers.whole(reach):
        one = row.parcel
        above = zones.chain(one.zone)
        around, where = set(above), box(one.boundary)
        near = [area for area in areas if area.zone in around and box(area.boundary).meets(where)]
        found = overlays.effects(one.boundary, near, on)
        facts, progress = _told(one, found, file)
        key = (tuple(sorted(facts.items())), tuple(sorted(progress)))
        if key not in days:
            days[key] = _days(file, facts, progress)
        levels.setdefault(one.zone, level(one.zone))
        ledger = next((zone for zone in above if zone in left), None)
        takes = ledger is not None and one.state == "raw" and bool(file.facts.get(NEW_LAND))
        quota = (ledger, left[ledger]) if takes and ledger is not None else None
        yield Site(row.id, one, found, levels[one.zone], days[key], quota, _near(one, nodes))


def _near(one: Parcel, nodes: Nodes) -> dict[str, float]:
    """Metres from the middle of a parcel to the nearest node of each kind of connection."""
    middle = centre(one.boundary)
    return {kind: min(metres(middle, place) for place in places) for kind, places in nodes.items() if places}


def level(zone: str) -> str:
    """The level of a zone, or of the zone a park lies in.  A query for each step up."""
    for one in zones.chain(zone):
        row = zones.zone(one)
        if row is not None and row.level != "sub":
            return row.level
    return ""


def _told(
    one: Parcel, found: tuple[overlays.Effect, ...], file: ProjectFile
) -> tuple[Mapping[str, Scalar], Mapping[str, Progress]]:
    """What a parcel tells the plan: facts of its site, and what is done there already."""
    facts = {**overlays.told_to_the_plan(found), "land.supply_mode": one.tenure}
    done = {key: proof.on for key, proof in one.proofs.items() if key in load().matters}
    if all(key in one.proofs for key in states.rules().checklist):
        done[CLEARED] = max(one.proofs[key].on for key in states.rules().checklist)
    progress = {key: Progress(day, day) for key, day in done.items() if day <= file.options.as_of}
    return facts, progress


def _days(file: ProjectFile, facts: Mapping[str, Scalar], progress: Mapping[str, Progress]) -> int | None:
    """Calendar days from the project's day of planning to the start of works on such a parcel; None: no lawful plan."""
    there = replace(file, facts={**file.facts, **facts}, progress={**progress, **file.progress})
    answer = plan(there, load(), start=file.options.as_of.isoformat(), to=START, seconds=2.0)
    return (answer.milestones[START] - file.options.as_of).days if isinstance(answer, Plan) else None
