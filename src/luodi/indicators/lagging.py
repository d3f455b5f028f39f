"""The lag board: which projects stop where, for how long, who holds them, and the days on which nobody owned them.

One case from the first contact on: up to the day of signing the owners of the lead answer, from then on the project's
team; the days between the two are the gap that nobody sees otherwise.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.cases.readers.holding import Holding, holding
from luodi.domain.indicators.lags import Gap, Lag, gaps, lag, waits
from luodi.indicators import readers
from luodi.leads.owners import Owned, owners
from luodi.projects import outlines, then
from luodi.projects.readers import OnTeam, tenures

OWNERS = ("navigator", "leader", "investment")
"""The parts of a team that own a project on the side of the zone."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A project that waits."""

    project: outlines.Reached
    lag: Lag


@dataclass(frozen=True, slots=True)
class Told:
    """A waiting project with its cause.

    `holding`: the open case that runs out first (None: no case is open); `owners`: who is on its team today; `leading`:
    whether the owner of its lead answers today, before signing; `gaps`: the days since first contact or signing on which
    nobody did; `between`: that of them which lies between the lead's owner and the project's team.
    """

    project: outlines.Reached
    lag: Lag
    holding: Holding | None
    owners: tuple[OnTeam, ...]
    leading: bool
    gaps: tuple[Gap, ...]
    between: Gap | None

    @property
    def unowned(self) -> int:
        """Days without an owner."""
        return sum(one.days for one in self.gaps)


def waiting(zones: Collection[str] | None, today: date, as_of: datetime | None = None) -> tuple[Waiting, ...]:
    """Every project on its way, those furthest past the usual first.  Two queries; four of the past."""
    rows = then.reached(outlines.Sift(today, zones=zones), as_of)
    by_hand, rules = readers.events(as_of=as_of), waits().rows
    found = []
    for one in rows:
        stopped = lag({**one.days, **by_hand.get(one.id, {})}, today, rules)
        if stopped is not None:
            found.append(Waiting(one, stopped))
    return tuple(sorted(found, key=lambda one: (-one.lag.over, -one.lag.days, one.project.id)))


def told(rows: Sequence[Waiting], today: date, as_of: datetime | None = None) -> tuple[Told, ...]:
    """Waiting projects with who holds them.  Four queries, however many they are; five of the past."""
    if not rows:
        return ()
    ids = [one.project.id for one in rows]
    held, leads = holding(ids, as_of), owners(ids, as_of)
    teams = tenures([one.project.slug for one in rows])
    return tuple(
        _told(one, held.get(one.project.id), teams.get(one.project.slug, ()), leads.get(one.project.id), today)
        for one in rows
    )


def _told(row: Waiting, held: Holding | None, team: Sequence[OnTeam], lead: Owned | None, today: date) -> Told:
    own = [one for one in team if one.role in OWNERS]
    now = tuple(one for one in own if one.starts <= today and (one.ends is None or one.ends >= today))
    leading = lead.posts if lead else ()
    spans = [*((one.starts, one.ends) for one in own), *((one.since, one.until) for one in leading)]
    found = gaps(_begin(row, lead), today, spans)
    return Told(
        row.project, row.lag, held, now, any(one.since <= today and (one.until is None or one.until >= today) for one in leading),
        found, _between(found, lead),
    )  # fmt: skip


def _begin(row: Waiting, lead: Owned | None) -> date:
    """From when on days without an owner are counted: first contact; signing, where nobody wrote down who answered before."""
    if lead is None:
        return min(row.project.days.get("contact", row.lag.since), row.lag.since)
    if lead.known:
        return min(lead.contacted, row.lag.since)
    return lead.won + timedelta(days=1) if lead.won else row.lag.since


def _between(found: Sequence[Gap], lead: Owned | None) -> Gap | None:
    """The gap that begins on the day after the last owner of a signed lead."""
    if lead is None or lead.won is None:
        return None
    last = max((one.until for one in lead.posts if one.until is not None), default=lead.won)
    return next((one for one in found if one.start == last + timedelta(days=1)), None)
