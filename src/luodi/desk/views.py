"""The project page, and how a page finds its project."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts import still
from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.charting import answers, figures, waterfall
from luodi.desk.tongue import language
from luodi.domain.planning.result import Infeasible, Plan
from luodi.domain.vocabulary import Refusal
from luodi.projects import readers


@require_GET
@needs("project.read")
def project_page(request: SignedIn, slug: str) -> HttpResponse:
    """One project: facts with sources, milestones, matters with reasons, what each reform is worth.  One query."""
    project = found(request, slug)
    rules = answers.catalogue()
    shown = answers.planned(project, None)
    context = {
        "project": project,
        "file": project.file,
        "rules": rules,
        "plan": shown if isinstance(shown, Plan) else None,
        "conflict": shown if isinstance(shown, Infeasible) else None,
        "figures": figures,
        "stretches": figures.stretches(project.file),
        "place": "projects",
        **worth_of(project),
    }
    return render(request, "desk/project.html", context)


def worth_of(project: readers.Recorded) -> dict[str, object]:
    """What the levers are worth, drawn; nothing where the project has no lawful plan."""
    try:
        worth = answers.lever_worth(project)
    except Refusal:
        return {"worth": None, "falls": None, "best": None, "falling": ()}
    rules = answers.catalogue()
    return {
        "worth": worth,
        "falls": waterfall.draw(worth, rules, language()),
        "falling": waterfall.falls(worth, rules, language()),
        "best": figures.best_lever(worth),
    }


def found(request: SignedIn, slug: str, function: str = "project.read") -> readers.Recorded:
    """The project at an address, if the post may see it.  Raises 404 where there is none.  Two queries at most."""
    today = timezone.localdate(request.now)
    project = still.kept(("project", slug, request.as_of), lambda: readers.project(slug, as_of=request.as_of))
    if project is None:
        raise Http404(_("No such project"))
    team = still.kept(("team", slug, today), lambda: [one.post for one in readers.team(slug, today)])
    require(request.acting, function, zone=project.zone, project_posts=team)
    return project
