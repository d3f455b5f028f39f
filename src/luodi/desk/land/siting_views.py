"""Siting: the parcels a project can have, each explained, and why it cannot have the others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import status
from luodi.desk.land.nodes_near import node_places
from luodi.desk.land.quota_left import land_left
from luodi.domain.land.siting import CRITERIA
from luodi.domain.vocabulary import Refusal
from luodi.land import siting as land_siting
from luodi.land.siting import Sited
from luodi.projects import readers as projects
from luodi.zones import readers as zones


@require_GET
@needs("land.read")
def siting(request: SignedIn) -> HttpResponse:
    """Choose a project; its candidates.  Ten queries, and a plan for every different set of effects."""
    asked, refused, found = request.GET.get("project", "")[:64], None, None
    try:
        found = _found(request, asked) if asked else None
    except Refusal as why:
        refused = why
    reach = request.acting.reach
    context = {
        "asked": asked,
        "budget": request.GET.get("budget", "")[:20],
        "found": found,
        "refused": refused,
        "criteria": CRITERIA,
        "projects": projects.named(zones=reach, limit=200),
        "zones": {one.id: one.name for one in zones.zones()},
        "today": timezone.localdate(request.now),
        "place": "land",
    }
    return render(request, "land/siting.html", context, status=status(refused))


def _found(request: SignedIn, slug: str) -> Sited:
    project = projects.project(slug)
    if project is None:
        raise Refusal("project_unknown", field="project", slug=slug)
    require(request.acting, "project.read", zone=project.zone)
    today = timezone.localdate(request.now)
    return land_siting.candidates(
        project.file, slug=slug, reach=request.acting.reach, on=today, left=land_left(today.year),
        budget=_budget(request.GET.get("budget", "")), nodes=node_places(),
    )  # fmt: skip


def _budget(text: str) -> float | None:
    """What the project pays for land at most, in 万元; None where nobody said."""
    if not text.strip():
        return None
    try:
        found = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise Refusal("number_unreadable", field="budget", value=text[:40]) from None
    if not 0 <= found <= 1e9:
        raise Refusal("number_unreadable", field="budget", value=text[:40])
    return found
