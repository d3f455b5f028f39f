"""Revoking an issued document, or replacing it by one of the facts of today."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.documents import kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.papers import informing
from luodi.papers.entering import Issued, chain, issued
from luodi.papers.gathering import Gathered, of_case
from luodi.papers.models import Document
from luodi.papers.owing import of_debt, of_halt
from luodi.papers.summing import of_brief, of_completion, of_ledger


def supersede(*, number: str, reason: str, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue a document anew from the facts of today; the old one is revoked, and names what took its place.

    Raises `Refusal`: `no_such_document`, `document_revoked_already`, `document_of_another_unit`,
    `document_made_elsewhere`.
    """
    why = written.text(reason, "reason")
    with transaction.atomic():
        old = _held(number, by)
        made = issued(gathered(old.subject, at), by, at, key, replaces=old)
        _revoke(old, why, by, at, None, Document.objects.get(pk=made.document))
        return made


def revoke(*, number: str, reason: str, by: Acting, at: datetime, key: str | None = None) -> str:
    """Revoke a document; the hash of the entry.  From now on it stands in the list of the revoked.

    Raises `Refusal`: `no_such_document`, `document_revoked_already`, `document_of_another_unit`.
    """
    why = written.text(reason, "reason")
    with transaction.atomic():
        return _revoke(_held(number, by), why, by, at, key, None)


def gathered(subject: str, at: datetime) -> Gathered:
    """The facts of a subject as they are now.  Raises `Refusal` (`document_made_elsewhere`)."""
    what, _, rest = subject.partition(":")
    if what == "case":
        number, kind, seq = rest.rsplit(":", 2)
        return of_case(number, kind, int(seq), at)
    again = OTHERS.get(what)
    if again is None:
        raise Refusal("document_made_elsewhere")
    return again(rest, at)


def _ledger_again(rest: str, at: datetime) -> Gathered:
    code, since, until = rest.split(":")
    return of_ledger(code, date.fromisoformat(since), date.fromisoformat(until), at)


def _brief_again(rest: str, at: datetime) -> Gathered:
    zone, month = rest.split(":")
    return of_brief(zone, int(month[:4]), int(month[5:]), at)


OTHERS: dict[str, Callable[[str, datetime], Gathered]] = {
    "debt": lambda rest, at: of_debt(int(rest), at),
    "halt": lambda rest, at: of_halt(int(rest), at),
    "completion": of_completion,
    "ledger": _ledger_again,
    "brief": _brief_again,
}
"""What a subject begins with -> its facts as they are now."""


def _held(number: str, by: Acting) -> Document:
    """A document under lock that its own organisation may still revoke."""
    row = (
        Document.objects.select_for_update(of=("self",))
        .select_related("organisation", "project")
        .filter(plain=kinds.plain_number(number))
        .first()
    )
    if row is None:
        raise Refusal("no_such_document")
    if row.revoked_at is not None:
        raise Refusal("document_revoked_already", number=row.number)
    if by.person and by.organisation != row.organisation_id:
        unit = Text(row.organisation.zh, row.organisation.en)
        raise Refusal("document_of_another_unit", number=row.number, unit=unit)
    return row


def _revoke(row: Document, why: str, by: Acting, at: datetime, key: str | None, new: Document | None) -> str:
    slug = row.project.slug if row.project else ""
    payload = {"document": row.number, "digest": row.digest, "reason": why} | ({"by": new.number} if new else {})
    entry = append(
        chain=chain(slug, row.zone), kind="paper.revoked", by=by, at=at, zone=row.zone, project=slug, payload=payload,
        key=key,
    )  # fmt: skip
    row.revoked_at, row.reason, row.replaced_by = at, why, new
    row.save(update_fields=("revoked_at", "reason", "replaced_by"))
    informing.revoked(row, slug, why, at)
    return entry.hash
