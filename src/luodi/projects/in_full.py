"""Projects in full, some at a time: for those who take all of them out (exchange tables, logs, archives)."""

from collections.abc import Collection
from datetime import datetime

from luodi.projects.models import Project
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
