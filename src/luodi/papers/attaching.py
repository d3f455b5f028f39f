"""Papers that go with applications: checked by content, kept outside the web root, each once however often it is handed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.catalogue.reading import load
from luodi.domain.documents.filetypes import SORTS, sort_of
from luodi.domain.vocabulary import Refusal
from luodi.domain.written import line
from luodi.journal.actions import append
from luodi.papers import store
from luodi.papers.drafts import Held
from luodi.papers.models import Attachment

MOST = 500
"""Papers of one project."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper: `matters` that use it (none: all may).  `again`: the same bytes had been handed in before."""

    id: int
    sha256: str
    name: str
    kind: str
    size: int
    matters: tuple[str, ...]
    who: str
    at: datetime
    again: bool = False

    @property
    def media(self) -> str:
        """The media type."""
        return SORTS[self.kind].media


def attachments(first: str) -> tuple[Kept, ...]:
    """The papers of a project, newest first.  One query."""
    rows = Attachment.objects.filter(first=first, removed_at=None).order_by("-at", "-id")
    return tuple(_kept(row) for row in rows)


def attachment(first: str, number: int) -> Kept | None:
    """One paper of a project.  One query."""
    row = Attachment.objects.filter(first=first, pk=number, removed_at=None).first()
    return _kept(row) if row else None


def content(kept: Kept) -> bytes:
    """Its bytes.  Raises `Refusal` (`document_file_lost`)."""
    return store.get(_folder(), kept.sha256)


def attach(
    *, draft: Held, name: str, file: IO[bytes], size: int, matters: Collection[str], by: Acting, at: datetime
) -> Kept:
    """Take a file for these matters; the same bytes again only add matters.

    Raises `Refusal` for what is no paper (see `sort_of`), `no_such_matter`, `too_many_papers`.
    """
    catalogue = load()
    if unknown := [one for one in matters if one not in catalogue.matters]:
        raise Refusal("no_such_matter", key=unknown[0][:80], hint="")
    kind = sort_of(file, size).id
    file.seek(0)
    digest = store.put(_folder(), file.read())
    with transaction.atomic():
        row = Attachment.objects.select_for_update().filter(first=draft.first, sha256=digest).first()
        again = row is not None and row.removed_at is None
        if row is None:
            if Attachment.objects.filter(first=draft.first, removed_at=None).count() >= MOST:
                raise Refusal("too_many_papers", most=MOST)
            row = Attachment(first=draft.first, sha256=digest, size=size, kind=kind, matters=[], at=at)
        wanted = [one for one in catalogue.matters if one in matters or (again and one in row.matters)]
        if again and wanted == row.matters:
            return _kept(row, again=True)
        if not again:
            row.name, row.who, row.at, row.removed_at = _name(name), by.label[:200], at, None
        row.matters = wanted
        row.save()
        _record("form.attached", draft, row, by, at)
    return _kept(row, again=again)


def detach(*, draft: Held, number: int, by: Acting, at: datetime) -> None:
    """Take a paper away; its bytes stay in the store, since the record names them.  Raises `Refusal` (`paper_unknown`)."""
    with transaction.atomic():
        row = Attachment.objects.select_for_update().filter(first=draft.first, pk=number, removed_at=None).first()
        if row is None:
            raise Refusal("paper_unknown")
        row.removed_at = at
        row.save(update_fields=("removed_at",))
        _record("form.detached", draft, row, by, at)


def _record(kind: str, draft: Held, row: Attachment, by: Acting, at: datetime) -> None:
    append(
        chain=f"project:{draft.first}", kind=kind, by=by, at=at, zone=draft.zone, project=draft.first,
        payload={"form": draft.slug, "sha256": row.sha256, "kind": row.kind, "matters": row.matters},
    )  # fmt: skip


def _name(name: str) -> str:
    """The name without folders, for people; nothing is stored under it."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    tidy = "".join(one for one in plain if one.isprintable() and not "\ud800" <= one <= "\udfff")
    return line(tidy[:190] or "—", "file")


def _folder() -> Path:
    folder: Path = settings.STORE
    return folder / "attachments"


def _kept(row: Attachment, *, again: bool = False) -> Kept:
    return Kept(
        row.pk, row.sha256, row.name, row.kind, row.size, tuple(row.matters), row.who, row.at, again
    )  # fmt: skip
