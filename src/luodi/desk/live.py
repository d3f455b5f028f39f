"""Pages that stay open: asked every second and a half, they answer 304 until something happened.

The mark (ETag) is a count of what was recorded; it costs one query and is taken before the page is made,
so that what happens in between is shown at the next asking.
"""

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpResponse

from luodi.accounts import still
from luodi.accounts.gate import SignedIn
from luodi.desk.tongue import language
from luodi.journal import readers as journal
from luodi.workcalendar.readers import mark as mark_of_days

EVERY = 1500
"""Milliseconds between two askings: a change is seen within two seconds."""


def mark(request: SignedIn, project: str | None = None, zones: frozenset[str] | None = None) -> str:
    """The ETag of a page about one project, or about zones (None: those the post looks after).  One query.

    Hours left and the day change without any record, so the hour is part of it; so are language, post and address.
    """
    return sealed(request, token(request, project, zones))


def token(request: SignedIn, project: str | None = None, zones: frozenset[str] | None = None) -> str:
    """What was recorded, and the hour: the part of the mark that is the same for everybody.  One query at most."""
    reach = zones or request.acting.reach
    recorded = still.kept(
        ("recorded", project or reach), lambda: journal.heads(project=project) if project else journal.stamp(reach)
    )
    return f"{recorded}|{request.now:%Y%m%d%H}"


def everything(request: SignedIn, project: str | None = None, zones: frozenset[str] | None = None) -> str:
    """As `token`, and what was recorded about no project: powers, people, the calendar.  A whole page is kept under it.

    Two queries at most.
    """
    return f"{token(request, project, zones)}|{still.kept('elsewhere', journal.elsewhere)}|{mark_of_days()}"


def sealed(request: SignedIn, token: str) -> str:
    """The ETag that tells a token for this reader of this address."""
    parts = (token, language(), f"{request.acting.post}", request.GET.urlencode())
    return f'"{blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'


def answer(request: SignedIn, etag: str, make: Callable[[], str]) -> HttpResponse:
    """304 where the browser has this already, else the part made now: `make` asks the gate about its subject.

    A 304 tells only that nothing happened since this very post was shown the page.
    """
    unchanged = request.headers.get("If-None-Match") == etag
    response = HttpResponse(status=304) if unchanged else HttpResponse(make())
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
