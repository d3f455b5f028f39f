"""Tokens: secrets by which a program acts as one post, until they end or are taken back.  Only their digest is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from luodi.accounts.acting import Acting
from luodi.api.models import ApiToken
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.notices.readers import digest

CHAIN: Final = "accounts"
MARK: Final = "luodi_"
"""What a token begins with, so that a leaked one is recognised."""
MOST, LONGEST_DAYS, BYTES = 20, 366, 32
SELDOM = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A new token.  `token` is shown once, here; afterwards nobody can read it again."""

    id: int
    token: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it."""

    id: int
    post: int
    label: str
    created: datetime
    expires: datetime
    used: datetime | None


ROW = ("id", "post_id", "label", "created", "expires", "used_at")


def make(*, label: str, days: int, by: Acting, at: datetime) -> Made:
    """Make a token for the current post, valid for `days` days.

    Raises `Refusal`: `token_days_wrong`, `tokens_too_many`, and those of a label that is missing or too long.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise Refusal("token_days_wrong", field="days", most=LONGEST_DAYS)
    name = written.text(" ".join(label.split()), "label", longest=64)
    token, expires = MARK + secrets.token_urlsafe(BYTES), at + timedelta(days=days)
    with transaction.atomic():
        if ApiToken.objects.filter(post=by.post, revoked_at=None, expires__gt=at).count() >= MOST:
            raise Refusal("tokens_too_many", most=MOST)
        row = ApiToken.objects.create(
            digest=digest(token), post_id=by.post, label=name, created=at, expires=expires
        )  # fmt: skip
        payload: dict[str, Json] = {"token": row.pk, "label": name, "expires": expires}
        append(chain=CHAIN, kind="token.made", by=by, at=at, payload=payload)
    return Made(row.pk, token, expires)


def revoke(*, token: int, by: Acting, at: datetime) -> None:
    """Take a token back, at once and for good; of any of one's own posts.

    Raises `Refusal("token_gone")` for another's, or one revoked before.
    """
    with transaction.atomic():
        mine = ApiToken.objects.filter(pk=token, post__person=by.person, revoked_at=None)
        if not mine.update(revoked_at=at):
            raise Refusal("token_gone")
        append(chain=CHAIN, kind="token.revoked", by=by, at=at, payload={"token": token})


def of_person(person: int, *, at: datetime) -> tuple[TokenRow, ...]:
    """The tokens of somebody's posts that hold, newest first.  One query."""
    rows = ApiToken.objects.filter(post__person=person, revoked_at=None, expires__gt=at).order_by("-pk")
    return tuple(TokenRow(*row) for row in rows.values_list(*ROW))


def found(token: str, *, at: datetime) -> tuple[TokenRow, int] | None:
    """The token whose secret this is, and its person; None for any other, a revoked or an expired one.  One query."""
    row = (
        ApiToken.objects.filter(digest=digest(token), revoked_at=None, expires__gt=at)
        .values_list(*ROW, "post__person")
        .first()
    )
    return (TokenRow(*row[:-1]), row[-1]) if row else None


def used(row: TokenRow, *, at: datetime) -> None:
    """Note that a token was used, once an hour at most.  No query within the hour."""
    if row.used is None or row.used < at - SELDOM:
        ApiToken.objects.filter(Q(used_at=None) | Q(used_at__lt=at - SELDOM), pk=row.id).update(used_at=at)
