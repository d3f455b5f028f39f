"""What offices write into cells: dates in every hand, numbers as text, money and areas with their units.

Each function answers with the value, None for a cell that says nothing, or `Wrong` with the code of the sentence.
Nothing is guessed: a month without a day, a year of two digits, an amount without a unit are asked about.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from luodi.domain.facts.quantities import GRAIN, GREATEST, UNITS, WRITTEN, Quantity, quantity
from luodi.domain.facts.wrong import Wrong
from luodi.domain.source.faults import hint
from luodi.domain.source.scalars import FIRST_YEAR, LAST_YEAR
from luodi.exchange.sheets.limits import LONGEST_CELL

SILENT = frozenset({
    "", "-", "--", "—", "——", "/", "\\", "无", "暂无", "待定", "未定", "未知", "n/a", "na", "null", "none", "#n/a", "#ref!",
    "#value!", "#name?", "#div/0!", "#null!", "#num!",
})  # fmt: skip
"""What stands in cells that say nothing; faults of formulas too, which the reader of workbooks mostly leaves empty."""

LONGEST_SILENT = max(map(len, SILENT))
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 32_874, 73_415  # 1990-01-01 to 2100-12-31 as days since 1899-12-30
BETWEEN_EPOCHS = 1462
DAY = re.compile(
    r"(\d{2,5})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*[日号]?)?\s*月?"
    r"(?:[ T]?\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?)?",
    re.ASCII,
)
RUN_TOGETHER = re.compile(r"(19[89]\d|20\d\d|2100)(\d\d)(\d\d)", re.ASCII)
MONTH_DAY = re.compile(r"\d{1,2}\s*[月/.-]\s*\d{1,2}\s*[日号]?", re.ASCII)
MOST_DIGITS = 15  # of a number in Excel; the digits after these are lost
ONE = Decimal(1)
SMALL, LARGE = 1e-6, 1e12
"""Between these, plain numbers are counted the quick way."""

ALSO = {
    "亿": "亿元", "万": "万元", "亿元人民币": "亿元", "万元人民币": "万元", "元人民币": "元", "平米": "平方米", "平方": "平方米",
    "m^2": "m2", "万平米": "万平方米", "万平方": "万平方米", "万㎡": "万平方米", "万m2": "万平方米", "万m²": "万平方米",
    "万度": "万千瓦时", "亿度": "亿千瓦时", "方": "立方米", "吨标煤": "吨标准煤", "吨标准煤/年": "吨标准煤",
}  # fmt: skip
"""Other ways of writing units; `domain/facts/quantities.py` knows the rest."""

YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "对", "已", "在办"})
NO = frozenset({"否", "无", "没有", "n", "no", "false", "0", "×", "✗", "x", "未", "不"})
UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"), None)


class Amount(NamedTuple):
    """An amount as `Quantity` has it: a tuple, since a ledger has hundreds of thousands.  `written`: with its unit."""

    amount: Decimal
    unit: str
    written: str


Value = str | date | bool | int | Decimal | Amount
Read = Value | Wrong | None


def plain(value: object) -> str:
    """A cell as the text a person sees; whole numbers without a point."""
    match value:
        case str():
            return _clean(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 10**MOST_DIGITS:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def text(value: object, *, least: int = 0, most: int = LONGEST_CELL) -> Read:
    """Words on one line; a number is taken as it is read, unless Excel has dropped digits of it."""
    words = _clean(value) if isinstance(value, str) else plain(value)
    if len(words) <= LONGEST_SILENT and words.lower() in SILENT:
        return None
    if isinstance(value, float) and abs(value) >= 10**MOST_DIGITS:
        return Wrong("cell_digits_lost", {"value": words[:40]})
    if not words.isprintable() and any(unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") for one in words):
        return Wrong("cell_character", {"value": words[:40]})
    if not least <= len(words) <= most:
        return Wrong("length", {"got": len(words), "least": max(least, 1), "most": most})
    return words


def narrow(value: object) -> str:
    """A text with full-width letters and digits made plain: for codes, dates, numbers."""
    words = plain(value)
    return words if words.isascii() else _clean(unicodedata.normalize("NFKC", words))


def day(value: object, *, epoch_1904: bool = False) -> Read:
    """A date: as Excel keeps it, as a serial number, as `2024.3.5`, `2024年3月5日`, `20240305` …"""
    if isinstance(value, datetime):
        return _of_our_time(value.date())
    if isinstance(value, date):
        return _of_our_time(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _serial(float(value), epoch_1904)
    if isinstance(value, time | timedelta | bool):
        return Wrong("cell_no_date", {"value": str(value)[:40]})
    words = narrow(value)
    if words.lower() in SILENT:
        return None
    if found := RUN_TOGETHER.fullmatch(words):
        return _date(found[1], found[2], found[3], words)
    if found := DAY.fullmatch(words):
        if len(found[1]) < 4:
            return Wrong("cell_year_short", {"value": words[:40]})
        if found[3] is None:
            return Wrong("cell_day_missing", {"value": words[:40]})
        return _date(found[1], found[2], found[3], words)
    if MONTH_DAY.fullmatch(words):
        return Wrong("cell_year_missing", {"value": words[:40]})
    try:
        return _serial(float(words), epoch_1904)
    except (ValueError, OverflowError):
        return Wrong("cell_no_date", {"value": words[:40]})


def amount(value: object, unit: str, given: str | None) -> Read:
    """An amount in `unit`; a unit in the cell itself comes before `given`, the one of the column's head."""
    if value.__class__ is float:
        return counter(unit, given or unit)(value)
    words = narrow(value).replace(" ", "")
    if words.lower() in SILENT:
        return None
    found = WRITTEN.fullmatch(words[:80])
    if not found or len(words) > 80 or isinstance(value, bool | date | time | timedelta):
        return Wrong("not_an_amount", {"value": words[:40], "unit": unit})
    own = ALSO.get(found[2], found[2])
    return _quantity(found[1].replace(",", ""), unit, own or given)


