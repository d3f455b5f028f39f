"""Parcels by file: the whole file is checked against itself and against what is recorded; then all of it is taken, or nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from luodi.accounts.acting import Acting
from luodi.domain.land import plane
from luodi.domain.land.keeping import kept
from luodi.domain.land.offset import suspected
from luodi.domain.land.overlaps import neighbours, overlap
from luodi.domain.land.parcels import Parcel
from luodi.domain.land.reading import try_parcels
from luodi.domain.land.states import rules
from luodi.domain.source.faults import Faults
from luodi.domain.vocabulary import BadInput, Problem
from luodi.journal.actions import Draft, append_many
from luodi.land import models
from luodi.land.revising import chain, columns, entry, once
from luodi.projects import readers as projects
from luodi.zones import readers as zones

START = ("raw", "net")
"""States in which a parcel may come in by file; the others are reached by acts with evidence (samples excepted)."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it was found: the parcels without a fault, and every fault of the others."""

    good: tuple[Parcel, ...]
    problems: tuple[Problem, ...]


class NotTaken(BadInput):
    """A file with faults, of which nothing was taken; `good`: how many parcels of it have none."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(checked.problems)
        self.good = len(checked.good)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file changed."""

    new: int
    revised: int
    same: int


def check(text: str | bytes, name: str, *, reach: Collection[str] | None, sample: bool = False) -> Checked:
    """Every parcel of a file against itself, its zone (within `reach`) and what is recorded there.  Changes nothing.

    Four queries.  A file that cannot be read at all has problems and no parcels.
    """
    found, faults = try_parcels(text, name)
    wrong = against(found, reach=reach, sample=sample, together=True, name=name)
    good = tuple(one for one in found if not wrong.get(_key(one)))
    return Checked(good, (*faults.found, *(problem for problems in wrong.values() for problem in problems)))


def against(
    found: Sequence[Parcel],
    *,
    reach: Collection[str] | None,
    sample: bool = False,
    together: bool = False,
    name: str = "",
) -> dict[tuple[str, str], list[Problem]]:
    """What stands against parcels as they are recorded, by zone and number.  Four queries.

    `together`: they are taken all at once, so that a border between two of them may move; else each by itself.
    """
    known = {one.id for one in zones.zones()}
    recorded = {_key(one): one for one in _recorded(found)}
    slugs = projects.documents({one.project for one in found if one.project})
    wrong = defaultdict[tuple[str, str], list[Problem]](list)
    for parcel in found:
        faults = Faults(name, wrong[_key(parcel)])
        if parcel.zone not in known or (reach is not None and parcel.zone not in reach):
            faults.add(None, "parcel_zone_unknown", parcel=parcel.number, zone=parcel.zone)
        if parcel.project and parcel.project not in slugs:
            faults.add(None, "parcel_project_unknown", parcel=parcel.number, project=parcel.project)
        _against_own(parcel, recorded.get(_key(parcel)), faults, sample=sample)
    moving = {_key(one) for one in found} if together else set()
    left = [one for key, one in recorded.items() if key not in moving]
    for key, code, facts in _over_recorded(found, left):
        Faults(name, wrong[key]).add(None, code, **facts)
    return {key: problems for key, problems in wrong.items() if problems}


def take(*, text: str | bytes, name: str, by: Acting, at: datetime, sample: bool = False) -> Taken:
    """Record the parcels of a file, new or revised; what is unchanged is left alone.

    Raises `NotTaken` with every problem of the file: then nothing of it is taken; `Refusal("land_changed_meanwhile")`.
    """
    with once(), transaction.atomic():
        checked = check(text, name, reach=by.reach, sample=sample)
        if checked.problems:
            raise NotTaken(checked)
        rows = {(row.zone_id, row.number): row for row in _rows(checked.good).select_for_update()}
        changes = list(_changes(checked.good, rows, by, at, sample))
        _save(changes, by, at)
    new = sum(one.row.seq == 1 for one in changes)
    return Taken(new, len(changes) - new, len(checked.good) - len(changes))


@dataclass(frozen=True, slots=True)
class _Change:
    row: models.Parcel
    parcel: Parcel
    kind: str


