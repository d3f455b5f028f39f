"""Visits and events before signing: what was said with whom, and whether an event's figures hold; and the month's calendar."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.utils import timezone
from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn, require
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.leads import TAG, Lead, seen
from luodi.api.shapes import Few, Numbered, Page, Shape
from luodi.desk.pipeline.month_views import MOST, first_of
from luodi.domain.vocabulary import Refusal
from luodi.leads import meetings as readers
from luodi.leads import readers as leads
from luodi.leads.meeting import KINDS

Kind = Annotated[str, Query(max_length=32, description="One of: " + ", ".join(KINDS))]
Skip = Annotated[int | None, Query(ge=1, le=10**8, description="`next` of the page before")]


class MeetingItem(Shape):
    """A line of the list; `lead` null where there is none within reach; `amount` in whole yuan."""

    lead: int | None
    company: str
    part: str
    project: str
    place: str
    firm: str
    amount: int | None


class MeetingFigure(Shape):
    """An announced figure beside what the list gives; `bare`: nothing in the list backs it."""

    part: str
    measure: str = Field(description="projects, zones, firms or amount (whole yuan)")
    figure: int
    found: int
    bare: bool
    agrees: bool


class Meeting(Shape):
    """A visit or an event; `zone` empty: of the province; `exact` false: `on` stands for its month; `said` empty: ahead."""

    id: int
    kind: str
    kind_name: Words
    zone: str
    zone_name: Words
    title: str
    on: date
    exact: bool
    place: str
    ours: str
    theirs: str
    said: str
    source: str
    sample: bool
    who: str
    at: datetime
    figures: list[MeetingFigure]
    items: list[MeetingItem]


class LeadMonth(Shape):
    """Visits, events and next steps of a month, both days counted."""

    first: date
    last: date
    meetings: list[Meeting]
    steps: list[Lead]


@reads(TAG, "/meetings", "lead.read", Page[Meeting])
def meetings(
    request: SignedIn, kind: Kind = "",
    lead: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="Those at which this lead was seen")] = None,
    after: Skip = None, limit: Few = 50,
) -> dict[str, object]:  # fmt: skip
    """Visits and events within reach and of the province, the last first.  Two queries."""
    if kind and kind not in KINDS:
        raise Refusal("lead_choice_unknown", field="kind", value=kind)
    of_lead = seen(request, lead, "lead.read").id if lead is not None else None
    rows = readers.meetings(
        request.acting.reach,
        kinds=(kind,) if kind else (),
        lead=of_lead,
        before=after,
        limit=limit + 1,
        as_of=request.as_of,
    )
    following = str((after or 0) + limit) if len(rows) > limit else None
    return {"rows": [_told(request, one) for one in rows[:limit]], "next": following}


@reads(TAG, "/meetings/{int:meeting}", "lead.read", Meeting)
def meeting(request: SignedIn, meeting: Numbered) -> dict[str, object]:
    """One visit or event with its list, and every announced figure beside what the list gives.  Two queries."""
    return _told(request, met(request, meeting, "lead.read"))


@reads(TAG, "/pipeline/calendar", "lead.read", LeadMonth)
def lead_month(
    request: SignedIn, month: Annotated[str | None, Query(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")] = None
) -> dict[str, object]:
    """Visits, events and next steps of a month (2026-11; nothing: this one).  Three queries."""
    first = first_of(month or "", timezone.localdate(request.as_of or request.now))
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    zones = request.acting.reach
    found = readers.meetings(zones, since=first, until=last, limit=MOST, as_of=request.as_of)
    return {
        "first": first, "last": last, "meetings": [_told(request, one) for one in found],
        "steps": leads.open_steps(zones, first, last, request.as_of),
    }  # fmt: skip


def met(request: SignedIn, number: int, function: str) -> readers.MeetingRow:
    """A visit or event, if the post may do this to it; those of the province are read by every zone.

    Raises `Refusal("api_not_found")`, or `OutOfReach`.
    """
    row = readers.meeting(number, request.as_of)
    if row is None:
        raise Refusal("api_not_found")
    if row.zone or function != "lead.read":
        require(request.acting, function, zone=row.zone)
    return row


def _told(request: SignedIn, row: readers.MeetingRow) -> dict[str, object]:
    reach = request.acting.reach
    same = (
        "id", "kind", "zone", "zone_name", "title", "on", "exact", "place", "ours", "theirs", "said", "source", "sample",
        "who", "at",
    )  # fmt: skip
    line = ("company", "part", "project", "place", "firm", "amount")
    return {name: getattr(row, name) for name in same} | {
        "kind_name": KINDS[row.kind],
        "figures": [
            {
                "part": one.announced.part, "measure": str(one.announced.measure), "figure": one.announced.figure,
                "found": one.found, "bare": one.bare, "agrees": one.agrees,
            }
            for one in row.findings
        ],
        "items": [
            {name: getattr(one, name) for name in line}
            | {"lead": one.lead if reach is None or one.zone in reach else None}
            for one in row.items
        ],
    }  # fmt: skip
