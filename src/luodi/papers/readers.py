"""Questions about issued documents: one by number or code, those of a case, their bytes, and the list of the revoked."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.documents.kinds import plain_number
from luodi.domain.documents.revoked import Revoked, RevokedList, list_text, signed_text
from luodi.domain.events.canonical import moment_text
from luodi.domain.vocabulary import Refusal, Text
from luodi.papers import store
from luodi.papers.keys import SealKeys, keyring, roots_of
from luodi.papers.models import Document, Waiting

if TYPE_CHECKING:
    from luodi.papers.verifying import Roots

FRESH = timedelta(hours=1)
"""So long a signed list of the revoked is handed out again, if nothing was revoked since."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An issued document.  `revoked_at` None: it holds; `by`: the number of what took its place."""

    id: int
    kind: str
    number: str
    code: str
    organisation: int
    organisation_name: Text
    project: str
    zone: str
    case: str
    version: int
    issued_at: datetime
    until: date | None
    digest: str
    sha256: str
    size: int
    who: str
    revoked_at: datetime | None
    reason: str
    by: str

    @property
    def standing(self) -> str:
        """holds | revoked | replaced."""
        return "holds" if self.revoked_at is None else "replaced" if self.by else "revoked"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far issuing is: documents waiting, those among them that were refused at least once, issued since a moment."""

    waiting: int
    refused: int
    issued: int


COLUMNS = (
    "id", "kind", "number", "code", "organisation_id", "organisation__zh", "organisation__en", "project__slug", "zone",
    "case", "version", "issued_at", "until", "digest", "sha256", "size", "who", "revoked_at", "reason",
    "replaced_by__number",
)  # fmt: skip


def of_case(case: str) -> tuple[DocumentRow, ...]:
    """The documents of a case, oldest first.  One query."""
    return _rows({"case": case})


def of_project(slug: str, *, limit: int = 200) -> tuple[DocumentRow, ...]:
    """The documents of a project, newest first.  One query."""
    return _rows({"project__slug": slug}, "-id", limit)


def by_code(code: str) -> DocumentRow | None:
    """The document of a check code, however it is typed.  One query."""
    plain = "".join(one for one in code.upper() if one.isalnum())
    return next(iter(_rows({"code": plain})), None) if plain else None


def by_number(number: str, code: str) -> DocumentRow | None:
    """The document of a number, if the check code is its own.  One query."""
    found = by_code(code)
    return found if found is not None and plain_number(found.number) == plain_number(number) else None


def by_digest(digest: str) -> DocumentRow | None:
    """The document by the digest of what was sealed.  One query."""
    return next(iter(_rows({"digest": digest})), None)


def document(number: int) -> DocumentRow | None:
    """One document by its row.  One query."""
    return next(iter(_rows({"pk": number})), None)


def content(row: DocumentRow) -> bytes:
    """The sealed file.  No query.  Raises `Refusal` (`document_file_lost`)."""
    return store.get(Path(settings.STORE), row.sha256)


def progress(since: datetime) -> Progress:
    """How far issuing is.  Three queries."""
    issued = Document.objects.filter(issued_at__gte=since).count()
    return Progress(Waiting.objects.count(), Waiting.objects.exclude(refused="").count(), issued)


def roots(at: datetime) -> "Roots":
    """The certificates that verification trusts; the demo's are made where there are none.  No query."""
    keys: SealKeys = settings.SEAL_KEYS
    path = roots_of(keys)
    if keys.sample and not path.is_file():
        keyring(keys, "", at)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise Refusal("roots_missing", path=str(path)) from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> "Roots":
    from luodi.papers.verifying import roots_from

    return roots_from(path.read_bytes(), str(path))


def revoked_list(at: datetime) -> RevokedList:
    """Every revoked document, signed; signed again when another was revoked, or after an hour.  Two queries at most."""
    found = Document.objects.filter(revoked_at__isnull=False).order_by("-revoked_at", "-id")
    last = found.values_list("revoked_at", "digest").first() or (None, "")
    return _signed(*last, int(at.timestamp() // FRESH.total_seconds()), settings.SEAL_KEYS)


def revoked_text(at: datetime) -> str:
    """The same as the file to download."""
    return list_text(revoked_list(at))


@lru_cache(maxsize=4)
def _signed(last: datetime | None, digest: str, hour: int, keys: SealKeys) -> RevokedList:
    """The list; `digest` of the document revoked last, so that another list is another key of the cache."""
    from luodi.papers.sealing import sign

    at = datetime.fromtimestamp(hour * FRESH.total_seconds(), tz=SHANGHAI)
    at = max(at, last) if last else at
    found = Document.objects.filter(revoked_at__isnull=False).order_by("revoked_at", "id")
    rows = found.values_list("digest", "number", "revoked_at", "reason", "replaced_by__number")
    listed = tuple(Revoked(name, number, day_of(on), why, by or "") for name, number, on, why, by in rows if on)
    one = RevokedList(moment_text(at), listed)
    return replace(one, signature=sign(signed_text(one), ring=keyring(keys, "", at), at=at).hex())


def _rows(where: dict[str, object], order: str = "id", limit: int = 200) -> tuple[DocumentRow, ...]:
    found = Document.objects.filter(**where).order_by(order).values_list(*COLUMNS)[:limit]
    return tuple(_row(one) for one in found)


def _row(one: tuple[object, ...]) -> DocumentRow:
    (pk, kind, number, code, unit, zh, en, slug, zone, case, version, issued, until, digest, sha256, size, who, revoked,
     reason, by) = one  # fmt: skip
    return DocumentRow(
        pk, kind, number, code, unit, Text(zh, en), slug or "", zone, case, version, issued, until, digest, sha256,  # type: ignore[arg-type]
        size, who, revoked, reason, by or "",  # type: ignore[arg-type]
    )  # fmt: skip


def roots_pem(at: datetime) -> str:
    """The same certificates as PEM, to download.  No query."""
    roots(at)
    return roots_of(settings.SEAL_KEYS).read_text(encoding="ascii", errors="replace")
