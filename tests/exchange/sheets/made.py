"""Files for the tests: workbooks as XlsxWriter makes them, and parts of workbooks changed by hand."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | bool | date | datetime | None


def book(
    *rows: Sequence[object],
    name: str = "台账",
    merged: Sequence[tuple[int, int, int, int]] = (),
    more: Mapping[str, Sequence[Sequence[object]]] | None = None,
    **options: object,
) -> bytes:
    """A workbook of one sheet (and `more`); None leaves a cell empty.  `merged`: first row, first column, last row, last."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(
        stream, {"in_memory": not options.get("constant_memory"), "strings_to_formulas": False, **options}
    )
    made.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - else the same rows differ from second to second
    dated = made.add_format({"num_format": "yyyy-mm-dd"})
    for title, table in {name: rows, **(more or {})}.items():
        sheet = made.add_worksheet(title)
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime | date):
                    sheet.write_datetime(number, column, cell, dated)
                elif cell is not None:
                    sheet.write(number, column, cell)
        for top, left, bottom, right in merged if title == name else ():
            sheet.merge_range(top, left, bottom, right, "")
            if isinstance(table[top][left], str):
                sheet.write_string(top, left, table[top][left])
    made.close()
    return stream.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed, or a new one where there is none of that name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            new.writestr(one.filename, change(content) if one.filename == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEADS = ("项目名称", "建设单位", "总投资（万元）", "签约日期")
GOOD = ("示例甲项目", "山西示例甲有限公司", 12000, "2026.3.5")
