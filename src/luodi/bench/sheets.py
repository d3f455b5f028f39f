"""Bench of ledgers: 100,000 rows read and checked, beside what calamine alone needs to read the same file."""

import gc
import io
import statistics
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from time import process_time

import xlsxwriter
from python_calamine import CalamineWorkbook

from luodi.bench.rows import Row, agree
from luodi.exchange.sheets.handing import take_up

ROWS, FEW = 100_000, 25_000
TODAY = date(2026, 11, 21)
HEADS = (
    "序号",
    "项目名称",
    "建设单位",
    "统一社会信用代码",
    "总投资（万元）",
    "用地面积（亩）",
    "签约日期",
    "拟开工日期",
    "行业代码",
    "备注",
)
REPEAT = 3


def ledger() -> list[Row]:
    """A project ledger as Excel writes it: ten columns, every name and most amounts unlike all others, one bad row in fifty."""
    data, few = made(ROWS), made(FEW)
    alone = _median(lambda: _calamine(data))
    streamed, ours = _median(lambda: _streamed(data)), _median(lambda: _checked(data))
    good, bad = _checked(data)
    agree((good, bad), (ROWS - ROWS // 50, ROWS // 50), "rows of the ledger")
    peaks = [_peak(one) / 1e6 for one in (few, data)]
    note = (
        f"processor time; {ours / streamed:.1f} x calamine where it keeps no row; {good} sound rows, {bad} with faults;"
        f" Python's own memory at its peak {peaks[0]:.0f} MB"
        f" for {FEW:,} rows, {peaks[1]:.0f} MB for {ROWS:,} (one batch, remembered cells, a number a row)"
    )
    what = f"ledger: {ROWS:,} rows read and checked"
    return [Row(what, ours, limit="calamine reading", limit_ms=alone, of_limit=3, note=note)]


def made(count: int) -> bytes:
    """A ledger of so many rows, the same each time."""
    chance, stream, begin = Random(1), io.BytesIO(), date(2023, 1, 1)
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADS)
    for row in range(1, count + 1):
        start = begin + timedelta(chance.randint(900, 1500))
        sheet.write_number(row, 0, row)
        sheet.write_string(row, 1, f"示例新材料年产{row}万吨项目")
        sheet.write_string(row, 2, f"山西示例{row % 5000}有限公司")
        sheet.write_string(row, 3, "91350100M000100Y43")
        sheet.write_number(row, 4, chance.randint(1000, 900_000) / 10)
        sheet.write_number(row, 5, chance.randint(10, 20_000) / 10)
        sheet.write_datetime(row, 6, begin + timedelta(chance.randint(0, 900)), day)
        sheet.write_string(row, 7, "2026.4" if row % 50 == 0 else f"{start.year}.{start.month}.{start.day}")
        sheet.write_string(row, 8, "C3825")
    book.close()
    return stream.getvalue()


def _calamine(data: bytes) -> int:
    """Every row as Python values, and nothing done with them."""
    return len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())


def _streamed(data: bytes) -> int:
    """The same a row at a time, none of them kept."""
    return sum(1 for _ in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).iter_rows())


def _checked(data: bytes) -> tuple[int, int]:
    """Sound rows and rows with faults; looking through the file for dangers is part of it."""
    good = bad = 0
    for row in take_up(data, "台账.xlsx", "projects").rows(TODAY):
        good, bad = (good, bad + 1) if row.flaws else (good + 1, bad)
    return good, bad


def _median(act: Callable[[], object]) -> float:
    """Median milliseconds of processor time: the machine may be busy with something else."""
    act()
    times = []
    for _ in range(REPEAT):
        gc.collect()
        begun = process_time()
        act()
        times.append(1000 * (process_time() - begun))
    return statistics.median(times)


def _peak(data: bytes) -> float:
    """Bytes that Python itself holds at most while the rows are checked; the reader's own are not counted."""
    handed = take_up(data, "台账.xlsx", "projects")
    tracemalloc.start()
    try:
        for _ in handed.rows(TODAY):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
