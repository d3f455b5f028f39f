"""Who acts in a zone: the right post on the right day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luodi.accounts import readers as people
from luodi.accounts.acting import Acting
from luodi.accounts.readers import PostRow
from luodi.domain.vocabulary import Text
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.peopling import APPROVAL, COMMITTEE, OFFICERS, OWNER
from luodi.zones.reaching import acting_as
from luodi.zones.readers import Decider, chain, deciders

HANDLERS = (*OFFICERS, "environment_officer", "zone_officer")


@dataclass(frozen=True, slots=True)
class Player:
    """A post with its days."""

    acting: Acting
    starts: date
    ends: date | None

    def there(self, on: date) -> bool:
        """Whether the post is held on a day."""
        return self.starts <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True)
class Cast:
    """The posts of a zone.  `deciders`: by matter; `codes`, `names`: of its organisations."""

    deciders: Mapping[str, Decider]
    players: Sequence[Player]
    committee: int
    window: int
    codes: Mapping[int, str]
    names: Mapping[int, Text]

    def one(self, kinds: Iterable[str], on: date, chance: Chance, organisation: int | None = None) -> Acting:
        """Somebody who holds one of these posts on a day."""
        return chance.pick(self.all(kinds, on, organisation)).acting

    def all(self, kinds: Iterable[str], on: date, organisation: int | None = None) -> list[Player]:
        """Everybody who holds one of these posts on a day."""
        wanted = frozenset(kinds)
        return [
            one
            for one in self.players
            if one.acting.kind in wanted and one.there(on) and organisation in (None, one.acting.organisation)
        ]

    def officer(self, organisation: int, on: date, chance: Chance) -> Acting:
        """An officer of a unit."""
        return self.one(HANDLERS, on, chance, organisation)

    def head(self, organisation: int, on: date, chance: Chance) -> Acting | None:
        """The head of a unit, where it has one."""
        heads = self.all(("bureau_head",), on, organisation)
        return chance.pick(heads).acting if heads else None

    def navigator(self, on: date, chance: Chance) -> Acting:
        """A navigator of the committee."""
        return self.one(("navigator",), on, chance)

    def clerk(self, on: date, chance: Chance) -> Acting:
        """Somebody at the window."""
        found = self.all(("window_clerk",), on)
        return chance.pick(found).acting if found else self.officer(self.window, on, chance)


def cast_of(zone: str, on: date) -> Cast:
    """The posts of a zone and of those it lies in, past ones too, and who decides what.  Some queries for every post."""
    around = chain(zone)
    units = people.organisations(zones=around)
    held = deciders(zone, on)
    by_unit = {one.unit: one.id for one in units if one.unit}
    posts = people.posts(zones=around, limit=10_000)
    return Cast(
        deciders=held,
        players=tuple(player for post in posts if (player := _player(post)) is not None),
        committee=by_unit[COMMITTEE],
        window=by_unit[APPROVAL],
        codes={one.id: one.code for one in units},
        names={one.id: one.name for one in units},
    )


def agent(firm: str) -> Acting:
    """The agent of an enterprise, by the enterprise's code."""
    unit = people.organisation(firm)
    if unit is None:
        raise LookupError(firm)
    post = people.posts(organisation=unit.id, kind="enterprise_agent", limit=1)[0]
    acting = acting_as(post.id, post.starts)
    if acting is None:
        raise LookupError(firm)
    return acting


def _player(post: PostRow) -> Player | None:
    acting = acting_as(post.id, post.starts)
    return Player(acting, post.starts, post.ends) if acting else None


__all__ = ("OWNER", "Cast", "Player", "agent", "cast_of")
