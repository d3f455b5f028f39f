"""A calendar edit: deadlines of open cases move, each project's record says why, each person is told once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.cases.held import Held, Stroke, hold_many
from luodi.cases.kinds import REPROJECTED
from luodi.cases.models import Case
from luodi.cases.recording import act
from luodi.domain import written
from luodi.domain.clock.reproject import Moved, Open
from luodi.domain.clock.reproject import reproject as moved_by
from luodi.domain.clock.rules import pause_rules
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Text
from luodi.domain.workdays import WorkCalendar
from luodi.notices.actions import Message, write
from luodi.plans.actions import Cause


@dataclass(frozen=True, slots=True)
class Reprojected:
    """How many open cases moved, in how many projects."""

    cases: int
    projects: int


def reproject(*, before: WorkCalendar, after: WorkCalendar, why: str, by: Acting, at: datetime) -> Reprojected:
    """Re-project the deadlines of every open case whose clock has begun, after an edit of the calendar.

    One transaction and one entry of the record for each project whose deadlines move; then one notice for each person
    who handles such a case, with their number.  `why`: what the edit rests on.  Repeating it moves nothing again.
    """
    reason = written.text(why, "reason")
    projects = list(
        Case.objects.filter(open=True, accepted_at__isnull=False).order_by("project").values_list("project_id", flat=True)
        .distinct()
    )  # fmt: skip
    told: Counter[int] = Counter()
    cases, touched = 0, 0
    for project in projects:
        with transaction.atomic():
            people = _one_project(project, before, after, reason, by, at)
        told.update(people)
        cases += len(people)
        touched += bool(people)
    messages = [
        Message(frozenset({person}), "calendar_edited", {"reason": reason[:200], "count": count}, "/inbox/")
        for person, count in sorted(told.items())
        if person
    ]
    with transaction.atomic():
        write(messages, at=at)
    return Reprojected(cases, touched)


def _one_project(
    project: int, before: WorkCalendar, after: WorkCalendar, reason: str, by: Acting, at: datetime
) -> list[int]:
    """Move the deadlines of one project; the person who handles each case that moved, 0 for nobody."""
    rows = (
        Case.objects.select_for_update(of=("self",))
        .select_related("project", "organisation", "handler")
        .filter(project=project, open=True, accepted_at__isnull=False)
        .order_by("id")
    )
    held = {one.row.pk: one for one in hold_many(rows)}
    moved = [one for one in moved_by([opened(one) for one in held.values()], before=before, after=after, now=at)
             if _is_news(held[int(one.key)], one)]  # fmt: skip
    if not moved:
        return []
    subject = held[int(moved[0].key)].subject
    begun = act(subject, REPROJECTED, _payload(reason, moved, held), by=by, at=at, key=None)
    for one in moved:
        case = held[int(one.key)]
        case.days = after
        details = {"was": one.was.due, "now": one.now.due, "promise_was": one.was.promise_due,
                   "promise_now": one.now.promise_due}  # fmt: skip
        begun.write(case, (Stroke(REPROJECTED, case.moment(at), reason, details=details),))
    begun.settle(Cause("calendar_edit", entry=begun.entry))
    handlers = [held[int(one.key)].row.handler for one in moved]
    return [one.person_id if one else 0 for one in handlers]


def opened(held: Held) -> Open:
    """An open case as the clock needs it."""
    course = held.course
    return Open(
        held.row.pk, course.accepted or held.row.opened_at, held.terms, course.pauses, course.extensions,
        pause_rules(held.row.matter),
    )  # fmt: skip


def _is_news(held: Held, moved: Moved) -> bool:
    """Whether the row does not already stand as the new calendar has it: the same edit told twice moves nothing."""
    return (held.row.due, held.row.promise_due) != (moved.now.due, moved.now.promise_due)


def _payload(reason: str, moved: Sequence[Moved], held: dict[int, Held]) -> dict[str, Json]:
    days = {one.day: one for each in moved for one in each.because}
    return {
        "reason": reason,
        "days": [{"day": day, "works": one.works, "name": _zh(one.name)} for day, one in sorted(days.items())],
        "cases": [
            {"case": held[int(one.key)].row.number, "was": one.was.due, "now": one.now.due,
             "promise_was": one.was.promise_due, "promise_now": one.now.promise_due}
            for one in moved
        ],
    }  # fmt: skip


def _zh(name: Text | None) -> str:
    return name.zh if name else ""
