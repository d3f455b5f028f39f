"""The lag board: which projects stop where, for how long, who holds them, and the days on which nobody owned them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from luodi.cases.readers.holding import Holding, holding
from luodi.domain.indicators.lags import Gap, Lag, gaps, lag, waits
from luodi.indicators import readers
from luodi.projects import outlines
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

    `holding`: the open case that runs out first (None: no case is open); `owners`: who is on it today; `gaps`: the days
    since first contact or signing on which nobody was.
    """

    project: outlines.Reached
    lag: Lag
    holding: Holding | None
    owners: tuple[OnTeam, ...]
    gaps: tuple[Gap, ...]

    @property
    def unowned(self) -> int:
        """Days without an owner."""
        return sum(one.days for one in self.gaps)


def waiting(zones: Collection[str] | None, today: date) -> tuple[Waiting, ...]:
    """Every project on its way, those furthest past the usual first.  Two queries."""
    rows = outlines.reached(outlines.Sift(today, zones=zones))
    by_hand, rules = readers.events(), waits().rows
    found = []
    for one in rows:
        stopped = lag({**one.days, **by_hand.get(one.id, {})}, today, rules)
        if stopped is not None:
            found.append(Waiting(one, stopped))
    return tuple(sorted(found, key=lambda one: (-one.lag.over, -one.lag.days, one.project.id)))


def told(rows: Sequence[Waiting], today: date) -> tuple[Told, ...]:
    """Waiting projects with who holds them.  Two queries, however many they are."""
    if not rows:
        return ()
    held = holding([one.project.id for one in rows])
    teams = tenures([one.project.slug for one in rows])
    return tuple(_told(one, held.get(one.project.id), teams.get(one.project.slug, ()), today) for one in rows)


def _told(row: Waiting, held: Holding | None, team: Sequence[OnTeam], today: date) -> Told:
    own = [one for one in team if one.role in OWNERS]
    begin = min(row.project.days.get("contact", row.lag.since), row.lag.since)
    now = tuple(one for one in own if one.starts <= today and (one.ends is None or one.ends >= today))
    return Told(row.project, row.lag, held, now, gaps(begin, today, [(one.starts, one.ends) for one in own]))
