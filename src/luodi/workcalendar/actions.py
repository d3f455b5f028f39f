"""Adding to the calendar.  Nothing is taken out again: a wrong day is set right by another edit."""

from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.workdays import Added
from luodi.journal.actions import append
from luodi.workcalendar.models import CalendarDay, CalendarEdit
from luodi.workcalendar.readers import forget

CHAIN = "calendar"


@transaction.atomic
def add(*, added: Added, reason: str = "", by: Acting, at: datetime, key: str | None = None) -> int:
    """Add a notice or a single day; the id of the edit.  `added`: made by `domain.workdays.adding`, which checks it.

    Deadlines do not move by this alone: see `cases.settling`.  Six queries.
    """
    source = added.source
    title = written.line(source.title, "title")
    number = written.line(source.article or "", "number", empty=True)
    link = written.text(source.link or "", "link", longest=500, empty=True)
    why = written.text(reason, "reason", empty=True)
    days: list[Json] = [
        {"day": day, "works": name is None, "name": name.zh if name else ""} for day, name in added.days
    ]
    payload: dict[str, Json] = {"title": title, "number": number, "link": link, "year": added.year, "days": days}
    entry = append(chain=CHAIN, kind="calendar.edited", by=by, at=at, payload=payload | ({"reason": why} if why else {}),
                   key=key).hash  # fmt: skip
    row = CalendarEdit.objects.create(
        year=added.year, title=title, number=number, link=link, reason=why, who=by.label[:200], at=at, entry=entry
    )  # fmt: skip
    CalendarDay.objects.bulk_create(
        CalendarDay(edit=row, day=day, works=name is None, zh=name.zh if name else "", en=name.en if name else "")
        for day, name in added.days
    )
    forget()
    transaction.on_commit(forget)
    return row.pk


def settled(*, edits: tuple[int, ...], at: datetime) -> None:
    """Note that every deadline these edits move has been worked out anew.  One query."""
    CalendarEdit.objects.filter(pk__in=edits, settled_at=None).update(settled_at=at)
