"""The security administrator's pages: lock-outs, sessions, starting passwords, and the table of rights."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import actions, locking, readers
from luodi.accounts.access import access
from luodi.accounts.gate import SignedIn, needs
from luodi.accounts.offices import offices
from luodi.accounts.policy import policy
from luodi.accounts.typed import whole
from luodi.domain.vocabulary import Refusal


@require_GET
@needs("security.read")
def security(request: SignedIn) -> HttpResponse:
    """Who is locked out, which sessions are open, and the policy.  Two queries."""
    return page(request)


def page(request: SignedIn, refused: Refusal | None = None, told: tuple[str, str] | None = None) -> HttpResponse:
    """The page with what was refused, or a starting password to be told once."""
    context = {
        "locked": readers.locked(request.now),
        "sessions": readers.sessions(),
        "policy": policy(),
        "refused": refused,
        "told": told,
        "typed": request.POST,
        "place": "security",
    }
    return render(request, "accounts/security.html", context, status=400 if refused else 200)


@require_POST
@needs("security.write")
def lift(request: SignedIn) -> HttpResponse:
    """Lift a lock-out."""
    try:
        locking.lift(
            person=whole(request.POST.get("person", "")),
            reason=request.POST.get("reason", ""),
            by=request.acting,
            at=request.now,
        )
    except Refusal as refusal:
        return page(request, refusal)
    return HttpResponseRedirect(reverse("security"))


@require_POST
@needs("security.write")
def end_sessions(request: SignedIn) -> HttpResponse:
    """End one session of somebody."""
    try:
        locking.end_sessions(
            person=whole(request.POST.get("person", "")),
            only=whole(request.POST.get("session", "")),
            reason=request.POST.get("reason", ""),
            by=request.acting,
            at=request.now,
        )
    except Refusal as refusal:
        return page(request, refusal)
    return HttpResponseRedirect(reverse("security"))


@require_POST
@needs("security.write")
def give_password(request: SignedIn) -> HttpResponse:
    """Give somebody a starting password, shown once; it must be changed at the first sign-in."""
    username = request.POST.get("username", "").strip().lower()
    try:
        person = readers.named(username)
        password = actions.give_password(
            person=person, reason=request.POST.get("reason", ""), by=request.acting, at=request.now
        )
    except Refusal as refusal:
        return page(request, refusal)
    return page(request, told=(username, password))


@require_GET
@needs("security.read")
def rights(request: SignedIn) -> HttpResponse:
    """The table of rights as it is in force.  No query."""
    context = {"access": access(), "kinds": offices().posts, "place": "security"}
    return render(request, "accounts/rights.html", context)
