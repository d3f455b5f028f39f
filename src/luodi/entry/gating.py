"""The gates of a project: for each stage ahead what is missing, who can supply it, and the earliest day it can be there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.domain.catalogue import limits
from luodi.domain.catalogue.matters import MilestoneRule
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.entry import checks, fronts
from luodi.domain.entry.fronts import Step as Prepared
from luodi.domain.entry.gates import Gate, in_force
from luodi.domain.planning.building import applicable
from luodi.domain.planning.result import Plan, Step
from luodi.domain.vocabulary import Text
from luodi.entry import readers
from luodi.entry.readers import Given
from luodi.entry.shadowing import steps_of
from luodi.entry.standing import name_of, reached
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.workcalendar.readers import in_force as calendar

PASSED = ("passed", "conditional")
NOBODY = Text("双方商定", "agreed by both sides")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a stage still wants.  `kind`: check, task, matter or milestone.

    `earliest`: the first day on which it can be there; None where nothing says so (an objection stands, no plan yet, a
    task without a usual length).  `usual`: that day rests on a usual length, not on a plan or on what was asked.
    """

    kind: str
    id: str
    name: Text
    who: Text
    earliest: date | None
    blocked: bool = False  # an objection stands
    usual: bool = False


@dataclass(frozen=True, slots=True)
class StageGate:
    """The way into a stage.  `reached`: its day where it lies behind; `earliest`: the first day on which all can be there.

    `usual`: that day rests on usual lengths rather than on the plan.
    """

    stage: str
    name: Text
    reached: date | None
    missing: tuple[Missing, ...]
    earliest: date | None
    rule: Gate | None
    usual: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def gates(slug: str, on: date) -> tuple[StageGate, ...]:
    """Every stage of a project in order, as it stands on a day.  At most seven queries; () where there is no project."""
    project = projects.project(slug)
    if project is None:
        return ()
    now = datetime.combine(on, datetime.max.time(), SHANGHAI)
    saved = plans.current(slug)
    return of_project(project, saved.plan if saved else None, now)


def of_project(
    project: Recorded, plan: Plan | None, now: datetime, as_of: datetime | None = None
) -> tuple[StageGate, ...]:  # fmt: skip
    """The same of a project and plan that are known, now or as they were known at a moment.  Four queries."""
    today = day_of(as_of or now)
    days = reached(project, now, as_of)
    given, steps = readers.given(project.id, as_of), steps_of(project.id, as_of)
    planned = {one.matter: one for one in plan.steps} if plan else {}
    found, dates = [], dict(plan.milestones) if plan else {}
    for rule in load().milestones.values():
        day, gate = days.get(rule.id), in_force(rule.id, today)
        wanting: tuple[Missing, ...] = ()
        if day is None:
            wanting = (
                *_checks(gate, given, today),
                *_tasks(gate, steps, project, today),
                *_required(rule, days, planned, dates),
            )
        earliest, usual = _earliest(wanting, dates.get(rule.id), today)
        found.append(StageGate(rule.id, rule.name, day, wanting, earliest, gate, usual))
    return tuple(found)


def _checks(gate: Gate | None, given: Mapping[str, Given], today: date) -> Iterator[Missing]:
    """A check is there when the last of those asked has answered; one nobody was asked about, after the usual time."""
    usual = checks.rules().days
    for id_ in gate.checks if gate else ():
        asked = given.get(id_)
        if asked is None or asked.answer not in PASSED:
            rule = checks.checks()[id_]
            units = [load().units[unit] for unit in rule.units]
            who = _joined(units) if units else Text("外部专家", "experts from outside")
            blocked = asked is not None and asked.answer == "blocked"
            day = calendar().due(today, usual.days, usual.unit) if asked is None else asked.due
            day = None if blocked or day is None else max(day, today)
            yield Missing("check", id_, rule.name, who, day, blocked, usual=asked is None)


def _tasks(gate: Gate | None, steps: Mapping[str, Prepared], project: Recorded, today: date) -> Iterator[Missing]:
    """A task is done when the longest preparation it serves is, counted from the day it was begun, or from today."""
    applies = {one.id: one for one in applicable(project.file, load())} if gate and gate.fronts else {}
    for front in gate.fronts if gate else ():
        for task in fronts.fronts()[front].tasks:
            step = steps.get(task.id)
            if step is not None and step.done:
                continue
            numbers = [
                limits.preparation(applies[one], project.file.facts, today) for one in task.serves if one in applies
            ]
            begun = step.begun if step else today
            days = [calendar().due(begun, one.days, one.unit) for one in numbers if one is not None]
            day = max(today, *days) if days else None
            yield Missing("task", task.id, task.name, load().units[task.unit], day, usual=day is not None)


def _required(
    rule: MilestoneRule, days: Mapping[str, date], planned: Mapping[str, Step], dates: Mapping[str, date]
) -> Iterator[Missing]:
    """What the milestone itself requires and has not got: matters that the plan has, and milestones before it."""
    rules = load()
    for id_ in rule.requires:
        if id_ in days:
            continue
        if id_ in rules.milestones:
            yield Missing("milestone", id_, name_of(id_), NOBODY, dates.get(id_))
        elif not planned or id_ in planned:
            step = planned.get(id_)
            who = rules.units[rules.matters[id_].unit]
            yield Missing("matter", id_, name_of(id_), who, step.finish if step else None)


def _earliest(missing: Collection[Missing], planned: date | None, today: date) -> tuple[date | None, bool]:
    """The plan's own day for the stage, no earlier than the latest of what is missing; whether a usual length decides it.

    None where no plan says when a matter or milestone can be there.
    """
    formal = [one for one in missing if one.kind in ("matter", "milestone")]
    if planned is None and any(one.earliest is None for one in formal):
        return None, False
    firm = [one.earliest for one in missing if one.earliest and not one.usual] + ([planned] if planned else [])
    usual = [one.earliest for one in missing if one.earliest and one.usual]
    if not firm and not usual:
        return None, False
    last = max(today, *firm, *usual)
    return last, bool(usual) and last > max([today, *firm])


def _joined(names: Iterable[Text]) -> Text:
    found = list(names)
    return Text("、".join(one.zh for one in found), ", ".join(one.en for one in found))
