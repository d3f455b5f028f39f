"""Every hour: what of all rooms falls due soon, or has, is told to whom it concerns; each day of each thing once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from luodi.accounts import readers as accounts
from luodi.accounts.offices import kind_name
from luodi.cases import approaching as cases
from luodi.dealings import approaching as dealings
from luodi.debts import approaching as debts
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Text
from luodi.entry import approaching as entry
from luodi.factors import approaching as factors
from luodi.leads import approaching as leads
from luodi.ledgers import approaching as ledgers
from luodi.notices import reminders
from luodi.notices.facts import Fact
from luodi.notices.reminders import Upcoming
from luodi.supervision import approaching as supervision
from luodi.taskforces import approaching as taskforces
from luodi.workcalendar.readers import in_force
from luodi.zones import readers as zones

ROOMS = (leads, dealings, entry, taskforces, factors, cases, debts, ledgers, supervision)
"""The rooms with days that somebody should be reminded of."""


def remind(*, at: datetime) -> int:
    """Send the reminders that have come; the number of notices written.  A moment asked twice sends nothing twice."""
    return reminders.remind(at=at, upcoming=upcoming(day_of(at)), calendar=in_force())


def upcoming(today: date) -> Iterator[Upcoming]:
    """Everything with a day near enough for a reminder.  Some twenty queries."""
    reach = timedelta(days=reminders.horizon())
    for room in ROOMS:
        yield from room.approaching(since=today - reach, until=today + reach)
    yield from _posts(today)
    yield from _powers(today, today + reach)


def _posts(today: date) -> Iterator[Upcoming]:
    """Contracts that end: the person is told, and the committee of the organisation's zone."""
    committees: dict[str, list[int]] = {}
    for one in accounts.organisations(kind="committee", on=today):
        committees.setdefault(one.zone, []).append(one.id)
    for held in accounts.expiring(today):
        post, kind = held.post, kind_name(held.post.kind)
        words = Text(f"{post.organisation_name.zh}{kind.zh}", f"{kind.en}, {post.organisation_name.en}")
        yield Upcoming("post_expiring", held.until, f"post:{post.id}", {"post": words}, people=(post.person,))
        facts: dict[str, Fact] = {"who": post.name, "post": words}
        told = committees.get(post.zone, ()) if post.zone else ()
        yield Upcoming("contract_expiring", held.until, f"contract:{post.id}", facts, organisations=tuple(told))


def _powers(today: date, until: date) -> Iterator[Upcoming]:
    """Delegated powers that end: the organisation that holds them is told."""
    for one in zones.powers(on=today):
        if one.ends is not None and one.ends <= until:
            known = load().matters.get(one.matter)
            about: dict[str, Fact] = {"matter": known.name if known else one.matter, "document": one.document}
            yield Upcoming("power_expiring", one.ends, f"power:{one.id}", about, organisations=(one.organisation,))
