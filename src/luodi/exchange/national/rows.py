"""A row of a table of the exchange, and what makes two rows the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from luodi.domain.clock.office import SHANGHAI

Value = str | int | Decimal | date | bytes | None
"""What a column holds; a moment is a `datetime`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.  `key`: ours for ever (DFSJZJ); `about`: what a person calls it (project, case number).

    `parent`: table and key of the row that must have passed before this one is taken; `zone`: whose it is, "" for all.
    `values`: without the columns that the writing adds (LSH, DFSJZJ, SJYXBS, SJWXYY, SJSCZT, SBYY).
    """

    table: str
    key: str
    about: str
    values: Mapping[str, Value]
    parent: tuple[str, str] | None = None
    zone: str = ""


def digest(row: Row) -> str:
    """The same for rows that say the same.  Columns that hold nothing do not count: a new empty column changes no row."""
    said = "\n".join(f"{code}={written(value)!r}" for code, value in sorted(row.values.items()) if value is not None)
    return sha256(said.encode()).hexdigest()[:32]


def written(value: Value) -> str | int | bytes | None:
    """A value as it is stored: days and moments (of Shanghai) as ISO text, amounts as plain text."""
    if type(value) is str or value is None:  # the quick way for nearly all
        return value
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    return value


def city_of(region: str) -> str:
    """The prefecture (GB/T 2260) a division belongs to: reports go under the city's code."""
    return f"{region[:4]}00" if len(region) == 6 else ""
