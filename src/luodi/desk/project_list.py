"""The list of projects: those being handled, the newest first, with how late they are; and those only planned."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk import answers
from luodi.desk.reach import reach
from luodi.plans import readers as plans
from luodi.projects import readers
from luodi.zones import readers as zones

SIZE = 50


@require_GET
@needs("project.read")
def projects_list(request: SignedIn) -> HttpResponse:
    """The projects a post may see.  Five queries, whatever their number: no plan and no document of a live one is read."""
    within = reach(request, "project.read")
    words, before = request.GET.get("q", "").strip()[:100], request.GET.get("before", "")
    older = int(before) if before.isdecimal() and len(before) < 19 else None
    rows = readers.named(words, zones=within.zones, slugs=within.slugs, live=True, before=older, limit=SIZE + 1)
    shown, first = rows[:SIZE], not before and not words
    context = {
        "rows": shown,
        "late": {one.project: one for one in plans.lateness(slugs=[one.slug for one in shown])},
        "names": {one.id: one for one in zones.zones(timezone.localdate(request.now))},
        "following": shown[-1].id if len(rows) > SIZE else None,
        "planned": readers.planned(zones=within.zones) if first and within.slugs is None else (),
        "words": words,
        "rules": answers.catalogue(),
        "place": "projects",
    }
    return render(request, "desk/projects.html", context)
