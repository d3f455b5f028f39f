"""Works halted because something was found: five steps in their order, each with its moment, and what freezes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of, unit_of
from luodi.domain.source.tables import known, read_table
from luodi.domain.vocabulary import Confidence, DayUnit, Refusal, Source, Text
from luodi.domain.workdays import WorkCalendar

FILE = "cases/halts.yaml"


@dataclass(frozen=True, slots=True)
class HaltStep:
    """A step.  `at_once`: without delay after the one before.  `days` after the step `since`; None: no number in the
    law.  `field`: the column that keeps its moment.
    """

    id: str
    name: Text
    field: str
    tell: Text
    at_once: bool
    days: int | None
    unit: DayUnit
    since: str
    basis: str
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class HaltKind:
    """A kind of halt: whom it is reported to, its steps in order, and the milestones that wait."""

    id: str
    name: Text
    authority: Text
    steps: tuple[HaltStep, ...]
    freezes: tuple[str, ...]


@cache
def halt_kinds() -> Mapping[str, HaltKind]:
    """The kinds as shipped."""
    return read_table(FILE, read_halts)


def next_step(kind: str, done: Mapping[str, datetime]) -> HaltStep | None:
    """The step to be taken next; None when works have resumed.  `done`: the moments of the steps taken."""
    return next((step for step in halt_kinds()[kind].steps if step.id not in done), None)


def take_step(kind: str, done: Mapping[str, datetime], step: str, at: datetime) -> HaltStep:
    """The step, if it is the next one and its moment does not lie before the last.

    Raises `Refusal`: `halt_over`, `halt_step_out_of_order`, `halt_time_before`.
    """
    wanted = next_step(kind, done)
    if wanted is None:
        raise Refusal("halt_over")
    if step != wanted.id:
        raise Refusal("halt_step_out_of_order", step=wanted.name)
    if done and at < max(done.values()):
        raise Refusal("halt_time_before", step=wanted.name, last=max(done.values()).astimezone(SHANGHAI))
    return wanted


def step_due(kind: str, done: Mapping[str, datetime], calendar: WorkCalendar) -> date | None:
    """The day by which the next step is due: today's for what must be done at once; None where the law gives no number."""
    step = next_step(kind, done)
    if step is None or not done:
        return None
    if step.at_once:
        return day_of(max(done.values()))
    since = done.get(step.since)
    return calendar.due(day_of(since), step.days, step.unit) if since and step.days is not None else None


def frozen(kind: str, catalogue: Catalogue) -> tuple[str, ...]:
    """What waits while works are halted: the milestones named and every matter and milestone that needs one of them,
    in the order of the catalogue, milestones last.
    """
    waiting = set(halt_kinds()[kind].freezes)
    needs = {matter.id: (*matter.requires, *matter.starts_with) for matter in catalogue.matters.values()}
    needs |= {one.id: (*one.requires, *one.any_of) for one in catalogue.milestones.values()}
    grew = True
    while grew:
        more = {one for one, before in needs.items() if one not in waiting and waiting & set(before)}
        waiting |= more
        grew = bool(more)
    return tuple(one for one in needs if one in waiting)


def works_until(
    stops: Iterable[tuple[date, date]], started: date | None, today: date, calendar: WorkCalendar
) -> date | None:
    """Until when the building works are held up, as the plan takes it; None where nothing holds them.

    `stops`: the day of each find, and the day on which works went on or may go on.  Works not begun wait for the last such
    day.  Works under way end later by all the working days on which they stood still, past ones too: so many days from
    `today`, since the plan knows only what lies ahead.
    """
    if started is None or started > today:
        return max((until for _, until in stops if until > today), default=None)
    lost: set[int] = set()
    for since, until in stops:
        first, after = (calendar.index(calendar.next_workday(one)) for one in (max(since, started), until))
        lost.update(range(first, after))
    return calendar.add(calendar.next_workday(today), len(lost)) if lost else None


def read_halts(root: ask.Row) -> Mapping[str, HaltKind]:
    """`halts.yaml`; a step counted from a later one, or from none, is a problem."""
    found = {}
    for key, row in ask.rows(root):
        steps: list[HaltStep] = []
        for name, entry in ask.rows(ask.child(row, "steps")):
            steps.append(_step(name, entry, tuple(one.id for one in steps)))
        found[key] = HaltKind(key, ask.pair(row), text_of(row, "authority"), tuple(steps), ask.texts(row, "freezes"))
        ask.close(row)
    return MappingProxyType(found)


def _step(key: str, row: ask.Row, earlier: tuple[str, ...]) -> HaltStep:
    days = ask.whole(row, "days", None, low=1)
    step = HaltStep(
        key,
        ask.pair(row),
        ask.text(row, "field"),
        text_of(row, "tell"),
        ask.flag(row, "at_once", False),
        days,
        unit_of(row) if days is not None else DayUnit.CALENDAR,
        ask.text(row, "since") if days is not None else "",
        ask.text(row, "basis", ""),
        source_of(row),
        confidence_of(row),
    )
    if days is not None:
        known(row, "since", step.since, earlier)
    ask.close(row)
    return step
