"""Any list as a file: what the page shows, filtered as it is, with merged heads and frozen panes; or as CSV."""

import codecs
import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from luodi.domain.clock.office import SHANGHAI
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import paint

if TYPE_CHECKING:
    import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
A3, A4 = 8, 9
WIDE_SHEET = 110
"""Characters of all columns beyond which the sheet is printed on A3."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of an exported list.  `group`: the head it stands under together with its neighbours of the same group."""

    name: Text
    wide: int = 14
    group: Text | None = None


def write(
    columns: Sequence[Shown],
    rows: Iterable[Sequence[object]],
    *,
    title: Text,
    language: str,
    about: str = "",
    sheet: str = "",
) -> bytes:
    """An .xlsx file of a list.  `about`: one line under the title: how it is filtered, who made it and when.

    Rows are written as they come, so that a list of any length takes no more memory than its file.  Values are texts, numbers,
    dates, moments (written in Shanxi's time), `Text` or None; text that begins like a formula stays text.
    """
    with tempfile.TemporaryFile() as stream:
        _write(stream, columns, rows, title, language, about, sheet)
        stream.seek(0)
        return stream.read()


def write_csv(columns: Sequence[Shown], rows: Iterable[Sequence[object]], *, language: str) -> Iterator[bytes]:
    """The same as CSV, piece by piece: UTF-8 with the mark by which Excel knows it, heads of groups joined."""
    yield codecs.BOM_UTF8
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([paint.plain(_head(column, language)) for column in columns])
    for row in rows:
        writer.writerow([paint.plain(_value(value, language)) for value in row])
        if lines.tell() > 1 << 16:
            yield lines.getvalue().encode()
            lines.seek(0)
            lines.truncate()
    yield lines.getvalue().encode()


def _write(
    stream: BinaryIO,
    columns: Sequence[Shown],
    rows: Iterable[Sequence[object]],
    title: Text,
    language: str,
    about: str,
    name: str,
) -> None:
    import xlsxwriter

    made = xlsxwriter.Workbook(stream, {**paint.OPTIONS, "constant_memory": True})
    made.set_properties({"title": title[language], "comments": about})
    page = made.add_worksheet((name or title[language])[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\'"), "_")))
    body = made.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = made.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    moment = made.add_format({"border": 1, "num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
    first = _heads(made, page, columns, title, language, about)
    for place, row in enumerate(rows, start=first):
        if place > paint.MOST_ROWS:
            break
        for column, value in enumerate(row):
            cell = _value(value, language)
            form = moment if isinstance(cell, datetime) else day if hasattr(cell, "isoformat") else body
            paint.put(page, place, column, cell, form)
    page.freeze_panes(first, 1)
    page.repeat_rows(first - 2 if any(one.group for one in columns) else first - 1, first - 1)
    page.set_landscape()
    page.set_paper(A3 if sum(column.wide for column in columns) > WIDE_SHEET else A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    made.close()


def _heads(
    made: "xlsxwriter.Workbook",
    page: "xlsxwriter.worksheet.Worksheet",
    columns: Sequence[Shown],
    title: Text,
    language: str,
    about: str,
) -> int:
    """Title, the line about it, and the heads, those of a group under a merged one; the first row under them."""
    strong = made.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
    small = made.add_format({"font_color": "#555555", "font_size": 9})
    head = made.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    last, grouped = len(columns) - 1, any(one.group for one in columns)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.wide)
    _across(page, 0, 0, 0, last, title[language], strong)
    paint.put(page, 1, 0, about, small)
    spans = list(_spans(columns))
    for start, end, group in spans if grouped else ():
        if group is not None:
            _across(page, 2, start, 2, end, group[language], head)
        else:
            paint.put(page, 2, start, columns[start].name[language], head)
    row = 3 if grouped else 2
    for place, column in enumerate(columns):
        paint.put(page, row, place, column.name[language] if not grouped or column.group else None, head)
    for start, _, group in spans if grouped else ():
        if group is None:  # cells have been written row by row, as the file is; this only says that they are one
            page.merge.append([2, start, 3, start])
    return row + 1


def _across(
    page: "xlsxwriter.worksheet.Worksheet", top: int, left: int, bottom: int, right: int, words: str, form: object
) -> None:
    """A text over several columns of one row."""
    if right > left:
        page.merge_range(top, left, bottom, right, "", form)
    paint.put(page, top, left, words, form)


def _spans(columns: Sequence[Shown]) -> Iterator[tuple[int, int, Text | None]]:
    """Neighbouring columns of one group; a column without group stands alone."""
    start = 0
    while start < len(columns):
        end, group = start, columns[start].group
        while group is not None and end + 1 < len(columns) and columns[end + 1].group == group:
            end += 1
        yield start, end, group
        start = end + 1


def _head(column: Shown, language: str) -> str:
    group = f"{column.group[language]} · " if column.group else ""
    return group + column.name[language]


def _value(value: object, language: str) -> object:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(SHANGHAI).replace(
            tzinfo=None
        )  # files have no zones: what the page shows is what they hold
    return value[language] if isinstance(value, Text) else value
