"""Where the five fronts of a project stand: shadow or real, what was prepared, and the proof that nothing was granted early."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from luodi.cases import readers as cases
from luodi.cases.limits import SETTLED, mode_of
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.entry import fronts
from luodi.domain.entry.fronts import Front, Grant, Step, Task
from luodi.domain.facts.project import Progress
from luodi.domain.planning.building import applicable
from luodi.domain.planning.plan import choose_levers
from luodi.domain.vocabulary import Text
from luodi.entry.models import TaskStep
from luodi.entry.shadowing import prepared
from luodi.journal import readers as journal
from luodi.projects.readers import Recorded

GRANTED = ("case.granted", "case.granted_deferred")
MOST = 2000


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A shadow task.  `step` None: not begun; `prepares`: the names of the matters it prepares."""

    task: Task
    unit: Text
    prepares: tuple[Text, ...]
    step: Step | None
    paper: str
    note: str
    who: str


@dataclass(frozen=True, slots=True)
class FrontRow:
    """A front.  `triggered`: the day the shadow became the real file, None while it is a shadow.

    `early`: grants of withheld matters before that day; () proves that nothing was granted early.
    `looked`: how many grants of the record were looked at.  `settled`: the trigger needs no act for this project.
    """

    front: Front
    trigger: Text
    triggered: date | None
    tasks: tuple[TaskRow, ...]
    withheld: tuple[Text, ...]
    early: tuple[Grant, ...]
    looked: int
    settled: bool = False

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(one.step is not None and one.step.done is not None for one in self.tasks)


@dataclass(frozen=True, slots=True)
class Fronts:
    """The five fronts, and which matters were prepared ahead, from when to when."""

    rows: tuple[FrontRow, ...]
    prepared: Mapping[str, tuple[date, date]]

    @property
    def clean(self) -> bool:
        """Whether nothing was granted early on any front."""
        return not any(one.early for one in self.rows)


def standing(project: Recorded, now: datetime) -> Fronts:
    """The five fronts of a project at a moment.  Three queries."""
    today = day_of(now)
    rows = list(TaskStep.objects.filter(project=project.id, at__lte=now).order_by("pk"))
    steps = _steps(rows)
    days = reached(project, now)
    found = grants(project.slug, now)
    free, applies = settled(project, today), frozenset(one.id for one in applicable(project.file, load()))
    shown = tuple(
        replace(_front(one, rows, steps, days, found, applies), settled=one.trigger in free)
        for one in fronts.fronts().values()
    )
    return Fronts(shown, prepared(project, steps, today))


def reached(project: Recorded, now: datetime) -> dict[str, date]:
    """The day on which each milestone was reached and each matter was finished, up to a moment.  One query.

    What needs no act (`settled`) counts from the first contact on.
    """
    today = day_of(now)
    progress: Mapping[str, Progress] = {
        **project.file.progress, **cases.progress_of(project.id, today=today)
    }  # fmt: skip
    days = {id_: one.finished for id_, one in progress.items() if one.finished is not None}
    found = {id_: day for id_, day in {**days, **project.file.milestones}.items() if day <= today}
    return {**{id_: found.get("contact", today) for id_ in settled(project, today)}, **found}


def settled(project: Recorded, on: date) -> tuple[str, ...]:
    """The triggers that need no act for this project: the zone has done them, or they do not apply.  No query."""
    file, rules = project.file, load()
    _, levers = choose_levers(file, rules, None, None)
    applies = {one.id: one for one in applicable(file, rules)}
    triggers = (one.trigger for one in fronts.fronts().values() if one.trigger in rules.matters)
    return tuple(one for one in triggers if one not in applies or mode_of(applies[one], file, levers, on) in SETTLED)


def grants(slug: str, until: datetime) -> tuple[Grant, ...]:
    """Every grant of a project in the record, oldest first.  One query."""
    records = journal.entries(project=slug, kinds=GRANTED, until=until, limit=MOST).records
    return tuple(
        Grant(json.loads(one.payload)["matter"], day_of(one.at), one.hash, one.who) for one in reversed(records)
    )


def _steps(rows: list[TaskStep]) -> dict[str, Step]:
    begun = {row.task: row.on for row in rows if row.step == "begun"}
    done = {row.task: row.on for row in rows if row.step == "done"}
    return {task: Step(on, done.get(task)) for task, on in begun.items()}


def _front(
    front: Front,
    rows: list[TaskStep],
    steps: Mapping[str, Step],
    days: Mapping[str, date],
    found: tuple[Grant, ...],
    applies: frozenset[str],
) -> FrontRow:
    triggered = days.get(front.trigger)
    tasks = tuple(_task(one, rows, steps, applies) for one in front.tasks)
    names = tuple(load().matters[one].name for one in front.withheld)
    return FrontRow(
        front, name_of(front.trigger), triggered, tasks, names, fronts.early(front, triggered, found), len(found)
    )


def _task(task: Task, rows: list[TaskStep], steps: Mapping[str, Step], applies: frozenset[str]) -> TaskRow:
    last = next((row for row in reversed(rows) if row.task == task.id), None)
    said = (last.paper, last.note, last.who) if last else ("", "", "")
    prepares = tuple(load().matters[one].name for one in task.serves if one in applies)
    return TaskRow(task, load().units[task.unit], prepares, steps.get(task.id), *said)


def name_of(id_: str) -> Text:
    """The name of a matter or a milestone."""
    rules = load()
    return rules.milestones[id_].name if id_ in rules.milestones else rules.matters[id_].name
