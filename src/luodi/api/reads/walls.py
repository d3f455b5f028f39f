"""What leaders and colleagues look at: the units of a zone with their cases, late projects, what reforms save, a colleague."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, require, verdict
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.cases import CaseRow
from luodi.api.reads.people import PostRow
from luodi.api.shapes import Few, Numbered, Shape, Short
from luodi.cases import readers as cases
from luodi.desk.charting import answers, figures
from luodi.desk.leading import unit_views
from luodi.desk.looking.colleague_views import CASES
from luodi.domain.clock.office import day_of
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Refusal
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.zones import readers as zones

TAG = "plans"


class UnitWait(Shape):
    """A stretch of days in which a clock stood."""

    kind: str
    since: datetime
    until: datetime | None


class WallCase(Shape):
    """A case on the wall with its waits."""

    row: CaseRow
    waits: list[UnitWait]


class Wall(Shape):
    """The cases of a zone that were open within the days shown.  `cut`: there are more than one answer holds."""

    zone: str
    first: date
    last: date
    cases: list[WallCase]
    cut: bool


class LateProject(Shape):
    """How late a project is; `forecast` null: there is no lawful plan now.  `days`: calendar days after the announced one."""

    project: str
    name: Words
    zone: str
    target: str
    announced: date
    forecast: date | None
    days: int


class Landing(Shape):
    """From signing (first contact where none is known) to the start of works, calendar days."""

    from_id: str
    start: date
    finish: date
    days: int


class Reform(Shape):
    """A sample planned under all reforms and under none; null: there is no lawful plan."""

    project: str
    name: Words
    now: Landing | None
    before: Landing | None


class Colleague(Shape):
    """Who somebody is, and what they have in hand within one's reach."""

    post: PostRow
    over: bool
    projects: dict[str, Words] = Field(description="Short name of a project -> its name")
    cases: list[CaseRow]


@reads(TAG, "/wall", "zone.read", Wall)
def wall(
    request: SignedIn, zone: Short = None,
    weeks: Annotated[Literal["4", "6", "10"], Query(description="Weeks shown")] = "6",
) -> dict[str, object]:  # fmt: skip
    """The cases of a zone's units over some weeks; the post's own zone where none is named.  Four queries."""
    asked = unit_views.read(request)
    if not asked.zone:
        raise Refusal("choice_missing", field="zone")
    window = asked.window(day_of(request.as_of or request.now))
    bars = cases.of_zone(
        zones.subtree(asked.zone), now=request.now, since=window.first, until=window.last, limit=unit_views.CASES,
        as_of=request.as_of,
    )  # fmt: skip
    return {
        "zone": asked.zone, "first": window.first, "last": window.last, "cases": bars,
        "cut": len(bars) == unit_views.CASES,
    }  # fmt: skip


@reads(TAG, "/late", "zone.read", list[LateProject], dated=False)
def late_projects(request: SignedIn, limit: Few = 50) -> object:
    """The projects in reach that run latest against what was announced.  One query."""
    return plans.lateness(zones=request.acting.reach, limit=limit)


@reads(TAG, "/reforms", "zone.read", list[Reform], dated=False)
def reforms(request: SignedIn) -> list[dict[str, object]]:
    """Every planned sample before and after reform.  One query."""
    return [
        {"project": one.slug, "name": one.name, "now": _landing(now), "before": _landing(before)}
        for one, now, before in answers.overview(tuple(projects.examples()))
    ]


@reads("people", "/colleagues/{int:post}", "zone.read", Colleague)
def colleague(request: SignedIn, post: Numbered) -> dict[str, object]:
    """Who somebody is, and what they have in hand: open cases and projects within reach.  Five queries."""
    row = people.post(post)
    if row is None:
        raise Refusal("api_not_found")
    require(request.acting, "zone.read", zone=row.zone)
    today = timezone.localdate(request.as_of or request.now)
    team = projects.projects_of(post, today)
    may = verdict(request.acting, "case.read").allowed
    known = projects.named("", zones=request.acting.reach, slugs=team) if team else ()
    return {
        "post": row, "over": row.ends is not None and row.ends < today,
        "projects": {one.slug: one.name for one in known},
        "cases": cases.inbox(now=request.now, posts=[post], limit=CASES, as_of=request.as_of).rows if may else (),
    }  # fmt: skip


def _landing(found: object) -> object:
    return figures.landing(found) if isinstance(found, Plan) else None
