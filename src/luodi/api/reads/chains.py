"""Chains of industry: who is chief, who is master, which firms stand around them, and what papers say of it."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.regions import Day, Yuan
from luodi.api.shapes import Shape, Slug
from luodi.desk.region import chain_views
from luodi.desk.region.asked import asked
from luodi.zones import chains
from luodi.zones.chains import ChainRow, Checked, Member

TAG = "regions"


class ChainMember(Shape):
    """Who belongs to a chain.  `around`: the number of the master they gather around; `invested`: null where no source says."""

    id: int
    role: str = Field(description="chief, master or member")
    side: str = Field(description="upstream, midstream or downstream; empty where it is not said")
    name: Words
    zone: str
    project: str
    around: int | None
    signed: date | None
    invested: Yuan | None
    starts: date | None
    ends: date | None
    basis: str
    source: str


class ChainClaim(Shape):
    """What a paper says of the firms around a master, beside the rows known here."""

    on: date
    about: Words
    master: int | None
    firms: int | None
    invested: Yuan | None
    source: str
    known_firms: int
    known_invested: Yuan
    agrees: bool


class IndustryChain(Shape):
    """A chain of industry with all who belong to it.  `zone` "": of the province."""

    id: str
    name: Words
    zone: str
    basis: str
    source: str
    members: list[ChainMember]
    claims: list[ChainClaim]


@reads(TAG, "/region/chains", "zone.read", list[IndustryChain])
def region_chains(request: SignedIn, on: Day = None) -> list[dict[str, object]]:
    """All chains with who belonged to them on a day.  Three queries, four of the past."""
    than = chains.later(request.as_of)
    rows = chains.members(None, asked(request).on, than)
    claims = [chains.checked(one, rows) for one in chains.claims(None, than)]
    return [
        _chain(
            one, [row for row in rows if row.chain == one.id], [each for each in claims if each.claim.chain == one.id]
        )
        for one in chains.chains(than)
    ]


@reads(TAG, "/region/chains/{slug:key}", "zone.read", IndustryChain)
def region_chain(request: SignedIn, key: Slug) -> dict[str, object]:
    """One chain with everybody who ever belonged to it.  Three queries, four of the past."""
    than = chains.later(request.as_of)
    row = chain_views.found(key, than)
    members = chains.members(row.id, None, than)
    return _chain(row, members, [chains.checked(one, members) for one in chains.claims(row.id, than)])


def _chain(row: ChainRow, members: Sequence[Member], claims: list[Checked]) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("id", "name", "zone", "basis", "source")} | {
        "members": members, "claims": [_claim(one) for one in claims],
    }  # fmt: skip


def _claim(one: Checked) -> dict[str, object]:
    same = ("on", "about", "master", "firms", "invested", "source")
    return {name: getattr(one.claim, name) for name in same} | {
        "known_firms": one.firms, "known_invested": one.invested, "agrees": one.agrees,
    }  # fmt: skip
