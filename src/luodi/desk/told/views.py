"""What one was told, and how one wants to be told: the list, the channels, what did not arrive."""

from collections.abc import Callable
from datetime import time

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import attempt, day, given
from luodi.domain.vocabulary import Refusal
from luodi.notices import actions, channels, readers


@require_GET
@needs("notice.own")
def notices(request: SignedIn) -> HttpResponse:
    """One's notices, newest first, all or the unread.  Two queries."""
    person, only = request.acting.person, request.GET.get("show") == "unread"
    after = request.GET.get("after", "")
    cursor = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else None
    context = {
        "page": readers.listed(person, only_unread=only, after=cursor),
        "unread": readers.unread(person),
        "only": only,
        "feeds": verdict(request.acting, "feed.own").allowed,
        "place": "notices",
    }
    return render(request, "told/notices.html", context)


@require_GET
@needs("notice.own")
def open_notice(request: SignedIn, notice: int) -> HttpResponseBase:
    """Mark a notice as read and go to what it is about.  Two queries."""
    link = readers.link(request.acting.person, notice)
    if link is None:
        raise Http404
    actions.mark_read(notices=(notice,), by=request.acting, at=request.now)
    return redirect(link or "notices")


@require_POST
@needs("notice.own")
def read_notices(request: SignedIn) -> HttpResponseBase:
    """Mark one notice, or all of them, as read."""
    sent = [int(one) for one in request.POST.getlist("notice") if one.isascii() and one.isdigit() and len(one) <= 18]
    actions.mark_read(notices=sent or None, by=request.acting, at=request.now)
    return redirect("notices")


@require_GET
@needs("notice.own")
def notice_channels(request: SignedIn) -> HttpResponse:
    """One's channels and what did not arrive.  Three queries."""
    return _channels(request)


@require_POST
@needs("notice.own")
def add_channel(request: SignedIn) -> HttpResponseBase:
    """Add a channel."""
    sent = request.POST
    return _acted(
        request,
        lambda: channels.add(
            kind=sent.get("kind", ""),
            target=sent.get("target", ""),
            secret=sent.get("secret", ""),
            by=request.acting,
            at=request.now,
        ),
    )


@require_POST
@needs("notice.own")
def change_channel(request: SignedIn, channel: int) -> HttpResponseBase:
    """Set quiet hours and absence."""
    sent = request.POST
    return _acted(
        request,
        lambda: channels.change(
            channel=channel,
            quiet_from=clock(sent, "quiet_from"),
            quiet_to=clock(sent, "quiet_to"),
            away_until=day(sent, "away_until") if given(sent, "away_until") else None,
            by=request.acting,
            at=request.now,
        ),
        channel,
    )


@require_POST
@needs("notice.own")
def switch_off_channel(request: SignedIn, channel: int) -> HttpResponseBase:
    """Switch a channel off."""
    return _acted(request, lambda: channels.switch_off(channel=channel, by=request.acting, at=request.now), channel)


@require_POST
@needs("notice.own")
def try_channel(request: SignedIn, channel: int) -> HttpResponseBase:
    """Send a trial through a channel."""
    return _acted(request, lambda: channels.attempt(channel=channel, by=request.acting, at=request.now), channel)


@require_POST
@needs("notice.own")
def send_again(request: SignedIn, delivery: int) -> HttpResponseBase:
    """Send again what was given up."""
    return _acted(request, lambda: actions.resend(delivery=delivery, by=request.acting, at=request.now), 0)


def clock(sent: QueryDict, name: str) -> time | None:
    """A time of day as browsers send it (22:30), None where it is empty.  Raises `Refusal` beside its field."""
    text = sent.get(name, "").strip()
    if not text:
        return None
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Refusal("time_unreadable", field=name, value=text[:40]) from None


def _acted(request: SignedIn, act: Callable[[], object], about: int | None = None) -> HttpResponseBase:
    """Do it and show the page again, with the refusal beside the form it belongs to."""
    refused = attempt(act)
    return _channels(request, refused, about) if refused else redirect("notice_channels")


def _channels(request: SignedIn, refused: Refusal | None = None, about: int | None = None) -> HttpResponse:
    person = request.acting.person
    context = {
        "rows": [row for row in readers.channels(person) if row.active],
        "failed": readers.failed(person),
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {},
        "feeds": verdict(request.acting, "feed.own").allowed,
        "place": "notices",
    }
    return render(request, "told/notices_channels.html", context, status=400 if refused else 200)
