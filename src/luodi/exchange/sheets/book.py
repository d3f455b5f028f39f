"""A ledger file as rows with their right numbers; the only module that knows calamine."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import delimited
from luodi.exchange.sheets.kinds import Kind, known

Cell = str | int | float | bool | date | datetime | time | timedelta
Span = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: first and last cell, row and column counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.  `shift`: empty columns before the first; `length`: rows up to the last, where it is known."""

    name: str
    merged: tuple[Span, ...]
    shift: int
    length: int
    source: "CalamineSheet | bytes"

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number as Excel counts it (the first is 1), empty rows too; columns from A on."""
        if isinstance(self.source, bytes):
            return enumerate((list[Cell](row) for row in delimited.rows_of(self.source)), start=1)
        if not self.shift:
            return enumerate(self.source.iter_rows(), start=1)
        before: list[Cell] = [""] * self.shift
        return enumerate((before + row for row in self.source.iter_rows()), start=1)


@dataclass(frozen=True, slots=True)
class Book:
    """A file that has been opened.  `external_links`: it refers to other files, whose last values are taken as they are."""

    kind: Kind
    sheets: tuple[Sheet, ...]
    epoch_1904: bool
    external_links: bool


def open_book(data: bytes, name: str) -> Book:
    """The visible sheets of a file.  Raises `Refusal` with what is wrong with the file as a whole."""
    found = known(data, name)
    if found.kind is Kind.CSV:
        delimited.encoding_of(data)
        return Book(
            found.kind, (Sheet(name, (), 0, data.count(b"\n") + 1, data),), epoch_1904=False, external_links=False
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        wanted = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        sheets = tuple(_sheet(book, one) for one in wanted)
    except PasswordError:
        raise Refusal("sheet_encrypted") from None
    except CalamineError as broken:
        raise Refusal("sheet_broken") from broken
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":  # the reader's own word for a file it did not expect
            raise
        raise Refusal("sheet_broken") from None
    filled = tuple(one for one in sheets if one.length)
    if not filled:
        raise Refusal("sheet_empty")
    return Book(found.kind, filled, found.looked.epoch_1904, found.looked.external_links)


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    found = book.get_sheet_by_name(name)
    start = found.start
    length = found.end[0] + 1 if found.end else 0
    return Sheet(name, tuple(found.merged_cell_ranges or ()), start[1] if start else 0, length, found)
