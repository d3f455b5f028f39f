"""Ledgers handed in (a dry run), their columns settled, taken in, taken back."""

from typing import Annotated

from ninja import File, Form, UploadedFile
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Word
from luodi.api.reads.sheets import Whole, whole
from luodi.api.shapes import Numbered
from luodi.desk.doors import sheet_views
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import actions, ledgers
from luodi.exchange.sheets.limits import MOST_BYTES

TAG = "sheets"


class Columns(BaseModel, extra="forbid"):
    """What each column of the file is taken as: its index to the id of a column, "" to leave it out."""

    sheet: Annotated[str, Field(max_length=100)] = ""
    columns: dict[int, Annotated[str, Field(max_length=40)]] = Field(max_length=500)


class Back(BaseModel, extra="forbid"):
    """Why the whole import is taken back."""

    reason: str = Field(max_length=1000)


@doors.acts(TAG, "/sheets", "sheet.take", Whole)
def hand_in_sheet(request: SignedIn, kind: Form[Word], file: File[UploadedFile]) -> dict[str, object]:
    """Hand a ledger in (.xlsx, .xls, .csv): what taking it in would do, and every row that would be refused."""
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("sheet_too_large", limit=MOST_BYTES // 1_000_000)
    require(request.acting, ledgers.ledger(kind).function)
    with doors.once(request):
        made = actions.hand_in(data=file.read(), name=file.name or "", kind=kind, by=request.acting, at=request.now)
    return whole(sheet_views.seen(request, made))


@doors.acts(TAG, "/sheets/{int:sheet}/columns", "sheet.take", Whole)
def settle_sheet(request: SignedIn, sheet: Numbered, sent: Columns) -> dict[str, object]:
    """Try the file anew with these columns; the choice is kept for the office's next file."""
    row = sheet_views.seen(request, sheet)
    with doors.once(request):
        actions.settle_columns(
            number=row.id, chosen=sent.columns, sheet=sent.sheet, by=request.acting, at=request.now
        )  # fmt: skip
    return whole(sheet_views.seen(request, sheet))


@doors.acts(TAG, "/sheets/{int:sheet}/take", "sheet.take", Whole)
def take_sheet(request: SignedIn, sheet: Numbered) -> dict[str, object]:
    """Take the good rows in: at once where they are few, else by the worker (`state` says so)."""
    row = sheet_views.seen(request, sheet)
    with doors.once(request):
        actions.take_in(number=row.id, by=request.acting, at=request.now)
    return whole(sheet_views.seen(request, sheet))


@doors.acts(TAG, "/sheets/{int:sheet}/back", "sheet.take", Whole)
def take_sheet_back(request: SignedIn, sheet: Numbered, sent: Back) -> dict[str, object]:
    """Take a whole import back, by acts that stay on the record; what somebody changed since stays, and is told."""
    row = sheet_views.seen(request, sheet)
    with doors.once(request):
        actions.take_back(number=row.id, reason=sent.reason, by=request.acting, at=request.now)
    return whole(sheet_views.seen(request, sheet))
