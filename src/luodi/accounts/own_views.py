"""Signing in, acting as one of one's posts, and looking after one's own account."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.utils import perform_login
from allauth.account.views import LoginView, password_change
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts import actions, locking, readers
from luodi.accounts.entering import UNSENT
from luodi.accounts.gate import SignedIn, Visit, needs, public
from luodi.accounts.models import Person
from luodi.accounts.offices import kind_name, offices
from luodi.accounts.policy import policy
from luodi.accounts.standing import Standing
from luodi.accounts.typed import whole
from luodi.domain.vocabulary import Refusal

DEMO_PASSWORD = "luodi-demo-2026"  # noqa: S105 - of invented people, who may sign in to the demo alone
POST_KEY = "post"


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page; in the demo it lists the invented people."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows besides the form.  One query in the demo, none else."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        known = readers.sample_posts(timezone.localdate()) if settings.DEMO else ()
        return found | {
            "samples": [(post, kind_name(post.kind)) for post in known],
            "demo_password": DEMO_PASSWORD if settings.DEMO else "",
            "next": self.request.GET.get("next", self.request.POST.get("next", "")),
            "sso": settings.SINGLE_SIGN_ON,
        }


@public
@require_POST
def demo_entry(request: Visit) -> HttpResponseBase:
    """One click signs in as somebody invented; nothing is here outside the demo.  Some ten queries."""
    post = readers.post(whole(request.POST.get("post", ""))) if settings.DEMO else None
    if post is None or not post.sample:
        raise Http404
    if request.user.is_authenticated:
        from django.contrib.auth import logout

        logout(request)
    answer: HttpResponseBase = perform_login(
        request, Person.objects.get(pk=post.person), email_verification="none", redirect_url=after(request)
    )
    request.session[POST_KEY] = post.id
    return answer


@require_GET
@needs("account.own")
def start(request: SignedIn) -> HttpResponseRedirect:
    """Where the day of this post begins.  No query."""
    for name in (*offices().posts[request.acting.kind].home, "own_account"):
        try:
            return HttpResponseRedirect(reverse(name))
        except NoReverseMatch:
            continue
    raise Http404


@require_POST
@needs("account.own")
def act_as(request: SignedIn) -> HttpResponseRedirect:
    """Act as another of one's posts from now on.  Raises `Refusal` for a post somebody does not hold."""
    found = cast(Standing, vars(request)["standing"])
    wanted = whole(request.POST.get("post", ""))
    held = next((one for one in found.posts if one.post == wanted), None)
    if held is None:
        raise Refusal("post_not_held")
    # Reach plays no part in what is recorded here; the next request works it out.
    to = found.acting(held, lambda kind, zone: frozenset())
    actions.switch_post(to=to, by=request.acting, at=request.now)
    request.session[POST_KEY] = wanted
    return HttpResponseRedirect(reverse("start"))


@require_GET
@needs("account.own")
def own_account(request: SignedIn) -> HttpResponse:
    """Posts, second factor and sessions of the person who asks.  Three queries."""
    context = {
        "found": vars(request)["standing"],
        "second": is_mfa_enabled(request.user),
        "sessions": readers.sessions(person=request.acting.person),
        "policy": policy(),
        "rights": kind_name(request.acting.kind),
        "place": "own_account",
    }
    return render(request, "accounts/own.html", context)


@require_POST
@needs("account.own")
def end_own_session(request: SignedIn) -> HttpResponseRedirect:
    """End one of one's own sessions, perhaps this one."""
    locking.end_sessions(
        person=request.acting.person,
        only=whole(request.POST.get("session", "")),
        reason=_("ended by the person"),
        by=request.acting,
        at=request.now,
    )
    return HttpResponseRedirect(reverse("own_account"))


def new_password(request: HttpRequest) -> HttpResponseBase:
    """Change one's password.  Raises `Refusal` for somebody who has none: they sign in through the office's own server."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise Refusal("password_elsewhere")
    answer: HttpResponseBase = password_change(request)
    return answer


@require_GET
@needs("account.own")
def unsent(request: SignedIn) -> HttpResponse:
    """A form that arrived after its session had ended: everything typed is here, and one click sends it.  No query."""
    kept = request.session.get(UNSENT)
    if not isinstance(kept, Mapping):
        return cast(HttpResponse, HttpResponseRedirect(reverse("start")))
    return render(request, "accounts/unsent.html", {"address": kept["address"], "fields": kept["fields"], "place": ""})


def after(request: HttpRequest) -> str | None:
    """Where to go after signing in, if that is an address of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}) and not urlsplit(wanted).netloc
    return wanted if wanted and ours else None
