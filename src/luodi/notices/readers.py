"""What a person was told, by which channels it went out, what failed, and which calendar feeds they have."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from django.db import connection
from django.db.models import Count, Max, Q

from luodi.accounts import still
from luodi.accounts.sealing import unseal
from luodi.domain.vocabulary import Refusal, Text
from luodi.notices.addresses import masked, opened
from luodi.notices.facts import unpack
from luodi.notices.kinds import said, urgent
from luodi.notices.models import Channel, Delivery, Feed, Notice
from luodi.notices.rules import failure

LIMIT = 50
FAILED = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One notice in the list."""

    id: int
    words: Text
    link: str
    project: str
    at: datetime
    read: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of notices, newest first; `after` is the cursor of the next page, None on the last."""

    rows: tuple[Row, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as its owner sees it; the address is masked.  `waiting`: on its way or held back."""

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


@dataclass(frozen=True, slots=True)
class Failed:
    """A delivery that was given up, with the reason."""

    id: int
    channel: str
    words: Text
    why: Text
    tries: int
    given_up: datetime


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A calendar feed; its address is known only to whoever made it."""

    id: int
    post: int
    about: str
    subject: str
    created: datetime
    revoked: datetime | None
    used: datetime | None


def unread(person: int) -> int:
    """How many notices a person has not read.  One query at most, on an index."""

    def asked() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM notices_notice WHERE person_id = %s AND read_at IS NULL", (person,))
            found: int = cursor.fetchone()[0]
        return found

    return still.kept(("unread", person), asked)


def listed(person: int, *, only_unread: bool = False, after: int | None = None, limit: int = LIMIT) -> Page:
    """A person's notices, newest first.  One query."""
    asked = Notice.objects.filter(person=person, **({"read_at": None} if only_unread else {}))
    if after is not None:
        asked = asked.filter(pk__lt=after)
    columns = ("pk", "kind", "facts", "link", "project", "at", "read_at")
    found = list(asked.order_by("-pk").values_list(*columns)[: limit + 1])
    rows = tuple(
        Row(id_, said(kind, unpack(facts)), link, project, at, read_at is not None, urgent(kind))
        for id_, kind, facts, link, project, at, read_at in found[:limit]
    )
    return Page(rows, rows[-1].id if len(found) > limit else None)


def link(person: int, notice: int) -> str | None:
    """Where a notice of a person leads, "" for nowhere; None where it is not theirs.  One query."""
    return Notice.objects.filter(pk=notice, person=person).values_list("link", flat=True).first()


def channels(person: int) -> tuple[ChannelRow, ...]:
    """The channels of a person, with what waits in them.  Two queries."""
    rows = tuple(Channel.objects.filter(person=person).order_by("pk"))
    open_ = Q(delivered_at=None, given_up_at=None)
    traffic = {
        channel: rest
        for channel, *rest in Delivery.objects.filter(channel__person=person)
        .values_list("channel")
        .annotate(open=Count("pk", filter=open_), held=Max("next_try", filter=open_), last=Max("delivered_at"))
    }
    return tuple(
        ChannelRow(
            row.pk, row.kind, _shown(row), row.active, row.quiet_from, row.quiet_to, row.away_until,
            *traffic.get(row.pk, (0, None, None)),
        )
        for row in rows
    )  # fmt: skip


def _shown(row: Channel) -> str:
    """The masked address; a row sealed with a key that is gone shows none."""
    try:
        return masked(row.kind, opened(unseal(row.address)))
    except Refusal:
        return "—"


def failed(person: int) -> tuple[Failed, ...]:
    """The latest deliveries to a person that were given up, 20 at most.  One query."""
    found = Delivery.objects.filter(channel__person=person, given_up_at__isnull=False, delivered_at=None)
    columns = ("pk", "channel__kind", "notice__kind", "notice__facts", "error", "tries", "given_up_at")
    return tuple(
        Failed(id_, channel, said(kind, unpack(facts)), failure(error), tries, given_up)
        for id_, channel, kind, facts, error, tries, given_up in found.exclude(error="off")
        .order_by("-given_up_at")
        .values_list(*columns)[:FAILED]
    )


def feeds(posts: Collection[int]) -> tuple[FeedRow, ...]:
    """The feeds made by these posts that still hold, newest first.  One query."""
    return tuple(
        FeedRow(*row) for row in Feed.objects.filter(post__in=posts, revoked_at=None).order_by("-pk").values_list(*FEED)
    )


def feed(token: str) -> FeedRow | None:
    """The feed whose secret this is; None where there is none or it was revoked.  One query."""
    found = Feed.objects.filter(token=digest(token), revoked_at=None).values_list(*FEED).first()
    return FeedRow(*found) if found else None


FEED = ("pk", "post", "about", "subject", "created", "revoked_at", "used_at")


def digest(token: str) -> str:
    """What is kept of a secret token: its SHA-256."""
    return sha256(token.encode()).hexdigest()
