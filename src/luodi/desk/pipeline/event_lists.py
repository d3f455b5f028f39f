"""The list of an event as people have it: typed into rows, pasted from a sheet, or an Excel or CSV file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import cells, delimited
from luodi.exchange.sheets.book import open_book

FIELDS = ("project", "firm", "place", "amount")
"""The columns in their order, where no head says otherwise."""
HEADS = {
    "project": ("项目", "project"), "firm": ("企业", "公司", "投资方", "company", "firm"),
    "place": ("开发区", "园区", "zone", "park"), "amount": ("金额", "投资", "amount", "investment", "sum"),
}  # fmt: skip
"""What a head holds that names a column."""
MOST, BYTES = 500, 5 * 1024 * 1024
"""Rows of a list, and bytes of its file."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as it was written."""

    project: str = ""
    firm: str = ""
    place: str = ""
    amount: str = ""


def sent(form: Mapping[str, str], file: "UploadedFile[bytes] | None") -> tuple[Raw, ...]:
    """The rows of the table, then those pasted, then those of the file; empty ones left out.

    Raises `Refusal` beside the field `list`: a file that is none, is too large, or more rows than an event may have.
    """
    found = list(typed(form))
    try:
        if pasted := form.get("pasted", "").strip("\r\n"):
            found += _understood(delimited.rows_of(pasted.encode()))
        if file is not None:
            found += _of_file(file)
    except Refusal as refused:
        facts = {name: value for name, value in refused.facts.items() if name != "field"}
        raise Refusal(refused.code, field="list", **facts) from None
    if len(found) > MOST:
        raise Refusal("meeting_list_too_long", field="list", most=MOST)
    return tuple(found)


def typed(form: Mapping[str, str]) -> tuple[Raw, ...]:
    """The rows of the table that hold anything."""
    rows = (Raw(*(form.get(f"{name}{place}", "").strip() for name in FIELDS)) for place in range(1, MOST + 1))
    return tuple(one for one in rows if one != Raw())


def _of_file(file: "UploadedFile[bytes]") -> list[Raw]:
    if (file.size or 0) > BYTES:
        raise Refusal("meeting_file_too_large", most=BYTES // 1024 // 1024)
    book = open_book(file.read(), file.name or "")
    rows = ([cells.plain(cell) for cell in row] for _number, row in book.sheets[0].rows())
    return _understood(rows)


def _understood(rows: Iterable[list[str]]) -> list[Raw]:
    """Rows by their head, where the first that says anything is one; else by the order of the columns."""
    told = [[cell.strip() for cell in row] for _place, row in zip(range(MOST * 2), rows, strict=False)]
    told = [row for row in told if any(row)]
    heads = _heads(told[0]) if told else {}
    unit = " 亿元" if heads and "亿" in told[0][heads["amount"]] else ""
    columns = heads or {name: place for place, name in enumerate(FIELDS)}
    found = []
    for row in told[1:] if heads else told:
        one = {name: row[place] for name, place in columns.items() if place < len(row)}
        if unit and one.get("amount", "").replace(".", "", 1).isdecimal():
            one["amount"] += unit
        found.append(Raw(**one))
    return found


def _heads(row: list[str]) -> dict[str, int]:
    """The columns a head names; {} where a row is no head: it must name the amount, and one thing more."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        words = cell.casefold()
        name = next((name for name in reversed(FIELDS) if any(word in words for word in HEADS[name])), None)
        if name and name not in found and len(cell) <= 20 and not any(each.isdigit() for each in cell):
            found[name] = place
    return found if "amount" in found and len(found) > 1 else {}
