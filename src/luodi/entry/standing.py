"""Where the five fronts of a project stand: shadow or real, what was prepared, and the proof that nothing was granted early."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

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
from luodi.entry import handed
from luodi.entry.handed import FileRow
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
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What a shadow task left for a matter's case: the paper made, its files, when and by whom."""

    task: Task
    front: Front
    on: date
    paper: str
    who: str
    files: tuple[FileRow, ...]


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


def standing(project: Recorded, now: datetime, as_of: datetime | None = None) -> Fronts:
    """The five fronts of a project, now or as they were known at a moment.  Four queries."""
    moment = as_of or now
    today = day_of(moment)
    rows = list(TaskStep.objects.filter(project=project.id, at__lte=moment).order_by("pk"))
    files = handed.of_steps([row.pk for row in rows])
    steps = _steps(rows)
    days = reached(project, now, as_of)
    found = grants(project.slug, moment)
    free, applies = settled(project, today), frozenset(one.id for one in applicable(project.file, load()))
    told = {row.task: (row.paper, row.note, row.who, files.get(row.pk, ())) for row in rows}
    shown = []
    for front in fronts.fronts().values():
        tasks = tuple(_task(one, told, steps, applies) for one in front.tasks)
        names, on = tuple(load().matters[one].name for one in front.withheld), days.get(front.trigger)
        early = fronts.early(front, on, found)
        shown.append(
            FrontRow(front, name_of(front.trigger), on, tasks, names, early, len(found), front.trigger in free)
        )  # fmt: skip
    return Fronts(tuple(shown), prepared(project, steps, today))


def made_for(project: int, matter: str, *, as_of: datetime | None = None) -> tuple[Made, ...]:
    """What was prepared for a matter before its formal step: its case begins with these papers.  At most two queries."""
    tasks = {one.id: (one, front) for front in fronts.fronts().values() for one in front.tasks if matter in one.serves}
    if not tasks:
        return ()
    known = Q() if as_of is None else Q(at__lte=as_of)
    rows = list(TaskStep.objects.filter(known, project=project, task__in=tasks, step="done").order_by("pk"))
    files = handed.of_steps([row.pk for row in rows]) if rows else {}
    return tuple(Made(*tasks[row.task], row.on, row.paper, row.who, files.get(row.pk, ())) for row in rows)


def reached(project: Recorded, now: datetime, as_of: datetime | None = None) -> dict[str, date]:
    """The day on which each milestone was reached and each matter was finished, as it was known at a moment.  One query.

    What needs no act (`settled`) counts from the first contact on.
    """
    today = day_of(as_of or now)
    progress: Mapping[str, Progress] = {
        **project.file.progress, **cases.progress_of(project.id, today=today, as_of=as_of)
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


Told = Mapping[str, tuple[str, str, str, tuple[FileRow, ...]]]
"""By task, of its last step: the paper made, the note, who said it, the files."""


def _task(task: Task, told: Told, steps: Mapping[str, Step], applies: frozenset[str]) -> TaskRow:
    prepares = tuple(load().matters[one].name for one in task.serves if one in applies)
    said = told.get(task.id, ("", "", "", ()))
    return TaskRow(task, load().units[task.unit], prepares, steps.get(task.id), *said)


def name_of(id_: str) -> Text:
    """The name of a matter or a milestone."""
    rules = load()
    return rules.milestones[id_].name if id_ in rules.milestones else rules.matters[id_].name
