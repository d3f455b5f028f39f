"""Under which number an issued document is looked up."""

from collections.abc import Iterator
from datetime import datetime

from luodi.domain.documents.kinds import rules
from luodi.domain.vocabulary import Text
from luodi.finding.actions import Note, note
from luodi.papers.models import Document

COLUMNS = ("id", "kind", "number", "code", "case", "zone", "project__slug", "project__zh", "project__en")


def keep(document: int, at: datetime) -> None:
    """Note a document just issued, in the transaction that issues it.  Four queries."""
    note(_notes({"id": document}), at=at)


def everything() -> Iterator[Note]:
    """All documents of cases and projects, for filling anew.  One query for every 2,000."""
    return _notes({})


def _notes(sift: dict[str, int]) -> Iterator[Note]:
    rows = Document.objects.filter(project__isnull=False, **sift).order_by("id").values_list(*COLUMNS)
    for id_, kind, number, code, case, zone, slug, zh, en in rows.iterator(chunk_size=2000):
        link = f"/papers/{case}/{id_}/" if case else f"/projects/{slug}/charts/"
        name = rules().kinds[kind].name if kind in rules().kinds else Text(kind, kind)
        title, about = Text(f"{name.zh} {number}", f"{name.en} {number}"), Text(zh, en)
        yield Note("document", str(id_), title, link, zone, slug, about, (number, code), named=False)
