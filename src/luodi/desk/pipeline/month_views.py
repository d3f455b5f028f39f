"""A month of visits, events and next steps, day by day."""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.pipeline.views import shared, today_of
from luodi.desk.workdays.months import WEEKDAYS
from luodi.leads import meetings, readers
from luodi.leads.meeting import KINDS
from luodi.leads.meetings import MeetingRow
from luodi.leads.readers import Row
from luodi.workcalendar.readers import in_force

MOST = 500


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month with what is on it."""

    on: date
    work: bool | None
    meetings: tuple[MeetingRow, ...] = field(default=())
    steps: tuple[Row, ...] = field(default=())


@require_GET
@needs("lead.read")
def month(request: SignedIn) -> HttpResponse:
    """Visits, events and next steps of a month (`month=2026-11`).  Four queries."""
    today, then = today_of(request), request.as_of
    first = first_of(request.GET.get("month", ""), today)
    following = (first + timedelta(days=32)).replace(day=1)
    last = following - timedelta(days=1)
    zones = request.acting.reach
    found = meetings.meetings(zones, since=first, until=last, limit=MOST, as_of=then)
    steps = readers.open_steps(zones, first, last, then)
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "following": following,
        "weeks": weeks(first, [one for one in found if one.exact], steps),
        "vague": [one for one in found if not one.exact],
        "count": (len(found), len(steps)),
        "late": [one for one in steps if one.due is not None and one.due < today],
        "kinds": KINDS,
        "weekdays": WEEKDAYS,
        **shared(request, None),
    }
    return render(request, "pipeline/month.html", context)


def first_of(written: str, today: date) -> date:
    """The first day of the month asked for; of this month where none is, or none that is known."""
    try:
        found = date.fromisoformat(f"{written}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2099 else today.replace(day=1)


def weeks(first: date, found: list[MeetingRow], steps: tuple[Row, ...]) -> list[list[Day | None]]:
    """The month as weeks from Monday; None for the days of its neighbours."""
    known = in_force()
    on: dict[date, list[MeetingRow]] = {}
    due: dict[date, list[Row]] = {}
    for held in reversed(found):
        on.setdefault(held.on, []).append(held)
    for step in steps:
        if step.due is not None:
            due.setdefault(step.due, []).append(step)

    def day(one: date) -> Day:
        work = known.is_workday(one) if known.first <= one <= known.last else None
        return Day(one, work, tuple(on.get(one, ())), tuple(due.get(one, ())))

    return [
        [day(one) if one.month == first.month else None for one in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
