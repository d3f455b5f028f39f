"""The handbook: every matter with its limits and sources; and the search over matters and projects."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, public
from luodi.desk import answers, matter_graph
from luodi.desk.reach import reach
from luodi.desk.tongue import language
from luodi.domain.catalogue.matters import Catalogue, Matter
from luodi.domain.facts.fields import the_form
from luodi.projects import readers


@require_GET
@public
def handbook(request: HttpRequest) -> HttpResponse:
    """All matters by stage, and the levers.  No query."""
    rules = answers.catalogue()
    ordered = sorted(rules.matters.values(), key=lambda matter: matter.stage)
    groups = [(rules.stages[stage], list(members)) for stage, members in groupby(ordered, key=lambda one: one.stage)]
    return render(request, "desk/handbook.html", {"groups": groups, "rules": rules, "place": "handbook"})


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
    return render(request, "desk/matter.html", context)


@require_GET
@needs("project.read")
def search(request: SignedIn) -> HttpResponse:
    """Matters whose name, id or legal basis holds every word asked for, and projects the post may see.  One query or two."""
    asked = request.GET.get("q", "").strip()[:100]
    parts = asked.lower().split()
    rules = answers.catalogue()
    matters = [one for one in rules.matters.values() if parts and holds(matter_words(one, rules), parts)]
    within = reach(request, "project.read")
    found = readers.named(asked, zones=within.zones, slugs=within.slugs) if parts else ()
    context = {"asked": asked, "matters": matters, "projects": found, "rules": rules, "place": "search"}
    return render(request, "desk/search.html", context)


def matter_words(matter: Matter, rules: Catalogue) -> str:
    """What a search may find a matter by."""
    unit = rules.units.get(matter.unit)
    return " ".join(
        (
            matter.id,
            matter.name.zh,
            matter.name.en,
            matter.output.zh,  # offices say 环评, 能评: the short form stands in the paper's name
            matter.output.en,
            matter.legal_basis,
            unit.zh if unit else "",
            unit.en if unit else "",
        )
    )


def holds(words: str, parts: list[str]) -> bool:
    """Whether every part stands somewhere in the words."""
    lowered = words.lower()
    return all(part in lowered for part in parts)
