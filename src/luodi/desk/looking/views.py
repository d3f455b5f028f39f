"""One search box: the page of everything found, and the same as a list under the box."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.looking import seeking
from luodi.finding.kinds import kinds


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
