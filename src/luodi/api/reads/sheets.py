"""Ledgers handed in, what is wrong with their rows, the marked file; and every list as a file."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, verdict
from luodi.api.doors import files, reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Numbered, Page, Shape, Slug
from luodi.desk.doors import list_files, sheet_views
from luodi.exchange.sheets import ledgers, readers
from luodi.exchange.sheets.export import XLSX
from luodi.exchange.sheets.loading import LOADERS
from luodi.exchange.sheets.telling import Told, speak

TAG = "sheets"
CSV = "text/csv"


class Column(Shape):
    """A column of a kind of ledger; `required`: without it no row can be taken in."""

    id: str
    name: Words
    type: str
    required: bool
    unit: str | None


class Kind(Shape):
    """A kind of ledger that the post may hand in."""

    id: str
    name: Words
    columns: list[Column]


class Import(Shape):
    """A ledger that was handed in.  `state`: checked, waiting, taking, taken, undoing or undone; `done`: per cent."""

    id: int
    kind: str
    name: str
    sheet: str
    state: str
    done: int
    length: int
    new: int
    changed: int
    same: int
    refused: int
    undone: int
    kept: int
    who: str
    at: datetime


class Head(Shape):
    """A column of the file, and the column of the ledger it is taken as; null: it is left out."""

    index: int
    head: str
    column: str | None
    unit: str | None


class RowFault(Shape):
    """One thing that is wrong: in which column of the file (its index), and what."""

    index: int | None
    code: str
    words: Words


class SheetLine(Shape):
    """A row of the file, by its number there, with everything wrong in it."""

    number: int
    outcome: str
    faults: list[RowFault]


class Whole(Shape):
    """An import with its columns, what is wrong with its head, and the first rows to mend."""

    row: Import
    heads: list[Head]
    problems: list[RowFault]
    lines: list[SheetLine] = Field(description="At most 200; the marked file has them all")


class ListKind(Shape):
    """A list that the post may have as a file."""

    id: str
    name: Words
    columns: list[Words]


@reads(TAG, "/sheets/kinds", "sheet.take", list[Kind], dated=False)
def sheet_kinds(request: SignedIn) -> list[dict[str, object]]:
    """The kinds of ledger that the post may hand in.  No query."""
    rules = [ledgers.ledger(kind) for kind in LOADERS]
    return [
        {"id": one.id, "name": one.name, "columns": list(one.columns.values())}
        for one in rules if verdict(request.acting, one.function).allowed
    ]  # fmt: skip


@files(TAG, "/sheets/kinds/{slug:kind}/blank", "sheet.take", XLSX)
def blank_sheet(request: SignedIn, kind: Slug) -> HttpResponse:
    """An empty ledger of a kind to fill in.  No query."""
    return sheet_views.blank_file(request, kind)  # type: ignore[return-value]  # the page's own answer


@reads(TAG, "/sheets", "sheet.take", Page[Import], dated=False)
def sheets(
    request: SignedIn, after: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None, limit: Few = 50
) -> dict[str, object]:
    """What was handed in by the post, or within its reach, the newest first.  One query."""
    rows = readers.imports(
        post=request.acting.post, zones=sheet_views.zones_of(request.acting), before=after, limit=limit + 1
    )
    return {"rows": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}


@reads(TAG, "/sheets/{int:sheet}", "sheet.take", Whole, dated=False)
def sheet(request: SignedIn, sheet: Numbered) -> dict[str, object]:
    """One import: what it would do, does or did.  Two queries."""
    return whole(sheet_views.seen(request, sheet))


@files(TAG, "/sheets/{int:sheet}/returned", "sheet.take", XLSX)
def returned_sheet(request: SignedIn, sheet: Numbered) -> HttpResponse:
    """The file as it was handed in, with the cells to mend coloured and the reasons beside them.  Three queries."""
    return sheet_views.returned(request, sheet)  # type: ignore[return-value]  # the page's own answer


@reads(TAG, "/lists", "account.own", list[ListKind], dated=False)
def lists(request: SignedIn) -> list[dict[str, object]]:
    """The lists of the pages that the post may have as files.  No query."""
    return [
        {"id": id_, "name": one.title, "columns": [column.name for column in one.columns]}
        for id_, one in list_files.LISTS.items() if verdict(request.acting, one.function).allowed
    ]  # fmt: skip


@files(TAG, "/lists/{slug:kind}", "account.own", XLSX, CSV)
def list_file(
    request: SignedIn, kind: Slug, wanted: Annotated[Literal["xlsx", "csv"], Query(alias="as")] = "xlsx"
) -> HttpResponse:
    """A list as a file, with the filters its page has in its address (`q`, `state`, `project`, …).  One query for 500 rows."""
    return list_files.list_file(request, kind)  # type: ignore[return-value]  # the page's own answer, which reads the address


def whole(row: readers.Handed) -> dict[str, object]:
    """An import as the interface has it.  One query."""
    lines = readers.lines(row.id, limit=sheet_views.ROWS_SHOWN)
    return {
        "row": row, "heads": row.columns, "problems": [fault(one) for one in row.problems],
        "lines": [
            {"number": one.number, "outcome": one.outcome, "faults": [fault(told) for told in one.told]} for one in lines
        ],
    }  # fmt: skip


def fault(one: Told) -> dict[str, object]:
    """One fault with its words."""
    words = Words(zh=speak(one.code, one.facts, "zh"), en=speak(one.code, one.facts, "en"))
    return {"index": one.index, "code": one.code, "words": words}
