"""Somebody must sign in first: where to send them, and how nothing they had typed is lost."""

from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

UNSENT = "unsent"
"""Where the session keeps a form that arrived after its session had ended."""
KEPT_CHARACTERS = 60_000
"""More than this is not kept: a session is no place for files."""


def instead(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page instead of the page asked for, which opens afterwards; a form is kept until then."""
    if request.method not in ("GET", "HEAD"):
        keep(request)
        after = reverse("unsent")
    else:
        after = request.get_full_path()
    address = f"{reverse('account_login')}?{urlencode({'next': after})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def keep(request: HttpRequest) -> None:
    """Put the fields of a form into the session; files and what is too long are left out."""
    fields = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    if fields and sum(len(value) for _, value in fields) <= KEPT_CHARACTERS:
        if SESSION_KEY in request.session:  # of somebody whose password has changed: signing in would empty it
            request.session.flush()
        request.session[UNSENT] = {"address": request.get_full_path(), "fields": fields}
