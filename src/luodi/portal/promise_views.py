"""What an enterprise and the zone promised each other about its project: who owes it, by when, what proves it, what came."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.dealings import readers
from luodi.desk.dealing import telling
from luodi.desk.own import own_project

MOST = 500


@require_GET
@needs("promise.own")
def own_promises(request: SignedIn, slug: str) -> HttpResponse:
    """The promises of one's own project, both ways; names of former officials are masked.  Six queries."""
    project = own_project(request, slug, "promise.own")
    today = telling.today(request)
    rows = readers.clauses(project=project.id, today=today, limit=MOST, as_of=request.as_of)
    context = {
        "project": project,
        "rows": rows,
        "sides": {side: [one for one in rows if one.side == side] for side in telling.SIDES},
        "signed": next((one for one in readers.ended(project.id, request.as_of).values() if one.signed), None),
        "today": today,
        "then": telling.then(request),
        "telling": telling,
        "named": lambda row: telling.masked(row.official),
        "may_find": lambda row: False,
        "place": "tracker",
    }
    return render(request, "portal/promises.html", context)
