"""The page of an expert from outside, behind a limited link: one question, and the expert's own answer.  No sign-in.

Whoever follows the link stands at a closed door first and presses to open: what scans mail follows links, and presses
nothing.  Pressing is the look that is recorded; it lasts an hour in that browser.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luodi.accounts.gate import Visit, public
from luodi.desk.asked import attempt, key, new_key
from luodi.desk.entering import limiting
from luodi.desk.entering.entry_acts import said
from luodi.desk.entering.files import kept
from luodi.domain.entry import checks
from luodi.domain.vocabulary import Refusal
from luodi.entry import experts
from luodi.entry.experts import Seen

CLOSED = {"entry_link_closed": 404, "entry_link_too_often": 429}
FIELDS = ("view", "conditions", "blocking", "papers", "note")
COOKIE, LASTS = "luodi_opinion", timedelta(hours=1)
"""Where a browser keeps that the link was opened in it, and for how long."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def opinion(request: Visit, token: str) -> HttpResponseBase:
    """The door of a link; opened, its question; on sending, the expert's opinion.  At most fourteen queries."""
    try:
        answer = _answer(request, token)
    except Refusal as closed:
        if closed.code not in CLOSED:
            raise
        return render(request, "entering/closed.html", {"refused": closed, "place": ""}, status=CLOSED[closed.code])
    # The token stays here; with no referrer at all no browser could send the form.
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _answer(request: Visit, token: str) -> HttpResponseBase:
    opened = request.get_signed_cookie(COOKIE, "", salt=token, max_age=LASTS) == "open"
    sent = request.method == "POST"
    address = get_adapter(request).get_client_ip(request)
    limiting.count(token if opened or sent else "", address, request.now)
    if not opened and not sent:  # neither a look nor a trace
        expires = experts.door(token=token, at=request.now)
        return render(request, "entering/door.html", {"token": token, "expires": expires, "place": ""})
    if not opened:  # pressed; or sent after the hour, and nothing typed is lost
        experts.look(token=token, at=request.now)
    if request.POST.get("door") == "open":
        return _opening(redirect("opinion", token=token), token)
    experts.door(token=token, at=request.now)  # before any file that was sent is kept
    refused = _given(request, token) if sent else None
    if sent and refused is None:
        return _opening(redirect("opinion", token=token), token)
    shown = experts.seen(token=token, at=request.now, as_of=request.as_of)
    return _opening(_shown(request, token, shown, refused), token)


def _opening(answer: HttpResponse, token: str) -> HttpResponse:
    """Let this browser, and no other, come back within the hour."""
    answer.set_signed_cookie(
        COOKIE, "open", salt=token, max_age=LASTS, path=f"/opinion/{token}/", httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


def _given(request: Visit, token: str) -> Refusal | None:
    """Keep what was sent; the refusal to be shown beside the form.  One that closes the page is raised."""
    sent = request.POST

    def act() -> None:
        experts.give_opinion_by_link(
            token=token, **said(sent), files=kept(request), at=request.now, key=key(sent)
        )  # fmt: skip

    refused = attempt(act)
    if refused is not None and refused.code in CLOSED:
        raise refused
    return refused


def _shown(request: Visit, token: str, seen: Seen, refused: Refusal | None) -> HttpResponse:
    typed = request.POST if refused else {name: getattr(seen, name) for name in FIELDS}
    context = {
        "token": token, "seen": seen, "views": checks.rules().views, "refused": refused, "typed": typed,
        "key": new_key(), "place": "",
    }  # fmt: skip
    return render(request, "entering/opinion.html", context, status=400 if refused else 200)
