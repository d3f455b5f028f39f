"""Questions about land handed over and not built on: since when, for which project, in which band."""

from dataclasses import dataclass
from datetime import date

from luodi.domain.land import idle
from luodi.land import readers
from luodi.land.readers import Recorded, Zones
from luodi.projects import outlines

STARTED = "construction_start"


@dataclass(frozen=True, slots=True)
class Idle:
    """A delivered parcel without a start of works.  `since`: the day of delivery, None where it was not recorded."""

    row: Recorded
    since: date | None
    years: int | None
    band: idle.Band | None


def idling(zones: Zones, on: date) -> tuple[Idle, ...]:
    """Delivered parcels on which no works have begun by a day, those that have waited longest first.  Two queries."""
    rows = [one for one in readers.whole(zones, state="delivered") if one.parcel.state == "delivered"]
    slugs = {one.parcel.project for one in rows if one.parcel.project}
    begun = outlines.reached(outlines.Sift(on=on, slugs=slugs, live=None)) if slugs else ()
    started = {one.slug for one in begun if STARTED in one.days and one.days[STARTED] <= on}
    found = [_idle(one, on) for one in rows if one.parcel.project not in started]
    return tuple(sorted(found, key=lambda one: (one.since is None, one.since or on, one.row.id)))


def _idle(one: Recorded, on: date) -> Idle:
    proof = one.parcel.proofs.get("delivered")
    since = proof.on if proof else None
    if since is None or since > on:
        return Idle(one, since, None, None)
    return Idle(one, since, idle.years(since, on), idle.band(since, on))
