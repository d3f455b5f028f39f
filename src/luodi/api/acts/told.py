"""How one is told: channels added, changed, tried and switched off; deliveries sent again; calendar feeds made and revoked."""

from datetime import time
from typing import Annotated, Literal

from django.urls import reverse
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.cases import Day
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Numbered, Shape
from luodi.desk.told.feed_views import seen
from luodi.notices import actions, channels
from luodi.notices import feeds as acts

TAG = "notices"
DONE = {"done": True}


class NewChannel(BaseModel, extra="forbid"):
    """An e-mail address or a robot's webhook; `secret`: what the robot signs with."""

    kind: Annotated[str, Field(max_length=40)]
    target: Annotated[str, Field(max_length=500)]
    secret: Annotated[str, Field(max_length=500)] = ""


class Quiet(BaseModel, extra="forbid"):
    """Hours in which only what is urgent is sent, and the first day back."""

    quiet_from: time | None = None
    quiet_to: time | None = None
    away_until: Day | None = None


class NewFeed(BaseModel, extra="forbid"):
    """A calendar of one's own, of one's unit, or of a project (its short name)."""

    about: Literal["person", "unit", "project"]
    project: Annotated[str, Field(max_length=64)] = ""


class MadeFeed(Shape):
    """A feed, with the address that is shown this once."""

    id: int
    address: str


@doors.acts(TAG, "/notices/channels", "notice.own", Made)
def add_channel(request: SignedIn, sent: NewChannel) -> dict[str, object]:
    """Add a channel of one's own."""
    with doors.once(request):
        channel = channels.add(
            kind=sent.kind, target=sent.target, secret=sent.secret, by=request.acting, at=request.now
        )
    return {"id": channel}


@doors.acts(TAG, "/notices/channels/{int:channel}", "notice.own", Happened, method="PUT")
def change_channel(request: SignedIn, channel: Numbered, sent: Quiet) -> dict[str, bool]:
    """Set the quiet hours and the absence of a channel."""
    with doors.once(request):
        channels.change(
            channel=channel, quiet_from=_clock(sent.quiet_from), quiet_to=_clock(sent.quiet_to),
            away_until=sent.away_until, by=request.acting, at=request.now,
        )  # fmt: skip
    return DONE


@doors.acts(TAG, "/notices/channels/{int:channel}/off", "notice.own", Happened)
def switch_off_channel(request: SignedIn, channel: Numbered) -> dict[str, bool]:
    """Switch a channel off; what waits for it stays readable in the app."""
    with doors.once(request):
        channels.switch_off(channel=channel, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/notices/channels/{int:channel}/try", "notice.own", Made)
def try_channel(request: SignedIn, channel: Numbered) -> dict[str, object]:
    """Send a trial through a channel; the number of its notice."""
    with doors.once(request):
        notice = channels.attempt(channel=channel, by=request.acting, at=request.now)
    return {"id": notice}


@doors.acts(TAG, "/notices/deliveries/{int:delivery}/again", "notice.own", Happened)
def send_again(request: SignedIn, delivery: Numbered) -> dict[str, bool]:
    """Send again what was given up."""
    with doors.once(request):
        actions.resend(delivery=delivery, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/feeds", "feed.own", MadeFeed)
def make_feed(request: SignedIn, sent: NewFeed) -> dict[str, object]:
    """Make a calendar feed; its address is answered this once."""
    subject = {acts.UNIT: request.acting.organisation_code, acts.PROJECT: sent.project.strip()}.get(sent.about, "")
    if sent.about == acts.PROJECT:
        seen(request, subject)
    with doors.once(request):
        made = acts.make(about=sent.about, subject=subject, by=request.acting, at=request.now)
    address = reverse("feed", kwargs={"token": made.token})
    return {"id": made.feed, "address": request.build_absolute_uri(address)}


@doors.acts(TAG, "/feeds/{int:feed}/revoke", "feed.own", Happened)
def revoke_feed(request: SignedIn, feed: Numbered) -> dict[str, bool]:
    """Take a calendar feed back, at once and for good."""
    with doors.once(request):
        acts.revoke(feed=feed, by=request.acting, at=request.now)
    return DONE


def _clock(at: time | None) -> time | None:
    """A time of day to the minute, as the pages send it."""
    return at.replace(second=0, microsecond=0, tzinfo=None) if at else None
