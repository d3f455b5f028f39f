"""Projects in full, some at a time: for those who take all of them out (exchange tables, logs, archives)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from luodi.projects.models import Project, Revision
from luodi.projects.readers import Recorded, recorded


def in_full(ids: Collection[int]) -> tuple[Recorded, ...]:
    """These projects with their documents, by number.  One query; ask for some hundreds at a time."""
    return tuple(recorded(row) for row in Project.objects.filter(id__in=ids).order_by("id"))


def changed_since(moment: datetime, zones: Collection[str] | None = None) -> tuple[int, ...]:
    """The numbers of the live projects recorded or revised since a moment.  One query."""
    found = Project.objects.filter(live=True, changed__gte=moment)
    if zones is not None:
        found = found.filter(zone__in=zones)
    return tuple(found.order_by("id").values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class Revised:
    """What the document of a project was from a moment on; `entry`: the hash of the journal entry that made it so."""

    seq: int
    at: datetime
    document: str
    entry: str


def revisions(project: int) -> tuple[Revised, ...]:
    """Every revision of a project's document, oldest first.  One query."""
    rows = Revision.objects.filter(project=project).order_by("seq")
    return tuple(Revised(*row) for row in rows.values_list("seq", "at", "document", "entry"))
