"""Stops of works: found, stopped at once, reported, measures laid down, resumed; and what waits meanwhile."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.acting import Acting
from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.cases import actions
from luodi.cases.readers import halted
from luodi.cases.readers.halted import HaltRow
from luodi.desk.asked import attempt, day, given, key, new_key, status
from luodi.desk.charting import answers
from luodi.desk.reach import reach
from luodi.desk.tongue import language
from luodi.desk.views import found
from luodi.domain.handling.halting import halt_kinds
from luodi.domain.vocabulary import Refusal
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded

PAGE = 50


class Mark(TypedDict):
    """What every step carries: which halt, who, when, and the key of the form."""

    halt: int
    by: Acting
    at: datetime
    key: str | None


def measures(form: QueryDict, mark: Mark) -> None:
    """What the authority laid down, with the day it names, where it names one."""
    actions.measures(**mark, text=form.get("text", ""), until=day(form, "until") if given(form, "until") else None)


STEPS: Mapping[str, Callable[[QueryDict, Mark], None]] = {
    "stopped": lambda form, mark: actions.stop(**mark, note=form.get("note", "")),
    "reported": lambda form, mark: actions.report(**mark, to=form.get("to", "")),
    "measures": measures,
    "resumed": lambda form, mark: actions.resume_work(**mark, document=form.get("document", "")),
}
"""The steps after the find, and how a form becomes each."""


def function_of(step: str) -> str:
    """The function a step needs: going on is the head's alone."""
    return "halt.resume" if step == "resumed" else "halt.order"


@require_GET
@needs("halt.read")
def halts(request: SignedIn) -> HttpResponse:
    """Stops of works in the zones in reach, those not over first.  Three queries."""
    after = request.GET.get("after", "")
    limits, over = reach(request, "halt.read"), request.GET.get("state") == "over"
    rows = halted.halts(
        now=request.now, zones=limits.zones, slugs=limits.slugs, open_only=not over,
        after=int(after) if after.isdigit() and len(after) < 19 else None, limit=PAGE + 1, as_of=request.as_of,
    )  # fmt: skip
    return render(request, "owing/halts.html", _context(request, rows[:PAGE], over=over, more=len(rows) > PAGE))


@require_GET
@needs("halt.read")
def project_halts(request: SignedIn, slug: str) -> HttpResponse:
    """The stops of one project, and the form for a new find.  Five queries."""
    return _of_project(request, found(request, slug, "halt.read"), None)


def _of_project(request: SignedIn, project: Recorded, refused: Refusal | None) -> HttpResponse:
    rows = halted.halts(project.slug, now=request.now, limit=PAGE, as_of=request.as_of)
    context = _context(request, rows, over=None, more=False) | {
        "project": project,
        "may": verdict(request.acting, "halt.order", zone=project.zone, project_posts=team_of(request, project.slug)),
        "kinds": [(one.id, one.name) for one in halt_kinds().values()],
        "refused": refused,
        "typed": request.POST if refused else {"kind": next(iter(halt_kinds()))},
    }
    return render(request, "owing/halts.html", context, status=status(refused))


@require_POST
@needs("halt.order")
def find(request: SignedIn, slug: str) -> HttpResponseBase:
    """Something was found on the site."""
    project = found(request, slug, "halt.read")

    def act() -> None:
        require(request.acting, "halt.order", zone=project.zone, project_posts=team_of(request, slug))
        actions.find(
            project=slug, found=request.POST.get("found", ""), kind=request.POST.get("kind", ""), by=request.acting,
            at=request.now, key=key(request.POST),
        )  # fmt: skip

    refused = attempt(act)
    return _of_project(request, project, refused) if refused else redirect("project_halts", slug=slug)


@require_GET
@needs("halt.read")
def halt(request: SignedIn, halt: int) -> HttpResponse:
    """One stop of works, step by step.  Three queries."""
    return _page(request, halt)


@require_POST
@needs("halt.read")
def halt_act(request: SignedIn, halt: int, verb: str) -> HttpResponseBase:
    """The next step is taken."""
    row, team = seen(request, halt)
    step = STEPS.get(verb)
    if step is None:
        raise Http404(_("No such stop of works"))

    def act() -> None:
        require(request.acting, function_of(verb), zone=row.zone, project_posts=team)
        step(request.POST, Mark(halt=halt, by=request.acting, at=request.now, key=key(request.POST)))

    refused = attempt(act)
    return _page(request, halt, refused) if refused else redirect("halt", halt=halt)


def seen(request: SignedIn, halt: int) -> tuple[HaltRow, list[int]]:
    """The stop, if the post may see it, and the project's team.  Two queries."""
    row = halted.halt(halt, now=request.now, as_of=request.as_of)
    if row is None:
        raise Http404(_("No such stop of works"))
    team = team_of(request, row.project)
    require(request.acting, "halt.read", zone=row.zone, project_posts=team)
    return row, team


def _page(request: SignedIn, halt: int, refused: Refusal | None = None) -> HttpResponse:
    row, team = seen(request, halt)
    step = row.next
    said = verdict(request.acting, function_of(step.rule.id), zone=row.zone, project_posts=team) if step else None
    context = {
        "row": row,
        "step": step,
        "said": said,
        "rules": answers.catalogue(),
        "refused": refused,
        "typed": request.POST if refused else {"to": row.kind.authority[language()]},
        "key": new_key(),
        "place": "halts",
    }
    return render(request, "owing/halt.html", context, status=status(refused))


def _context(request: SignedIn, rows: tuple[HaltRow, ...], *, over: bool | None, more: bool) -> dict[str, object]:
    return {
        "rows": rows, "over": over, "more": rows[-1].id if more else 0, "project": None, "refused": None,
        "rules": answers.catalogue(), "key": new_key(), "place": "halts",
    }  # fmt: skip


def team_of(request: SignedIn, slug: str) -> list[int]:
    """The posts on a project's team today.  One query."""
    return [one.post for one in projects.team(slug, timezone.localdate(request.now))]
