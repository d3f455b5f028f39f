"""The page of one's interface tokens: made, shown once, revoked."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs
from luodi.api import tokens
from luodi.desk.asked import number
from luodi.domain.vocabulary import Refusal

DAYS = 90
"""How long a token holds unless its maker says otherwise."""


@require_GET
@needs("token.own")
def listed(request: SignedIn) -> HttpResponse:
    """The tokens of one's posts.  One query."""
    return _page(request)


@require_POST
@needs("token.own")
def make(request: SignedIn) -> HttpResponse:
    """Make a token for the current post and show it, this once."""
    try:
        days = number(request.POST, "days")
        made = tokens.make(label=request.POST.get("label", ""), days=days, by=request.acting, at=request.now)
    except Refusal as refused:
        return _page(request, refused=refused)
    answer = _page(request, made=made)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@needs("token.own")
def revoke(request: SignedIn, token: int) -> HttpResponseBase:
    """Take a token back."""
    try:
        tokens.revoke(token=token, by=request.acting, at=request.now)
    except Refusal as refused:
        return _page(request, refused=refused)
    return redirect("api_tokens")


def _page(request: SignedIn, *, refused: Refusal | None = None, made: tokens.Made | None = None) -> HttpResponse:
    context = {
        "rows": tokens.of_person(request.acting.person, at=request.now),
        "posts": {one.post: one.words for one in request.standing.posts},  # type: ignore[attr-defined]
        "made": made,
        "refused": refused,
        "typed": request.POST if refused else {"days": DAYS},
        "most": tokens.LONGEST_DAYS,
    }
    return render(request, "api/tokens.html", context, status=400 if refused else 200)