def number(value: object, *, low: float | None = None) -> Read:
    """A number without unit."""
    words = plain(value) if isinstance(value, float | int) else narrow(value).replace(" ", "").replace(",", "")
    if words.lower() in SILENT:
        return None
    try:
        found = Decimal(words)
    except InvalidOperation:
        return Wrong("not_an_amount", {"value": words[:40], "unit": ""})
    if not found.is_finite() or abs(found) > GREATEST:
        return Wrong("amount_too_large", {"value": words[:40]})
    if low is not None and found < Decimal(str(low)):
        return Wrong("below", {"value": words[:40], "bound": low})
    return found


def flag(value: object) -> Read:
    """Yes or no, in any of the ways in which it is ticked."""
    words = narrow(value).lower()
    if words in YES:
        return True
    if words in NO:
        return False
    return None if words in SILENT else Wrong("cell_no_yes_no", {"value": words[:40]})


def choice(value: object, known: Mapping[str, str], shown: str) -> Read:
    """One of the ways of writing in `known`, as what stands for it there; `shown`: the choices in a sentence."""
    words = plain(value)
    if words.lower() in SILENT:
        return None
    found = known.get(folded(words))
    if found is not None:
        return found
    return Wrong("not_a_choice", {"value": words[:40], "known": shown, "hint": hint(folded(words), known)})


def folded(words: str) -> str:
    """A text as names are compared: without blanks, brackets alike, small letters."""
    narrowed = words if words.isascii() else unicodedata.normalize("NFKC", words)
    return "".join(narrowed.split()).lower()


def _clean(words: str) -> str:
    if words.isalnum():
        return words
    return " ".join(words.translate(UNSEEN).replace("_x000D_", " ").split())


def _quantity(words: str, unit: str, given: str | None) -> Amount | Wrong:
    found = quantity(words, unit, given)
    if isinstance(found, Quantity):
        return Amount(found.amount, unit, f"{words} {given or unit}")
    return found


@lru_cache(maxsize=256)
def counter(unit: str, given: str) -> Callable[[float], Amount | Wrong]:
    """What `quantity` makes of plain numbers of a unit, in a fifth of its time: most cells of a column of amounts are such."""
    size = UNITS.get(unit, {}).get(given)
    times, over = (Decimal(size.numerator), Decimal(size.denominator)) if size and size != 1 else (ONE, ONE)
    tail = f" {given}"

    def count(number_: float) -> Amount | Wrong:
        if size is None or not SMALL < abs(number_) < LARGE:
            return _quantity(plain(number_), unit, given)
        words = str(int(number_)) if number_.is_integer() else repr(number_)
        exact = Decimal(words) if times is over else Decimal(words) * times / over
        return Amount(exact.quantize(GRAIN), unit, words + tail)

    return count


def _serial(serial: float, epoch_1904: bool) -> Read:
    """Days since the beginning of the workbook's time; 2024.3 is a month, 20240305 a date run together."""
    whole = int(serial) if abs(serial) < 10**9 else 0
    if serial == whole and (found := RUN_TOGETHER.fullmatch(str(whole))):
        return _date(found[1], found[2], found[3], str(whole))
    since_1899 = whole + (BETWEEN_EPOCHS if epoch_1904 else 0)
    if FIRST_SERIAL <= since_1899 <= LAST_SERIAL:
        return EPOCH + timedelta(since_1899)
    if FIRST_YEAR <= serial < LAST_YEAR + 1:
        return Wrong("cell_day_missing", {"value": plain(serial)})
    return Wrong("cell_no_date", {"value": plain(serial)[:40]})


def _date(year: str, month: str, day_: str, words: str) -> Read:
    try:
        return _of_our_time(date(int(year), int(month), int(day_)))
    except ValueError:
        return Wrong("cell_no_such_day", {"value": words[:40]})


def _of_our_time(found: date) -> Read:
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    return Wrong("cell_year_out_of_range", {"value": found.isoformat(), "first": FIRST_YEAR, "last": LAST_YEAR})
