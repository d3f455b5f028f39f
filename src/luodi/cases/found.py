"""Under which number a case is looked up."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from luodi.cases.held import Subject, catalogue
from luodi.cases.models import Case
from luodi.domain.vocabulary import Text
from luodi.finding.actions import Note, note


def keep(rows: Iterable[Case], subject: Subject, at: datetime) -> None:
    """Note new cases of a project, in the transaction that opens them.  Three queries, whatever their number."""
    note((_note(row.number, row.matter, row.zone, subject.slug, subject.name) for row in rows), at=at)


def everything() -> Iterator[Note]:
    """All cases, for filling anew.  One query for every 2,000 cases."""
    columns = ("number", "matter", "zone", "project__slug", "project__zh", "project__en")
    rows = Case.objects.order_by("id").values_list(*columns)
    for number, matter, zone, slug, zh, en in rows.iterator(chunk_size=2000):
        yield _note(number, matter, zone, slug, Text(zh, en))


def _note(number: str, matter: str, zone: str, slug: str, project: Text) -> Note:
    known = catalogue().matters.get(matter)
    title = known.name if known else Text(matter, matter)
    return Note("case", number, title, f"/cases/{number}/", zone, slug, project, (number,), named=False)
