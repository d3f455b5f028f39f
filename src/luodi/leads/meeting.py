"""Visits out and in, calls, matching events and signing ceremonies, with their lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.leads.announced import Announced
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.leads.models import Item, Lead, Meeting
from luodi.leads.saying import chosen

KINDS = {
    "out": Text("外出走访", "Visit to them"), "in": Text("来访考察", "Visit by them"), "call": Text("电话、视频", "Call"),
    "matching": Text("对接会", "Matching event"), "signing": Text("签约活动", "Signing ceremony"),
}  # fmt: skip
EVENTS = ("matching", "signing")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a meeting's list: a lead that was seen, or what was signed.  `amount` in whole yuan."""

    lead: int | None = None
    part: str = ""
    project: str = ""
    place: str = ""
    firm: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a meeting.  `exact` False: the source gives the month alone.  Without `said` it lies ahead."""

    kind: str
    title: str
    on: date
    place: str = ""
    ours: str = ""
    theirs: str = ""
    said: str = ""
    exact: bool = True
    source: str = ""


def record_meeting(
    *, zone: str | None, about: About, lines: Sequence[Line], announced: Sequence[Announced] = (), by: Acting,
    at: datetime, sample: bool = False, key: str | None = None,
) -> int:  # fmt: skip
    """Record a visit or an event, past or planned, with its list and the figures announced of it; its id.

    Raises `Refusal` for words about a day that has not come.
    """
    if about.said.strip() and about.on > day_of(at):
        raise Refusal("lead_day_ahead", field="on", on=about.on)
    row = Meeting(
        kind=chosen(about.kind, KINDS, "kind", empty=False), zone_id=zone, title=written.line(about.title, "title"),
        on=about.on, exact=about.exact, place=written.line(about.place, "place", empty=True),
        ours=written.text(about.ours, "ours", empty=True), theirs=written.text(about.theirs, "theirs", empty=True),
        said=written.text(about.said, "said", empty=True), source=written.line(about.source, "source", empty=True),
        announced=[[one.part, one.measure.value, one.figure] for one in announced], sample=sample,
        post_id=by.post or None, who=by.label[:200], at=at,
    )  # fmt: skip
    leads = [one.lead for one in lines if one.lead is not None]
    with transaction.atomic():
        if Lead.objects.filter(pk__in=leads).count() != len(set(leads)):
            raise Refusal("no_such_lead", field="lead")
        row.save(force_insert=True)
        Item.objects.bulk_create(_item(row, one) for one in lines)
        payload: dict[str, Json] = {
            "meeting": row.pk, "what": row.kind, "title": row.title, "on": row.on, "rows": len(lines),
            "announced": row.announced,
        }  # fmt: skip
        append(chain=chain(zone), kind="meeting.recorded", by=by, at=at, zone=zone or "", payload=payload, key=key)
    return row.pk


def report_meeting(*, meeting: int, said: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Say what was said, once it was held.  Raises `Refusal` for a day ahead, or where it has been said."""
    with transaction.atomic():
        row = Meeting.objects.select_for_update().filter(pk=meeting).first()
        if row is None:
            raise Refusal("no_such_meeting")
        if row.said:
            raise Refusal("meeting_reported")
        if row.on > day_of(at):
            raise Refusal("lead_day_ahead", on=row.on)
        row.said, row.reported, zone = written.text(said, "said"), at, row.zone_id or ""
        row.save(update_fields=("said", "reported"))
        payload: dict[str, Json] = {"meeting": row.pk, "said": row.said[:2000]}
        append(chain=chain(zone), kind="meeting.reported", by=by, at=at, zone=zone, payload=payload, key=key)


def chain(zone: str | None) -> str:
    """Where the record of a meeting is kept: with its zone, or with the province."""
    return f"zone:{zone}" if zone else "meetings"


def _item(row: Meeting, one: Line) -> Item:
    return Item(
        meeting=row, lead_id=one.lead, part=written.line(one.part, "rows", empty=True)[:100],
        project=written.line(one.project, "rows", empty=True), place=written.line(one.place, "rows", empty=True),
        firm=written.line(one.firm, "rows", empty=True), amount=one.amount,
    )  # fmt: skip
