"""Cases with all their events, one after the other: for those who take them out (exchange tables, event logs, archives)."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from luodi.cases.kinds import STATES
from luodi.cases.models import Case, CaseEvent
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Text

CHUNK = 500


@dataclass(frozen=True, slots=True)
class WholeEvent:
    """One event as it is kept.  `writes`: the state it brought, None where it left the state alone; `details`: JSON."""

    seq: int
    at: datetime
    kind: str
    writes: State | None
    who: str
    reason: str
    basis: str
    details: str
    entry: str


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case with its events.  `opened_with`: names the act that opened others of its project too, "" for none."""

    id: int
    number: str
    project_id: int
    project: str
    project_name: Text
    matter: str
    zone: str
    organisation: str
    organisation_name: Text
    organisation_uscc: str
    state: State
    budget: int | None
    unit: str
    promise: int | None
    promise_unit: str
    mode: str
    opened_at: datetime
    accepted_at: datetime | None
    closed_at: datetime | None
    opened_with: str
    events: tuple[WholeEvent, ...]


CASE = (
    "id", "number", "project_id", "project__slug", "project__zh", "project__en", "matter", "zone", "organisation__code",
    "organisation__zh", "organisation__en", "organisation__uscc", "state", "budget", "unit", "promise", "promise_unit",
    "mode", "opened_at", "accepted_at", "closed_at",
)  # fmt: skip
EVENT = ("case_id", "seq", "at", "kind", "who", "reason", "basis", "details", "entry")


def whole(
    *,
    projects: Collection[int] | None = None,
    zones: Collection[str] | None = None,
    since: datetime | None = None,
    chunk: int = CHUNK,
) -> Iterator[WholeCase]:
    """Cases by number, of some projects or zones (None: all), those changed since a moment, with all their events.

    Three queries for every `chunk` cases: memory does not grow with their number.
    """
    found = Case.objects.order_by("id")
    if projects is not None:
        found = found.filter(project__in=projects)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if since is not None:
        found = found.filter(changed_at__gte=since)
    after = 0
    while True:
        rows = list(found.filter(id__gt=after).values_list(*CASE)[:chunk])
        if not rows:
            return
        after = rows[-1][0]
        yield from _told(rows)


def projects_changed_since(moment: datetime, zones: Collection[str] | None = None) -> tuple[int, ...]:
    """The numbers of the projects with a case that changed since a moment.  One query."""
    found = Case.objects.filter(changed_at__gte=moment)
    if zones is not None:
        found = found.filter(zone__in=zones)
    return tuple(found.order_by("project_id").values_list("project_id", flat=True).distinct())


def _told(rows: Sequence[tuple[Any, ...]]) -> Iterator[WholeCase]:
    events = CaseEvent.objects.filter(case__in=[row[0] for row in rows]).order_by("case_id", "seq")
    told = {case: tuple(_event(one) for one in some)
            for case, some in groupby(events.values_list(*EVENT), key=lambda one: one[0])}  # fmt: skip
    together = _together({row[2] for row in rows})
    for row in rows:
        (pk, number, project_id, slug, zh, en, matter, zone, code, unit_zh, unit_en, uscc, state, budget, unit, promise,
         promise_unit, mode, opened_at, accepted, closed) = row  # fmt: skip
        own = told.get(pk, ())
        opened = own[0].entry if own and together.get(own[0].entry, 0) > 1 else ""
        yield WholeCase(
            pk, number, project_id, slug, Text(zh, en), matter, zone, code, Text(unit_zh, unit_en), uscc, State(state),
            budget, unit, promise, promise_unit, mode, opened_at, accepted, closed, opened, own,
        )  # fmt: skip


def _together(projects: Collection[int]) -> Counter[str]:
    """How many cases each opening act of these projects opened."""
    opened: QuerySet[CaseEvent] = CaseEvent.objects.filter(case__project__in=projects, seq=1)
    return Counter(opened.values_list("entry", flat=True))


def _event(one: tuple[Any, ...]) -> WholeEvent:
    _case, seq, at, kind, who, reason, basis, details, entry = one
    return WholeEvent(seq, at, kind, STATES.get(kind), who, reason, basis, details, entry)
