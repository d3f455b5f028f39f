"""The queue of deliveries: taken by one worker, put off where a channel is quiet, tried again or given up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet

from luodi.domain.vocabulary import Text
from luodi.notices.facts import unpack
from luodi.notices.kinds import said, urgent
from luodi.notices.models import Channel, Delivery
from luodi.notices.quiet import released
from luodi.notices.rules import sending_rules

AT_ONCE = 500
"""Deliveries of one channel taken together at most."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round did, counted in deliveries."""

    delivered: int = 0
    again: int = 0
    given_up: int = 0
    held: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(
            self.delivered + other.delivered,
            self.again + other.again,
            self.given_up + other.given_up,
            self.held + other.held,
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery this worker has taken; `tries` counts this one."""

    id: int
    words: Text
    link: str
    urgent: bool
    tries: int


def waiting(at: datetime) -> QuerySet[Delivery]:
    """What may be taken at a moment."""
    return Delivery.objects.filter(delivered_at=None, given_up_at=None, next_try__lte=at)


def take(channel: Channel, at: datetime) -> tuple[tuple[Taken, ...], Sent]:
    """Take what may go out through a channel now and put off what may not; what was put off or given up is counted.

    The rows are locked while they are taken (on SQLite the whole database is); what another worker has locked is
    passed over.  From then on `next_try` is the end of the lease.
    """
    with transaction.atomic():
        found = _locked(channel, at)
        stopped = [one.id for one in found if one.tries > len(sending_rules().backoff) + 1]
        held = [one for one in found if _first(channel, at, one.urgent) > at and one.id not in stopped]
        mine = tuple(one for one in found if one not in held and one.id not in stopped)
        _rows(stopped).update(given_up_at=at, error="stopped")
        for urgent_ in (True, False):
            late = [one.id for one in held if one.urgent is urgent_]
            _rows(late).update(next_try=_first(channel, at, urgent_))
        digest = mine[0].id if len(mine) > sending_rules().digest_above else None
        lease = at + sending_rules().lease
        _rows(one.id for one in mine).update(tries=F("tries") + 1, next_try=lease, digest=digest)
    return mine, Sent(held=len(held), given_up=len(stopped))


def settle(taken: Collection[Taken], error: str, at: datetime) -> Sent:
    """Note how the sending of what was taken ended: delivered, or when it is tried again, or given up and why."""
    if not error:
        _rows(one.id for one in taken).update(delivered_at=at, error="")
        return Sent(delivered=len(taken))
    backoff, sent = sending_rules().backoff, Sent()
    for tries in {one.tries for one in taken}:
        rows = _rows(one.id for one in taken if one.tries == tries).filter(delivered_at=None)
        if error in HOPELESS or tries > len(backoff):
            sent = replace(sent, given_up=sent.given_up + rows.update(given_up_at=at, error=error))
        else:
            sent = replace(sent, again=sent.again + rows.update(next_try=at + backoff[tries - 1], error=error))
    return sent


HOPELESS = ("address", "sealed")
"""Failures that no second try mends."""


def _locked(channel: Channel, at: datetime) -> list[Taken]:
    skip = connection.features.has_select_for_update_skip_locked
    rows = waiting(at).filter(channel=channel).order_by("pk")
    rows = rows.select_for_update(skip_locked=skip, of=("self",) if skip else ())
    columns = ("pk", "notice__kind", "notice__facts", "notice__link", "tries")
    return [
        Taken(id_, said(kind, unpack(facts)), link, urgent(kind), tries + 1)
        for id_, kind, facts, link, tries in rows.values_list(*columns)[:AT_ONCE]
    ]


def _first(channel: Channel, at: datetime, urgent_: bool) -> datetime:
    """The first moment at which a channel may speak."""
    return released(
        at,
        quiet_from=channel.quiet_from,
        quiet_to=channel.quiet_to,
        away_until=channel.away_until,
        urgent=urgent_,
    )


def _rows(ids: Iterable[int]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=list(ids))
