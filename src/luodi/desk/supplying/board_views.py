"""The factor board: 38 items by the units that guarantee them, and what late ones do to the plans."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.supplying import telling
from luodi.desk.supplying.reaching import reached, today_of
from luodi.domain.factors.clocks import Mark
from luodi.domain.factors.items import items
from luodi.factors import readers
from luodi.factors.effects import Effect, effect
from luodi.factors.readers import RequestRow
from luodi.plans import readers as plans
from luodi.projects import readers as projects

FILTERS = ("by", "item", "mark", "project")
SHOWN = 12
"""Late items whose effect on the plan is worked out on one page: two rolls of a plan each."""
WORST = (Mark.LATE, Mark.BLOCKED, Mark.SOON)


@dataclass(frozen=True, slots=True)
class Pressing:
    """A request that is late, blocked or must be seen to now, with what it does to its project's plan."""

    row: RequestRow
    effect: Effect | None


@require_GET
@needs("factor.read")
def board(request: SignedIn) -> HttpResponse:
    """The matrix, or with a filter the requests behind it.  Two queries, and three for each project with a late item."""
    reach, today, as_of = reached(request), today_of(request), request.as_of
    asked = {name: request.GET.get(name, "").strip()[:64] for name in FILTERS}
    every = readers.requests(zones=reach.zones, slugs=reach.slugs, today=today, as_of=as_of)
    in_project = tuple(one for one in every if asked["project"] in ("", one.project))
    rows = tuple(one for one in in_project if asked["by"] in ("", one.guarantor))
    listed = tuple(
        one for one in rows if asked["item"] in ("", one.item) and asked["mark"] in ("", one.light.mark.value)
    )
    context = {
        "matrix": telling.matrix(rows),
        "rows": rows,
        "listed": listed if asked["item"] or asked["mark"] or asked["by"] else (),
        "counts": telling.counted(rows),
        "pressing": pressing(rows, today, as_of),
        "cities": [(one, _count(in_project, one.id)) for one in telling.guarantors().values() if one.group == "city"],
        "projects": sorted({(one.project, one.project_name) for one in every}, key=lambda one: one[0]),
        "asked_for": asked,
        "telling": telling,
        "place": "factor_board",
    }
    return render(request, "supplying/board.html", context)


def pressing(rows: tuple[RequestRow, ...], today: date, as_of: datetime | None = None) -> tuple[Pressing, ...]:
    """The worst requests, the latest first, each with what it does to the plan, or did to that of then.

    Three queries a project.
    """
    found = [one for one in rows if one.light.mark in WORST and one.item in items()]
    found.sort(key=lambda one: (WORST.index(one.light.mark), -one.light.late))
    shown = found[:SHOWN]
    slugs = dict.fromkeys(one.project for one in shown)
    known = {slug: (projects.project(slug, as_of), plans.current(slug, as_of)) for slug in slugs}
    return tuple(Pressing(one, _effect(one, *known[one.project], today)) for one in shown)


def _effect(
    row: RequestRow, project: projects.Recorded | None, saved: plans.Saved | None, today: date
) -> Effect | None:
    expected = row.light.expected
    if project is None or saved is None or expected is None:
        return None
    return effect(project.file, saved, items()[row.item], expected, today)


def _count(rows: tuple[RequestRow, ...], guarantor: str) -> int:
    return sum(one.guarantor == guarantor for one in rows)
