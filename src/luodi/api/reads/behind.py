"""What stands behind the results: the rows of a figure, investment by size, a round's projects, and who could be enrolled."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.results import BatchRound
from luodi.api.shapes import Numbered, Page, Shape, Short, Slug
from luodi.desk.results.asking import asked, month_asked, today_of
from luodi.desk.results.batch_views import seen
from luodi.domain.indicators.batches import Rate
from luodi.domain.indicators.definitions import indicator
from luodi.domain.indicators.enrolment import Missing
from luodi.domain.vocabulary import Refusal
from luodi.indicators import batched, enrolled, readers, sizing, tabling

TAG = "results"
PAGE = 200
Yi = Annotated[Decimal, Field(description="亿元")]
Wan = Annotated[Decimal, Field(description="万元")]
Start = Annotated[int, Query(ge=0, le=10_000_000, description="`next` of the page before")]


class CountedProject(Shape):
    """A project that a figure counts, and the day of the event it is counted by."""

    project: str
    name: Words
    zone: str
    on: date
    sample: bool


class FigureRow(Shape):
    """A row of an indicator as it was entered; `amount` null: the one before was taken back."""

    id: int
    zone: str
    project: str
    period: str
    target: bool
    amount: Decimal | None
    source: str
    who: str
    at: datetime
    sample: bool


class Behind(Shape):
    """What is behind a figure of a month: projects where it is counted, else every row that was entered."""

    indicator: str
    name: Words
    formula: Words
    period: str
    projects: list[CountedProject]
    rows: list[FigureRow]


class SizeClass(Shape):
    """A class of investment with what was done in it; `share`: per cent of all that was done."""

    size: str
    name: Words
    projects: int
    done: Yi
    share: Decimal | None


class SizedProject(Shape):
    """A project with its total investment and what was done since January."""

    project: str
    name: Words
    zone: str
    total: Yi
    done: Yi
    sample: bool


class Sizes(Shape):
    """Investment of a month by size; `industrial`: the zones' industrial investment, `share` of it in per cent."""

    period: str
    classes: list[SizeClass]
    projects: list[SizedProject]
    done: Yi
    industrial: Yi | None
    share: Decimal | None


class RoundProject(Shape):
    """A project in a class of a round; `entered`: the number to withdraw it by.  Annual output in 亿元."""

    entered: int
    group: str
    project: str
    name: Words
    zone: str
    expected: Yi | None
    actual: Yi | None
    evidence: str
    who: str
    at: datetime


class FollowRate(Shape):
    """How many of how many were followed up."""

    part: Decimal
    whole: Decimal
    percent: Decimal | None


class WholeRound(BatchRound):
    """A round with its projects, the follow-up rates, and by class the projects that could enter it."""

    projects: list[RoundProject]
    rates: dict[str, FollowRate]
    proposed: dict[str, list[str]]


class EnrolPaper(Shape):
    """A paper that is missing."""

    id: str
    name: Words


class EnrolProject(Shape):
    """A project that could be in the statistics: since when, and which papers are missing."""

    project: str
    name: Words
    zone: str
    invested: Wan
    started: date
    waited: int = Field(description="Calendar days since the start of works")
    missing: list[EnrolPaper]
    sample: bool


class EnrolFirm(Shape):
    """A firm on watch: enrolled, ready, near, far or unknown; `short`: 万元 to the threshold; `reward`: yuan."""

    id: int
    name: str
    uscc: str
    zone: str
    strategic: bool
    revenue: Wan | None
    year: int | None
    state: str
    short: Wan
    enrolled: date | None
    missing: list[EnrolPaper]
    reward: Decimal
    sample: bool


@reads(TAG, "/results/figures/{slug:name}", "indicator.read", Behind)
def figure_rows(
    request: SignedIn, name: Slug, zone: Short = None, period: Short = None, project: Short = None
) -> dict[str, object]:
    """The rows behind one figure of a month, with the month before and the same month of last year.  Five queries."""
    rule = indicator(name)
    if rule is None:
        raise Refusal("api_not_found")
    where, today = asked(request), today_of(request)
    month = month_asked(request, where.tops)
    counted = tabling.counted_projects(rule, where.tops, month, today, request.as_of) if rule.event else ()
    within = where.tops if where.within is None else where.within
    rows = {
        one.id: one
        for when in ((str(month), str(month.before), str(month.year_before)) if not rule.event else ())
        for one in readers.revisions(
            zones=within,
            indicator=(indicator(rule.growth_of) or rule).id,
            period=when,
            project=(project or "").strip(),
            as_of=request.as_of,
        )
    }
    return {
        "indicator": rule.id, "name": rule.name, "formula": rule.formula, "period": str(month), "rows": list(rows.values()),
        "projects": [
            {"project": one.slug, "name": one.name, "zone": one.zone, "on": one.days[rule.event], "sample": one.sample}
            for one in counted
        ],
    }  # fmt: skip


