"""Before a calendar is edited: which open deadlines would move, from when to when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from luodi.cases.actions.reprojecting import opened
from luodi.cases.held import hold_many
from luodi.cases.models import Case
from luodi.domain.clock.reproject import ChangedDay, changed_days, reproject
from luodi.domain.vocabulary import Text
from luodi.domain.workdays import WorkCalendar

LOOKED_AT = 1000
"""Open cases that a preview works out; how many there are in all it counts."""


@dataclass(frozen=True, slots=True)
class MovingRow:
    """An open case whose deadlines would move.  A deadline is None while the clock stands still: then days left change."""

    number: str
    project: str
    project_name: Text
    matter: str
    was: date | None
    now: date | None
    promise_was: date | None
    promise_now: date | None


@dataclass(frozen=True, slots=True)
class Moving:
    """What an edit would do: the days it changes, the cases it moves among the `looked` at, of `open` that it can concern."""

    days: tuple[ChangedDay, ...]
    rows: tuple[MovingRow, ...]
    looked: int
    open: int


def moving(*, before: WorkCalendar, after: WorkCalendar, now: datetime, zones: Collection[str] | None = None) -> Moving:
    """The open cases of some zones (None: all) that the edit would move, those due first.  Three queries.

    A case due before the first day that changes cannot move; one accepted after the last cannot either.
    """
    days = changed_days(before, after)
    if not days:
        return Moving((), (), 0, 0)
    first, last = days[0].day, days[-1].day
    found = Case.objects.filter(open=True, accepted_at__isnull=False, accepted_at__date__lte=last)
    found = found.filter(Q(due__gte=first) | Q(promise_due__gte=first) | Q(due=None))
    if zones is not None:
        found = found.filter(zone__in=zones)
    rows = found.select_related("project", "organisation").order_by("runs_out", "id")
    held = {one.row.pk: one for one in hold_many(rows[:LOOKED_AT])}
    moved = reproject([opened(one) for one in held.values()], before=before, after=after, now=now)
    shown = []
    for one in moved:
        case = held[int(one.key)]
        shown.append(
            MovingRow(
                case.row.number, case.subject.slug, case.subject.name, case.row.matter, one.was.due, one.now.due,
                one.was.promise_due, one.now.promise_due,
            )
        )  # fmt: skip
    return Moving(days, tuple(shown), len(held), found.count())
