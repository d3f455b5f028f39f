"""Questions to the chains of industry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luodi.domain.vocabulary import Text
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


def chains() -> tuple[ChainRow, ...]:
    """All chains by name.  One query."""
    rows = Chain.objects.order_by("id").values_list("id", "zh", "en", "zone_id", "basis", "source")
    return tuple(ChainRow(id_, Text(zh, en), zone or "", *rest) for id_, zh, en, zone, *rest in rows)


def members(chain: str | None = None, on: date | None = None) -> tuple[Member, ...]:
    """Who belongs to a chain (or to any), on a day where one is given.  One query."""
    rows = ChainMember.objects.order_by("chain_id", "id")
    if chain is not None:
        rows = rows.filter(chain=chain)
    if on is not None:
        rows = rows.exclude(starts__gt=on).exclude(ends__lt=on)
    return tuple(
        Member(id_, chain_, role, side, Text(zh, en or zh), zone or "", *rest)
        for id_, chain_, role, side, zh, en, zone, *rest in rows.values_list(*MEMBER)[:5_000]
    )


def claims(chain: str | None = None) -> tuple[Claim, ...]:
    """What papers say, the newest first.  One query."""
    rows = ChainClaim.objects.order_by("-on", "-id")
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
