"""Reservations that run out soon: their owners are reminded before."""

from collections.abc import Iterator
from datetime import date, datetime, time

from luodi.domain.ledger.amounts import said
from luodi.domain.ledger.kinds import kinds
from luodi.ledgers import readers
from luodi.ledgers.booking import CHINA
from luodi.notices.reminders import Upcoming


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Reservations that run out in a span of days: their owners are reminded 5 days and 1 day before.  One query."""
    first = datetime.combine(since, time(), CHINA)
    for one in readers.expiring(since=first, until=readers.end_of(until)):
        if one.owner is None or one.expires is None:
            continue
        kind = kinds()[one.quota]
        facts = {"project": one.name, "quota": kind.name, "amount": said(one.amount, kind)}
        day = one.expires.astimezone(CHINA).date()
        yield Upcoming(
            "reservation_expiring", day, f"promise:{one.id}", facts, posts=(one.owner,),
            link=f"/ledgers/{one.source}/", project=one.project,
        )  # fmt: skip
