"""Results: the monthly figures, durations between milestones, what lags and who holds it, rounds of three batches."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape, Short
from luodi.desk.results.asking import asked, month_asked, today_of
from luodi.domain.indicators.published import clock
from luodi.indicators import batched, clocking, lagging, tabling

TAG = "results"
MOST = 500
"""Rows of one answer; narrower questions have all of theirs."""


class ResultFigure(Shape):
    """An indicator for a month, digits as text.  None: nobody knows it, or rates of several zones, which do not add up."""

    indicator: str
    name: Words
    unit: Words
    measure: str
    period: str
    figure: str | None
    target: str | None
    pace: str | None = Field(description="Done ÷ (yearly target × months ÷ 12), per cent")
    light: str | None
    sample: bool


class Duration(Shape):
    """A duration of a project: from which event to which, in which unit, and where it was read."""

    project: str
    name: Words
    zone: str
    start_event: str
    start: date | None
    end_event: str
    end: date | None
    days: int
    unit: str
    source: str


class Lagging(Shape):
    """A project that waits: for what, since when, calendar days until today and past the usual, and who holds it."""

    project: str
    name: Words
    zone: str
    wait: str
    since: date
    days: int
    over: int
    case: str | None
    holder: Words | None
    turn: str | None
    unowned: int = Field(description="Days since first contact or signing on which nobody owned the project")


class BatchRound(Shape):
    """A round of three batches with its projects by class.  `zone` "": of the province."""

    id: int
    zone: str
    name: Words
    on: date
    counts: dict[str, int]
    sample: bool


@reads(TAG, "/results/figures", "indicator.read", list[ResultFigure])
def result_figures(request: SignedIn, zone: Short = None, period: Short = None) -> list[dict[str, object]]:
    """The table of a month (`2026-08`; without one, of the last with figures).  Six queries."""
    where = asked(request)
    month = month_asked(request, where.tops)
    return [
        {
            "indicator": one.indicator.id, "name": one.indicator.name, "unit": one.indicator.unit,
            "measure": one.indicator.measure, "period": str(month), "figure": _digits(one.now), "target": _digits(one.target),
            "pace": _digits(one.pace.ratio) if one.pace else None, "light": one.pace.light if one.pace else None,
            "sample": one.sample,
        }
        for one in tabling.table(where.tops, month, today_of(request), request.as_of)
    ]  # fmt: skip


@reads(TAG, "/results/durations", "indicator.read", list[Duration])
def result_durations(request: SignedIn, zone: Short = None, span: Short = None) -> list[dict[str, object]]:
    """Durations of one span (`signed_start` unless told otherwise), the shortest first, 500 at most.  Two queries."""
    where, spans = asked(request), clock().spans
    wanted = spans.get(span or "", next(iter(spans.values())))
    same = ("start_event", "start", "end_event", "end", "days", "unit", "source")
    return [
        {"project": one.project.slug, "name": one.project.name, "zone": one.project.zone}
        | {name: getattr(one.stretch, name) for name in same}
        for one in clocking.timed(where.within, wanted, today_of(request), request.as_of)[:MOST]
    ]


@reads(TAG, "/results/lags", "indicator.read", list[Lagging])
def result_lags(request: SignedIn, zone: Short = None, wait: Short = None) -> list[dict[str, object]]:
    """Projects that wait, those furthest past the usual first, 500 at most.  Five queries."""
    where, today = asked(request), today_of(request)
    rows = [one for one in lagging.waiting(where.within, today, request.as_of) if not wait or one.lag.wait.id == wait]
    return [
        {
            "project": one.project.slug, "name": one.project.name, "zone": one.project.zone, "wait": one.lag.wait.id,
            "since": one.lag.since, "days": one.lag.days, "over": one.lag.over,
            "case": one.holding.number if one.holding else None,
            "holder": one.holding.organisation if one.holding else None,
            "turn": one.holding.turn if one.holding else None, "unowned": one.unowned,
        }
        for one in lagging.told(rows[:MOST], today, request.as_of)
    ]  # fmt: skip


@reads(TAG, "/results/rounds", "indicator.read", list[BatchRound])
def batch_rounds(request: SignedIn, zone: Short = None) -> list[dict[str, object]]:
    """The rounds of the zones in reach and of the province, the newest first.  Three queries."""
    same = ("id", "zone", "name", "on", "counts", "sample")
    return [{name: getattr(one, name) for name in same} for one in batched.rounds(asked(request).within, request.as_of)]


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
