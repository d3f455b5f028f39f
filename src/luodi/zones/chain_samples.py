"""The sample chains (`data/samples_regions/chains.yaml`): named in articles, with what the articles count and do not name."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from luodi.accounts.acting import Acting
from luodi.domain.source import asking as ask
from luodi.domain.source.tables import read_table
from luodi.domain.vocabulary import Text
from luodi.zones import chaining, chains

FILE = "samples_regions/chains.yaml"
YI = 100_000_000
"""Yuan in 亿元, the unit of the articles."""


@dataclass(frozen=True, slots=True)
class Named:
    """A chain of the file."""

    id: str
    name: Text
    zone: str
    source: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says of the firms around a master."""

    chain: str
    master: str
    on: date
    about: Text
    firms: int
    invested: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Given:
    """The whole file; each member with the name of the master it gathers around ("": none)."""

    chains: tuple[Named, ...]
    members: tuple[tuple[chaining.Joining, str], ...]
    claims: tuple[Said, ...]


def load(*, by: Acting, at: datetime) -> int:
    """Record the chains that are not there yet, each with its members and claims; how many were new."""
    file, done = read_table(FILE, _given), 0
    for one in file.chains:
        if chaining.record_chain(
            chain=one.id, name=one.name, zone=one.zone, basis="article", source=one.source, by=by, at=at
        ):
            done += 1
            _fill(one, file, by, at)
    return done


def _fill(one: Named, file: Given, by: Acting, at: datetime) -> None:
    for joining, around in file.members:
        if joining.chain == one.id:
            master = _master(one.id, around) if around else None
            chaining.join(joining=replace(joining, source=one.source, around=master), by=by, at=at)
    for said in file.claims:
        if said.chain == one.id:
            chaining.claim(
                chain=one.id, master=_master(one.id, said.master), on=said.on, about=said.about, firms=said.firms,
                invested=said.invested, basis="article", source=said.source, by=by, at=at,
            )  # fmt: skip


def _master(chain: str, name: str) -> int | None:
    return next((one.id for one in chains.members(chain) if one.role == "master" and one.name.zh == name), None)


def _given(root: ask.Row) -> Given:
    found = Given(
        tuple(_named(row) for row in ask.children(root, "chains")),
        tuple(_member(row) for row in ask.children(root, "members")),
        tuple(_said(row) for row in ask.children(root, "claims")),
    )
    ask.close(root)
    return found


def _named(row: ask.Row) -> Named:
    found = Named(ask.text(row, "id"), ask.pair(row), ask.text(row, "zone"), ask.text(row, "source"))
    ask.close(row)
    return found


def _member(row: ask.Row) -> tuple[chaining.Joining, str]:
    joining = chaining.Joining(
        chain=ask.text(row, "chain"), role=ask.choice(row, "role", chaining.ROLES), name=ask.pair(row), source="",
        side=ask.text(row, "side", ""), zone=ask.text(row, "zone", None), project=ask.text(row, "project", ""),
        signed=ask.day(row, "signed", None), invested=_yuan(row), basis="article",
    )  # fmt: skip
    around = ask.text(row, "around", "")
    ask.close(row)
    return joining, around


def _said(row: ask.Row) -> Said:
    found = Said(
        ask.text(row, "chain"), ask.text(row, "master"), ask.day(row, "on"), ask.pair(row), ask.whole(row, "firms", low=0),
        _yuan(row), ask.text(row, "source"),
    )  # fmt: skip
    ask.close(row)
    return found


def _yuan(row: ask.Row) -> int | None:
    written = ask.code(row, "invested_yi", "")
    return int(Decimal(written) * YI) if written else None
