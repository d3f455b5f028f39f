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
from luodi.projects import outlines, readers, then
from luodi.zones import readers as zones

SIZE = 50


@require_GET
@needs("project.read")
def projects_list(request: SignedIn) -> HttpResponse:
    """The projects a post may see.  Five queries, whatever their number: no plan and no document of a live one is read.

    As of a moment: those that stood then, without how late they were, which no sum keeps (their records do).
    """
    within, one = reach(request, "project.read"), asked(request)
    before = request.GET.get("before", "")
    older = int(before) if before.isdecimal() and len(before) < 19 else None
    registry = zones.zones()
    wanted = sift(one, narrowed(one, registry, within.zones), within.slugs)
    if request.as_of:
        rows = then.listed(wanted, request.as_of, before=older, limit=SIZE + 1)
    else:
        rows = outlines.listed(wanted, before=older, limit=SIZE + 1)
    shown, first = rows[:SIZE], not before and not one.any and not request.as_of
    context = {
        "rows": shown,
        "late": {}
        if request.as_of
        else {one.project: one for one in plans.lateness(slugs=[one.slug for one in shown])},
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
