"""Stops of works: each with its steps, when they were taken, by when the law wants them, and what waits meanwhile."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.cases.held import calendar
from luodi.cases.models import Halt
from luodi.domain.clock.office import day_of
from luodi.domain.handling.halting import HaltKind, HaltStep, halt_kinds
from luodi.domain.vocabulary import Text
from luodi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of a halt.  `due`: its day by the rule, None where the rule has none; `late`: calendar days past it, to the
    step or until now; 0 for in time.
    """

    rule: HaltStep
    at: datetime | None
    due: date | None
    late: int

    @property
    def name(self) -> Text:
        """The step's name."""
        return self.rule.name


@dataclass(frozen=True, slots=True)
class HaltRow:
    """A stop of works.  `freezes`: ids of the matters and milestones that wait; `next`: the step to be taken now."""

    id: int
    project: str
    project_name: Text
    zone: str
    kind: HaltKind
    found: str
    found_at: datetime
    reported_to: str
    measures: str
    until: date | None
    resumed_at: datetime | None
    freezes: tuple[str, ...]
    steps: tuple[StepTaken, ...]

    @property
    def next(self) -> StepTaken | None:
        """The step to be taken now; None once works go on."""
        return next((one for one in self.steps if one.at is None), None)

    @property
    def late(self) -> bool:
        """Whether the step to be taken now is overdue."""
        return self.next is not None and self.next.late > 0


COLUMNS = (
    "id", "project__slug", "project__zh", "project__en", "zone", "kind", "found", "reported_to", "measures", "until",
    "freezes", "found_at", "stopped_at", "reported_at", "measures_at", "resumed_at",
)  # fmt: skip
MOMENTS = COLUMNS[-5:]


def halts(
    slug: str | None = None,
    *,
    now: datetime,
    zones: Collection[str] | None = None,
    slugs: Collection[str] | None = None,
    open_only: bool | None = None,
    after: int | None = None,
    limit: int = 50,
    as_of: datetime | None = None,
) -> tuple[HaltRow, ...]:
    """Stops of works, newest first, of a project, of projects or of zones (None: all), as they stand or stood.  One query.

    `open_only`: True those not resumed, False the others, None both.  `after`: id of the last row seen.
    """
    found = Halt.objects.order_by("-id")
    if slug is not None:
        found = found.filter(project__slug=slug)
    if slugs is not None:
        found = found.filter(project__slug__in=slugs)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if after is not None:
        found = found.filter(id__lt=after)
    if as_of is not None:
        found = found.filter(found_at__lte=as_of)
    elif open_only is not None:
        found = found.filter(resumed_at__isnull=open_only)
    rows = tuple(_row(one, as_of or now, calendar()) for one in found.values_list(*COLUMNS)[:limit])
    return tuple(one for one in rows if open_only is None or (one.resumed_at is None) is open_only)


def halt(id_: int, *, now: datetime, as_of: datetime | None = None) -> HaltRow | None:
    """One stop of works.  One query."""
    row = Halt.objects.filter(pk=id_, found_at__lte=as_of or now).values_list(*COLUMNS).first()
    return _row(row, as_of or now, calendar()) if row else None


def _row(row: tuple[object, ...], moment: datetime, days: WorkCalendar) -> HaltRow:
    pk, slug, zh, en, zone, kind, found, reported_to, measures, until, freezes, *moments = row
    taken = {name: at for name, at in zip(MOMENTS, moments, strict=True) if isinstance(at, datetime) and at <= moment}
    rule = halt_kinds()[str(kind)]
    steps = _steps(rule, taken, day_of(moment), days)
    later = "measures_at" not in taken
    return HaltRow(
        pk, slug, Text(zh, en), zone, rule, found, moments[0],  # type: ignore[arg-type]
        reported_to if "reported_at" in taken else "", "" if later else measures, None if later else until,  # type: ignore[arg-type]
        taken.get("resumed_at"), tuple(json.loads(str(freezes))), steps,
    )  # fmt: skip


def _steps(rule: HaltKind, taken: Mapping[str, datetime], today: date, days: WorkCalendar) -> tuple[StepTaken, ...]:
    found: list[StepTaken] = []
    done: dict[str, datetime] = {}
    for step in rule.steps:
        at = taken.get(step.field)
        due = _due(step, done, days)
        reached = day_of(at) if at else today
        found.append(StepTaken(step, at, due, max(0, (reached - due).days) if due else 0))
        if at is not None:
            done[step.id] = at
    return tuple(found)


def _due(step: HaltStep, done: Mapping[str, datetime], days: WorkCalendar) -> date | None:
    """The day of a step by its rule, counted from the steps before it."""
    if step.at_once:
        return day_of(max(done.values())) if done else None
    since = done.get(step.since)
    return days.due(day_of(since), step.days, step.unit) if since and step.days is not None else None
