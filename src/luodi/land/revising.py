"""Writing one parcel: held, changed, kept as a revision, and entered in the record, in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError

from luodi.accounts.acting import Acting
from luodi.domain.events.canonical import Json
from luodi.domain.land.keeping import kept
from luodi.domain.land.parcels import Parcel
from luodi.domain.land.plane import box
from luodi.domain.land.writing import document
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import Draft
from luodi.land import models


@dataclass(frozen=True, slots=True)
class Held:
    """A parcel's row, locked until the transaction ends, and its value."""

    row: models.Parcel
    parcel: Parcel


def hold(parcel: int, seq: int) -> Held:
    """The parcel, for a change by somebody who saw revision `seq`.  One query; inside a transaction.

    Raises `Refusal`: `no_such_parcel`, `parcel_changed` for a stale page.
    """
    row = models.Parcel.objects.select_for_update().filter(pk=parcel, gone=False).first()
    if row is None:
        raise Refusal("no_such_parcel")
    if row.seq != seq:
        raise Refusal("parcel_changed", parcel=row.number)
    return Held(row, kept(row.document))


@contextmanager
def once() -> Iterator[None]:
    """Where two write the same new thing at once, the database lets one in; the other may try again.

    Raises `Refusal("land_changed_meanwhile")`.
    """
    try:
        yield
    except IntegrityError:
        raise Refusal("land_changed_meanwhile") from None


def columns(row: models.Parcel, parcel: Parcel, project: int | None, at: datetime) -> None:
    """Set what lists ask for from the value."""
    where = box(parcel.boundary)
    row.zh, row.en, row.state, row.tenure, row.use = (
        parcel.name.zh, parcel.name.en, parcel.state, parcel.tenure, parcel.use,
    )  # fmt: skip
    row.west, row.south, row.east, row.north = where.west, where.south, where.east, where.north
    row.area, row.project_id, row.document, row.at = parcel.boundary.area, project, document(parcel), at


def keep(
    row: models.Parcel, parcel: Parcel, *, kind: str, project: int | None, by: Acting, at: datetime, **more: Json
) -> Draft:
    """Save the next revision of a parcel; the journal entry still to be appended.  Two queries."""
    columns(row, parcel, project, at)
    row.seq += 1
    row.save()
    models.Revision(parcel=row, seq=row.seq, at=at, by=by.label[:200], what=kind, document=row.document).save()
    return entry(row, kind=kind, project=parcel.project, by=by, at=at, **more)


def entry(row: models.Parcel, *, kind: str, project: str, by: Acting, at: datetime, **more: Json) -> Draft:
    """The journal entry of the revision a row holds."""
    payload: Mapping[str, Json] = {"parcel": row.number, "seq": row.seq, "digest": digest(row.document), **more}
    return Draft(kind, by, at, row.zone_id, project, payload)


def chain(zone: str) -> str:
    """The chain of the record in which a zone's land is entered."""
    return f"land:{zone}"


def digest(text: str) -> str:
    """SHA-256 of a document: ties a revision to its journal entry."""
    return sha256(text.encode()).hexdigest()
