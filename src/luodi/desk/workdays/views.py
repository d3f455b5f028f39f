"""The calendar of working days: the months with the notices they rest on, and what an officer adds, with a preview."""

from datetime import date, datetime

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.acting import Acting
from luodi.accounts.gate import SignedIn, Verdict, Visit, needs, public, require, verdict
from luodi.cases import settling
from luodi.cases.readers.moving import Moving, moving
from luodi.desk.asked import attempt, key, new_key, status
from luodi.desk.charting import answers
from luodi.desk.workdays import asked, months
from luodi.domain.vocabulary import Refusal, Text
from luodi.domain.workdays import Added, WorkCalendar
from luodi.journal.readers import recorded
from luodi.workcalendar import actions, readers

SHOWN = 50
AT_ONCE = 300
"""Open cases up to which their deadlines are worked out while the officer waits; more are left to the worker."""


@require_GET
@public
def calendar(request: Visit) -> HttpResponse:
    """A year of working days; open to everybody.  Two queries."""
    return _page(request)


@require_POST
@needs("calendar.edit")
def preview_notice(request: SignedIn) -> HttpResponse:
    """What the notice of a year would change, before it is added."""
    return _preview(request)


@require_POST
@needs("calendar.edit")
def preview_day(request: SignedIn) -> HttpResponse:
    """What a single day would change, before it is added."""
    return _preview(request)


def _preview(request: SignedIn) -> HttpResponse:
    require(request.acting, "calendar.edit", zone="")
    try:
        preview = moves(request.POST, request.now)
    except Refusal as refused:
        return _page(request, refused)
    return _page(request, preview=preview)


@require_POST
@needs("calendar.edit")
def confirm(request: SignedIn) -> HttpResponseBase:
    """The edit is added, and open deadlines are worked out anew."""
    require(request.acting, "calendar.edit", zone="")
    years: list[int] = []

    def act() -> None:
        if (sent := key(request.POST)) and recorded(sent):
            return
        added, would = moves(request.POST, request.now)
        years.append(added.days[0][0].year if added.year is None else added.year)
        add(added, would, reason=request.POST.get("reason", ""), by=request.acting, at=request.now, key=sent)

    refused = attempt(act)
    if refused:
        return _page(request, refused)
    return redirect(f"{reverse('calendar')}?year={years[0]}" if years else reverse("calendar"))


def moves(sent: QueryDict, now: datetime) -> tuple[Added, Moving]:
    """What a form asks for, and the open deadlines it would move.  Five queries.  Raises `Refusal` beside its field."""
    readers.forget()  # an edit made in another process a moment ago is known before the next one is weighed
    before = readers.in_force()
    added = asked.added(sent, before)
    return added, moving(before=before, after=readers.with_also(added), now=now)


def add(added: Added, would: Moving, *, reason: str, by: Acting, at: datetime, key: str | None) -> int:
    """Add an edit; deadlines are worked out anew at once where they are few, else by the worker.  Its number."""
    edit = actions.add(added=added, reason=reason, by=by, at=at, key=key)
    if would.open <= AT_ONCE:
        settling.at_once(edit=edit, by=by, at=at)
    return edit


def _page(request: Visit, refused: Refusal | None = None, preview: tuple[Added, Moving] | None = None) -> HttpResponse:
    days, today = readers.in_force(), timezone.localdate(request.now)
    year = year_of(request.GET.get("year", ""), days, today)
    edits = readers.edits()
    sent = request.POST if refused or preview else None
    context = {
        "year": year,
        "years": range(days.first.year, days.published.year + 2),
        "months": months.months(days, year),
        "weekdays": months.WEEKDAYS,
        "kinds": months.KINDS,
        "projected": date(year, 12, 31) > days.published,
        "notices": days.notices.get(year, ()),
        "holidays": holidays(days, year),
        "edits": [one for one in reversed(edits) if concerns(one, year)],
        "waiting": [one for one in edits if one.settled_at is None],
        "said": _verdict(request),
        "next_year": days.published.year + 1,
        "usual": [name for name, *_ in holidays(days, days.published.year)],
        "spare": range(asked.ROWS),
        "sent": sent if sent is not None else {},
        "what": sent.get("what", "") if sent is not None else "",
        "fields_sent": [(name, value) for name, value in sent.items() if name not in ("csrfmiddlewaretoken", "key")]
        if sent is not None
        else (),
        "refused": refused,
        "preview": preview,
        "at_once": AT_ONCE,
        "shown": SHOWN,
        "rules": answers.catalogue(),
        "today": today,
        "key": new_key(),
        "place": "calendar",
    }
    return render(request, "workdays/calendar.html", context, status=status(refused))


def holidays(days: WorkCalendar, year: int) -> list[tuple[Text, date, date]]:
    """The holidays of a year, days in a row under one name, in order."""
    found: list[tuple[Text, date, date]] = []
    for day, name in sorted((one for one in days.holidays.items() if one[0].year == year), key=lambda one: one[0]):
        if found and found[-1][0] == name and (day - found[-1][2]).days == 1:
            found[-1] = (name, found[-1][1], day)
        else:
            found.append((name, day, day))
    return found


def _verdict(request: Visit) -> Verdict | None:
    """Whether the post may edit: the calendar belongs to no zone, so only those of the whole province."""
    return verdict(request.acting, "calendar.edit", zone="") if request.acting is not None else None


def concerns(edit: readers.EditRow, year: int) -> bool:
    """Whether an edit changed any day of a year."""
    return edit.year == year or any(day.year == year for day, _ in edit.days)


def year_of(text: str, days: WorkCalendar, today: date) -> int:
    """The year an address asks for, within those the calendar covers; the present one where it asks for none."""
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return min(max(wanted, days.first.year), days.last.year)
