"""The plan as an Excel ledger: a case sheet with frozen head and print set-up, debts, and the rules behind the numbers."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Plan
from luodi.exchange.terms import term

if TYPE_CHECKING:
    import xlsxwriter

HEAD = (
    ("stage", 14), ("matter", 34), ("unit", 24), ("mode", 12), ("prepare_from", 12), ("start", 12), ("finish", 12),
    ("days", 8), ("day_unit", 10), ("kind", 12), ("confidence", 10), ("float_days", 10), ("critical", 8), ("because", 44),
    ("source", 44),
)  # fmt: skip
DEBTS = (("matter", 34), ("debt", 14), ("what", 60), ("due", 12))
Cell = str | int | object


def write(plan: Plan, catalogue: Catalogue, language: str) -> bytes:
    """An .xlsx workbook.  Text that begins like a formula stays text."""
    import xlsxwriter  # loaded by the first workbook, not by the first page

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plan.name[language], "comments": plan.catalogue_digest})
    span = plan.span
    title = (
        f"{plan.name[language]}  {span.start} — {span.finish}  {span.calendar_days} {term('calendar_days', language)}"
    )
    _sheet(book, term("plan", language), title, HEAD, _steps(plan, catalogue, language), language)
    _sheet(book, term("debts", language), title, DEBTS, _debts(plan, catalogue, language), language)
    book.close()
    return stream.getvalue()


def _sheet(
    book: "xlsxwriter.Workbook",
    name: str,
    title: str,
    head: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    language: str,
) -> None:
    sheet = book.add_worksheet(name)
    strong = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    headed = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    dated = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    sheet.merge_range(0, 0, 0, len(head) - 1, title, strong)
    for column, (key, wide) in enumerate(head):
        sheet.set_column(column, column, wide)
        sheet.write_string(1, column, term(key, language), headed)
    for number, row in enumerate(rows, start=2):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, plain)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell, plain)
            else:
                sheet.write_datetime(number, column, cell, dated)
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)


def _steps(plan: Plan, catalogue: Catalogue, language: str) -> Iterable[Sequence[Cell]]:
    for step in plan.steps:
        limit = step.limit
        yield (
            catalogue.stages[step.stage][language], step.name[language], catalogue.units[step.unit][language],
            term(step.mode, language), step.prepare_from, step.start, step.finish, limit.days, term(limit.unit, language),
            term(limit.kind, language), term(limit.confidence, language), step.float_days,
            term("yes", language) if step.critical else "", step.because[language], str(limit.source),
        )  # fmt: skip


def _debts(plan: Plan, catalogue: Catalogue, language: str) -> Iterable[Sequence[Cell]]:
    for debt in plan.debts:
        yield catalogue.matters[debt.matter].name[language], term(debt.kind, language), debt.what[language], debt.due
