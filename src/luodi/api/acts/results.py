"""What is done with results: a figure or a target is entered, dated, beside those before it."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.cases import Line, Word
from luodi.api.shapes import Shape
from luodi.desk.results.acts import known_zone
from luodi.domain.indicators.periods import is_year
from luodi.indicators import actions

TAG = "results"
Amount = Annotated[Decimal, Field(max_digits=16, decimal_places=4, description="In the indicator's unit")]


class FigureEntry(BaseModel, extra="forbid"):
    """A figure for a month (`2026-08`), or a target for a year (`2026`); without `amount` the last one is taken back."""

    zone: Word
    indicator: Word
    period: Word
    amount: Amount | None = None
    source: Line
    project: Word = ""


class FigureMade(Shape):
    """The number of the new row."""

    id: int


@doors.acts(TAG, "/results/figures", "indicator.write", FigureMade)
def enter_figure(request: SignedIn, sent: FigureEntry) -> dict[str, int]:
    """Enter a figure or a target; the newest row holds."""
    zone = known_zone(request, sent.zone, "indicator.write")
    made = actions.record_figure(
        zone=zone, indicator_id=sent.indicator, period_text=sent.period, amount=sent.amount, source=sent.source,
        target=is_year(sent.period), project=sent.project, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}
