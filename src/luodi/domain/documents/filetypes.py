"""What a file really is, by its content: which kinds of paper are taken, and why the others are not.

A name proves nothing.  Nothing is unpacked: of an office file only the list of its parts is read.
"""

import zipfile
from dataclasses import dataclass
from typing import IO

from luodi.domain.vocabulary import Refusal

LARGEST = 50_000_000
MOST_PARTS, MOST_UNPACKED = 10_000, 500_000_000
HEAD = 4096
MACROS = (b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T", b"M\0a\0c\0r\0o\0s\0")
"""Names of the storages that hold macros in old office files (UTF-16)."""
ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
            (b"MSCF", "CAB"))  # fmt: skip
PROGRAMS = ((b"MZ", "Windows"), (b"\x7fELF", "Linux"), (b"#!", "script"))
PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tif"), (b"MM\0*", "tif"))
OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
OPEN = {"application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods"}


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of file that is taken, and the media type under which it is handed out."""

    id: str
    media: str


SORTS = {
    one.id: one
    for one in (
        Sort("pdf", "application/pdf"), Sort("ofd", "application/ofd"), Sort("png", "image/png"),
        Sort("jpg", "image/jpeg"), Sort("tif", "image/tiff"), Sort("dwg", "image/vnd.dwg"),
        Sort("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Sort("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Sort("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        Sort("odt", "application/vnd.oasis.opendocument.text"), Sort("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    )
}  # fmt: skip


def sort_of(file: IO[bytes], size: int) -> Sort:
    """What a file is.  Raises `Refusal`: `file_is_empty`, `paper_too_large`, `file_is_an_archive`, `file_has_macros`,
    `file_is_a_program`, `file_not_a_paper`.
    """
    if size == 0:
        raise Refusal("file_is_empty")
    if size > LARGEST:
        raise Refusal("paper_too_large", size=f"{size / 1e6:.1f}", most=LARGEST // 1_000_000)
    file.seek(0)
    head = file.read(HEAD)
    _harmless(head)
    for begins, picture in PICTURES:
        if head.startswith(begins):
            return SORTS[picture]
    if b"%PDF-" in head[:1024]:
        return _pdf(file)
    if head.startswith(b"AC10"):
        return SORTS["dwg"]
    if head.startswith(b"PK"):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(file)
    raise Refusal("file_not_a_paper", known="、".join(SORTS))


def _harmless(head: bytes) -> None:
    for begins, kind in ARCHIVES:
        if head.startswith(begins):
            raise Refusal("file_is_an_archive", kind=kind)
    for begins, kind in PROGRAMS:
        if head.startswith(begins):
            raise Refusal("file_is_a_program", kind=kind)


def _pdf(file: IO[bytes]) -> Sort:
    """A PDF that neither starts programs nor carries files in it."""
    file.seek(0)
    data = file.read()
    for mark in (b"/Launch", b"/EmbeddedFile", b"/JavaScript"):
        if mark in data:
            raise Refusal("pdf_does_things", what=mark.decode()[1:])
    return SORTS["pdf"]


def _packed(file: IO[bytes]) -> Sort:
    """An office file or an OFD by the list of its parts; anything else that is packed is an archive."""
    file.seek(0)
    try:
        parts = zipfile.ZipFile(file)
        names = {one.filename: one.file_size for one in parts.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refusal("file_damaged") from None
    if len(names) > MOST_PARTS or sum(names.values()) > MOST_UNPACKED:
        raise Refusal("file_swells")
    if any(one.lower().endswith("vbaproject.bin") or "/activex/" in one.lower() for one in names):
        raise Refusal("file_has_macros")
    if "OFD.xml" in names:
        return SORTS["ofd"]
    if "[Content_Types].xml" in names:
        for folder, kind in OFFICE:
            if any(one.startswith(folder) for one in names):
                return SORTS[kind]
    if names.get("mimetype", 999) < 100:
        kind = OPEN.get(_mimetype(parts), "")
        if kind and any(one.startswith(("Basic/", "Scripts/")) for one in names):
            raise Refusal("file_has_macros")
        if kind:
            return SORTS[kind]
    raise Refusal("file_is_an_archive", kind="ZIP")


def _mimetype(parts: zipfile.ZipFile) -> str:
    try:
        with parts.open("mimetype") as stream:
            return stream.read(100).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return ""


def _old_office(file: IO[bytes]) -> Refusal:
    file.seek(0)
    data = file.read()
    return Refusal("file_has_macros") if any(mark in data for mark in MACROS) else Refusal("file_old_office")
