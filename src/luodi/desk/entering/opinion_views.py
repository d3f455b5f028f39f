"""The page of an expert from outside, behind a limited link: one question, and the expert's own answer.  No sign-in."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luodi.accounts.gate import Visit, public
from luodi.desk.asked import attempt, key, new_key
from luodi.desk.entering import limiting
from luodi.domain.entry import checks
from luodi.domain.vocabulary import Refusal
from luodi.entry import experts
from luodi.entry.experts import Seen

CLOSED = {"entry_link_closed": 404, "entry_link_too_often": 429}
FIELDS = ("view", "conditions", "blocking", "papers", "note")


@require_http_methods(["GET", "POST"])
@never_cache
@public
def opinion(request: Visit, token: str) -> HttpResponseBase:
    """What the link opens, each look recorded; on sending, the expert's opinion.  At most twelve queries."""
    try:
        limiting.count(token, request.META.get("REMOTE_ADDR", ""), request.now)
        refused = _given(request, token) if request.method == "POST" else None
        if request.method == "POST" and refused is None:
            return redirect("opinion", token=token)
        seen = experts.look(token=token, at=request.now)
    except Refusal as closed:
        if closed.code not in CLOSED:
            raise
        return render(request, "entering/closed.html", {"refused": closed, "place": ""}, status=CLOSED[closed.code])
    return _shown(request, token, seen, refused)


def _given(request: Visit, token: str) -> Refusal | None:
    """Keep what was sent; the refusal to be shown beside the form.  One that closes the page is raised."""
    sent = request.POST
    refused = attempt(
        lambda: experts.give_opinion_by_link(
            token=token, **{name: sent.get(name, "") for name in FIELDS}, at=request.now, key=key(sent)
        )
    )
    if refused is not None and refused.code in CLOSED:
        raise refused
    return refused


def _shown(request: Visit, token: str, seen: Seen, refused: Refusal | None) -> HttpResponse:
    typed = request.POST if refused else {name: getattr(seen, name) for name in FIELDS}
    context = {
        "token": token, "seen": seen, "views": checks.rules().views, "refused": refused, "typed": typed,
        "key": new_key(), "place": "",
    }  # fmt: skip
    answer = render(request, "entering/opinion.html", context, status=400 if refused else 200)
    answer.headers["Referrer-Policy"] = (
        "same-origin"  # the token stays here; with none at all no browser could send the form
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
