"""Issuing a document: facts, number, sheet, seal, store and record, in one transaction; and revoking or replacing one."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.documents import kinds
from luodi.domain.documents.papers import Head
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.papers import store
from luodi.papers.commercial import sign
from luodi.papers.gathering import Gathered, of_case
from luodi.papers.keys import SealKeys, keyring
from luodi.papers.models import Document, Series
from luodi.papers.owing import of_debt, of_halt
from luodi.papers.rendering import rendered
from luodi.papers.summing import of_brief, of_completion, of_ledger

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of check codes: nothing that looks like something else."""

CODE_LENGTH = 16
SM2 = ".sm2"
"""The ending of a detached SM2 signature beside the sealed file."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A document as it was issued.  `repeated`: it had been issued before, and nothing was done."""

    document: int
    number: str
    code: str
    digest: str
    sha256: str
    entry: str
    repeated: bool = False


def issue(
    *,
    case: str,
    kind: str,
    by: Acting,
    at: datetime,
    of: int | None = None,
    key: str | None = None,
    taking: Callable[[], None] | None = None,
) -> Issued:
    """Issue a document about an event of a case: number `of` of its events, or the last one that fits the kind.

    What was issued for that event before, and still holds, is the answer.  About 0.2 s.  `taking` is called in the
    same transaction.  Raises `Refusal`: `nothing_to_issue`, those of templates and keys, `already_done`.
    """
    return _entered(of_case(case, kind, of, at), by, at, key, taking)


