"""Calendar feeds: made, shown once, revoked; and the feeds themselves, where the secret in the address is the credential."""

from hashlib import sha256

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST, require_safe

from luodi.accounts.gate import SignedIn, Visit, needs, public, verdict
from luodi.desk.told import feed_events
from luodi.desk.tongue import language
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.notices import feeds as acts
from luodi.notices import readers
from luodi.projects import readers as projects

SHORT = 300
"""Seconds a calendar program may keep an answer without asking."""


@require_GET
@needs("feed.own")
def feeds(request: SignedIn) -> HttpResponse:
    """The feeds of one's current post.  Two queries."""
    return _feeds(request)


@require_POST
@needs("feed.own")
def make_feed(request: SignedIn) -> HttpResponse:
    """Make a feed and show its address, this once."""
    about = request.POST.get("about", "")
    subject = {acts.UNIT: request.acting.organisation_code, acts.PROJECT: request.POST.get("project", "").strip()}
    try:
        if about == acts.PROJECT:
            seen(request, subject[about])
        made = acts.make(about=about, subject=subject.get(about, ""), by=request.acting, at=request.now)
    except Refusal as refused:
        return _feeds(request, refused=refused)
    address = f"{reverse('feed', kwargs={'token': made.token})}?language={language()}"
    return _feeds(request, address=request.build_absolute_uri(address), made=made.feed)


@require_POST
@needs("feed.own")
def revoke_feed(request: SignedIn, feed: int) -> HttpResponseBase:
    """Take a feed back."""
    try:
        acts.revoke(feed=feed, by=request.acting, at=request.now)
    except Refusal as refused:
        return _feeds(request, refused=refused)
    return redirect("notice_feeds")


@public
@require_safe
def feed(request: Visit, token: str) -> HttpResponseBase:
    """The calendar behind a secret address; not found for any other, a revoked one, or one whose post has ended."""
    row = readers.feed(token)
    tongue = "en" if request.GET.get("language") == "en" else "zh"
    content = feed_events.calendar(row, request.now, tongue, request.build_absolute_uri) if row else None
    if row is None or content is None:
        raise Http404
    acts.used(feed=row.id, at=request.now)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content, content_type="text/calendar; charset=utf-8"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, max-age={SHORT}"
    response.headers["Content-Disposition"] = 'inline; filename="luodi.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def seen(request: SignedIn, slug: str) -> None:
    """Refuse a project the post may not see as one that is not there."""
    try:
        found(request, slug)
    except Http404:
        raise Refusal("project_unknown", field="project", slug=slug[:64]) from None


def _feeds(
    request: SignedIn, *, refused: Refusal | None = None, address: str = "", made: int | None = None
) -> HttpResponse:
    acting = request.acting
    known = projects.mine(post=acting.post, organisation=acting.organisation, on=timezone.localdate(request.now))
    if not known and acting.reach != frozenset():
        known = projects.listed(zones=acting.reach, limit=50)
    context = {
        "rows": readers.feeds((acting.post,)),
        "address": address,
        "made": made,
        "refused": refused,
        "typed": request.POST if refused else {},
        "projects": known,
        "names": {one.slug: one.name for one in known},
        "cases": verdict(acting, "case.read").allowed,
        "feeds": True,
        "place": "notices",
    }
    response = render(request, "told/notices_feeds.html", context, status=400 if refused else 200)
    if address:
        response.headers["Cache-Control"] = "no-store"
    return response
