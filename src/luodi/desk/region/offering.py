"""What a zone can offer an investor: where, industries, resources, land and plants, days promised, policies, whom to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts import readers as accounts
from luodi.accounts.readers import Unit
from luodi.domain.regions import published
from luodi.domain.regions.comparing import Spread, spread
from luodi.domain.regions.published import Known
from luodi.domain.regions.resources import Item, items
from luodi.domain.vocabulary import Text
from luodi.land import readers as land
from luodi.plans import readers as plans
from luodi.projects import outlines, then
from luodi.projects.outlines import Sift
from luodi.zones import profiles, readers
from luodi.zones.profiles import Entered
from luodi.zones.readers import ZoneRow

READY = ("net", "listed")
"""States of a parcel that can be supplied: net land, and what is listed."""
LAND = "land"
"""The group of a profile that stands with the parcels recorded."""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a profile under one heading."""

    id: str
    name: Text
    lines: tuple[tuple[Item, Entered], ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """Land and plants as they are recorded here.  `mu`: net and listed parcels; `vacant`: m² of floor."""

    parcels: int
    mu: float
    buildings: int
    vacant: float
    sample: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """All of it.  `promised`: by milestone, calendar days from signing to the announced day.  `invented`: some projects are."""

    zone: ZoneRow
    parks: tuple[ZoneRow, ...]
    known: Known
    groups: tuple[Group, ...]
    ready: Ready
    promised: Mapping[str, Spread]
    started: Spread | None
    projects: int
    invented: bool
    contact: Unit | None
    on: date

    @property
    def sample(self) -> bool:
        """Whether any of it rests on invented projects, buildings or units."""
        return self.invented or self.ready.sample or bool(self.contact and self.contact.sample)


def offer(zone: ZoneRow, on: date, as_of: datetime | None = None) -> Offer:
    """What a zone can offer on a day, its parks included, as it was known at a moment where one is given.

    Nine queries; of the past two more for each signed project, whose plan of then is read.
    """
    parks = tuple(one for one in readers.zones(on) if one.parent == zone.id)
    inside = readers.subtree(zone.id)
    found = profiles.profiles((zone.id,), on, as_of)[zone.id]
    units = accounts.organisations(kind="committee", zones=(zone.id,), on=on) or accounts.organisations(
        kind="park_centre", zones=(zone.id,), on=on
    )
    sift = Sift(on=on, zones=inside)
    begun = [days for _, days in then.spans(sift, "signed", "construction_start", as_of)]
    held = then.reached(sift, as_of)
    return Offer(
        zone, parks, published.known().get(zone.id, published.NOTHING), groups(found),
        ready(inside, as_of), promised(inside, held, as_of),
        spread(begun), len(held),
        any(one.sample for one in held), next(iter(units), None), on,
    )  # fmt: skip


def groups(lines: Mapping[str, Entered]) -> tuple[Group, ...]:
    """A profile by groups, those without a line left out."""
    rules = items()
    found = (
        Group(key, name, tuple((item, lines[item.id]) for item in rules.items.values() if item.group == key and item.id in lines))
        for key, name in rules.groups.items()
    )  # fmt: skip
    return tuple(one for one in found if one.lines)


def ready(inside: frozenset[str], as_of: datetime | None = None) -> Ready:
    """The land that can be supplied and the floor that stands empty; of the past no floor, its vacancy is not dated.

    Two queries.
    """
    if as_of is None:
        parcels = [one for one in land.totals(inside) if one.state in READY]
        count, mu = sum(one.count for one in parcels), sum(one.mu for one in parcels)
    else:
        past = [one.parcel for one in land.whole(inside, as_of=as_of) if one.parcel.state in READY]
        count, mu = len(past), sum(one.mu for one in past)
    buildings = [one for one in land.buildings(inside) if one.vacant > 0] if as_of is None else []
    return Ready(
        count, mu, len(buildings),
        sum(one.vacant for one in buildings), any(one.sample for one in buildings),
    )  # fmt: skip


def promised(
    inside: frozenset[str], held: tuple[outlines.Reached, ...], as_of: datetime | None = None
) -> Mapping[str, Spread]:
    """Calendar days from signing to the announced day of the milestone each plan looks to.  One query; of the past two each."""
    signed = {one.slug: one.days["signed"] for one in held if "signed" in one.days}
    found: dict[str, list[int]] = {}
    for slug, target, announced in _announced(inside, list(signed), as_of):
        if slug in signed and announced >= signed[slug]:
            found.setdefault(target, []).append((announced - signed[slug]).days)
    return {target: made for target, values in found.items() if (made := spread(values)) is not None}


def _announced(
    inside: frozenset[str], signed: Sequence[str], as_of: datetime | None
) -> Iterator[tuple[str, str, date]]:
    """Project, milestone looked to, and the day that was announced for it."""
    if as_of is None:
        for one in plans.lateness(zones=inside, limit=None):
            yield one.project, one.target, one.announced
        return
    for slug in signed:
        saved = plans.current(slug, as_of)
        if saved is not None:
            yield slug, saved.target, saved.announced.milestones[saved.target]
