"""A parcel on its way: what is proven of it, and each step from raw to delivered, with its evidence."""

from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.catalogue.reading import load
from luodi.domain.events.canonical import Json
from luodi.domain.land import layers, overlays, states
from luodi.domain.land.parcels import Listing, Parcel, Proof
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append_many
from luodi.land import readers
from luodi.land.revising import Held, chain, hold, keep
from luodi.projects import readers as projects

SHANXI = ZoneInfo("Asia/Shanghai")
DATED = ("supplied", "delivered")
"""Steps whose day and paper stay with the parcel: years are counted from them."""


def prove(*, parcel: int, seq: int, what: str, on: date, evidence: str, by: Acting, at: datetime) -> None:
    """Enter that something is done: an item of the net-land checklist, a matter due before supply, or a commitment.

    Raises `Refusal`: `no_such_parcel`, `parcel_changed`, `proof_of_nothing`, `evidence_ahead`, `text_missing`.
    """
    if what not in provable():
        raise Refusal("proof_of_nothing", field="what")
    proof = Proof(past(on, at), written.line(evidence, "evidence"))
    with transaction.atomic():
        held = hold(parcel, seq)
        changed = replace(held.parcel, proofs=MappingProxyType({**held.parcel.proofs, what: proof}))
        keep_change(held, changed, "parcel.proved", by, at, what=what, on=on, evidence=proof.evidence)


def move(
    *,
    parcel: int,
    seq: int,
    to: str,
    on: date,
    evidence: str,
    by: Acting,
    at: datetime,
    announced: date | None = None,
    starts: date | None = None,
    ends: date | None = None,
    project: str = "",
) -> None:
    """Move a parcel to its next state.  Everything that stands against it is said at once (`parcel_not_ready`).

    Raises `Refusal`: `parcel_not_ready` (why), `parcel_no_such_step`, `no_such_parcel`, `parcel_changed`.
    """
    shown = written.line(evidence, "evidence")
    past(on, at)
    with transaction.atomic():
        held = hold(parcel, seq)
        step = next((one for one in states.steps(held.parcel.state, held.parcel.tenure) if one.to == to), None)
        if step is None:
            raise Refusal(
                "parcel_no_such_step", parcel=held.parcel.number, state=states.rules().states[held.parcel.state]
            )
        listing = Listing(announced, starts, ends) if announced and starts and ends else None
        against = missing(held.parcel, step, on=on, listing=listing, project=project)
        if against:
            raise Refusal("parcel_not_ready", why=joined(against))
        proofs = {**held.parcel.proofs, to: Proof(on, shown)} if to in DATED else held.parcel.proofs
        changed = replace(
            held.parcel,
            state=to,
            proofs=MappingProxyType(dict(proofs)),
            listing=listing if to == "listed" else None if to == "net" else held.parcel.listing,
            project=project or held.parcel.project,
        )
        keep_change(held, changed, "parcel.moved", by, at, state=to, on=on, evidence=shown)


def missing(
    parcel: Parcel, step: states.Move, *, on: date, listing: Listing | None = None, project: str = ""
) -> tuple[Text, ...]:
    """What still stands against a step on a day, all of it.  At most two queries."""
    found: list[Text] = []
    if "net" in step.needs:
        found += [
            Text(f"净地清单：“{name.zh}”没有凭证。", f"Net-land checklist: “{name.en}” is not proven.")
            for key, name in states.rules().checklist.items()
            if key not in parcel.proofs
        ]
    if "clear" in step.needs:
        found += overlays.hindrances(parcel, overlays.effects(parcel.boundary, readers.overlays(parcel, on), on))
    if "notice" in step.needs:
        found += _notice(listing)
    if "ended" in step.needs and parcel.listing is not None and on < parcel.listing.ends:
        ends = parcel.listing.ends
        found.append(Text(f"挂牌到{ends}才结束。", f"The listing ends on {ends} only."))
    if "project" in step.needs and (not project or projects.project(project) is None):
        found.append(Text("请写明供给哪个项目。", "Say which project it is supplied to."))
    return tuple(found)


def take_out(*, parcel: int, seq: int, reason: str, by: Acting, at: datetime) -> None:
    """Take a parcel out that was recorded in error; it is kept, and shown nowhere.

    Raises `Refusal`: `parcel_in_use` once it was listed or supplied, `no_such_parcel`, `parcel_changed`.
    """
    why = written.line(reason, "reason")
    with transaction.atomic():
        held = hold(parcel, seq)
        if held.parcel.state not in ("raw", "net"):
            raise Refusal("parcel_in_use", parcel=held.parcel.number)
        held.row.gone = True
        keep_change(held, held.parcel, "parcel.taken_out", by, at, reason=why)


def provable() -> dict[str, Text]:
    """Everything that can be proven of a parcel, by id."""
    found = dict(states.rules().checklist)
    for layer in layers.rules().layers.values():
        found |= {one.matter: load().matters[one.matter].name for one in layer.classes.values() if one.effect == "adds"}
    return found | dict(layers.rules().papers)


def joined(texts: tuple[Text, ...]) -> Text:
    """Sentences one after another."""
    return Text("".join(one.zh for one in texts), " ".join(one.en for one in texts))


def _notice(listing: Listing | None) -> list[Text]:
    """What breaks the rule of notice and listing."""
    if listing is None:
        return [Text("请填写公告日、挂牌起止日。", "Give the day of the notice and the days of the listing.")]
    rule = states.listing_rule()
    found = []
    if (listing.starts - listing.announced).days < rule.notice:
        found.append(Text(
            f"公告至少{rule.notice}日后才能挂牌（{rule.notice_source}）。",
            f"A listing starts at least {rule.notice} days after its notice ({rule.notice_source}).",
        ))  # fmt: skip
    if (listing.ends - listing.starts).days < rule.listing:
        found.append(Text(
            f"挂牌不少于{rule.listing}日（{rule.listing_source}）。",
            f"A listing lasts at least {rule.listing} days ({rule.listing_source}).",
        ))  # fmt: skip
    return found


def keep_change(held: Held, changed: Parcel, kind: str, by: Acting, at: datetime, **more: Json) -> None:
    """Keep a changed parcel as its next revision, with the journal entry; inside the caller's transaction.  Five queries."""
    recorded = projects.project(changed.project) if changed.project else None
    draft = keep(held.row, changed, kind=kind, project=recorded.id if recorded else None, by=by, at=at, **more)
    append_many(chain=chain(held.row.zone_id), drafts=(draft,))


def past(on: date, at: datetime) -> date:
    """The day, which must not be ahead of the moment.  Raises `Refusal("evidence_ahead")`."""
    if on > at.astimezone(SHANXI).date():
        raise Refusal("evidence_ahead", field="on", on=on)
    return on
