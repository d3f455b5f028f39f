"""What stands behind entries of the record: the events of a project's cases, by the entry that holds them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from luodi.cases.course import Told
from luodi.cases.held import EVENT, told_of
from luodi.cases.models import CaseEvent


@dataclass(frozen=True, slots=True)
class Behind:
    """An event with the case it happened to."""

    number: str
    matter: str
    event: Told


def behind(project: str, entries: Collection[str]) -> Mapping[str, tuple[Behind, ...]]:
    """The events of a project that some entries hold, in their order; an act on many cases has many.  One query."""
    rows = (
        CaseEvent.objects.filter(case__project__slug=project, entry__in=entries)
        .order_by("case", "seq")
        .values_list("case__number", "case__matter", *EVENT)
    )
    found: dict[str, list[Behind]] = {}
    for number, matter, *event in rows:
        told = told_of(event)
        found.setdefault(told.entry, []).append(Behind(number, matter, told))
    return {entry: tuple(events) for entry, events in found.items()}
