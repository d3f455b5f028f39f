"""Entering a document: facts, number, sheet, seal, store, record and notice, in one transaction."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.documents import kinds
from luodi.domain.documents.papers import Head
from luodi.journal.actions import append
from luodi.papers import found, informing, store
from luodi.papers.commercial import sign
from luodi.papers.gathering import Gathered
from luodi.papers.keys import SealKeys, keyring
from luodi.papers.models import Document, Series
from luodi.papers.rendering import rendered

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


def entered(
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
                return issued(one, by, at, key, sheet=sheet)
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


def issued(
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
        chain=chain(one.slug, one.zone), kind="paper.issued", by=by, at=at, zone=one.zone, project=one.slug,
        payload={name: value for name, value in told.items() if value is not None}, key=key,
    )  # fmt: skip
    row = Document.objects.create(
        kind=one.kind.id, number=head.number, plain=kinds.plain_number(head.number), code=head.code.replace("-", ""),
        organisation_id=one.office.id, project_id=one.project, zone=one.zone, case=one.case, subject=one.subject,
        version=last.version + 1 if last else 1, issued_at=at, until=one.until, digest=digest, sha256=sha256,
        size=len(made.data), who=by.label[:200], entry=entry.hash,
    )  # fmt: skip
    found.keep(row.pk, at)
    informing.issued(one, row, at)
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


def chain(slug: str, zone: str) -> str:
    """What is about one project stands in its chain, the rest in the zone's."""
    return f"project:{slug}" if slug else f"zone:{zone}"
