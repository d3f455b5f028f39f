"""Many delegated powers at once, for invented organisations; rows and entries are the ones `actions` would have written."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.journal.actions import Draft, append_many
from luodi.zones.actions import CHAIN
from luodi.zones.models import Power


@transaction.atomic
def delegate(
    *, powers: Sequence[tuple[str, int, str, str]], starts: date, document: str, by: Acting, at: datetime
) -> None:
    """Let organisations decide matters from a day on: matter, number, code and zone of the organisation each.

    The caller has seen that nobody of the same zone may decide the matter already.
    """
    rows = [
        Power(matter=matter, organisation_id=organisation, starts=starts, document=document, sample=True)
        for matter, organisation, _, _ in powers
    ]
    Power.objects.bulk_create(rows, batch_size=500)
    drafts = [
        Draft(
            "power.delegated", by, at, zone, "",
            {"matter": matter, "organisation": code, "category": "", "starts": starts.isoformat(), "ends": None,
             "document": document},
        )
        for matter, _, code, zone in powers
    ]  # fmt: skip
    append_many(chain=CHAIN, drafts=drafts)
