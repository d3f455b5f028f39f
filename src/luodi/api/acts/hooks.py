"""Webhooks: set up, switched off, told again; and the same entries for whoever asks instead of being told."""

from datetime import datetime
from typing import Annotated

from ninja import Query
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import calling, doors, hooks
from luodi.api.acts.cases import Word
from luodi.api.acts.projects import Happened
from luodi.api.reads.projects import Entry, entry_of
from luodi.api.shapes import Few, Numbered, Shape
from luodi.journal import following

TAG = "webhooks"
Cursor = Annotated[int, Query(ge=0, le=2**53 - 1, description="`cursor` of the answer before; 0: from the beginning")]


class Hook(Shape):
    """A webhook.  `cursor`: number of the last entry the other side took; `stopped_why`: why it was given up."""

    id: int
    label: str
    zone: str
    kinds: list[str]
    cursor: int
    created: datetime
    stopped_at: datetime | None
    stopped_why: str
    tries: int
    next_try: datetime
    error: str
    delivered_at: datetime | None


class NewHook(BaseModel, extra="forbid"):
    """An https address on a host the server allows; of one zone, or of all within reach; some groups of kinds, or all."""

    label: Word
    address: str = Field(max_length=500)
    zone: str = Field(default="", max_length=32)
    kinds: list[Word] = Field(default_factory=list, max_length=len(hooks.GROUPS))


class MadeHook(Shape):
    """Its number, and the secret with which signatures are checked: shown once, here."""

    id: int
    secret: str


class From(BaseModel, extra="forbid"):
    """The number of the last entry that need not be told again; 0: everything."""

    cursor: int = Field(ge=0, le=2**53 - 1)


class Followed(Entry):
    """An entry with its number over the whole record."""

    id: int


class Events(Shape):
    """Entries in the order in which they were written; `cursor`: what to ask from next."""

    cursor: int
    entries: list[Followed]


@doors.reads(TAG, "/webhooks", "webhook.write", list[Hook], dated=False)
def webhooks(request: SignedIn) -> object:
    """The webhooks of the post.  One query."""
    return hooks.listed(request.acting.post)


@doors.acts(TAG, "/webhooks", "webhook.write", MadeHook)
def make_webhook(request: SignedIn, sent: NewHook) -> object:
    """Set up a webhook for what is recorded from now on."""
    return hooks.make(
        label=sent.label, address=sent.address, zone=sent.zone, kinds=sent.kinds, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip


@doors.acts(TAG, "/webhooks/{int:webhook}/stop", "webhook.write", Happened)
def stop_webhook(request: SignedIn, webhook: Numbered) -> dict[str, bool]:
    """Switch a webhook off."""
    hooks.stop(webhook=webhook, by=request.acting, at=request.now)
    return {"done": True}


@doors.acts(TAG, "/webhooks/{int:webhook}/replay", "webhook.write", Happened)
def replay_webhook(request: SignedIn, webhook: Numbered, sent: From) -> dict[str, bool]:
    """Tell a webhook again everything above a number; one that was given up is switched on again."""
    hooks.replay(webhook=webhook, cursor=sent.cursor, by=request.acting, at=request.now)
    return {"done": True}


@doors.reads(TAG, "/events", "journal.read", Events, dated=False)
def events(request: SignedIn, after: Cursor = 0, limit: Few = 50) -> dict[str, object]:
    """What was recorded within reach, in the order in which it was written, some ten seconds behind now.  Two queries."""
    told = calling.within(request.acting, after, "", (), request.now, limit)
    cursor = told[-1].id if told else following.reached(after, until=request.now - calling.DISTANCE)
    return {"cursor": cursor, "entries": [{"id": one.id, **entry_of(one.record)} for one in told]}
