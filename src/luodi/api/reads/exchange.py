"""The national exchange: what would be refused, what became of the rows, what failed and why."""

from datetime import date
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Few, Shape
from luodi.desk.charting import answers
from luodi.desk.doors import national_views
from luodi.exchange.national.answers import read_back
from luodi.exchange.national.choices import choices
from luodi.exchange.national.gathering import gathered
from luodi.exchange.national.sending import Order, send
from luodi.exchange.national.standard import standard
from luodi.exchange.sheets.telling import speak

TAG = "exchange"
MOST = 1_000
"""Objections of one answer; `refused` counts them all."""


class TableState(Shape):
    """The last rows of all keys of a table, by what the other side says."""

    table: str
    title: Words
    waiting: int
    failed: int
    passed: int
    other: int


class Failed(Shape):
    """A row the other side refused; `reason`: its own words."""

    table: str
    title: Words
    key: str
    number: int
    about: str
    zone: str
    reason: str
    at: str


class Exchanged(Shape):
    """The answers.  `more`: the failed rows go on after this number."""

    tables: list[TableState]
    failed: list[Failed]
    more: int | None


class Objection(Shape):
    """Why a row would be refused.  `grave` false: it goes out, but somebody should know; `below`: rows held back with it."""

    table: str
    title: Words
    key: str
    about: str
    zone: str
    code: str
    words: Words
    grave: bool
    below: int


class CheckList(Shape):
    """Every reason against every row, at most a thousand of them; and how many rows of each table were looked at."""

    checked: dict[str, int]
    refused: int = Field(description="Rows that would be refused or held back")
    objections: list[Objection]


@reads(TAG, "/exchange/national", "exchange.read", Exchanged, dated=False)
def national(
    request: SignedIn, after: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0, limit: Few = 50
) -> object:  # fmt: skip
    """How the rows of the zones in reach stand on the other side.  Two queries a table, on the staging database."""
    return read_back(national_views.staging(), standard(), zones=request.acting.reach, after=after, limit=limit)


@reads(TAG, "/exchange/national/check", "exchange.read", CheckList, dated=False)
def national_check(
    request: SignedIn,
    since: Annotated[
        date, Query(ge=date(2000, 1, 1), le=date(2100, 12, 31), description="What changed since this day")
    ],
    version: Annotated[Literal["2.0", "3.0"], Query(description="Version of the standard")] = "2.0",
) -> dict[str, object]:
    """Which rows of the zones in reach would be refused, and why; nothing is written.  Eight queries for fifty projects."""
    order = Order(standard(version), choices(), answers.catalogue(), request.now)
    outcome = send(gathered(since, order.catalogue, order.choices, request.acting.reach), order)
    told = [
        {
            "table": one.row.table, "title": order.standard.tables[one.row.table].title, "key": one.row.key,
            "about": one.row.about, "zone": one.row.zone or "", "code": one.code, "grave": one.grave, "below": one.below,
            "words": Words(zh=speak(one.code, one.facts, "zh"), en=speak(one.code, one.facts, "en")),
        }
        for one in sorted(outcome.objections, key=lambda one: not one.grave)[:MOST]
    ]  # fmt: skip
    refused = sum(1 + one.below for one in outcome.refused)
    return {"checked": dict(outcome.checked), "refused": refused, "objections": told}
