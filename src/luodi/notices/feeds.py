"""Calendar feeds: an address with a secret that opens one calendar, until it is revoked.  Only its digest is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from luodi.accounts.acting import Acting
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.notices.models import Feed
from luodi.notices.readers import digest

CHAIN: Final = "accounts"
PERSON, UNIT, PROJECT = "person", "unit", "project"
MOST = 20
BYTES = 32
SELDOM = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A new feed.  The token is shown once, here; afterwards nobody can read it again."""

    feed: int
    token: str


def make(*, about: str, subject: str, by: Acting, at: datetime) -> Made:
    """Make a feed for the current post: of its person (`subject` ""), of its own unit (organisation code), of a project.

    Whether the post may see the project is the view's question.  Raises `Refusal`: `feed_unknown`, `feeds_too_many`.
    """
    if about not in (PERSON, UNIT, PROJECT) or (about == UNIT and subject != by.organisation_code):
        raise Refusal("feed_unknown", field="about")
    token = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        if Feed.objects.filter(post=by.post, revoked_at=None).count() >= MOST:
            raise Refusal("feeds_too_many", most=MOST)
        row = Feed.objects.create(token=digest(token), post_id=by.post, about=about, subject=subject, created=at)
        payload: dict[str, Json] = {"feed": row.pk, "about": about, "subject": subject}
        append(chain=CHAIN, kind="feed.made", by=by, at=at, payload=payload)
    return Made(row.pk, token)


def revoke(*, feed: int, by: Acting, at: datetime) -> None:
    """Take a feed back, at once and for good.  Raises `Refusal("feed_gone")` for another's, or one revoked before."""
    with transaction.atomic():
        mine = Feed.objects.filter(pk=feed, post__person=by.person, revoked_at=None)
        if not mine.update(revoked_at=at):
            raise Refusal("feed_gone")
        append(chain=CHAIN, kind="feed.revoked", by=by, at=at, payload={"feed": feed})


def used(*, feed: int, at: datetime) -> None:
    """Note that a feed was read, once an hour at most.  One query."""
    Feed.objects.filter(Q(used_at=None) | Q(used_at__lt=at - SELDOM), pk=feed).update(used_at=at)
