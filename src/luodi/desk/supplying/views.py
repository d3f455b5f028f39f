"""The factors of one project, and the life of one request."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.supplying import telling
from luodi.desk.supplying.board_views import pressing
from luodi.desk.supplying.reaching import may_write, project_of, seen, today_of
from luodi.desk.tongue import language
from luodi.domain.factors.items import items
from luodi.domain.factors.needs import needs as derived
from luodi.domain.vocabulary import Refusal
from luodi.factors import funding, readers
from luodi.plans import readers as plans
from luodi.projects.readers import Recorded


@require_GET
@needs("factor.read")
def project_factors(request: SignedIn, slug: str) -> HttpResponse:
    """What a project asked for, what its form says it needs besides, and its money.  Twelve queries."""
    return project_page(request, project_of(request, slug))


def project_page(request: SignedIn, project: Recorded, refused: Refusal | None = None, about: str = "") -> HttpResponse:
    """The page of a project's factors, with what was typed where an act was refused; `about`: which form that was."""
    today, as_of = today_of(request), request.as_of
    rows = readers.requests(zones=None, today=today, project=project.slug, as_of=as_of)
    asked = {one.item for one in rows}
    context = {
        "project": project,
        "rows": rows,
        "groups": [
            (each, members)
            for each in telling.categories()
            if (members := [one for one in rows if telling.item(one.item).category == each.id])
        ],
        "counts": telling.counted(rows),
        "pressing": pressing(rows, today, as_of),
        "needs": [one for one in derived(project.file) if one.item not in asked],
        "leads": readers.lead_days(as_of),
        "saved": plans.current(project.slug, as_of),
        "money": funding.fundings(zones=None, today=today, project=project.slug, as_of=as_of),
        "may": may_write(request, project).allowed and as_of is None,
        "choices": [(one.id, one.name) for one in items().values()],
        "guarantors": [(one.id, one.name) for one in telling.guarantors().values()],
        "today": today,
        "language": language,
        **_sent(request, refused, about),
    }
    return render(request, "supplying/project.html", context, status=status(refused))


@require_GET
@needs("factor.read")
def request_page(request: SignedIn, asked: int) -> HttpResponse:
    """One request: its light, its life, what a delay does to the plan, and what may be answered.  Twelve queries."""
    return answer_page(request, asked)


def answer_page(request: SignedIn, asked: int, refused: Refusal | None = None) -> HttpResponse:
    """The page of a request, with what was typed where an answer was refused."""
    row, project = seen(request, asked)
    today, rule, as_of = today_of(request), telling.item(row.item), request.as_of
    told = readers.steps(asked, as_of)
    own = verdict(request.acting, "factor.answer", organisation=row.organisation or 0)
    zone = frozenset({row.zone})
    context = {
        "project": project,
        "row": row,
        "rule": rule,
        "steps": told,
        "lead": readers.lead_days(as_of)[row.item],
        "need": next((one for one in derived(project.file) if one.item == row.item), None),
        "pressing": pressing((row,), today, as_of),
        "source": readers.source_of(row.promise) if as_of is None else readers.source_then(row.project, told),
        "nodes": [] if rule.quota is None else readers.nodes(zones=zone, quota=rule.quota),
        "own": own,
        "may": (own.allowed or may_write(request, project).allowed) and as_of is None,
        "states": telling.states(row.state),
        "today": today,
        "language": language,
        **_sent(request, refused, "answer"),
    }
    return render(request, "supplying/request.html", context, status=status(refused))


def _sent(request: SignedIn, refused: Refusal | None, about: str) -> Mapping[str, object]:
    """What every page with forms needs."""
    return {
        "refused": refused,
        "about": about if refused else "",
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "factor_board",
    }
