"""How one is told: channels of notices, what did not arrive, and calendar feeds."""

from datetime import date, datetime, time

from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape
from luodi.notices import readers

TAG = "notices"


class Channel(Shape):
    """A channel of one's own; its address is masked.  `waiting`: on its way or held back."""

    id: int
    kind: str
    address: str
    active: bool
    quiet_from: time | None
    quiet_to: time | None
    away_until: date | None
    waiting: int
    held_until: datetime | None
    delivered: datetime | None


class FailedDelivery(Shape):
    """A delivery that was given up, and why."""

    id: int
    channel: str
    words: Words
    why: Words
    tries: int
    given_up: datetime


class Feed(Shape):
    """A calendar feed: of a person, a unit or a project.  Its address is shown once, when it is made."""

    id: int
    about: str = Field(description="person, unit or project")
    subject: str
    created: datetime
    used: datetime | None


@reads(TAG, "/notices/channels", "notice.own", list[Channel], dated=False)
def channels(request: SignedIn) -> object:
    """One's channels, with what waits in them.  Two queries."""
    return readers.channels(request.acting.person)


@reads(TAG, "/notices/failed", "notice.own", list[FailedDelivery], dated=False)
def failed(request: SignedIn) -> object:
    """The latest deliveries that were given up.  One query."""
    return readers.failed(request.acting.person)


@reads(TAG, "/feeds", "feed.own", list[Feed], dated=False)
def feeds(request: SignedIn) -> object:
    """The calendar feeds of the post that still hold, newest first.  One query."""
    return readers.feeds((request.acting.post,))
