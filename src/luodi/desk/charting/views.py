"""The wall chart: of a live project as it stands against what was announced, of any project as it might be."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk import live, moments, painting
from luodi.desk.asked import new_key
from luodi.desk.charting import actuals, answers, figures, gantt, sheets
from luodi.desk.charting import standing as chart_live
from luodi.desk.charting import state as chart_state
from luodi.desk.charting.state import ChartState
from luodi.desk.tongue import language
from luodi.desk.views import found, worth_of
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Refusal
from luodi.projects.readers import Recorded


@require_GET
@needs("plan.read")
def chart(request: SignedIn, slug: str) -> HttpResponse:
    """The wall chart in the state its address asks for; HTMX gets only the part that changes.

    One query for what might be; two for a live project to which nothing has happened since it was painted, else eleven.
    """
    project = found(request, slug, "plan.read")
    state = chart_state.read_state(request.GET, answers.catalogue())

    def context() -> dict[str, object]:
        return {**shared(project, state), **(standing(request, project, state) or imagined(project, state))}

    stands = project.live and state.levers is None
    token = live.token(request, project=slug) if stands else ""
    etag = live.sealed(request, token)
    if stands and not request.as_of and not request.headers.get("HX-Request"):
        key = ("chart", slug, state, live.everything(request, project=slug), answers.catalogue().digest)
        response = painting.whole(request, "charting/chart.html", key, context, etag=etag)
    else:
        part = "charting/chart_part.html" if request.headers.get("HX-Request") else "charting/chart.html"
        response = render(request, part, {**context(), "etag": etag})
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_GET
@needs("plan.read")
def chart_now(request: SignedIn, slug: str) -> HttpResponse:
    """The chart of a live project for a page that stays open: 304 until something happens to the project."""
    state = chart_state.read_state(request.GET, answers.catalogue())

    def make() -> str:
        project = found(request, slug, "plan.read")
        context = standing(request, project, state) or imagined(project, state)
        return painting.page(request, "charting/chart_part.html", {**shared(project, state), **context, "etag": etag})

    etag = live.mark(request, project=slug)
    return live.answer(request, etag, make)


def shared(project: Recorded, state: ChartState) -> dict[str, object]:
    """What every chart page shows."""
    return {
        "project": project,
        "file": project.file,
        "rules": answers.catalogue(),
        "state": state,
        "figures": figures,
        "states": gantt.STATES,
        "papers": sheets.PAPERS,
        "place": "chart",
        "moved": [],
        "now": None,
        "actuals": actuals,
        "causes": answers.causes(),
        "moments": moments,
        "new_key": new_key,
        "offer_refusal": None,
    }


def imagined(project: Recorded, state: ChartState) -> dict[str, object]:
    """The plan under the levers of the address, planned anew: what might be."""
    rules = answers.catalogue()
    shown = answers.planned(project, state.levers)
    if not isinstance(shown, Plan):
        return {"plan": None, "conflict": shown}
    return {**drawn(shown, state.look(language())), "flips": answers.flips(project, shown), **worth_of(project),
            "units": units(shown, list(rules.units))}  # fmt: skip


def standing(request: SignedIn, project: Recorded, state: ChartState) -> dict[str, object] | None:
    """The plan of a live project as it stands; None where levers are tried or nothing was announced yet."""
    if not project.live or state.levers is not None:
        return None
    now = chart_live.standing(request, project)
    if now is None:
        return None
    pages = {matter: reverse("case", args=[number]) for matter, number in now.cases.items()}
    look = state.look(language(), now.against, now.today, pages)
    known = list(answers.catalogue().units)
    return {**drawn(now.plan, look), "now": now, "flips": {}, "worth": None, "units": units(now.plan, known)}


def drawn(plan: Plan, look: gantt.Look) -> dict[str, object]:
    """The rows and the drawing."""
    rules = answers.catalogue()
    return {
        "plan": plan,
        "rows": gantt.rows(plan, rules, look),
        "drawing": gantt.draw(plan, rules, look),
        "width": gantt.minimum_width(plan, look),
    }


def units(plan: Plan, known: list[str]) -> list[str]:
    """The units of a plan in the order of the catalogue."""
    return sorted({step.unit for step in plan.steps}, key=known.index)


@require_GET
@needs("plan.read")
def chart_pdf(request: SignedIn, slug: str) -> HttpResponse:
    """The wall chart on paper.  One query; three of a live project."""
    project = found(request, slug, "plan.read")
    rules = answers.catalogue()
    state = chart_state.read_state(request.GET, rules)
    paper = request.GET.get("paper", "a0")
    if paper not in sheets.PAPERS:
        raise Refusal("unknown_switch", switch="paper", value=paper[:200], known=", ".join(sheets.PAPERS))
    now = chart_live.standing(request, project) if project.live and state.levers is None else None
    shown = now.plan if now else answers.planned(project, state.levers)
    if not isinstance(shown, Plan):
        raise Refusal("no_lawful_plan", project=slug)
    look = state.look(language(), now.against if now else None, now.today if now else None)
    pdf = sheets.pdf(shown, rules, look, paper, printed=timezone.localdate(request.now), sample=project.sample)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-{paper}.pdf"'
    return response
