"""Files sent with an opinion or a shadow task: checked by content, kept outside the web root."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from luodi.domain.documents.filetypes import sort_of
from luodi.domain.vocabulary import Refusal
from luodi.domain.written import line
from luodi.entry import handed
from luodi.entry.handed import File, FileRow
from luodi.papers import store


def kept(request: HttpRequest, name: str = "files") -> tuple[File, ...]:
    """Check and keep every file of a form; nothing is kept unless all of them are papers.

    Raises `Refusal` beside the field: those of `domain.documents.filetypes.sort_of`, `entry_files_too_many`.
    """
    sent = [(one.file, one.name or "", one.size or 0) for one in request.FILES.getlist(name) if one.file is not None]
    if len(sent) > handed.MOST:
        raise Refusal("entry_files_too_many", field=name, most=handed.MOST)
    try:
        sorts = [sort_of(file, size).id for file, _name, size in sent]
    except Refusal as refused:
        raise Refusal(refused.code, **{**refused.facts, "field": name}) from None
    found = []
    for (file, called, size), kind in zip(sent, sorts, strict=True):
        file.seek(0)
        found.append(File(store.put(_folder(), file.read()), _named(called), kind, size))
    return tuple(found)


def content(row: FileRow) -> bytes:
    """The bytes of a file.  Raises `Refusal` (`document_file_lost`)."""
    return store.get(_folder(), row.sha256)


def _named(name: str) -> str:
    """The name without folders, for people; nothing is stored under it."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    tidy = "".join(one for one in plain if one.isprintable() and not "\ud800" <= one <= "\udfff")
    return line(tidy[:190] or "—", "files")


def _folder() -> Path:
    folder: Path = settings.STORE
    return folder / "attachments"
