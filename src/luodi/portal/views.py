"""The tracker of an enterprise: where its project stands, what is needed from it, when it may start, whom to ask."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs
from luodi.cases import readers as cases
from luodi.debts import readers as debts
from luodi.desk.asked import attempt, key, new_key, number
from luodi.desk.charting import answers
from luodi.desk.own import own_project
from luodi.domain.documents.kinds import rules as paper_kinds
from luodi.domain.vocabulary import Refusal
from luodi.papers import readers as papers
from luodi.plans import readers as plans
from luodi.portal.standing import owed_by_applicant, progress, promised_and_legal, served_by
from luodi.projects import readers as projects
from luodi.supervision import actions, readers
from luodi.supervision.kinds import REQUESTS

SHOWN = 20
"""Documents on the page."""


@require_GET
@needs("request.write")
def tracker(request: SignedIn) -> HttpResponseBase:
    """The projects of an enterprise or navigator; the page of the project itself where there is but one.  One query."""
    on = timezone.localdate(request.now)
    found = projects.mine(post=request.acting.post, organisation=request.acting.organisation, on=on)
    if len(found) == 1:
        return redirect("tracked", slug=found[0].slug)
    late = plans.lateness(slugs=[one.slug for one in found]) if found else ()
    context = {"projects": found, "late": {one.project: one for one in late}, "place": "tracker"}
    return render(request, "portal/tracker.html", context)


@require_GET
@needs("request.write")
def tracked(request: SignedIn, slug: str) -> HttpResponse:
    """One project in plain words.  Eleven queries at most."""
    return _tracked(request, own_project(request, slug))


@require_POST
@needs("request.write")
def ask(request: SignedIn, slug: str) -> HttpResponseBase:
    """The enterprise asks for something (诉求)."""
    project = own_project(request, slug)
    on = timezone.localdate(request.now)

    def act() -> None:
        kind = request.POST.get("kind", "")
        if kind not in REQUESTS:
            raise Refusal("choice_missing", field="kind")
        helpers = [one.post for one in projects.team(slug, on) if one.role in ("navigator", "leader")]
        actions.ask(
            project=project.id, slug=slug, zone=project.zone, kind=kind, text=request.POST.get("text", ""),
            navigators=helpers, by=request.acting, at=request.now, key=key(request.POST),
        )  # fmt: skip

    refused = attempt(act)
    return _tracked(request, project, refused) if refused else redirect("tracked", slug=slug)


@require_POST
@needs("rating.write")
def rate(request: SignedIn, slug: str) -> HttpResponseBase:
    """The enterprise rates the handling of a matter (好差评)."""
    project = own_project(request, slug, "rating.write")

    def act() -> None:
        wanted = number(request.POST, "case")
        rows = [one for one in cases.of_project(slug, now=request.now) if one.id == wanted and not one.open]
        if not rows:
            raise Refusal("nothing_to_rate")
        actions.rate(
            case=wanted, project=project.id, slug=slug, zone=project.zone, stars=number(request.POST, "stars"),
            unit=answers.catalogue().matters[rows[0].matter].unit, note=request.POST.get("note", ""),
            by=request.acting, at=request.now,
        )  # fmt: skip

    refused = attempt(act)
    return _tracked(request, project, refused) if refused else redirect("tracked", slug=slug)


def documents(slug: str) -> tuple[papers.DocumentRow, ...]:
    """The documents issued to the enterprise, newest first; not those that go from office to office.  One query."""
    kinds = paper_kinds().kinds
    return tuple(one for one in papers.of_project(slug) if not kinds[one.kind].inward)[:SHOWN]


def _tracked(request: SignedIn, project: projects.Recorded, refused: Refusal | None = None) -> HttpResponse:
    rules = answers.catalogue()
    today = timezone.localdate(request.now)
    rows = cases.of_project(project.slug, now=request.now)
    saved = plans.current(project.slug)
    ended = [one for one in rows if not one.open and one.organisation != project.applicant]  # nobody rates themselves
    context = {
        "project": project,
        "rules": rules,
        "today": today,
        "saved": saved,
        "range": promised_and_legal(project.slug, saved, today),
        "progress": progress(saved, rows, rules),
        "needed": owed_by_applicant(rows, saved),
        "debts": debts.owed(today=today, slug=project.slug),
        "running": [one for one in rows if one.open and one.turn != "applicant"],
        "ended": ended,
        "stars": readers.rated(one.id for one in ended),
        "served": served_by(project.slug, today),
        "documents": documents(project.slug),
        "paper_kinds": paper_kinds().kinds,
        "requests": readers.requests(None, request.now, project=project.id),
        "kinds": REQUESTS,
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "place": "tracker",
    }
    return render(request, "portal/tracked.html", context, status=400 if refused else 200)
