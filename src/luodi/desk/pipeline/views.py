"""The pipeline: from first contact to production as a board of stages, as a list, and where companies come from."""

from datetime import date
from urllib.parse import urlencode

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
    one, then = asked(request.GET), request.as_of
    wanted = sift(request, one, today_of(request))
    sums = readers.stage_sums(wanted, then)
    columns = [
        (part, readers.cards(wanted, part.stage, limit=CARDS, as_of=then) if part.leads else ()) for part in sums
    ]
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
    one = asked(request.GET)
    wanted, before = sift(request, one, today_of(request)), request.GET.get("before", "")
    older = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    rows = readers.listed(wanted, before=older, limit=PAGE + 1, as_of=request.as_of)
    sums = readers.stage_sums(wanted, request.as_of)
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
    one, then = asked(request.GET), request.as_of
    wanted = sift(request, one, today_of(request))
    regions = readers.sums_by("region", wanted, then)
    known = lists().regions
    areas: dict[str, tuple[int, int, int]] = {}
    for row in regions:
        area = known[row.word].area if row.word in known else ""
        leads, amount, landed = areas.get(area, (0, 0, 0))
        areas[area] = (leads + row.leads, amount + row.amount, landed + row.landed)
    context = {
        "areas": sorted(areas.items(), key=lambda found: -found[1][0]),
        "regions": regions,
        "channels": {row.word: row for row in readers.sums_by("channel", wanted, then)},
        "programmes": {row.word: row for row in readers.sums_by("programme", wanted, then)},
        "statuses": readers.sums_by("status", wanted, then),
        "reasons": [row for row in readers.sums_by("reason", wanted, then) if row.word],
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


def today_of(request: SignedIn) -> date:
    """The day a page shows: today, or that of the moment it is asked for."""
    return timezone.localdate(request.as_of or request.now)


def shared(request: SignedIn, one: object) -> dict[str, object]:
    """What every page of the pipeline needs; `then`: the end of addresses on a page that shows an earlier moment."""
    return {
        "asked_for": one,
        "then": f"?{urlencode({'as_of': request.GET.get('as_of', '')})}" if request.as_of else "",
        "today": today_of(request),
        "lists": lists(),
        "money": money.said,
        "may": verdict(request.acting, "lead.write"),
        "place": "pipeline",
    }
