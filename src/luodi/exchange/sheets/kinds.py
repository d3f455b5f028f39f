"""What a handed-in file really is, whatever its name says; what is no ledger is refused with what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.limits import MOST_BYTES
from luodi.exchange.sheets.zipped import Looked, look_through

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"),
    (b"\x1f\x8b", "GZIP"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"), (b"SQLite format 3", "SQLite"), (b"GIF8", "GIF"),
)  # fmt: skip
MARKUP = ("<!doctype", "<html", "<table", "<?xml", "<head", "<meta", "<style", "mime-version:")


class Kind(StrEnum):
    """The three kinds that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Known:
    """A file that may be read."""

    kind: Kind
    looked: Looked


def known(data: bytes, name: str) -> Known:
    """What a file is.  Raises `Refusal`: empty, too large, encrypted, with macros, another format, another extension."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Refusal("sheet_empty")
    if len(data) > MOST_BYTES:
        raise Refusal("sheet_too_large", limit=MOST_BYTES // 1_000_000)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ("xlsm", "xltm", "xlsb", "xlam"):
        raise Refusal("sheet_macros" if ending != "xlsb" else "sheet_other_format", found="XLSB")
    if data.startswith(b"PK\x03\x04"):
        found = Known(Kind.XLSX, look_through(data))
    elif data.startswith(OLE):
        found = Known(Kind.XLS, _old(data))
    else:
        found = Known(Kind.CSV, Looked())
        _text(data)
    if (found.kind is Kind.CSV) != (ending in ("csv", "txt", "tsv", "")) and ending:
        raise Refusal("sheet_wrong_extension", ending=ending[:10], found=found.kind.value)
    return found


def _old(data: bytes) -> Looked:
    """An old office file: encrypted new workbooks hide in these too."""
    if _entry("EncryptedPackage") in data or _entry("EncryptionInfo") in data:
        raise Refusal("sheet_encrypted")
    if _entry("_VBA_PROJECT") in data or _entry("_VBA_PROJECT_CUR") in data:
        raise Refusal("sheet_macros")
    if _entry("WordDocument") in data or _entry("PowerPoint Document") in data:
        raise Refusal("sheet_other_format", found="DOC / PPT")
    if _entry("Workbook") not in data and _entry("Book") not in data:
        raise Refusal("sheet_broken")
    return Looked()


def _entry(name: str) -> bytes:
    """A name as the table of contents of an old office file writes it."""
    return name.encode("utf-16-le")


def _text(data: bytes) -> None:
    """Refuse what is no text, and text that is a page of the web under a workbook's name."""
    for start, found in OTHERS:
        if data.startswith(start):
            raise Refusal("sheet_other_format", found=found)
    begin = data[:2000].decode("latin-1").lstrip("\xef\xbb\xbf \r\n\t").lower()
    if begin.startswith(MARKUP):
        raise Refusal("sheet_web_page")
