"""The record in the order in which it was written, for whoever follows it from a place on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from luodi.domain.events.record import Record
from luodi.journal.models import Entry
from luodi.journal.readers import FIELDS

FOLLOWED = ("project:", "zone:")
"""The beginnings of the chains that may be followed; signing in, people and what was read are the auditor's."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry with its number over the whole record, which serves as cursor."""

    id: int
    record: Record


def after(
    cursor: int,
    *,
    zones: Collection[str] | None = None,
    slugs: Collection[str] | None = None,
    groups: Collection[str] = (),
    until: datetime,
    limit: int = 50,
) -> tuple[Numbered, ...]:
    """Entries numbered above `cursor`, oldest first: of zones (None: all), of projects, of kinds by first word.  One query.

    `until`: nothing written after it; who follows keeps some seconds' distance, since numbers are given out before an
    act is done, and one still being written must not be passed over.
    """
    chains, kinds = Q(), Q()
    for one in FOLLOWED:
        chains |= Q(chain__name__startswith=one)
    for group in groups:
        kinds |= Q(kind__startswith=f"{group}.")
    found = Entry.objects.filter(chains, kinds, id__gt=cursor, at__lte=until)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if slugs is not None:
        found = found.filter(project__in=slugs)
    return tuple(Numbered(pk, Record(*row)) for pk, *row in found.order_by("id").values_list("id", *FIELDS)[:limit])


def reached(cursor: int, *, until: datetime) -> int:
    """The number of the newest entry written up to a moment; `cursor` where there is none above it.  One query."""
    found = Entry.objects.filter(id__gt=cursor, at__lte=until).order_by("-id").values_list("id", flat=True).first()
    return found or cursor


def last() -> int:
    """The number of the newest entry; 0 where there is none.  One query."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
