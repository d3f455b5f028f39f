"""What the cases of a project say to its plan: what is done, what is under way until when, what is frozen."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from luodi.cases.models import Case, CaseEvent, Halt
from luodi.domain.clock.office import day_of
from luodi.domain.facts.project import Progress
from luodi.domain.handling.halting import works_until
from luodi.domain.handling.states import AGREED, State
from luodi.workcalendar.readers import in_force

WORKS = "works"
"""What the plan calls the building works among what is frozen."""

SATISFIED = AGREED | {State.NOT_NEEDED}
"""States after which a matter is done with: granted, or found to need no licence."""

GONE = frozenset({State.WITHDRAWN, State.REFUSED, State.DENIED, State.TAKEN_BACK, State.REVOKED})
"""States after which a matter must be applied for again: the plan counts it as not begun."""

COLUMNS = ("state", "accepted_at", "closed_at", "expected", "due")


def now_progress(project: int, today: date) -> dict[str, Progress]:
    """The progress of every matter with a case, by the newest application of each.  One query."""
    rows = Case.objects.filter(project=project).order_by("round")
    return _told(rows.values_list("matter", "opened_at", *COLUMNS), today)


def progress_at(project: int, as_of: datetime) -> dict[str, Progress]:
    """The progress as it was known at a moment.  One query."""
    later = CaseEvent.objects.filter(case=OuterRef("case"), seq__gt=OuterRef("seq"), at__lte=as_of)
    rows = CaseEvent.objects.filter(case__project=project, at__lte=as_of).exclude(Exists(later)).order_by("case__round")
    return _told(rows.values_list("case__matter", "case__opened_at", *COLUMNS), day_of(as_of))


Known = tuple[str, datetime, int, datetime | None, datetime | None, date | None, date | None]


def _told(rows: Iterable[Known], today: date) -> dict[str, Progress]:
    """Where a promise has passed unkept, the law's day is what can still be expected."""
    found: dict[str, Progress] = {}
    for matter, opened, state, accepted, closed, expected, due in rows:
        if state in GONE:
            found.pop(matter, None)
            continue
        started = day_of(accepted or opened)
        finished = day_of(closed) if closed and state in SATISFIED else None
        if expected is not None and expected < today and due is not None and due >= today:
            expected = due
        found[matter] = Progress(started, finished, None if finished else expected)
    return found


Stop = tuple[str, date | None, datetime, datetime | None]
"""Of a halt: what it freezes, until when (where somebody said so), when it was found, when works resumed."""


def frozen(project: int, today: date, started: date | None) -> Mapping[str, date]:
    """What halts freeze, with the first day on which it may go on: tomorrow, where nobody has said.  One query.

    `started`: when the building works began; a stop that is over holds them up for as long as it lasted.
    """
    rows = Halt.objects.filter(project=project).values_list("freezes", "until", "found_at", "resumed_at")
    return frozen_by(rows, today, started)


def frozen_by(halts: Iterable[Stop], today: date, started: date | None) -> dict[str, date]:
    """The same of halts that are known.  No query."""
    found: dict[str, date] = {}
    stops = []
    for freezes, until, found_at, resumed_at in halts:
        waiting = json.loads(freezes)
        free = day_of(resumed_at) if resumed_at else max(until or date.min, today + timedelta(days=1))
        if "completion" in waiting:
            stops.append((day_of(found_at), free))
        if resumed_at is None:
            found |= {one: max(free, found.get(one, free)) for one in waiting}
    held_up = works_until(stops, started, today, in_force())
    return found | ({WORKS: held_up} if held_up else {})
