"""Telling people, inside the transaction of whatever happened; and what people do with what they were told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.holders import people_of
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.notices.facts import Fact, pack
from luodi.notices.models import Channel, Delivery, Notice
from luodi.notices.quiet import SHANGHAI

LONGEST_ONCE = 160


@dataclass(frozen=True, slots=True)
class Told:
    """The notices written, and how many deliveries set out; both empty where all of it had been said before."""

    notices: tuple[int, ...]
    deliveries: int


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell several people; `once`: never twice to the same person."""

    people: frozenset[int]
    kind: str
    facts: Mapping[str, Fact] = field(hash=False)
    link: str = ""
    project: str = ""
    once: str | None = None


def tell(
    *,
    kind: str,
    facts: Mapping[str, Fact],
    at: datetime,
    people: Collection[int] = (),
    posts: Collection[int] = (),
    organisations: Collection[int] = (),
    link: str = "",
    project: str = "",
    once: str | None = None,
) -> Told:
    """Tell persons, the holders of posts and everybody in organisations one thing; each person once.

    Belongs in the transaction of what happened: told if and only if it happened.  Who holds a post is looked up on the
    day of `at` in Shanghai.  Nobody to tell is no fault.  At most five queries, however many people.
    Raises `ValueError` for an unknown kind or a missing fact.
    """
    everybody = frozenset(people)
    if posts or organisations:
        day = at.astimezone(SHANGHAI).date()
        everybody |= people_of(posts=posts, organisations=organisations, on=day)
    return write((Message(everybody, kind, facts, link, project, once),), at=at)


def write(messages: Sequence[Message], *, at: datetime) -> Told:
    """Write many messages at once: one notice per message and person, one delivery per active channel of theirs."""
    rows = [
        Notice(
            person_id=person,
            kind=one.kind,
            facts=packed,
            link=one.link,
            project=one.project,
            at=at,
            once=once_of(one.once, person),
        )
        for one, packed in ((one, pack(one.kind, one.facts)) for one in messages)
        for person in sorted(one.people)
    ]
    with transaction.atomic(savepoint=False):  # within an act, the act is the transaction
        written = _insert(rows)
        return Told(tuple(notice for notice, _ in written), _set_out(written, at))


def once_of(once: str | None, person: int) -> str | None:
    """The mark of a thing said once to a person; a long one is shortened to its digest."""
    if once is None:
        return None
    mark = f"{once}#{person}"
    return mark if len(mark) <= LONGEST_ONCE else f"{sha256(once.encode()).hexdigest()}#{person}"


def _insert(rows: list[Notice]) -> list[tuple[int, int]]:
    """Id and person of the notices that are new; what had been said before stays as it is."""
    marks = [row.once for row in rows if row.once]
    said = set(Notice.objects.filter(once__in=marks).values_list("once", flat=True)) if marks else set()
    free = Notice.objects.bulk_create([row for row in rows if row.once is None])
    found = [(row.pk, row.person_id) for row in free]
    if new := {row.once: row for row in rows if row.once and row.once not in said}:
        # Another worker may be saying the same at this moment: whoever inserts first has said it.
        Notice.objects.bulk_create(new.values(), ignore_conflicts=True)
        found += Notice.objects.filter(once__in=list(new)).values_list("pk", "person_id")
    return found


def _set_out(written: Collection[tuple[int, int]], at: datetime) -> int:
    """Put the notices on their way through every active channel of their persons; how many set out."""
    if not written:
        return 0
    channels: dict[int, list[int]] = {}
    people = {person for _, person in written}
    for channel, person in Channel.objects.filter(person__in=people, active=True).values_list("pk", "person_id"):
        channels.setdefault(person, []).append(channel)
    rows = [
        Delivery(channel_id=channel, notice_id=notice, next_try=at)
        for notice, person in written
        for channel in channels.get(person, ())
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def mark_read(*, notices: Collection[int] | None, by: Acting, at: datetime) -> int:
    """Mark notices of one's own as read, all of them with None; how many were unread.  One query."""
    unread = Notice.objects.filter(person=by.person, read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=notices)
    return unread.update(read_at=at)


def resend(*, delivery: int, by: Acting, at: datetime) -> None:
    """Send again what was given up.  Raises `Refusal("delivery_not_failed")` for anything else, or another's."""
    with transaction.atomic():
        mine = Delivery.objects.filter(pk=delivery, channel__person=by.person, channel__active=True)
        failed = mine.filter(given_up_at__isnull=False, delivered_at=None)
        if not failed.update(given_up_at=None, tries=0, digest=None, next_try=at):
            raise Refusal("delivery_not_failed")
        append(chain="accounts", kind="notice.resent", by=by, at=at, payload={"delivery": delivery})


def release(*, channel: int, at: datetime) -> int:
    """Look again at once at what a channel held back: its quiet hours or absence have changed.  One query."""
    waiting = Delivery.objects.filter(channel=channel, delivered_at=None, given_up_at=None, tries=0)
    return waiting.filter(next_try__gt=at).update(next_try=at)


def put_down(*, channel: int, at: datetime) -> int:
    """Give up what was waiting for a channel that was switched off; it stays readable in the app.  One query."""
    waiting = Delivery.objects.filter(channel=channel, delivered_at=None, given_up_at=None)
    return waiting.update(given_up_at=at, error="off")
