"""One search box: the page of everything found, the same as a list under the box, and the card of a colleague."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts import gate
from luodi.accounts import readers as people
from luodi.accounts.gate import SignedIn, needs
from luodi.accounts.offices import kind_name
from luodi.cases import readers as cases
from luodi.desk.casework import spoken
from luodi.desk.charting import answers
from luodi.desk.looking import seeking
from luodi.finding.kinds import kinds
from luodi.projects import readers as projects

CASES = 50


@require_GET
@needs("search.use")
def search(request: SignedIn) -> HttpResponse:
    """Everything found under what was typed, by kind; `kind`: that one alone, and more of it.  Two queries at most."""
    return render(request, "looking/search.html", found(request))


@require_GET
@needs("search.use")
def palette(request: SignedIn) -> HttpResponse:
    """The same as a list under the box, for every keystroke.  Two queries at most."""
    return render(request, "looking/palette.html", found(request))


def found(request: SignedIn) -> dict[str, object]:
    """What both show."""
    asked, only = request.GET.get("q", "").strip()[: seeking.LONGEST], request.GET.get("kind", "")
    only = only if only in (*kinds(), "matter") else ""
    groups = seeking.seek(request, asked, only=only)
    return {
        "asked": asked,
        "only": only,
        "groups": groups,
        "more": lambda kind: f"{reverse('search')}?{urlencode({'q': asked, 'kind': kind})}",
        "count": sum(len(one.lines) for one in groups),
        "place": "search",
    }


@require_GET
@needs("zone.read")
def colleague(request: SignedIn, post: int) -> HttpResponse:
    """Who somebody is, and what they have in hand: open cases and projects within reach.  Five queries."""
    row = people.post(post)
    if row is None:
        raise Http404
    gate.require(request.acting, "zone.read", zone=row.zone)
    today = timezone.localdate(request.now)
    on_team = projects.projects_of(post, today)
    page = cases.inbox(now=request.now, posts=[post], limit=CASES) if _may(request, "case.read") else None
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
