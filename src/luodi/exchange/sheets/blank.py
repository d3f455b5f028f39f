"""An empty ledger to fill in: the heads, what goes under each of them, choices to pick from, one example."""

import io
from typing import TYPE_CHECKING

from luodi.domain.facts.quantities import UNITS
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import paint
from luodi.exchange.sheets.ledgers import Column, Ledger
from luodi.exchange.sheets.zipped import letters_of

if TYPE_CHECKING:
    import xlsxwriter

ROWS = 2_000
LONGEST_LIST = 250  # characters of a list of choices that Excel keeps within a cell's rule
USUAL_UNITS = {"m2": "亩", "tce": "吨标准煤", "kWh": "万千瓦时"}
KINDS = {
    "date": Text("日期，如 2026-03-05", "a date such as 2026-03-05"),
    "amount": Text("数量", "an amount"),
    "number": Text("数字", "a number"),
    "flag": Text("是 / 否", "yes / no"),
    "choice": Text("从列表中选", "one of the list"),
    "matter": Text("事项名称，见“事项”页", "the name of a matter, see the sheet of matters"),
    "code": Text("代码", "a code"),
    "text": Text("文字", "words"),
}
WORDS = {
    "required": Text("必填", "required"),
    "optional": Text("可空", "may be empty"),
    "example": Text("示例", "Example"),
    "sheet": Text("填写说明", "How to fill it in"),
    "column": Text("列", "Column"),
    "what": Text("填什么", "What goes there"),
    "also": Text("也认得的写法", "Other heads that are understood"),
    "matters": Text("事项", "Matters"),
    "again": Text(
        "改好后可再次上传：已导入的行不会重复。", "It may be handed in again: rows already taken in are not doubled."
    ),
}


def write(ledger: Ledger, language: str) -> bytes:
    """An .xlsx file.  The heads are those the reader knows best, so that it comes back as it went out."""
    stream = io.BytesIO()
    import xlsxwriter

    made = xlsxwriter.Workbook(stream, {**paint.OPTIONS, "in_memory": True})
    columns = tuple(ledger.columns.values())
    page = made.add_worksheet(ledger.name[language][:31])
    must = made.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter", "font_color": "#B3261E"})
    head = made.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"})
    text, day = made.add_format({"num_format": "@"}), made.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(columns):
        page.set_column(
            place, place, column.wide, text if column.type == "code" else day if column.type == "date" else None
        )
        page.write_string(0, place, headed(column, language), must if column.required else head)
        page.write_comment(0, place, _told(column, language)[:400], {"x_scale": 2})
        _rule(page, place, column)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    names = next((column for column in columns if column.type == "matter"), None)
    if names is not None:
        other = made.add_worksheet(WORDS["matters"][language])
        other.set_column(0, 0, 60)
        for row, choice in enumerate(names.choices):
            other.write_string(row, 0, choice[language])
        page.data_validation(1, columns.index(names), ROWS, columns.index(names), {
            "validate": "list", "source": f"='{WORDS['matters'][language]}'!$A$1:$A${len(names.choices)}",
            "error_type": "information"})  # fmt: skip
    _guide(made, ledger, language)
    made.close()
    return stream.getvalue()


def headed(column: Column, language: str) -> str:
    """The head of a column, with the unit of bare numbers."""
    unit = USUAL_UNITS.get(column.unit or "", column.unit) if column.type == "amount" else None
    return f"{column.name[language]}（{unit}）" if unit else column.name[language]


def _told(column: Column, language: str) -> str:
    """What goes into a column."""
    parts = [WORDS["required" if column.required else "optional"][language], KINDS[column.type][language]]
    if column.type == "amount":
        parts.append("、".join(list(UNITS[column.unit or ""])[:6]))
    if column.choices and column.type != "matter":
        parts.append("、".join(one[language] for one in column.choices))
    if column.hint is not None:
        parts.append(column.hint[language])
    return "；".join(parts) if language != "en" else "; ".join(parts)


def _rule(page: "xlsxwriter.worksheet.Worksheet", place: int, column: Column) -> None:
    """What Excel itself checks while it is filled in: a list to pick from; never a refusal, only a word."""
    listed = (
        [one.zh for one in column.choices] if column.type == "choice" else ["是", "否"] if column.type == "flag" else []
    )
    if listed and len(",".join(listed)) <= LONGEST_LIST:
        rule = {"validate": "list", "source": listed, "error_type": "information"}
        page.data_validation(f"{letters_of(place + 1)}2:{letters_of(place + 1)}{ROWS}", rule)


def _guide(made: "xlsxwriter.Workbook", ledger: Ledger, language: str) -> None:
    page = made.add_worksheet(WORDS["sheet"][language])
    bold, wrap = made.add_format({"bold": True}), made.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28, wrap)
    page.set_column(1, 1, 70, wrap)
    page.set_column(2, 3, 40, wrap)
    note = f"{ledger.note[language]} " if ledger.note else ""
    page.write_string(0, 0, f"{note}{WORDS['again'][language]}")
    for place, key in enumerate(("column", "what", "example", "also")):
        page.write_string(2, place, WORDS[key][language], bold)
    for row, column in enumerate(ledger.columns.values(), start=3):
        for place, words in enumerate(
            (headed(column, language), _told(column, language), column.example, "、".join(column.heads))
        ):
            page.write_string(row, place, words, wrap)
