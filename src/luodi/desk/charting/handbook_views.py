"""The handbook: every matter with its limits and sources."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import public
from luodi.desk.charting import answers, matter_graph
from luodi.desk.tongue import language
from luodi.domain.facts.fields import the_form


@require_GET
@public
def handbook(request: HttpRequest) -> HttpResponse:
    """All matters by stage, and the levers.  No query."""
    rules = answers.catalogue()
    ordered = sorted(rules.matters.values(), key=lambda matter: matter.stage)
    groups = [(rules.stages[stage], list(members)) for stage, members in groupby(ordered, key=lambda one: one.stage)]
    return render(request, "charting/handbook.html", {"groups": groups, "rules": rules, "place": "handbook"})


@require_GET
@public
def matter_page(request: HttpRequest, matter: str) -> HttpResponse:
    """One matter.  No query."""
    rules = answers.catalogue()
    if matter not in rules.matters:
        raise Http404
    found = rules.matters[matter]
    context = {
        "matter": found,
        "rules": rules,
        "fields": {field.id: field.name for field in the_form().fields.values()},
        "graph": matter_graph.draw(found, rules, language()),
        "before": tuple(dict.fromkeys((*found.requires, *found.starts_with))),
        "after": matter_graph.waited_for_by(matter, rules),
        "place": "handbook",
    }
    return render(request, "charting/matter.html", context)