def _changes(
    parcels: Sequence[Parcel], rows: dict[tuple[str, str], models.Parcel], by: Acting, at: datetime, sample: bool
) -> Iterator[_Change]:
    """The rows as they will be; those that stay as they are left out."""
    slugs = {one.project for one in parcels if one.project}
    numbers = {one.slug: one.id for one in projects.named(slugs=slugs, limit=len(slugs))} if slugs else {}
    for parcel in parcels:
        row = rows.get((parcel.zone, parcel.number))
        if row is not None and not row.gone:
            parcel = _with_history(parcel, kept(row.document))
        kind = "parcel.recorded" if row is None else "parcel.revised"
        row = row or models.Parcel(zone_id=parcel.zone, number=parcel.number, seq=0, sample=sample)
        before = (row.document, row.gone)
        columns(row, parcel, numbers.get(parcel.project), at)
        row.gone = False
        if (row.document, row.gone) != before:
            row.seq += 1
            yield _Change(row, parcel, kind)


def _with_history(parcel: Parcel, before: Parcel) -> Parcel:
    """A revised parcel keeps what acts have written: state, proofs, listing, promises, checks, project."""
    return replace(
        parcel, state=before.state, proofs=before.proofs, listing=before.listing, promised=before.promised,
        conditions=parcel.conditions or before.conditions, checks=before.checks, project=before.project,
    )  # fmt: skip


def _save(changes: Sequence[_Change], by: Acting, at: datetime) -> None:
    models.Parcel.objects.bulk_create([one.row for one in changes if one.row.seq == 1], batch_size=500)
    for one in changes:
        if one.row.seq > 1:
            one.row.save()
    models.Revision.objects.bulk_create(
        [
            models.Revision(
                parcel=one.row, seq=one.row.seq, at=at, by=by.label[:200], what=one.kind, document=one.row.document
            )
            for one in changes
        ],
        batch_size=500,
    )
    drafts = defaultdict[str, list[Draft]](list)
    for one in changes:
        drafts[one.row.zone_id].append(entry(one.row, kind=one.kind, project=one.parcel.project, by=by, at=at))
    for zone, entries in drafts.items():
        append_many(chain=chain(zone), drafts=entries)


def _rows(parcels: Sequence[Parcel]) -> "QuerySet[models.Parcel]":
    return models.Parcel.objects.filter(
        zone__in={one.zone for one in parcels}, number__in={one.number for one in parcels}
    )


def _recorded(parcels: Sequence[Parcel]) -> tuple[Parcel, ...]:
    """The parcels recorded where those of a file lie, or under their numbers."""
    if not parcels:
        return ()
    where = plane.around(tuple(plane.box(one.boundary) for one in parcels))
    near = models.Parcel.objects.filter(
        gone=False, west__lte=where.east, east__gte=where.west, south__lte=where.north, north__gte=where.south
    )
    documents = {
        *near.values_list("document", flat=True),
        *_rows(parcels).filter(gone=False).values_list("document", flat=True),
    }
    return tuple(kept(one) for one in documents)


def _key(parcel: Parcel) -> tuple[str, str]:
    return parcel.zone, parcel.number


def _against_own(parcel: Parcel, own: Parcel | None, faults: Faults, *, sample: bool) -> None:
    """Note what of a parcel disagrees with itself as recorded."""
    if not sample and (parcel.state != own.state if own else parcel.state not in START):
        faults.add(None, "parcel_state_by_file", parcel=parcel.number)
    if own is not None and (off := suspected(parcel.boundary, own.boundary)) is not None:
        faults.add(None, "parcel_offset_like_consumer_map", parcel=parcel.number, metres=round(off))


def _over_recorded(
    found: Sequence[Parcel], left: Sequence[Parcel]
) -> Iterator[tuple[tuple[str, str], str, dict[str, object]]]:
    """The parcels that overlap another recorded one which stays as it is."""
    both = [*found, *left]
    for first, second in neighbours([plane.box(one.boundary) for one in both]):
        if first >= len(found) or second < len(found) or _key(both[first]) == _key(both[second]):
            continue
        shared = overlap(both[first].boundary, both[second].boundary)
        if shared > rules().tolerance.overlap:
            facts = {"parcel": both[first].number, "other": both[second].number, "shared": round(shared, 1)}
            yield _key(both[first]), "parcel_overlaps_recorded", facts
