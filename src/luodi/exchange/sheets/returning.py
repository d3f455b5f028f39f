"""The file given back: the same sheets with the same values, the cells that need mending coloured, and the reason beside them.

What cannot be carried over (pictures, formulas, links, colours of the office's own) stays in the office's file.
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import paint
from luodi.exchange.sheets.book import Cell, Sheet
from luodi.exchange.sheets.handing import Handed
from luodi.exchange.sheets.telling import Told, speak

if TYPE_CHECKING:
    import xlsxwriter

REASON = Text("需修改（导入结果）", "To mend (result of the import)")
MOST_MERGED = 20_000
"""Rows up to which merged cells are merged again, which needs the whole sheet in memory."""

MOST_COMMENTS = 2_000
WIDE, NARROW = 48, 14
PAPER, EDGE = "#FBE3E0", "#B3261E"


def write(handed: Handed, told: Mapping[int, Sequence[Told]], language: str) -> bytes:
    """An .xlsx file.  `told`: by row of the file, what is wrong with it; rows that are not in it are as they were."""
    stream = io.BytesIO()
    flat = any(sheet.length > MOST_MERGED for sheet in handed.book.sheets)
    options = paint.OPTIONS | ({"constant_memory": True} if flat else {"in_memory": True})
    import xlsxwriter

    made = xlsxwriter.Workbook(stream, options)
    names: set[str] = set()
    for sheet in handed.book.sheets:
        page = made.add_worksheet(_name(sheet.name, names))
        if sheet.name == handed.sheet.name:
            _marked(made, page, handed, told, language, flat=flat)
            page.activate()
        else:
            for number, row in sheet.rows():
                for column, cell in enumerate(row):
                    paint.put(page, number - 1, column, cell)
    made.close()
    return stream.getvalue()


def _marked(
    made: "xlsxwriter.Workbook",
    page: "xlsxwriter.worksheet.Worksheet",
    handed: Handed,
    told: Mapping[int, Sequence[Told]],
    language: str,
    *,
    flat: bool,
) -> None:
    """The sheet that was read: heads bold and frozen, faults coloured, each with a note and a reason at the end."""
    layout, sheet = handed.layout, handed.sheet
    head = made.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"})
    strong = made.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": PAPER, "font_color": EDGE})
    bad = made.add_format({"bg_color": PAPER, "border": 2, "border_color": EDGE})
    bad_day = made.add_format({"bg_color": PAPER, "border": 2, "border_color": EDGE, "num_format": "yyyy-mm-dd"})
    reason = made.add_format({"font_color": EDGE, "text_wrap": True, "valign": "top"})
    end = 1 + max((one.index for one in layout.columns), default=0)
    for one in layout.columns:
        column = handed.ledger.columns.get(one.column or "")
        page.set_column(one.index, one.index, column.wide if column else NARROW)
    page.set_column(end, end, WIDE)
    comments = 0
    for number, row in sheet.rows():
        place, faults = number - 1, told.get(number, ())
        wrong = {fault.index for fault in faults if fault.index is not None}
        heading = layout.head <= number < layout.first or number == layout.head
        _row(page, place, row, wrong, head if heading else None, bad, bad_day)
        if number == layout.head:
            page.write_string(place, end, REASON[language], strong)
        if faults:
            page.write_string(place, end, "；".join(_said(handed, one, language) for one in faults)[:32_000], reason)
            for fault in faults if comments < MOST_COMMENTS else ():
                if fault.index is not None:
                    page.write_comment(place, fault.index, _said(handed, fault, language)[:500], {"x_scale": 2})
                    comments += 1
    page.freeze_panes(layout.first - 1, 0)
    page.autofilter(layout.first - 2, 0, max(sheet.length - 1, layout.first - 1), end)
    if not flat:
        _merge(page, sheet, layout.first - 1, head)


def _row(
    page: "xlsxwriter.worksheet.Worksheet",
    place: int,
    row: Sequence[Cell],
    wrong: set[int],
    head: "xlsxwriter.format.Format | None",
    bad: "xlsxwriter.format.Format",
    bad_day: "xlsxwriter.format.Format",
) -> None:
    for column, cell in enumerate(row):
        form = (bad if isinstance(cell, str | int | float) else bad_day) if column in wrong else head
        paint.put(page, place, column, cell, form)
    for column in wrong:
        if column >= len(row):
            paint.put(page, place, column, None, bad)


def _merge(page: "xlsxwriter.worksheet.Worksheet", sheet: Sheet, first: int, head: "xlsxwriter.format.Format") -> None:
    """Merge the heads again; merged rows of the body stay apart, so that every cell can be mended."""
    values = {
        (number - 1, column): cell for number, row in sheet.rows() if number <= first for column, cell in enumerate(row)
    }
    for (top, left), (bottom, right) in sheet.merged:
        if bottom < first:
            page.merge_range(top, left, bottom, right, "", head)
            paint.put(page, top, left, values.get((top, left)), head)


def _said(handed: Handed, fault: Told, language: str) -> str:
    """The sentence of a fault, before it the head of its column where the sentence does not name it."""
    words = speak(fault.code, fault.facts, language)
    if fault.index is None or "field" in fault.facts:
        return words
    head = next((one.head for one in handed.layout.columns if one.index == fault.index), "")
    return f"{head}：{words}" if head else words


def _name(name: str, taken: set[str]) -> str:
    """A name a sheet may have: without what Excel forbids, 31 characters, each but once."""
    clean = "".join("_" if one in "[]:*?/\\" else one for one in name).strip("' ")[:28] or "Sheet"
    found = next(one for one in (clean, *(f"{clean}_{n}" for n in range(2, 1000))) if one.lower() not in taken)
    taken.add(found.lower())
    return found
