"""Two leads that are one case: one of them is counted, the other stays readable beside it."""

from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal
from luodi.leads.models import Lead
from luodi.leads.saying import held, turn


def join_leads(*, lead: int, into: int | None, note: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Say that a lead is the same case as another, which is counted for both; `into` None: that it is one of its own again.

    Lists and sums leave the joined one out; nothing of it is lost.  Raises `Refusal`: `no_such_lead`, `lead_same_already`,
    `lead_joined_with_itself`, `lead_joined_on` (the other is itself joined, or others are joined with this one).
    """
    if into == lead:
        raise Refusal("lead_joined_with_itself", field="into")
    text = written.text(note, "note", empty=True)
    with transaction.atomic():
        rows = {number: held(number) for number in sorted({lead, into or lead})}  # always in one order
        row = rows[lead]
        if row.same_id == into:
            raise Refusal("lead_same_already", field="into")
        if into is not None and (rows[into].same_id or Lead.objects.filter(same=row).exists()):
            raise Refusal("lead_joined_on", field="into")
        turn(row, kind="joined", on=day_of(at), word=str(into or ""), text=text, by=by, at=at, key=key)
        row.same_id = into
        row.save()
