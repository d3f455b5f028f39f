"""Next steps and visits that are one's own, as days of a calendar feed."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse

from luodi.accounts.acting import Acting
from luodi.accounts.gate import verdict
from luodi.domain.clock.office import day_of
from luodi.exchange.calendar_feed import SHANGHAI
from luodi.exchange.due_feed import Day
from luodi.leads import meetings, readers
from luodi.leads.meeting import KINDS

AHEAD = timedelta(days=366)


def days(acting: Acting, at: datetime, language: str, absolute: Callable[[str], str]) -> Iterator[Day]:
    """The next steps a post is to take, and the visits and events it recorded that lie ahead.  Three queries."""
    if not verdict(acting, "lead.read").allowed:
        return
    for one in readers.steps_of(acting.post):
        if one.due is not None:
            stamp = datetime.combine(one.due, time.min, SHANGHAI)  # the same steps make the same bytes
            link = absolute(reverse("lead", kwargs={"lead": one.id}))
            notes = f"{one.title}\n{one.zone_name[language]}"
            yield Day(f"lead-{one.id}", one.due, f"{one.step} · {one.company}", notes, link, stamp)
    today = day_of(at)
    for held in meetings.meetings(acting.reach, since=today, until=today + AHEAD, post=acting.post):
        link = absolute(reverse("lead_meeting", kwargs={"meeting": held.id}))
        title = f"{held.title} · {KINDS[held.kind][language]}"
        yield Day(f"meeting-{held.id}", held.on, title, held.place, link, held.at)
