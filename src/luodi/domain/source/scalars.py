"""What a bare word of a file means: number, date, yes/no, nothing, or just text.

Stricter than YAML 1.1, on purpose: `no` and `on` are words (Norway is not false), `0123` and `1_000` are text,
`12:30` is text, and there is no infinity.  Years outside 1990–2100 are slips of the pen.
"""

import re
from datetime import date
from math import isfinite

from luodi.domain.source.tree import Value

FIRST_YEAR, LAST_YEAR = 1990, 2100
WORDS: dict[str, Value] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)
DATE = re.compile(r"([0-9]{4,5})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)")
MOST_DIGITS = 30


def meaning(raw: str) -> tuple[Value, str | None]:
    """The value of an unquoted word and, where it cannot be one, the code of the problem."""
    if raw in WORDS:
        return WORDS[raw], None
    if raw[0] not in "0123456789+-.":
        return raw, None
    if WHOLE.fullmatch(raw):
        return (int(raw), None) if len(raw) <= MOST_DIGITS else (0, "number_too_long")
    if DATE.fullmatch(raw):
        return calendar_date(raw)
    if NOT_FINITE.fullmatch(raw):
        return 0.0, "number_not_finite"
    if DECIMAL.fullmatch(raw) and not re.match(r"[-+]?0[0-9]", raw):
        return decimal(raw)
    return raw, None


def decimal(raw: str) -> tuple[Value, str | None]:
    """A number with a point or an exponent."""
    number = float(raw)
    return (number, None) if isfinite(number) else (0.0, "number_not_finite")


def calendar_date(raw: str) -> tuple[date | None, str | None]:
    """A date written year-month-day; the code of the problem where there is no such day, or no such year for us."""
    found = DATE.fullmatch(raw.strip())
    if not found:
        return None, "not_a_date"
    year, month, day = (int(part) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None, "year_out_of_range"
    try:
        return date(year, month, day), None
    except ValueError:
        return None, "no_such_day"
