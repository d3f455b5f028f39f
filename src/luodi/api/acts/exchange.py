"""A row of the national exchange that failed, sent once more."""

from typing import Annotated

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.shapes import Number, Shape
from luodi.desk.doors import national_views
from luodi.exchange.national.answers import resend
from luodi.exchange.national.standard import standard

TAG = "exchange"


class Row(BaseModel, extra="forbid"):
    """A row that failed, as the list of failed rows names it."""

    table: Annotated[str, Field(max_length=64)]
    key: Annotated[str, Field(max_length=200)]
    number: Number


class Resent(Shape):
    """The number of the new row, which waits."""

    number: int


@doors.acts(TAG, "/exchange/national/resend", "exchange.send", Resent)
def resend_row(request: SignedIn, sent: Row) -> dict[str, int]:
    """Send a failed row once more, as it stands."""
    with doors.once(request):
        new = resend(
            national_views.staging(), standard(), table=sent.table, key=sent.key, number=sent.number,
            zones=request.acting.reach, by=request.acting, at=request.now,
        )  # fmt: skip
    return {"number": new}
