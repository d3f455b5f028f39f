"""Experts from outside: asked by a link that opens one question for some days, and nothing else; every look is recorded.

The token is random and only its digest is kept: whoever reads the tables cannot follow the link.  That somebody stands at
the door (`door`) is no look: what scans mail follows every link in it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.entry import checks
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.entry import handed
from luodi.entry.handed import File, FileRow
from luodi.entry.models import Asked, Link, Opinion, Review
from luodi.entry.reviewing import add_opinion, record

BYTES, LONGEST = 32, timedelta(days=30)
"""Of a token; how long a link may last."""


@dataclass(frozen=True, slots=True)
class Guest:
    """An expert acting through a link: nobody of ours, and no post."""

    label: str
    person: int | None = None
    post: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A link just made.  `token` is shown once and known to nobody afterwards."""

    link: int
    token: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What an expert needs to see, and no more: the question, not the project's file, nor the opinions of others."""

    check: checks.Check
    project: Text
    subject: str
    expert: str
    due: date
    expires: datetime
    view: str  # of their own last opinion, "" before there is one
    conditions: str
    blocking: str
    papers: str
    note: str
    said_at: datetime | None
    files: tuple[FileRow, ...]  # of that opinion


def ask_expert(
    *, review: int, check: str, expert: str, office: str, due: date, by: Acting, at: datetime, key: str | None = None
) -> Issued:
    """Ask an expert from outside about one check; the link, good until the end of the day due.

    Raises `Refusal`: `entry_no_such_review`, `entry_check_unknown`, `entry_check_not_for_experts`, `entry_due_passed`,
    `entry_link_too_long`, `text_missing`.
    """
    rule = checks.checks().get(check)
    if rule is None:
        raise Refusal("entry_check_unknown", field="check")
    if not rule.experts:
        raise Refusal("entry_check_not_for_experts", field="check", check=rule.name)
    name, place = written.text(expert, "expert", longest=60), written.line(office, "office")
    with transaction.atomic():
        row = Review.objects.select_related("project").filter(pk=review).first()
        if row is None:
            raise Refusal("entry_no_such_review")
        expires = _expiry(due, at)
        asked = Asked.objects.create(review=row, check_id=check, expert=name, office=place, at=at, due=due)
        payload: dict[str, Json] = {"review": row.pk, "check": check, "expert": name, "office": place, "due": due}
        record("entry.asked", row.project.slug, row.zone, payload, by, at, key)
        return _issue(asked, expires, by, at)


def renew_link(*, asked: int, due: date, by: Acting, at: datetime) -> Issued:
    """A new link to a question whose link has run out or went astray; the old ones no longer open.

    Raises `Refusal`: `entry_no_such_question`, `entry_due_passed`, `entry_link_too_long`.
    """
    expires = _expiry(due, at)
    with transaction.atomic():
        row = Asked.objects.select_for_update(of=("self",)).select_related("review__project").filter(pk=asked).first()
        if row is None or not row.expert:
            raise Refusal("entry_no_such_question")
        Link.objects.filter(asked=row, revoked_at=None).update(revoked_at=at, revoked_why="renewed")
        return _issue(row, expires, by, at)


def _expiry(due: date, at: datetime) -> datetime:
    if due < day_of(at):
        raise Refusal("entry_due_passed", field="due", due=due)
    if due > day_of(at) + LONGEST:
        raise Refusal("entry_link_too_long", field="due", days=LONGEST.days)
    return datetime.combine(due + timedelta(days=1), time(), SHANGHAI)


def _issue(asked: Asked, expires: datetime, by: Acting, at: datetime) -> Issued:
    token = secrets.token_urlsafe(BYTES)
    link = Link.objects.create(asked=asked, digest=digest(token), at=at, post_id=by.post or None, expires=expires)
    payload: dict[str, Json] = {"link": link.pk, "asked": asked.pk, "expert": asked.expert, "expires": expires}
    record("entry.link_given", asked.review.project.slug, asked.review.zone, payload, by, at)
    return Issued(link.pk, token, expires)


