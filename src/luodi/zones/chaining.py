"""Entering chains of industry: a chain, who belongs to it from a day on, and what papers say of the firms around a master."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import actions as journal
from luodi.zones.actions import CHAIN
from luodi.zones.models import Chain, ChainClaim, ChainMember

ROLES = {
    "chief": Text("链长", "chain chief"),
    "master": Text("链主", "chain master"),
    "member": Text("链上企业", "member"),
}
SIDES = {
    "upstream": Text("上游", "upstream"), "midstream": Text("中游", "midstream"),
    "downstream": Text("下游", "downstream"), "": Text("位置未注明", "place not said"),
}  # fmt: skip
GREATEST = 10**14
"""Yuan."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins a chain.  `invested`: whole yuan; `around`: the number of the chain master they gather around."""

    chain: str
    role: str
    name: Text
    source: str
    side: str = ""
    zone: str | None = None
    project: str = ""
    around: int | None = None
    signed: date | None = None
    invested: int | None = None
    starts: date | None = None
    basis: str = "zone"


@transaction.atomic
def record_chain(
    *, chain: str, name: Text, zone: str | None, basis: str, source: str, by: Acting, at: datetime
) -> bool:
    """Record a chain; True where it is new.  A chain recorded already is left alone."""
    if Chain.objects.filter(pk=chain).exists():
        return False
    row = Chain(
        id=chain, zh=written.line(name.zh, "name")[:120], en=written.line(name.en or name.zh, "name")[:160],
        zone_id=zone, basis=basis, source=written.line(source, "source"),
    )  # fmt: skip
    row.save(force_insert=True)
    payload: dict[str, Json] = {"chain": chain, "zh": row.zh, "en": row.en, "basis": basis, "source": row.source}
    journal.append(chain=CHAIN, kind="chain.recorded", by=by, at=at, zone=zone or "", payload=payload)
    return True


@transaction.atomic
def join(*, joining: Joining, by: Acting, at: datetime, key: str | None = None) -> int:
    """Enter a chief, master or firm of a chain; its number.

    Raises `Refusal`: `region_chain_unknown`, `region_role_unknown`, `region_master_unknown`, `region_member_already`,
    `region_amount_out_of_range`, and those of texts.
    """
    chain = Chain.objects.select_for_update().filter(pk=joining.chain).first()
    if chain is None:
        raise Refusal("region_chain_unknown", field="chain", chain=joining.chain[:64])
    if joining.role not in ROLES or joining.side not in SIDES:
        raise Refusal("region_role_unknown", field="role", role=joining.role[:16])
    if joining.around is not None and not _master(chain.pk, joining.around):
        raise Refusal("region_master_unknown", field="around")
    if joining.invested is not None and not 0 <= joining.invested <= GREATEST:
        raise Refusal("region_amount_out_of_range", field="invested")
    row = ChainMember(
        chain=chain, role=joining.role, side=joining.side, zh=written.text(joining.name.zh, "name", longest=120),
        en=joining.name.en.strip()[:160], zone_id=joining.zone, project=joining.project[:64], around_id=joining.around,
        signed=joining.signed, invested=joining.invested, starts=joining.starts or joining.signed, basis=joining.basis,
        source=written.line(joining.source, "source"), at=at,
    )  # fmt: skip
    current = ChainMember.objects.filter(chain=chain, role=row.role, zh=row.zh, ends=None)
    if current.exists():
        raise Refusal("region_member_already", field="name", name=row.zh)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal("region_member_already", field="name", name=row.zh) from None
    payload: dict[str, Json] = {
        "chain": chain.pk, "member": row.pk, "role": row.role, "name": row.zh, "side": row.side, "around": row.around_id,
        "signed": row.signed and row.signed.isoformat(), "invested": row.invested, "basis": row.basis,
        "source": row.source,
    }  # fmt: skip
    journal.append(
        chain=CHAIN, kind="chain.joined", by=by, at=at, zone=row.zone_id or "", project=row.project, payload=payload,
        key=key,
    )  # fmt: skip
    return row.pk


def _master(chain: str, number: int) -> bool:
    return ChainMember.objects.filter(chain=chain, role="master", pk=number).exists()


@transaction.atomic
def leave(*, member: int, ends: date, source: str, by: Acting, at: datetime) -> None:
    """End somebody's part in a chain with a day; what was stays readable.

    Raises `Refusal`: `region_member_unknown`, `region_member_ended`, `ends_before_start`.
    """
    row = ChainMember.objects.select_for_update().filter(pk=member).first()
    if row is None:
        raise Refusal("region_member_unknown")
    if row.ends is not None:
        raise Refusal("region_member_ended", ends=row.ends)
    if row.starts is not None and ends < row.starts:
        raise Refusal("ends_before_start", starts=row.starts, ends=ends)
    row.ends = ends
    row.save(update_fields=["ends"])
    payload: dict[str, Json] = {
        "chain": row.chain_id,
        "member": row.pk,
        "ends": ends.isoformat(),
        "source": written.line(source, "source"),
    }
    journal.append(chain=CHAIN, kind="chain.left", by=by, at=at, zone=row.zone_id or "", payload=payload)


@transaction.atomic
def claim(
    *, chain: str, master: int | None, on: date, about: Text, firms: int | None, invested: int | None, basis: str,
    source: str, by: Acting, at: datetime,
) -> int:  # fmt: skip
    """Keep what a paper says of the firms around a master (how many, how much in yuan), to be checked against the rows."""
    row = ChainClaim(
        chain_id=chain, master_id=master, on=on, zh=written.line(about.zh, "about"), en=written.line(about.en, "about"),
        firms=firms, invested=invested, basis=basis, source=written.line(source, "source"),
    )  # fmt: skip
    row.save(force_insert=True)
    payload: dict[str, Json] = {"chain": chain, "claim": row.pk, "on": on.isoformat(), "about": row.zh, "firms": firms,
               "invested": invested, "basis": basis, "source": row.source}  # fmt: skip
    journal.append(chain=CHAIN, kind="chain.claimed", by=by, at=at, payload=payload)
    return row.pk
