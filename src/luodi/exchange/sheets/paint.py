"""Writing cells so that they stay what they are: text that begins like a formula is text, in workbooks and in CSV."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True,
           "remove_timezone": True, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
LARGEST = 10**15  # beyond, Excel drops digits
LONGEST = 32_767  # characters of a cell in Excel
MOST_ROWS = 1_048_575


def put(sheet: "Worksheet", row: int, column: int, value: object, form: "Format | None" = None) -> None:
    """Write one value; None leaves the cell empty (but formatted)."""
    match value:
        case None | "":
            if form is not None:
                sheet.write_blank(row, column, None, form)
        case bool():
            sheet.write_boolean(row, column, value, form)
        case int() | float() | Decimal() if -LARGEST < value < LARGEST:
            sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, form)
        case datetime() | date() | time() | timedelta():
            sheet.write_datetime(row, column, value, form)
        case _:
            sheet.write_string(row, column, str(value)[:LONGEST], form)


def plain(value: object) -> str:
    """A value as a CSV holds it; what a spreadsheet program would run is marked as text by an apostrophe.

    Negative numbers stay numbers: nothing but digits can follow their sign.
    """
    match value:
        case None:
            return ""
        case datetime():
            return value.replace(tzinfo=None).isoformat(" ", "minutes")
        case bool() | int() | float() | Decimal() | date() | time():
            return str(value)
        case _:
            words = str(value)
            return f"'{words}" if words.startswith(FORMULA) and not _is_number(words) else words


def _is_number(words: str) -> bool:
    return len(words) < 40 and words[1:].replace(".", "", 1).isdecimal() and words[0] in "+-"
