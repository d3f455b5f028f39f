"""Cases as bars over days: the wall of a zone by unit, with the pauses of every bar."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.cases.kinds import CORRECTION, WRITES
from luodi.cases.models import CaseEvent
from luodi.cases.readers.lights import Lights
from luodi.cases.readers.rows import Row, Where, read
from luodi.cases.standing import midnight
from luodi.domain.handling.states import State

BEGINS = {WRITES[State.SPECIAL]: "", WRITES[State.CORRECTING]: CORRECTION}
ENDS = {WRITES[State.SPECIAL_ENDED], WRITES[State.CORRECTED]}


@dataclass(frozen=True, slots=True)
class Span:
    """A wait within a bar; `until` None: it is still open."""

    kind: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A case with its waits."""

    row: Row
    waits: tuple[Span, ...]


def of_zone(
    zones: Collection[str] | None,
    *,
    now: datetime,
    since: date,
    until: date,
    organisation: int | None = None,
    limit: int = 400,
    as_of: datetime | None = None,
) -> tuple[Bar, ...]:
    """The cases of zones that were open between two days, by unit, then by what runs out first.  Two queries."""
    where = Where().plus("c.opened_at < %s", midnight(until))
    where = where.plus("({s}.closed_at IS NULL OR {s}.closed_at >= %s)", midnight(since))
    if zones is not None:
        where = where.among("c.zone", tuple(sorted(zones)))
    if organisation is not None:
        where = where.plus("c.organisation_id = %s", organisation)
    rows = read(where, Lights(as_of or now), order="c.organisation_id, {s}.runs_out, c.id", limit=limit, as_of=as_of)
    waits = waits_of([row.id for row in rows], as_of or now)
    return tuple(Bar(row, waits.get(row.id, ())) for row in rows)


def waits_of(cases: Collection[int], moment: datetime) -> Mapping[int, tuple[Span, ...]]:
    """The waits of cases until a moment: corrections, and special procedures by their kind.  One query."""
    kinds = (*BEGINS, *ENDS)
    events = CaseEvent.objects.filter(case__in=cases, kind__in=kinds, at__lte=moment).order_by("case", "seq")
    found: dict[int, list[Span]] = {}
    for case, kind, at, pause in events.values_list("case_id", "kind", "at", "pause"):
        spans = found.setdefault(case, [])
        if kind in BEGINS:
            spans.append(Span(BEGINS[kind] or pause, at, None))
            continue
        special = kind == WRITES[State.SPECIAL_ENDED]
        for place in range(len(spans) - 1, -1, -1):
            if spans[place].until is None and (spans[place].kind != CORRECTION) is special:
                spans[place] = Span(spans[place].kind, spans[place].since, at)
                break
    return {case: tuple(spans) for case, spans in found.items()}
