"""Taking back what a file changed of a parcel: it is again as one of its earlier revisions had it, as a revision of its own."""

from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.land.keeping import kept
from luodi.domain.vocabulary import Refusal
from luodi.land import models
from luodi.land.moving import keep_change
from luodi.land.revising import hold


def restore(*, parcel: int, seq: int, to: int, by: Acting, at: datetime) -> None:
    """Make a parcel, seen at revision `seq`, again what it was at revision `to`.

    Raises `Refusal`: `no_such_parcel`, `parcel_changed` where somebody has changed it since, `no_such_revision`.
    """
    with transaction.atomic():
        held = hold(parcel, seq)
        then = models.Revision.objects.filter(parcel=held.row, seq=to).first()
        if then is None:
            raise Refusal("no_such_revision", parcel=held.row.number, seq=to)
        keep_change(held, kept(then.document), "parcel.revised", by, at)
