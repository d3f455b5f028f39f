"""The command room, the project page and the wall chart."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.desk import answers, chart_state, figures, gantt, sheets, waterfall
from luodi.desk.tongue import language
from luodi.domain.planning.result import Infeasible, Plan
from luodi.domain.vocabulary import Refusal
from luodi.projects import readers


@require_GET
def command_room(request: HttpRequest) -> HttpResponse:
    """The province at a glance: every project before and after reform.  One query."""
    rows = answers.overview(readers.projects())
    both = [
        (figures.landing(now), figures.landing(before))
        for _one, now, before in rows
        if isinstance(now, Plan) and isinstance(before, Plan)
    ]
    context = {
        "rows": rows,
        "rules": answers.catalogue(),
        "figures": figures,
        "middle": [middle([now.days for now, _ in both]), middle([before.days for _, before in both])],
        "planned": len(both),
        "saved": sum(before.days - now.days for now, before in both),
        "matters": sum(len(now.steps) for _one, now, _b in rows if isinstance(now, Plan)),
        "place": "command_room",
    }
    return render(request, "desk/command_room.html", context)


def middle(values: list[int]) -> int | None:
    """The median, the lower one of two; None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


@require_GET
def projects_list(request: HttpRequest) -> HttpResponse:
    """Every project with its milestones as known.  One query."""
    context = {"projects": readers.projects(), "rules": answers.catalogue(), "place": "projects"}
    return render(request, "desk/projects.html", context)


@require_GET
def project_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: facts with sources, milestones, matters with reasons, what each reform is worth.  One query."""
    project = found(slug)
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


@require_GET
def chart(request: HttpRequest, slug: str) -> HttpResponse:
    """The wall chart in the state its address asks for; HTMX gets only the part that changes.  One query."""
    project = found(slug)
    rules = answers.catalogue()
    state = chart_state.read_state(request.GET, rules)
    shown = answers.planned(project, state.levers)
    context = {
        "project": project,
        "file": project.file,
        "rules": rules,
        "state": state,
        "figures": figures,
        "place": "chart",
        "moved": [],
    }
    if isinstance(shown, Plan):
        look = state.look(language())
        context |= {
            "plan": shown,
            "rows": gantt.rows(shown, rules, look),
            "drawing": gantt.draw(shown, rules, look),
            "width": gantt.minimum_width(shown, look),
            "flips": answers.flips(project, shown),
            "units": sorted({step.unit for step in shown.steps}, key=list(rules.units).index),
            "states": gantt.STATES,
            "papers": sheets.PAPERS,
            **worth_of(project),
        }
    else:
        context |= {"plan": None, "conflict": shown}
    part = "desk/chart_part.html" if request.headers.get("HX-Request") else "desk/chart.html"
    response = render(request, part, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_GET
def chart_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The wall chart on paper.  One query."""
    project = found(slug)
    rules = answers.catalogue()
    state = chart_state.read_state(request.GET, rules)
    paper = request.GET.get("paper", "a0")
    if paper not in sheets.PAPERS:
        raise Refusal("unknown_switch", switch="paper", value=paper[:200], known=", ".join(sheets.PAPERS))
    shown = answers.planned(project, state.levers)
    if not isinstance(shown, Plan):
        raise Refusal("no_lawful_plan", project=slug)
    pdf = sheets.pdf(shown, rules, state.look(language()), paper, printed=timezone.localdate(), sample=project.sample)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-{paper}.pdf"'
    return response


def found(slug: str) -> readers.Recorded:
    """The project at an address.  Raises 404 where there is none.  One query."""
    project = readers.project(slug)
    if project is None:
        raise Http404(_("No such project"))
    return project
