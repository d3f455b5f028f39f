"""The pipeline: from first contact to production as a board of stages, as a list, and where companies come from."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.pipeline.asked import asked, sift
from luodi.desk.views import found
from luodi.domain.leads import money
from luodi.domain.leads.lists import lists
from luodi.leads import readers

CARDS = 8
"""Cards of a stage on the board; the rest is behind its head."""
PAGE = 50


@require_GET
@needs("lead.read")
def board(request: SignedIn) -> HttpResponse:
    """The board: every stage with its count and amount, and the leads that are next.  Nine queries, whatever their number."""
    one, today = asked(request.GET), timezone.localdate(request.now)
    wanted = sift(request, one, today)
    sums = readers.stage_sums(wanted)
    columns = [(part, readers.cards(wanted, part.stage, limit=CARDS) if part.leads else ()) for part in sums]
    before = [part for part in sums if lists().stages[part.stage].place < lists().stages["signed"].place]
    context = {
        "columns": columns,
        "total": sum(part.leads for part in sums),
        "amount": sum(part.amount for part in sums),
        "before": (sum(part.leads for part in before), sum(part.amount for part in before)),
        **shared(request, one),
    }
    return render(request, "pipeline/board.html", context)


@require_GET
@needs("lead.read")
def lead_list(request: SignedIn) -> HttpResponse:
    """The leads as a list, newest first.  Two queries."""
    one, today = asked(request.GET), timezone.localdate(request.now)
    wanted, before = sift(request, one, today), request.GET.get("before", "")
    older = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    rows = readers.listed(wanted, before=older, limit=PAGE + 1)
    sums = readers.stage_sums(wanted)
    context = {
        "rows": rows[:PAGE],
        "following": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "total": sum(part.leads for part in sums),
        "amount": sum(part.amount for part in sums),
        **shared(request, one),
    }
    return render(request, "pipeline/list.html", context)


@require_GET
@needs("lead.read")
def sources(request: SignedIn) -> HttpResponse:
    """Where companies come from, by which way, and what became of them.  Five queries."""
    one = asked(request.GET)
    wanted = sift(request, one, timezone.localdate(request.now))
    regions = readers.sums_by("region", wanted)
    known = lists().regions
    areas: dict[str, tuple[int, int, int]] = {}
    for row in regions:
        area = known[row.word].area if row.word in known else ""
        leads, amount, landed = areas.get(area, (0, 0, 0))
        areas[area] = (leads + row.leads, amount + row.amount, landed + row.landed)
    context = {
        "areas": sorted(areas.items(), key=lambda found: -found[1][0]),
        "regions": regions,
        "channels": {row.word: row for row in readers.sums_by("channel", wanted)},
        "programmes": {row.word: row for row in readers.sums_by("programme", wanted)},
        "statuses": readers.sums_by("status", wanted),
        "reasons": [row for row in readers.sums_by("reason", wanted) if row.word],
        "total": sum(row.leads for row in regions),
        **shared(request, one),
    }
    return render(request, "pipeline/sources.html", context)


@require_GET
@needs("lead.read")
def lead_of_project(request: SignedIn, slug: str) -> HttpResponse:
    """To the lead that a project came from; to the board where it has none yet.  Three queries."""
    project = found(request, slug, "lead.read")
    lead = readers.of_project(project.slug)
    return redirect("lead", lead=lead.id) if lead else redirect("pipeline")


def shared(request: SignedIn, one: object) -> dict[str, object]:
    """What every page of the pipeline needs."""
    return {
        "asked_for": one,
        "today": timezone.localdate(request.now),
        "lists": lists(),
        "money": money.said,
        "may": verdict(request.acting, "lead.write"),
        "place": "pipeline",
    }