def issue_owed(*, debt: int, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the paper of a debt: letter of commitment, undertaking to hand in later, letter for a certificate."""
    return _entered(of_debt(debt, at), by, at, key)


def issue_stop(*, halt: int, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the order that stops works."""
    return _entered(of_halt(halt, at), by, at, key)


def issue_completion(*, case: str, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the list of what every unit said at the completion acceptance."""
    return _entered(of_completion(case, at), by, at, key)


def issue_ledger(
    *, organisation: str, since: date, until: date, by: Acting, at: datetime, key: str | None = None
) -> Issued:
    """Issue the ledger of an organisation (its code) over a span of days."""
    return _entered(of_ledger(organisation, since, until, at), by, at, key)


def issue_brief(*, zone: str, year: int, month: int, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the monthly brief of a zone."""
    return _entered(of_brief(zone, year, month, at), by, at, key)


def supersede(*, number: str, reason: str, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue a document anew from the facts of today; the old one is revoked, and names what took its place.

    Raises `Refusal`: `no_such_document`, `document_revoked_already`, `document_of_another_unit`.
    """
    why = written.text(reason, "reason")
    with transaction.atomic():
        old = _held(number, by)
        made = _issued(gathered(old.subject, at), by, at, key, replaces=old)
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
    """The facts of a subject as they are now."""
    what, _, rest = subject.partition(":")
    if what == "case":
        number, kind, seq = rest.rsplit(":", 2)
        return of_case(number, kind, int(seq), at)
    return OTHERS[what](rest, at)


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


def _entered(
    one: Gathered, by: Acting, at: datetime, key: str | None, taking: Callable[[], None] | None = None
) -> Issued:
    """Issue what was gathered.  The sheet is made and sealed under the number that comes next before the transaction
    begins, so that nobody waits for typst; where another took that number meanwhile, it is made anew.
    """
    for last in (False, False, True):
        sheet = None if last or _holding(one) else _sheet(one, at, _place(one, at) + 1)
        try:
            with transaction.atomic():
                if taking is not None:
                    taking()
                return _issued(one, by, at, key, sheet=sheet)
        except _NumberTaken:
            continue
    raise AssertionError("the last try makes its sheet under the lock")


class _NumberTaken(Exception):  # noqa: N818 - nobody's error
    """Another document was issued under the number while this one was made."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sealed document, ready to be entered under its place in the series."""

    place: int
    head: Head
    data: bytes


def _sheet(one: Gathered, at: datetime, place: int) -> _Sheet:
    from luodi.papers.sealing import seal

    keys: SealKeys = settings.SEAL_KEYS
    head = _head(one, at, place)
    drawn = rendered(one.build(head), zone=one.zone, folder=settings.TEMPLATES_FOLDER, at=at)
    ring = keyring(keys, one.office.code, at)
    return _Sheet(place, head, seal(drawn, ring=ring, at=at, reason=f"{head.name.zh} {head.number}"))


def _holding(one: Gathered) -> bool:
    """Whether a document of the subject holds already."""
    last = Document.objects.filter(subject=one.subject).order_by("-version").first()
    return last is not None and last.revoked_at is None


def _issued(
    one: Gathered, by: Acting, at: datetime, key: str | None, replaces: Document | None = None,
    sheet: _Sheet | None = None,
) -> Issued:  # fmt: skip
    last = Document.objects.filter(subject=one.subject).order_by("-version").first()
    if last is not None and replaces is None and last.revoked_at is None:
        return Issued(last.pk, last.number, last.code, last.digest, last.sha256, last.entry, repeated=True)
    from luodi.papers.verifying import digest_of

    place = _next(_series(one, at))
    if sheet is not None and sheet.place != place:
        raise _NumberTaken
    made = sheet or _sheet(one, at, place)
    head, digest, sha256 = made.head, digest_of(made.data), _stored(made.data)
    told = {
        "document": head.number, "kind": one.kind.id, "case": one.case or None, "of": one.of or None, "digest": digest,
        "sha256": sha256, "replaces": replaces.number if replaces else None,
    }  # fmt: skip
    entry = append(
        chain=_chain(one.slug, one.zone), kind="paper.issued", by=by, at=at, zone=one.zone, project=one.slug,
        payload={name: value for name, value in told.items() if value is not None}, key=key,
    )  # fmt: skip
    row = Document.objects.create(
        kind=one.kind.id, number=head.number, plain=kinds.plain_number(head.number), code=head.code.replace("-", ""),
        organisation_id=one.office.id, project_id=one.project, zone=one.zone, case=one.case, subject=one.subject,
        version=last.version + 1 if last else 1, issued_at=at, until=one.until, digest=digest, sha256=sha256,
        size=len(made.data), who=by.label[:200], entry=entry.hash,
    )  # fmt: skip
    return Issued(row.pk, head.number, row.code, digest, sha256, entry.hash)


def _stored(data: bytes) -> str:
    """Keep the bytes, and the second signature beside them where there is a key for it; their SHA-256."""
    keys: SealKeys = settings.SEAL_KEYS
    sha256 = store.put(Path(settings.STORE), data)
    if keys.sm2:
        store.put_beside(Path(settings.STORE), sha256, SM2, sign(data, *keys.sm2.split(":", 1)))
    return sha256


def _series(one: Gathered, at: datetime) -> str:
    return kinds.series(one.office.code, one.kind.id, day_of(at).year)


def _place(one: Gathered, at: datetime) -> int:
    """The last place of the series that was taken, without locking it."""
    return Series.objects.filter(name=_series(one, at)).values_list("last", flat=True).first() or 0


def _head(one: Gathered, at: datetime, place: int) -> Head:
    """The head of the document at a place of its series."""
    keys: SealKeys = settings.SEAL_KEYS
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return Head(
        kind=one.kind.id,
        name=one.kind.name,
        number=kinds.number(one.office.name, one.office.code, one.kind, day_of(at).year, place),
        code="-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)),
        address=f"{settings.LUODI_ORIGIN or 'http://127.0.0.1:8000'}/verify/{code}/",
        issued=one.issued,
        issuer=one.office.name,
        document=one.office.document,
        sample=keys.sample,
        until=one.until,
    )


def _next(series: str) -> int:
    """The next place of a series, which stays locked until the transaction ends."""
    Series.objects.get_or_create(name=series)
    row = Series.objects.select_for_update().get(name=series)
    row.last += 1
    row.save(update_fields=("last",))
    return row.last


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
        chain=_chain(slug, row.zone), kind="paper.revoked", by=by, at=at, zone=row.zone, project=slug, payload=payload,
        key=key,
    )  # fmt: skip
    row.revoked_at, row.reason, row.replaced_by = at, why, new
    row.save(update_fields=("revoked_at", "reason", "replaced_by"))
    return entry.hash


def _chain(slug: str, zone: str) -> str:
    """What is about one project stands in its chain, the rest in the zone's."""
    return f"project:{slug}" if slug else f"zone:{zone}"
