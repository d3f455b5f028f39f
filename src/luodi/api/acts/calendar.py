"""The calendar of working days edited: a year's notice or a single day, tried first where the caller wants to see it."""

from datetime import date
from typing import Annotated

from django.http import QueryDict
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Long
from luodi.api.problems import Words
from luodi.api.shapes import Shape
from luodi.desk.workdays import asked, views
from luodi.journal.readers import recorded

TAG = "rules"
Name = Annotated[str, Field(max_length=64)]


class Paper(BaseModel, extra="forbid"):
    """The paper an edit rests on; `try_only`: say what it would move and add nothing."""

    title: Line
    number: Line = ""
    link: str = Field(default="", max_length=500)
    reason: Long = ""
    try_only: bool = False


class NoticeHoliday(BaseModel, extra="forbid"):
    """A holiday with its first and last day."""

    zh: Name
    en: Name = ""
    first: Day
    last: Day


class YearNotice(Paper):
    """The holiday notice of a year: its holidays, and the weekend days on which people work."""

    year: int = Field(ge=2000, le=2100)
    holidays: list[NoticeHoliday] = Field(min_length=1, max_length=asked.ROWS)
    workdays: list[Day] = Field(default_factory=list, max_length=12)


class SingleDay(Paper):
    """One day that becomes a day off (`name`) or, with `works`, a working day."""

    day: Day
    works: bool = False
    name: Name = ""
    name_en: Name = ""


class Changed(Shape):
    """A day that the edit changes."""

    day: date
    works: bool
    name: Words | None


class Moved(Shape):
    """An open case whose deadlines move."""

    number: str
    project: str
    project_name: Words
    matter: str
    was: date | None
    now: date | None
    promise_was: date | None
    promise_now: date | None


class Edited(Shape):
    """What the edit changes.  `edit`: its number, null where it was only tried.  `looked`: cases worked out, of `open`.

    `repeated`: it had been added under the same key, and nothing was done twice.
    """

    edit: int | None
    days: list[Changed]
    rows: list[Moved]
    looked: int
    open: int
    repeated: bool = False


@doors.acts(TAG, "/calendar/notices", "calendar.edit", Edited)
def add_notice(request: SignedIn, sent: YearNotice) -> dict[str, object]:
    """Add the holiday notice of a year, or say what it would move.  Eight queries and those of the cases it moves."""
    form = _paper(sent)
    form.update({"what": "notice", "year": str(sent.year), "workdays": " ".join(map(str, sent.workdays))})
    for i, one in enumerate(sent.holidays):
        form.update({f"zh-{i}": one.zh, f"en-{i}": one.en, f"first-{i}": str(one.first), f"last-{i}": str(one.last)})
    return _edit(request, form, sent)


@doors.acts(TAG, "/calendar/days", "calendar.edit", Edited)
def add_day(request: SignedIn, sent: SingleDay) -> dict[str, object]:
    """Make one day a day off or a working day, or say what that would move."""
    form = _paper(sent)
    works = "yes" if sent.works else "no"
    form.update({"what": "day", "day": str(sent.day), "works": works, "name": sent.name, "name_en": sent.name_en})
    return _edit(request, form, sent)


def _paper(sent: Paper) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update({"title": sent.title, "number": sent.number, "link": sent.link})
    return form


def _edit(request: SignedIn, form: QueryDict, sent: Paper) -> dict[str, object]:
    """As the page: the calendar belongs to no zone, so only those of the whole province edit it."""
    require(request.acting, "calendar.edit", zone="")
    key = doors.key(request)
    if not sent.try_only and key and recorded(key):
        return {"edit": None, "days": (), "rows": (), "looked": 0, "open": 0, "repeated": True}
    added, would = views.moves(form, request.now)
    edit = None
    if not sent.try_only:
        edit = views.add(added, would, reason=sent.reason, by=request.acting, at=request.now, key=key)
    return {"edit": edit, "days": would.days, "rows": would.rows, "looked": would.looked, "open": would.open}