@reads(TAG, "/results/sizes", "indicator.read", Sizes)
def result_sizes(request: SignedIn, zone: Short = None, period: Short = None) -> dict[str, object]:
    """Investment of a month by size of project, with the projects behind it.  Four queries."""
    where = asked(request)
    month = month_asked(request, where.tops)
    found = sizing.size_table(where.tops, month, today_of(request), request.as_of)
    return {
        "period": str(month), "done": found.done, "industrial": found.industrial, "share": found.share,
        "classes": [
            {"size": one.size.id, "name": one.size.name, "projects": one.projects, "done": one.done, "share": one.share}
            for one in found.rows
        ],
        "projects": [
            {"project": one.project.slug, "name": one.project.name, "zone": one.project.zone, "total": one.total,
             "done": one.done, "sample": one.sample}
            for one in found.projects
        ],
    }  # fmt: skip


@reads(TAG, "/results/rounds/{int:number}", "indicator.read", WholeRound)
def batch_round(request: SignedIn, number: Numbered, zone: Short = None, group: Short = None) -> dict[str, object]:
    """One round: its projects by class, what became of them, and what could enter.  Eight queries."""
    found, where, today = seen(request, number), asked(request), today_of(request)
    rows = batched.rows(where.within, today, batch=found.id, group=group or "", as_of=request.as_of)
    proposed = batched.proposed(found, where.within, today) if request.as_of is None else {}
    same = ("id", "zone", "name", "on", "counts", "sample")
    return {name: getattr(found, name) for name in same} | {
        "projects": [_entered(one) for one in rows],
        "rates": {key: _rate(one) for key, one in batched.followed(rows, today).items()},
        "proposed": {key: [one.slug for one in each] for key, each in proposed.items()},
    }


@reads(TAG, "/results/enrolment/projects", "indicator.read", Page[EnrolProject])
def enrolment_projects(request: SignedIn, zone: Short = None, after: Start = 0) -> dict[str, object]:
    """Projects whose investment could be enrolled, those that wait longest first.  Three queries."""
    every = enrolled.candidates(asked(request).within, today_of(request), request.as_of)
    rows = [
        {"project": one.project.slug, "name": one.project.name, "zone": one.project.zone, "invested": one.invested,
         "started": one.started, "waited": one.waited, "missing": _missing(one.missing), "sample": one.project.sample}
        for one in every[after : after + PAGE]
    ]  # fmt: skip
    return {"rows": rows, "next": str(after + PAGE) if len(every) > after + PAGE else None}


@reads(TAG, "/results/enrolment/firms", "indicator.read", list[EnrolFirm])
def enrolment_firms(request: SignedIn, zone: Short = None) -> list[dict[str, object]]:
    """The firms on watch, those that qualify and are not enrolled first.  Three queries."""
    same = ("id", "name", "uscc", "zone", "strategic", "revenue", "year", "state", "short", "enrolled", "sample")
    return [
        {name: getattr(one, name) for name in same} | {
            "missing": _missing(one.missing), "reward": one.reward.together,
        }
        for one in enrolled.firms(asked(request).within, today_of(request), request.as_of)
    ]  # fmt: skip


def _entered(one: batched.Row) -> dict[str, object]:
    same = ("group", "expected", "actual", "evidence", "who", "at")
    return {name: getattr(one, name) for name in same} | {
        "entered": one.id, "project": one.project.slug, "name": one.project.name, "zone": one.project.zone,
    }  # fmt: skip


def _rate(one: Rate) -> dict[str, object]:
    return {"part": one.part, "whole": one.whole, "percent": one.percent}


def _missing(papers: tuple[Missing, ...]) -> list[dict[str, object]]:
    return [{"id": one.paper.id, "name": one.paper.name} for one in papers]
