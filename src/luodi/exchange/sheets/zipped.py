"""A workbook looked through before anything reads it: how far it unpacks, how far its cells lie, what it carries.

Every part is unpacked once, in pieces, whatever size its index claims; nothing is kept.  Readers of workbooks take memory
for the whole rectangle up to the farthest cell, so two cells at opposite corners would be enough to fill a machine.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.limits import (
    LONGEST_TAG,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_INFLATED,
    MOST_PARTS,
    MOST_ROWS,
)

PIECE = 1 << 20
LOCAL_HEADER = 30
STORED, DEFLATED = 0, 8
FAR = re.compile(rb"""r=["'](?:[A-Za-z]{2}|[A-Za-z][0-9]{6})""")
"""What a cell beyond column Z or row 99,999 has; most workbooks have none, and are searched no further."""
ODD = re.compile(rb"r(?:\s|=\s)")
"""A place written as no office program writes it, so that the quick search would miss it."""
CELL = re.compile(rb"""<(?:[A-Za-z0-9]+:)?c\s[^<>]*?\br\s*=\s*["']\s*([A-Za-z]+)([0-9]+)[^<>]*>""")
DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""")
NEAR_ROW, NEAR_COLUMN = 99_999, 26
EXCELS_ROWS = 1_048_576
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found on looking through: days counted from 1904; links to other files, which are not followed."""

    epoch_1904: bool = False
    external_links: bool = False


def look_through(data: bytes) -> Looked:
    """Look through a workbook.  Raises `Refusal`: broken, no workbook, too large when unpacked, too far, macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise Refusal("sheet_broken") from broken
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    _named(names, len(parts))
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("sheet_encrypted")
    far = _Far(NEAR_ROW)
    dated = _search(data, parts, far)
    if far.cells > MOST_CELLS:  # a guess from above: wide, and how long is not known; now every cell is looked at
        far = _Far(0)
        _search(data, parts, far)
    far.judge()
    return Looked(dated, any("externallink" in name for name in names))


def _search(data: bytes, parts: list[zipfile.ZipInfo], far: "_Far") -> bool:
    """Unpack all parts past `far`; whether days are counted from 1904."""
    total, dated = 0, False
    for part in parts:
        rest, book = b"", part.filename.lower().endswith("workbook.xml")
        for piece in _unpacked(data, part):
            total += len(piece)
            if total > MOST_INFLATED:
                raise Refusal("sheet_unpacks_too_far", limit=MOST_INFLATED // 1_000_000)
            if not part.filename.lower().endswith(PICTURES):
                rest = far.search(rest + piece)
                dated = dated or bool(book and DATE_1904.search(piece))
    return dated


def _named(names: list[str], count: int) -> None:
    """What the names of the parts tell."""
    if count > MOST_PARTS:
        raise Refusal("sheet_too_many_parts", limit=MOST_PARTS)
    if "mimetype" in names and "content.xml" in names:
        raise Refusal("sheet_other_format", found="ODS")
    if any(name.endswith(".bin") and name.rpartition("/")[2].startswith("workbook") for name in names):
        raise Refusal("sheet_other_format", found="XLSB")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refusal("sheet_other_format", found="DOCX / PPTX")
    if "[content_types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise Refusal("sheet_other_format", found="ZIP")
    if any(name.rpartition("/")[2].startswith(("vbaproject", "vbadata")) for name in names) or any(
        "/macrosheets/" in f"/{name}" for name in names
    ):
        raise Refusal("sheet_macros")


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part in pieces: as they really unpack, not as many as the index says."""
    head = data[part.header_offset : part.header_offset + LOCAL_HEADER]
    if len(head) < LOCAL_HEADER or head[:4] != b"PK\x03\x04" or part.compress_type not in (STORED, DEFLATED):
        raise Refusal("sheet_broken")
    begin = (
        part.header_offset
        + LOCAL_HEADER
        + int.from_bytes(head[26:28], "little")
        + int.from_bytes(head[28:30], "little")
    )
    packed = memoryview(data)[begin : begin + part.compress_size]
    if part.compress_type == STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return
    stream, at = zlib.decompressobj(-15), 0
    try:
        while not stream.eof and (at < len(packed) or stream.unconsumed_tail):
            if not stream.unconsumed_tail:
                given, at = bytes(packed[at : at + PIECE]), at + PIECE
            else:
                given = stream.unconsumed_tail
            if piece := stream.decompress(given, PIECE):
                yield piece
        while not stream.eof and (piece := stream.decompress(stream.unconsumed_tail, PIECE)):
            yield piece
    except zlib.error as broken:
        raise Refusal("sheet_broken") from broken


class _Far:
    """The farthest cell with something in it, and whether anything is written that no ledger has."""

    def __init__(self, near: int) -> None:
        """`near`: cells up to this row and column Z are not looked at, but taken to be there; 0 looks at every cell."""
        self.exact = not near
        self.row, self.column, self.cell, self.rows = near, NEAR_COLUMN if near else 1, "A1", 0

    @property
    def cells(self) -> int:
        """The rectangle that a reader would take memory for; where nothing lies far, it is not large."""
        return self.row * self.column if self.exact or self.cell != "A1" else 0

    def search(self, text: bytes) -> bytes:
        """Look at a piece of XML; returned is its unfinished end, to come before the next piece."""
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Refusal("sheet_broken")
        whole, opened, rest = text.rpartition(b"<")
        if len(rest) > LONGEST_TAG + PIECE:
            raise Refusal("sheet_broken")
        self.rows += whole.count(b"<row") + whole.count(b":row")
        if self.exact or FAR.search(whole) or ODD.search(whole):
            for found in CELL.finditer(whole):
                if not found[0].endswith(b"/>"):
                    self._take(found[1], found[2])
        return opened + rest

    def _take(self, letters: bytes, digits: bytes) -> None:
        if len(letters) > 3 or len(digits) > 7:
            raise Refusal("sheet_broken")
        column, row = column_of(letters.decode()), int(digits)
        if row > self.row or column > self.column:
            self.cell = f"{letters.decode().upper()}{row}"
            self.row, self.column = max(self.row, row), max(self.column, column)

    def judge(self) -> None:
        """Raise `Refusal` where the cells reach too far."""
        if self.rows > EXCELS_ROWS:
            raise Refusal("sheet_too_many_rows", limit=MOST_ROWS)
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS or self.cells > MOST_CELLS:
            raise Refusal("sheet_reaches_too_far", cell=self.cell, rows=MOST_ROWS, columns=MOST_COLUMNS)


def column_of(letters: str) -> int:
    """The number of a column by its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(column: int) -> str:
    """The letters of a column by its number: 1 is A."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
