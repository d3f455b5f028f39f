"""The card of a colleague: who somebody is, and what they have in hand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts import gate
from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, needs
from luodi.accounts.offices import kind_name
from luodi.cases import readers as cases
from luodi.desk.casework import spoken
from luodi.desk.charting import answers
from luodi.projects import readers as projects

CASES = 50


@require_GET
@needs("zone.read")
def colleague(request: SignedIn, post: int) -> HttpResponse:
    """Who somebody is, and what they have in hand, now or at a moment: cases and projects within reach.  Five queries."""
    row = people.post(post)
    if row is None:
        raise Http404
    gate.require(request.acting, "zone.read", zone=row.zone)
    today = timezone.localdate(request.as_of or request.now)
    on_team = projects.projects_of(post, today)
    page = (
        cases.inbox(now=request.now, posts=[post], limit=CASES, as_of=request.as_of)
        if _may(request, "case.read")
        else None
    )
    context = {
        "row": row,
        "kind": kind_name(row.kind),
        "over": row.ends is not None and row.ends < today,
        "projects": projects.named("", zones=request.acting.reach, slugs=on_team) if on_team else (),
        "cases": page.rows if page else (),
        "matters": answers.catalogue().matters,
        "spoken": spoken,
        "place": "search",
    }
    return render(request, "looking/colleague.html", context)


def _may(request: SignedIn, function: str) -> bool:
    return gate.verdict(request.acting, function).allowed
