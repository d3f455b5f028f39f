"""What an item does to a project's plan: the day it is needed by, and how far a late one pushes what waits for it."""

from dataclasses import dataclass, replace
from datetime import date

from luodi.domain.catalogue.reading import load
from luodi.domain.factors.items import WORKS, Item
from luodi.domain.facts.project import Progress, ProjectFile
from luodi.domain.planning.result import Plan
from luodi.domain.planning.rolling import roll
from luodi.domain.vocabulary import Refusal
from luodi.plans.readers import Saved
from luodi.workcalendar.readers import in_force

START, END = "construction_start", "production"


@dataclass(frozen=True, slots=True)
class Move:
    """A milestone that a late item moves."""

    milestone: str
    was: date
    now: date

    @property
    def days(self) -> int:
        """Calendar days later."""
        return (self.now - self.was).days


@dataclass(frozen=True, slots=True)
class Effect:
    """What a late item does: the milestones it moves; none where the plan's spare days take it up.

    `begun`: what waits for the item is under way without it, so nothing moves any more.
    """

    moves: tuple[Move, ...]
    begun: bool = False


def needed_by(plan: Plan, item: Item) -> date | None:
    """The day on which what waits for an item begins in a plan; None where the plan does not hold it."""
    if item.milestone:
        return plan.milestones.get(item.gates)
    if item.gates == WORKS:
        return plan.milestones.get(START)
    return next((step.start for step in plan.steps if step.matter == item.gates), None)


def effect(file: ProjectFile, saved: Saved, item: Item, expected: date, today: date) -> Effect | None:
    """What the plan becomes where an item comes on `expected` only; None where the plan says nothing of it.

    A milestone is moved to that day; a matter or the works may not begin before it, and the plan is rolled forward from
    there.  Both rolls, with and without, start from the same forecast, so only what the item itself does is counted.
    """
    plan, needed = saved.plan, needed_by(saved.plan, item)
    if needed is None:
        return None
    if item.milestone:
        late = expected > needed
        return Effect((Move(item.gates, needed, expected),) if late else ())
    if _begun(plan, item, today):
        return Effect((), begun=True)
    known = replace(file, progress=_progress(plan), milestones={**file.milestones, **_past(plan, today)})
    without = _rolled(known, saved.announced, today)
    with_it = _rolled(replace(known, frozen={item.gates: expected}), saved.announced, today)
    if without is None or with_it is None:
        return None
    pairs = ((one, without.milestones.get(one), with_it.milestones.get(one)) for one in (START, END))
    return Effect(tuple(Move(one, was, now) for one, was, now in pairs if was and now and now > was))


def _begun(plan: Plan, item: Item, today: date) -> bool:
    if item.gates == WORKS:
        return plan.milestones[START] < today
    return any(step.matter == item.gates and step.state != "planned" for step in plan.steps)


def _progress(plan: Plan) -> dict[str, Progress]:
    """What has happened, as the forecast holds it."""
    return {
        step.matter: Progress(step.start, step.finish)
        if step.state == "done"
        else Progress(step.start, None, step.finish)
        for step in plan.steps
        if step.state in ("done", "started")
    }


def _past(plan: Plan, today: date) -> dict[str, date]:
    return {name: day for name, day in plan.milestones.items() if day < today and name in ("contact", "signed")}


def _rolled(file: ProjectFile, announced: Plan, today: date) -> Plan | None:
    """The plan rolled forward to production; None where there is none lawful, or it leaves the calendar."""
    try:
        answer = roll(file, load(), announced, to=END, as_of=today, calendar=in_force())
    except Refusal:
        return None
    return answer if isinstance(answer, Plan) else None
