"""Reminders: what falls due, told as many days before as its kind says; a day that moves is reminded of anew.

What falls due is gathered above (cases, debts, orders, posts) and handed in: this room knows no case.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from luodi.accounts.holders import people_of
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays.calendar import WorkCalendar
from luodi.notices.actions import Message, write
from luodi.notices.facts import Fact
from luodi.notices.kinds import Kind, kinds
from luodi.notices.quiet import SHANGHAI

CALENDAR_DAYS_PER_OFFSET = 3
"""No stretch of working days is longer than three times as many calendar days, and a fortnight of holidays."""
HOLIDAYS = 14
BATCH = 500


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something with a day: whom it concerns, and under which name (`once`, say `case:12`) reminders of it are kept apart.

    The facts `due` and `left` are filled in here.
    """

    kind: str
    due: date
    once: str
    facts: Mapping[str, Fact] = field(hash=False)
    people: Collection[int] = ()
    posts: Collection[int] = ()
    organisations: Collection[int] = ()
    link: str = ""
    project: str = ""


def remind(*, at: datetime, upcoming: Iterable[Upcoming], calendar: WorkCalendar) -> int:
    """Tell everybody whose reminder has come; the number of notices written.

    The day of `at` in Shanghai is today.  Of several offsets that have passed only the last is said; a due date that
    moved is another one, so its reminders come anew.  One transaction and a few queries for every 500 reminders, one
    query for each that names posts or organisations.  A kind without offsets is a bug: `ValueError`.
    """
    today = at.astimezone(SHANGHAI).date()
    total, waiting = 0, list[Message]()
    for message in _messages(upcoming, today, calendar):
        waiting.append(message)
        if len(waiting) == BATCH:
            total, waiting = total + len(write(waiting, at=at).notices), []
    return total + (len(write(waiting, at=at).notices) if waiting else 0)


def horizon() -> int:
    """How many calendar days ahead, and behind, a reader of upcoming days must look so that no reminder is missed."""
    return max(_reach(kind, offset) for kind in kinds().values() for offset in kind.offsets)


def _reach(kind: Kind, offset: int) -> int:
    days = abs(offset)
    return days if kind.unit is DayUnit.CALENDAR else days * CALENDAR_DAYS_PER_OFFSET + HOLIDAYS


def _messages(upcoming: Iterable[Upcoming], today: date, calendar: WorkCalendar) -> Iterator[Message]:
    found: dict[tuple[frozenset[int], frozenset[int]], frozenset[int]] = {}
    for one in upcoming:
        said = _said(one, today, calendar)
        if said is None:
            continue
        kind, offset, left = said
        asked = (frozenset(one.posts), frozenset(one.organisations))
        if asked not in found:
            found[asked] = people_of(posts=asked[0], organisations=asked[1], on=today) if any(asked) else frozenset()
        facts = {**one.facts, "due": one.due, "left": abs(left)}
        once = f"{one.once}:{kind.id}:{one.due}:{offset}"
        yield Message(frozenset(one.people) | found[asked], kind.id, facts, one.link, one.project, once)


def _said(one: Upcoming, today: date, calendar: WorkCalendar) -> tuple[Kind, int, int] | None:
    """The kind to say, the offset that has come, and the days left (negative: past); None where nothing is to be said."""
    kind = kinds()[one.kind]
    if one.due < today:
        if kind.after is None and kind.offsets[-1] >= 0:
            return None
        kind = kinds()[kind.after] if kind.after else kind
    if not kind.offsets:
        raise ValueError(f"nobody is reminded of the kind {kind.id}")
    if abs((one.due - today).days) > max(_reach(kind, offset) for offset in kind.offsets):
        return None
    left = (one.due - today).days if kind.unit is DayUnit.CALENDAR else calendar.count(today, one.due)
    come = [offset for offset in kind.offsets if left <= offset]
    return (kind, come[-1], left) if come else None
