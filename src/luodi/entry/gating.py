"""The gates of a project: for each stage ahead what is missing, who can supply it, and the earliest day it can be there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.domain.catalogue.matters import MilestoneRule
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.entry import checks, fronts
from luodi.domain.entry.gates import Gate, in_force
from luodi.domain.planning.result import Plan, Step
from luodi.domain.vocabulary import Text
from luodi.entry import readers
from luodi.entry.shadowing import steps_of
from luodi.entry.standing import name_of, reached
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded

PASSED = ("passed", "conditional")
NOBODY = Text("双方商定", "agreed by both sides")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a stage still wants.  `kind`: check, task, matter or milestone.  `earliest`: None where no plan says."""

    kind: str
    id: str
    name: Text
    who: Text
    earliest: date | None
    blocked: bool = False  # an objection stands


@dataclass(frozen=True, slots=True)
class StageGate:
    """The way into a stage.  `reached`: its day where it lies behind; `earliest`: the first day on which all can be there."""

    stage: str
    name: Text
    reached: date | None
    missing: tuple[Missing, ...]
    earliest: date | None
    rule: Gate | None

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


def of_project(project: Recorded, plan: Plan | None, now: datetime) -> tuple[StageGate, ...]:
    """The same of a project and plan that are known.  Four queries."""
    today = day_of(now)
    days = reached(project, now)
    given, steps = readers.views(project.id), steps_of(project.id)
    planned = {one.matter: one for one in plan.steps} if plan else {}
    found, dates = [], dict(plan.milestones) if plan else {}
    for rule in load().milestones.values():
        day, gate = days.get(rule.id), in_force(rule.id, today)
        wanting: tuple[Missing, ...] = ()
        if day is None:
            wanting = (
                *_checks(gate, given, dates.get(rule.id)),
                *(_tasks(gate, {id_ for id_, one in steps.items() if one.done}, dates.get(rule.id))),
                *_required(rule, days, planned, dates),
            )
        found.append(StageGate(rule.id, rule.name, day, wanting, _earliest(wanting, dates.get(rule.id), today), gate))
    return tuple(found)


def _checks(gate: Gate | None, given: Mapping[str, str], day: date | None) -> Iterator[Missing]:
    for id_ in gate.checks if gate else ():
        answer = given.get(id_, "unasked")
        if answer not in PASSED:
            rule = checks.checks()[id_]
            units = [load().units[unit] for unit in rule.units]
            who = _joined(units) if units else Text("外部专家", "experts from outside")
            yield Missing("check", id_, rule.name, who, None, answer == "blocked")


def _tasks(gate: Gate | None, done: set[str], day: date | None) -> Iterator[Missing]:
    for front in gate.fronts if gate else ():
        for task in fronts.fronts()[front].tasks:
            if task.id not in done:
                yield Missing("task", task.id, task.name, load().units[task.unit], None)


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


def _earliest(missing: Iterable[Missing], planned: date | None, today: date) -> date | None:
    """The plan's own day for the stage, no earlier than the latest of what is missing; None without a plan."""
    days = [one.earliest for one in missing if one.earliest is not None]
    known = [*days, *([planned] if planned else [])]
    return max(today, *known) if known else None


def _joined(names: Iterable[Text]) -> Text:
    found = list(names)
    return Text("、".join(one.zh for one in found), ", ".join(one.en for one in found))
