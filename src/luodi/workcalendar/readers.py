"""Questions about the working days in force.

Clock and planner ask for them at every turn, so a process keeps the calendar it has built and looks at the table again
after `KEPT_SECONDS`.  Until then another process's edit is not known here: deadlines are worked out anew only once no
process can be without it (docs/adr/0008).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from time import monotonic

from luodi.domain.vocabulary import Source, Text
from luodi.domain.workdays import Added, WorkCalendar
from luodi.domain.workdays import in_force as calendar_with
from luodi.workcalendar.models import CalendarDay, CalendarEdit

KEPT_SECONDS = 10
"""So long a process may not know an edit made in another."""


@dataclass(frozen=True, slots=True)
class EditRow:
    """A notice or a correction that an officer added; `settled_at` None: deadlines are still being worked out anew."""

    id: int
    year: int | None
    title: str
    number: str
    link: str
    reason: str
    who: str
    at: datetime
    entry: str
    settled_at: datetime | None
    days: tuple[tuple[date, Text | None], ...]

    def added(self) -> Added:
        """The edit as the domain takes it."""
        return Added(Source(self.title, self.number or None, self.link or None), self.year, self.days)


@dataclass(slots=True)
class Known:
    """What a process knows of the edits, and the calendar they make."""

    looked: float = float("-inf")
    added: tuple[Added, ...] = ()
    calendar: WorkCalendar | None = None
    mark: str = ""

    def look(self) -> WorkCalendar:
        """The calendar in force, asking the table where the last look is too long ago.  At most two queries."""
        if monotonic() - self.looked >= KEPT_SECONDS:
            self.take(one.added() for one in edits())
        return self.calendar if self.calendar is not None else calendar_with(())

    def take(self, added: Iterable[Added]) -> None:
        """Take what the table says; the calendar is built anew only where that differs."""
        found = tuple(added)
        if self.calendar is None or found != self.added:
            self.added, self.calendar = found, calendar_with(found)
            self.mark = sha256(repr(found).encode()).hexdigest()[:16] if found else ""
        self.looked = monotonic()


KNOWN = Known()


def in_force() -> WorkCalendar:
    """The working days in force, with plain weekends beyond the last notice.  No query but one or two each ten seconds."""
    return KNOWN.look()


def mark() -> str:
    """What tells this calendar from another, across processes; "" for that of the published notices.  Queries as above."""
    KNOWN.look()
    return KNOWN.mark


def forget() -> None:
    """Ask the table at the next turn: after an edit."""
    KNOWN.looked = float("-inf")


def edits(*, settled: bool | None = None) -> tuple[EditRow, ...]:
    """What officers added, oldest first; the settled ones, the others, or both.  Two queries, one where there is nothing."""
    found = CalendarEdit.objects.order_by("id")
    if settled is not None:
        found = found.filter(settled_at__isnull=not settled)
    rows = list(
        found.values_list("id", "year", "title", "number", "link", "reason", "who", "at", "entry", "settled_at")
    )
    days = days_of([row[0] for row in rows]) if rows else {}
    return tuple(EditRow(*row, days=tuple(days.get(row[0], ()))) for row in rows)


def days_of(edits: Iterable[int]) -> Mapping[int, list[tuple[date, Text | None]]]:
    """The days of edits, in order.  One query."""
    found: dict[int, list[tuple[date, Text | None]]] = {}
    rows = CalendarDay.objects.filter(edit__in=list(edits)).order_by("edit", "day")
    for edit, day, works, zh, en in rows.values_list("edit_id", "day", "works", "zh", "en"):
        found.setdefault(edit, []).append((day, None if works else Text(zh, en or zh)))
    return found


def without(left_out: Iterable[int]) -> WorkCalendar:
    """The calendar as it would be without some edits: what was in force before them.  Two queries."""
    gone = set(left_out)
    return calendar_with(tuple(one.added() for one in edits() if one.id not in gone))


def with_also(more: Added) -> WorkCalendar:
    """The calendar as it would be with one more edit, for a preview.  Two queries."""
    return calendar_with((*(one.added() for one in edits()), more))
