"""How quota accounts are told on pages: their bars, their figures in the kind's unit, what is near its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from luodi.domain.ledger.amounts import figure, said
from luodi.domain.ledger.book import Sums
from luodi.domain.ledger.kinds import GROUPS, STATUSES, Kind, kinds
from luodi.domain.vocabulary import Text
from luodi.ledgers.naming import FIGURES, LEVELS, PHASES
from luodi.ledgers.readers import AccountRow, Held, LineRow

__all__ = (
    "FIGURES",
    "GROUPS",
    "LEVELS",
    "PHASES",
    "STATUSES",
    "Bar",
    "Group",
    "bar",
    "grouped",
    "near",
    "size",
    "words",
)

NEAR = timedelta(days=5)
"""From so long before its end a reservation is shown as near it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of a hundred: used up, committed, reserved; the rest is left."""

    used: float
    committed: float
    reserved: float

    @property
    def full(self) -> bool:
        """Whether nothing is left."""
        return self.used + self.committed + self.reserved >= 100


@dataclass(frozen=True, slots=True)
class Group:
    """The accounts of one group of kinds."""

    id: str
    name: Text
    rows: tuple[AccountRow, ...]


def bar(sums: Sums) -> Bar:
    """The bar of an account: what it was given is the whole of it."""
    whole = max(sums.inward, sums.outward + sums.promised, 1)
    used, committed, reserved = (round(100 * one / whole, 2) for one in (sums.outward, sums.committed, sums.reserved))
    return Bar(used, committed, reserved)


def grouped(rows: Iterable[AccountRow]) -> tuple[Group, ...]:
    """Accounts by group, in the order of the groups and kinds."""
    order = {quota: place for place, quota in enumerate(kinds())}
    levels = {level: place for place, level in enumerate(LEVELS)}
    ordered = sorted(rows, key=lambda one: (order[one.quota], one.period, levels[one.level], one.id))
    found = groupby(ordered, key=lambda one: kinds()[one.quota].group)
    return tuple(Group(key, GROUPS[key], tuple(members)) for key, members in found)


def size(amount: int, quota: str) -> Text:
    """An amount with its unit."""
    return said(amount, kinds()[quota])


def digits(amount: int, quota: str) -> str:
    """An amount without its unit."""
    return figure(amount, kinds()[quota])


def kind(quota: str) -> Kind:
    """A kind of quota."""
    return kinds()[quota]


def near(one: Held, now: datetime) -> bool:
    """Whether a reservation runs out within days."""
    return one.expires is not None and one.expires - now <= NEAR


def words(line: LineRow) -> Text:
    """What a step is called from the side of the account it stands on."""
    if line.phase == "move":
        return Text("收到下达", "Received") if line.inbound else Text("下达给", "Passed on to")
    return PHASES[line.phase]


def options(table: Mapping[str, Text]) -> list[tuple[str, Text]]:
    """A table as the choices of a form."""
    return list(table.items())
