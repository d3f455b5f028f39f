"""Questions to the chains of industry."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from luodi.domain.vocabulary import Text
from luodi.journal.readers import entries
from luodi.zones.models import Chain, ChainClaim, ChainMember

MEMBER = ("id", "chain_id", "role", "side", "zh", "en", "zone_id", "project", "around_id", "signed", "invested", "starts",
          "ends", "basis", "source")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain of industry.  `zone`: "" for one of the province."""

    id: str
    name: Text
    zone: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """Who belongs to a chain.  `invested`: whole yuan, None where no source says; `around`: the master's number."""

    id: int
    chain: str
    role: str
    side: str
    name: Text
    zone: str
    project: str
    around: int | None
    signed: date | None
    invested: int | None
    starts: date | None
    ends: date | None
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a paper says of the firms around a master.  `invested`: whole yuan."""

    id: int
    chain: str
    master: int | None
    on: date
    about: Text
    firms: int | None
    invested: int | None
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper's figures beside the rows known: how many firms are named here, and how much of the money is theirs."""

    claim: Claim
    firms: int
    invested: int
    priced: int  # firms whose investment is known

    @property
    def unnamed(self) -> int:
        """Firms the paper counts that no row here names; negative where more are known than it says."""
        return (self.claim.firms or 0) - self.firms

    @property
    def agrees(self) -> bool:
        """Whether rows and paper say the same, as far as the paper says anything."""
        return (self.claim.firms in (None, self.firms)) and (self.claim.invested in (None, self.invested))


@dataclass(frozen=True, slots=True)
class Later:
    """What was written after a moment: chains and papers entered, and members whose end was; None: as of now."""

    moment: datetime | None = None
    chains: frozenset[str] = frozenset()
    claims: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


NOW = Later()
WROTE = {"chain.recorded": "chain", "chain.claimed": "claim", "chain.left": "member"}
"""Kinds of entries, and what each is about."""


def later(as_of: datetime | None) -> Later:
    """What the record says was written about chains since a moment; nothing where none is given.  One query."""
    if as_of is None:
        return NOW
    written = entries(project="", kinds=tuple(WROTE), limit=5_000).records
    about: dict[str, set[object]] = {kind: set() for kind in WROTE}
    for one in written:
        if one.at > as_of:
            about[one.kind].add(json.loads(one.payload)[WROTE[one.kind]])
    recorded, claimed, left = (about[kind] for kind in WROTE)
    return Later(
        as_of, frozenset(str(one) for one in recorded), frozenset(one for one in claimed if isinstance(one, int)),
        frozenset(one for one in left if isinstance(one, int)),
    )  # fmt: skip


def chains(than: Later = NOW) -> tuple[ChainRow, ...]:
    """All chains by name, as they were before what came `than` a moment later.  One query."""
    rows = Chain.objects.exclude(pk__in=than.chains).order_by("id")
    columns = ("id", "zh", "en", "zone_id", "basis", "source")
    return tuple(
        ChainRow(id_, Text(zh, en), zone or "", *rest) for id_, zh, en, zone, *rest in rows.values_list(*columns)
    )


def members(chain: str | None = None, on: date | None = None, than: Later = NOW) -> tuple[Member, ...]:
    """Who belongs to a chain (or to any), on a day where one is given.  One query."""
    rows = ChainMember.objects.order_by("chain_id", "id")
    if than.moment is not None:
        rows = rows.filter(at__lte=than.moment)
    if chain is not None:
        rows = rows.filter(chain=chain)
    if on is not None:
        rows = rows.exclude(starts__gt=on).exclude(~Q(pk__in=than.left), ends__lt=on)
    found = (
        Member(id_, chain_, role, side, Text(zh, en or zh), zone or "", *rest)
        for id_, chain_, role, side, zh, en, zone, *rest in rows.values_list(*MEMBER)[:5_000]
    )
    return tuple(replace(one, ends=None) if one.id in than.left else one for one in found)


def claims(chain: str | None = None, than: Later = NOW) -> tuple[Claim, ...]:
    """What papers say, the newest first.  One query."""
    rows = ChainClaim.objects.exclude(pk__in=than.claims).order_by("-on", "-id")
    if chain is not None:
        rows = rows.filter(chain=chain)
    columns = ("id", "chain_id", "master_id", "on", "zh", "en", "firms", "invested", "basis", "source")
    return tuple(
        Claim(id_, chain_, master, on, Text(zh, en), *rest)
        for id_, chain_, master, on, zh, en, *rest in rows.values_list(*columns)
    )


def checked(one: Claim, rows: Sequence[Member]) -> Checked:
    """A claim beside the firms known around its master, or around any master of the chain where it names none."""
    firms = [
        row for row in rows if row.chain == one.chain and row.role == "member" and one.master in (None, row.around)
    ]
    priced = [row.invested for row in firms if row.invested is not None]
    return Checked(one, len(firms), sum(priced), len(priced))