def revoke_link(*, link: int, why: str, by: Acting, at: datetime) -> None:
    """Take a link back at once.  Raises `Refusal`: `entry_no_such_link`, `entry_link_revoked` already, `text_missing`."""
    reason = written.line(why, "why")
    with transaction.atomic():
        row = _rows(hold=True).filter(pk=link).first()
        if row is None:
            raise Refusal("entry_no_such_link")
        if row.revoked_at:
            raise Refusal("entry_link_revoked")
        row.revoked_at, row.revoked_why = at, reason
        row.save(update_fields=["revoked_at", "revoked_why"])
        payload: dict[str, Json] = {"link": row.pk, "asked": row.asked_id, "why": reason}
        record("entry.link_revoked", row.asked.review.project.slug, row.asked.review.zone, payload, by, at)


def door(*, token: str, at: datetime) -> datetime:
    """Until when a link opens; nothing is shown and nothing recorded.  Raises `Refusal("entry_link_closed")`.  One query."""
    return _open(token, at).expires


def look(*, token: str, at: datetime) -> Seen:
    """What the link opens; the look is recorded.  Raises `Refusal("entry_link_closed")`: unknown, run out, revoked alike."""
    with transaction.atomic():
        row = _open(token, at, hold=True)
        review = row.asked.review
        payload: dict[str, Json] = {"link": row.pk, "asked": row.asked_id}
        record("entry.link_seen", review.project.slug, review.zone, payload, _guest(row.asked), at)
    return _seen(row, at)


def seen(*, token: str, at: datetime, as_of: datetime | None = None) -> Seen:
    """The same within a look that is recorded, as it was known at a moment.  Raises `Refusal("entry_link_closed")`."""
    row = _open(token, at)
    if as_of is not None and row.asked.at > as_of:
        raise Refusal("entry_link_closed")
    return _seen(row, as_of or at)


def _seen(row: Link, until: datetime) -> Seen:
    review = row.asked.review
    last = Opinion.objects.filter(asked=row.asked_id, at__lte=until).order_by("-seq").first() or Opinion()
    files = handed.of_opinions((last.pk,)) if last.pk else {}
    return Seen(
        checks.checks()[row.asked.check_id], Text(review.project.zh, review.project.en), review.subject,
        row.asked.expert, row.asked.due, row.expires, last.view, last.conditions, last.blocking, last.papers, last.note,
        last.at, files.get(last.pk, ()),
    )  # fmt: skip


def give_opinion_by_link(
    *, token: str, view: str, conditions: str, blocking: str, papers: str, note: str, files: Sequence[File] = (),
    at: datetime, key: str | None = None,
) -> int:  # fmt: skip
    """The expert says what they think, through the link; the place among their opinions.

    Raises `Refusal`: `entry_link_closed`, `entry_round_over`, `entry_files_too_many`, and those of
    `domain.entry.checks.sound`.
    """
    with transaction.atomic():
        row = _open(token, at, hold=True)
        said = {"view": view, "conditions": conditions, "blocking": blocking, "papers": papers, "note": note}
        return add_opinion(row.asked, said, files, _guest(row.asked), at, post=None, key=key)


def digest(token: str) -> str:
    """What is kept of a token; it is long and random, so that a plain digest is enough."""
    return sha256(token.encode()).hexdigest()


def _rows(*, hold: bool) -> QuerySet[Link]:
    rows = Link.objects.select_related("asked__review__project")
    return rows.select_for_update(of=("self",)) if hold else rows


def _open(token: str, at: datetime, *, hold: bool = False) -> Link:
    row = _rows(hold=hold).filter(digest=digest(token), revoked_at=None, expires__gt=at).first()
    if row is None:
        raise Refusal("entry_link_closed")
    return row


def _guest(asked: Asked) -> Guest:
    return Guest(f"{asked.expert} · {asked.office}"[:200])
