"""Listing in batches (成熟一宗挂牌一宗): ripe parcels are announced together, under the rule of notice and listing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.land import states
from luodi.domain.land.parcels import Listing
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import Draft, append_many
from luodi.land import models
from luodi.land.moving import SHANXI, joined, missing
from luodi.land.revising import Held, chain, hold, keep, once

MOST = 100
"""Parcels of one batch."""


def announce(
    *,
    zone: str,
    name: str,
    parcels: Mapping[int, int],
    announced: date,
    starts: date,
    ends: date,
    paper: str,
    by: Acting,
    at: datetime,
) -> int:
    """List parcels of a zone together; the number of the batch.  `parcels`: the revision seen, by number of the parcel.

    Every parcel must be net and clear, and the days keep the rule of notice and listing; else nothing is listed, and all that
    stands in the way of any is said.  Raises `Refusal`: `batch_empty`, `batch_too_large`, `batch_not_ready`, `parcel_changed`,
    `no_such_parcel`, `evidence_ahead`, `batch_exists`, `land_changed_meanwhile`.
    """
    if not parcels:
        raise Refusal("batch_empty", field="parcels")
    if len(parcels) > MOST:
        raise Refusal("batch_too_large", field="parcels", most=MOST)
    called, shown = written.line(name, "name"), written.line(paper, "paper")
    if announced > at.astimezone(SHANXI).date():
        raise Refusal("evidence_ahead", field="announced", on=announced)
    listing = Listing(announced, starts, ends)
    with once(), transaction.atomic():
        held = [hold(number, parcels[number]) for number in sorted(parcels)]
        _check(zone, held, listing)
        if models.Batch.objects.filter(zone=zone, name=called).exists():
            raise Refusal("batch_exists", field="name", batch=called)
        row = models.Batch.objects.create(
            zone_id=zone, name=called, announced=announced, starts=starts, ends=ends, paper=shown, at=at,
            by=by.label[:200],
        )  # fmt: skip
        models.Member.objects.bulk_create([models.Member(batch=row, parcel=one.row) for one in held])
        drafts = [_listed(one, listing, shown, by, at) for one in held]
        payload: dict[str, Json] = {
            "batch": called, "parcels": [one.row.number for one in held], "announced": announced, "starts": starts,
            "ends": ends, "paper": shown,
        }  # fmt: skip
        drafts.append(Draft("batch.announced", by, at, zone, "", payload))
        append_many(chain=chain(zone), drafts=drafts)
    return row.pk


def _listed(one: Held, listing: Listing, shown: str, by: Acting, at: datetime) -> Draft:
    changed = replace(one.parcel, state="listed", listing=listing)
    return keep(
        one.row, changed, kind="parcel.moved", project=one.row.project_id, by=by, at=at, state="listed",
        on=listing.announced, evidence=shown,
    )  # fmt: skip


def _check(zone: str, held: list[Held], listing: Listing) -> None:
    """Raise Refusal with everything that stands against listing any of the parcels.  A query a parcel."""
    against: list[Text] = []
    for one in held:
        if one.row.zone_id != zone:
            raise Refusal("no_such_parcel")
        step = next((step for step in states.steps(one.parcel.state, one.parcel.tenure) if step.to == "listed"), None)
        if step is None:
            state, tenure = states.rules().states[one.parcel.state], states.rules().tenures[one.parcel.tenure]
            against.append(_of(one, Text(f"现在是“{state.zh}”（{tenure.zh}），不能挂牌。",
                                         f"it is “{state.en}” ({tenure.en}) and cannot be listed.")))  # fmt: skip
            continue
        found = missing(one.parcel, step, on=listing.announced, listing=listing)
        found += () if "net" in step.needs else _checklist(one)
        against += [_of(one, words) for words in found]
    if against:
        raise Refusal("batch_not_ready", why=joined(tuple(dict.fromkeys(against))))


def _checklist(one: Held) -> tuple[Text, ...]:
    """What of the net-land checklist is not proven: nothing is listed on a promise of clearing it later."""
    names = states.rules().checklist
    return tuple(
        Text(f"净地清单：“{name.zh}”没有凭证。", f"Net-land checklist: “{name.en}” is not proven.")
        for key, name in names.items()
        if key not in one.parcel.proofs
    )


def _of(one: Held, words: Text) -> Text:
    return Text(f"{one.row.number}：{words.zh}", f"{one.row.number}: {words.en}")
