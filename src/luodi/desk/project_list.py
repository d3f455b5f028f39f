"""The list of projects: those being handled, the newest first, with how late they are; and those only planned."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.charting import answers
from luodi.desk.reach import reach
from luodi.desk.region import sums, telling
from luodi.desk.region.asked import asked, sift
from luodi.desk.region.asked import within as narrowed
from luodi.plans import readers as plans
from luodi.projects import outlines, readers
from luodi.zones import readers as zones

SIZE = 50


@require_GET
@needs("project.read")
def projects_list(request: SignedIn) -> HttpResponse:
    """The projects a post may see.  Five queries, whatever their number: no plan and no document of a live one is read."""
    within, one = reach(request, "project.read"), asked(request)
    before = request.GET.get("before", "")
    older = int(before) if before.isdecimal() and len(before) < 19 else None
    registry = zones.zones()
    rows = outlines.listed(sift(one, narrowed(one, registry, within.zones), within.slugs), before=older, limit=SIZE + 1)
    shown, first = rows[:SIZE], not before and not one.any
    context = {
        "rows": shown,
        "late": {one.project: one for one in plans.lateness(slugs=[one.slug for one in shown])},
        "names": {row.id: row for row in registry},
        "following": shown[-1].id if len(rows) > SIZE else None,
        "planned": readers.planned(zones=within.zones) if first and within.slugs is None else (),
        "words": one.words,
        "filters": one,
        "telling": telling,
        "sums": sums,
        "rules": answers.catalogue(),
        "place": "projects",
    }
    return render(request, "desk/projects.html", context)
