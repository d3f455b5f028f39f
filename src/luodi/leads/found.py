"""Under which name and code a lead is looked up, until it has landed: then its project and company are."""

from collections.abc import Iterator
from datetime import datetime

from luodi.domain.vocabulary import Text
from luodi.finding.actions import Note, forget, note
from luodi.leads.models import Lead


def keep(row: Lead, at: datetime) -> None:
    """Note a lead as it is now, or forget it once it has landed; in the transaction of what changed it."""
    if row.project_id is None:
        note((_note(row),), at=at)
    else:
        forget(kind="lead", keys=(str(row.pk),))


def everything() -> Iterator[Note]:
    """All leads that have not landed, for filling anew.  One query for every 500."""
    for row in Lead.objects.filter(project=None).order_by("id").iterator(chunk_size=500):
        yield _note(row)


def _note(row: Lead) -> Note:
    company, title = Text(row.company, row.company), Text(row.title, row.title)
    codes = (row.uscc,) if row.uscc else ()
    return Note("lead", str(row.pk), company, f"/pipeline/leads/{row.pk}/", row.zone_id, "", title, codes, (row.title,))
