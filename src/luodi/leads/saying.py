"""What every action of this room does alike: the lead held and looked up, its dated row, its journal entry."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.leads.models import Lead, Turn


def held(lead: int, seq: int | None = None) -> Lead:
    """The lead, locked.  Raises `Refusal`: `no_such_lead`, or `lead_changed` where it moved on since `seq`."""
    row = Lead.objects.select_for_update(of=("self",)).select_related("project").filter(pk=lead).first()
    if row is None:
        raise Refusal("no_such_lead")
    if seq is not None and row.seq != seq:
        newest = Turn.objects.filter(lead=row, seq=row.seq).values_list("who", flat=True).first()
        raise Refusal("lead_changed", who=newest or "")
    return row


def happened(on: date, at: datetime, contacted: date | None = None, field: str = "on") -> date:
    """The day of something that has happened.  Raises `Refusal` for one ahead, or before the first contact."""
    if on > day_of(at):
        raise Refusal("lead_day_ahead", field=field, on=on)
    if contacted is not None and on < contacted:
        raise Refusal("lead_before_contact", field=field, on=on, contacted=contacted)
    return on


def turn(
    row: Lead, *, kind: str, on: date, by: Acting, at: datetime, key: str | None = None, word: str = "", reason: str = "",
    text: str = "", rival: str = "", post: int | None = None, due: date | None = None,
) -> None:  # fmt: skip
    """Add one dated row and its entry; the caller has the lead locked and saves its columns."""
    row.seq += 1
    Turn.objects.create(
        lead=row, seq=row.seq, kind=kind, on=on, word=word, reason=reason, text=text, rival=rival, post_id=post, due=due,
        who=by.label[:200], at=at,
    )  # fmt: skip
    payload = {
        "lead": row.pk, "seq": row.seq, "what": kind, "on": on, "word": word, "reason": reason, "text": text[:2000],
        "rival": rival, "to_post": post, "due": due,
    }  # fmt: skip
    record("lead.turned", row, payload, by, at, key)


def kept(row: Lead, *, kind: str, by: Acting, at: datetime, word: str = "", text: str = "") -> None:
    """Add the dated row of an act that has an entry of its own: so that the lead can be shown as it stood before."""
    row.seq += 1
    Turn.objects.create(
        lead=row, seq=row.seq, kind=kind, on=day_of(at), word=word, text=text, who=by.label[:200], at=at
    )


def record(
    kind: str, row: Lead, payload: Mapping[str, object], by: Acting, at: datetime, key: str | None = None
) -> None:
    """The journal entry of an act on a lead: in the chain of its zone, or of its project once it has one."""
    slug = row.project.slug if row.project else ""
    chain = f"project:{slug}" if slug else f"zone:{row.zone_id}"
    append(
        chain=chain, kind=kind, by=by, at=at, zone=row.zone_id, project=slug, payload=cast("Mapping[str, Json]", payload),
        key=key,
    )  # fmt: skip


def chosen(value: str, known: Mapping[str, object], field: str, *, empty: bool = True) -> str:
    """A word of a list.  Raises `Refusal` beside its field for any other."""
    plain = value.strip()
    if (not plain and empty) or plain in known:
        return plain
    raise Refusal("lead_choice_unknown", field=field, value=plain[:40])
