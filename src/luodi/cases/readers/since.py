"""What has happened with all cases since a place in the list of events: for rooms that follow casework from behind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from luodi.cases.models import CaseEvent


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and its place in the list of all events."""

    place: int
    case: str
    matter: str
    seq: int
    kind: str
    at: datetime


def since(place: int, kinds: Collection[str], *, limit: int = 1000) -> tuple[Happening, ...]:
    """Events of some kinds behind a place, in order.  One query, along the primary key."""
    found = CaseEvent.objects.filter(id__gt=place, kind__in=kinds).order_by("id")
    columns = ("id", "case__number", "case__matter", "seq", "kind", "at")
    return tuple(Happening(*row) for row in found.values_list(*columns)[:limit])


def place_before(at: datetime) -> int:
    """The place of the last event that lies before a moment, 0 for none.  One query, over the whole table: ask it once."""
    return CaseEvent.objects.filter(at__lt=at).order_by("-id").values_list("id", flat=True).first() or 0
