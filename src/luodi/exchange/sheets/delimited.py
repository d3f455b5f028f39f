"""Text tables: UTF-8 with or without a mark, GB18030, UTF-16 as Excel writes it; comma, tab or semicolon."""

import codecs
import csv
import io
from collections.abc import Iterator

from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

PIECE = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SEPARATORS = ",\t;，"
SEEN = 4000


def encoding_of(data: bytes) -> str:
    """The encoding that fits the whole file.  Raises `Refusal("sheet_unknown_encoding")` with the line where none does."""
    for mark, name in MARKS:
        if data.startswith(mark):
            if _fails(data, name) is None:
                return name
            raise Refusal("sheet_unknown_encoding", line=_line(data, _fails(data, name) or 0))
    if b"\x00" in data[:PIECE]:
        raise Refusal("sheet_other_format", found="?")
    for name in ("utf-8", "gb18030"):
        if _fails(data, name) is None:
            return name
    raise Refusal("sheet_unknown_encoding", line=_line(data, _fails(data, "gb18030") or 0))


def rows_of(data: bytes) -> Iterator[list[str]]:
    """The rows, one by one; a row of the file is one item, however many lines it runs over.

    Raises `Refusal` for a cell without end (a quotation mark that is never closed), too many rows or columns.
    """
    encoding = encoding_of(data)
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    separator = _separator(text.read(SEEN))
    text.seek(0)
    csv.field_size_limit(LONGEST_CELL * 20)
    reader = csv.reader(text, delimiter=separator)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number > MOST_ROWS and any(row):
                raise Refusal("sheet_too_many_rows", limit=MOST_ROWS)
            if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
                raise Refusal("sheet_reaches_too_far", cell=f"{number}", rows=MOST_ROWS, columns=MOST_COLUMNS)
            yield row[:MOST_COLUMNS]
    except csv.Error:
        raise Refusal("sheet_quotation_open", line=number + 1) from None


def _separator(begin: str) -> str:
    """The separator of which there are most in the first lines."""
    lines = begin.splitlines()[:20]
    counts = {one: sum(line.count(one) for line in lines) for one in SEPARATORS}
    best = max(counts, key=lambda one: counts[one])
    return best if counts[best] else ","


def _fails(data: bytes, encoding: str) -> int | None:
    """Where decoding fails, None where it does not; in pieces, so that the text is never there twice."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for at in range(0, len(data), PIECE):
        try:
            decoder.decode(data[at : at + PIECE], final=at + PIECE >= len(data))
        except UnicodeDecodeError as wrong:
            return at + wrong.start
    return None


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
