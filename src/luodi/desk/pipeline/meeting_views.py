"""Visits and events: what was said with whom, and whether what was announced of an event agrees with its own list."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, key, new_key, status
from luodi.desk.pipeline.views import shared
from luodi.domain.leads.announced import MEASURES, Measure
from luodi.domain.vocabulary import Refusal
from luodi.leads import meeting as acts
from luodi.leads import meetings as readers
from luodi.leads.meeting import KINDS
from luodi.leads.meetings import MeetingRow

PAGE = 50


@require_GET
@needs("lead.read")
def meetings(request: SignedIn) -> HttpResponse:
    """Visits and events, the last first, with a mark where an event's figures do not hold.  Two queries."""
    kind, skipped = request.GET.get("kind", ""), request.GET.get("before", "")
    after = int(skipped) if skipped.isascii() and skipped.isdigit() and len(skipped) < 9 else 0
    kinds = (kind,) if kind in KINDS else ()
    rows = readers.meetings(request.acting.reach, kinds=kinds, before=after, limit=PAGE + 1, as_of=request.as_of)
    context = {
        "rows": rows[:PAGE], "following": after + PAGE if len(rows) > PAGE else None, "kinds": KINDS,
        "kind": kind if kinds else "", **shared(request, None),
    }  # fmt: skip
    return render(request, "pipeline/meetings.html", context)


@require_GET
@needs("lead.read")
def meeting(request: SignedIn, meeting: int) -> HttpResponse:
    """One visit or event with its list, and every announced figure beside what the list gives.  Two queries."""
    return _page(request, _seen(request, meeting))


@require_POST
@needs("lead.write")
def report(request: SignedIn, meeting: int) -> HttpResponseBase:
    """Say what was said at a visit that lay ahead."""
    row = _seen(request, meeting)
    require(request.acting, "lead.write", zone=row.zone)
    refused = attempt(
        lambda: acts.report_meeting(
            meeting=row.id, said=request.POST.get("said", ""), by=request.acting, at=request.now, key=key(request.POST)
        )
    )
    return _page(request, row, refused) if refused else redirect("lead_meeting", meeting=row.id)


def _seen(request: SignedIn, number: int) -> MeetingRow:
    row = readers.meeting(number, request.as_of)
    if row is None:
        raise Http404(_("No such visit or event"))
    if row.zone:
        require(request.acting, "lead.read", zone=row.zone)
    return row


def _page(request: SignedIn, row: MeetingRow, refused: Refusal | None = None) -> HttpResponse:
    reach = request.acting.reach
    common = shared(request, None)
    context = {
        **common, "row": row, "kinds": KINDS, "measures": MEASURES, "refused": refused, "key": new_key(),
        "typed": request.POST if refused else {}, "amounts": Measure.AMOUNT,
        "open_to": [one.lead for one in row.items if one.lead and (reach is None or one.zone in reach)],
        "may": verdict(request.acting, "lead.write", zone=row.zone),
    }  # fmt: skip
    return render(request, "pipeline/meeting.html", context, status=status(refused))
