"""Questions about visits and events."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from luodi.domain.leads.announced import Announced, Finding, Listed, Measure, compare
from luodi.domain.vocabulary import Text
from luodi.leads.models import Item, Meeting

COLUMNS = (
    "id", "kind", "zone_id", "zone__zh", "zone__en", "title", "on", "exact", "place", "ours", "theirs", "said", "announced",
    "source", "sample", "who", "at", "reported",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A line of a list; `zone`: of its lead, "" where it names none."""

    lead: int | None
    company: str
    zone: str
    part: str
    project: str
    place: str
    firm: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A visit or an event.  `exact` False: `on` is the first day of the month the source gives."""

    id: int
    kind: str
    zone: str
    zone_name: Text
    title: str
    on: date
    exact: bool
    place: str
    ours: str
    theirs: str
    said: str
    announced: tuple[Announced, ...]
    source: str
    sample: bool
    who: str
    at: datetime
    reported: datetime | None
    items: tuple[ItemRow, ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every announced figure beside what the list gives."""
        rows = [Listed(one.part, one.project, one.place, one.firm or one.company, one.amount) for one in self.items]
        return compare(self.announced, rows)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The announced figures the list does not give."""
        return tuple(one for one in self.findings if not one.agrees)


def meetings(
    zones: Collection[str] | None, *, kinds: Collection[str] = (), since: date | None = None, until: date | None = None,
    lead: int | None = None, post: int | None = None, before: int | None = None, limit: int = 50,
    as_of: datetime | None = None,
) -> tuple[MeetingRow, ...]:  # fmt: skip
    """Visits and events with their lists, the last first; those of the province are seen by every zone.  Two queries.

    `post`: those it recorded.  `before`: how many to leave out from the top.  `as_of`: those recorded by then, with what had
    been said of them by then.
    """
    found = Meeting.objects.all() if zones is None else Meeting.objects.filter(Q(zone__in=zones) | Q(zone=None))
    if kinds:
        found = found.filter(kind__in=kinds)
    if since is not None:
        found = found.filter(on__gte=since)
    if until is not None:
        found = found.filter(on__lte=until)
    if post is not None:
        found = found.filter(post=post)
    if as_of is not None:
        found = found.filter(at__lte=as_of)
    if lead is not None:
        found = found.filter(pk__in=Item.objects.filter(lead=lead).values("meeting"))
    rows = list(found.order_by("-on", "-id").values_list(*COLUMNS)[(before or 0) : (before or 0) + limit])
    items = items_of([row[0] for row in rows])
    return tuple(_then(_row(row, items.get(row[0], ())), as_of) for row in rows)


def meeting(id_: int, as_of: datetime | None = None) -> MeetingRow | None:
    """One visit or event with its list; None where there is none, or was none then.  Two queries."""
    row = Meeting.objects.filter(pk=id_).values_list(*COLUMNS).first()
    found = None if row is None else _then(_row(row, items_of([id_]).get(id_, ())), as_of)
    return None if found is None or (as_of is not None and found.at > as_of) else found


def _then(row: MeetingRow, as_of: datetime | None) -> MeetingRow:
    """A meeting without what was said of it only later."""
    later = as_of is not None and row.reported is not None and row.reported > as_of
    return replace(row, said="") if later else row


def items_of(meetings: Collection[int]) -> dict[int, tuple[ItemRow, ...]]:
    """The lists of some meetings.  One query."""
    found: dict[int, list[ItemRow]] = {}
    rows = Item.objects.filter(meeting__in=meetings).order_by("id").values_list(
        "meeting_id", "lead_id", "lead__company", "lead__zone_id", "part", "project", "place", "firm", "amount"
    )  # fmt: skip
    for number, lead, company, zone, part, project, place, firm, amount in rows:
        one = ItemRow(lead, company or "", zone or "", part, project, place, firm, amount)
        found.setdefault(number, []).append(one)
    return {number: tuple(items) for number, items in found.items()}


def _row(row: tuple[Any, ...], items: tuple[ItemRow, ...]) -> MeetingRow:
    values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    zh, en = values.pop("zone__zh") or "", values.pop("zone__en") or ""
    values |= {"zone": values.pop("zone_id") or "", "zone_name": Text(zh, en or zh)}
    told = values.pop("announced")
    announced = tuple(Announced(part, Measure(measure), figure) for part, measure, figure in told)
    return MeetingRow(**values, announced=announced, items=items)
