"""What is done on the five fronts: a shadow task begun, a shadow task done.  Neither opens a case nor grants anything."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.entry import fronts
from luodi.domain.entry.fronts import Step
from luodi.domain.events.canonical import Json
from luodi.domain.planning.building import applicable
from luodi.domain.vocabulary import Refusal
from luodi.entry import handed
from luodi.entry.handed import File
from luodi.entry.models import TaskStep
from luodi.entry.reviewing import record
from luodi.plans.actions import Cause, note_prepared
from luodi.projects.readers import Recorded

BEGUN, DONE, CAUSE = "begun", "done", "prepared_ahead"


def begin_task(
    *, project: Recorded, task: str, on: date, note: str = "", by: Acting, at: datetime, key: str | None = None
) -> None:
    """A shadow task is begun.

    Raises `Refusal`: `front_task_unknown`, `front_day_ahead`, `front_before_contact`, `front_step_twice`.
    """
    _check(project, task, on, at)
    _write(project, task, BEGUN, on, note, "", {}, (), by, at, key)


def finish_task(
    *, project: Recorded, task: str, on: date, paper: str, note: str = "", files: Sequence[File] = (), by: Acting,
    at: datetime, key: str | None = None,
) -> dict[str, tuple[date, date]]:  # fmt: skip
    """A shadow task is done, with the paper it made; the matters that are prepared by now, begun and done.

    `files` were checked and kept before (desk/entering/files.py).

    Raises `Refusal` as `begin_task`, and `front_not_begun`, `front_done_before_begun`, `text_missing` without a paper,
    `entry_files_too_many`.
    """
    name = written.line(paper, "paper")
    _check(project, task, on, at)
    with transaction.atomic():
        steps = steps_of(project.id)
        if task not in steps:
            raise Refusal("front_not_begun")
        if on < steps[task].begun:
            raise Refusal("front_done_before_begun", field="on", begun=steps[task].begun)
        known = {**steps, task: Step(steps[task].begun, steps[task].done or on)}
        ready = prepared(project, known, day_of(at))
        said: dict[str, Json] = {one: [str(begun), str(done)] for one, (begun, done) in ready.items()}
        entry = _write(project, task, DONE, on, note, name, said, handed.distinct(files), by, at, key)
        note_prepared(project=project.slug, prepared=ready, cause=Cause(CAUSE, entry=entry), by=by, at=at)
    return ready


def steps_of(project: int, as_of: datetime | None = None) -> dict[str, Step]:
    """What was done of each task, as it was known at a moment.  One query."""
    rows = TaskStep.objects.filter(project=project)
    known = rows.filter(at__lte=as_of) if as_of else rows
    days: dict[str, dict[str, date]] = {}
    for task, step, on in known.values_list("task", "step", "on"):
        days.setdefault(task, {})[step] = on
    return {task: Step(found[BEGUN], found.get(DONE)) for task, found in days.items()}


def prepared(project: Recorded, steps: Mapping[str, Step], on: date) -> dict[str, tuple[date, date]]:
    """When each matter that applies was prepared (see `domain.entry.fronts.prepared`).  No query."""
    applies = {one.id: one for one in applicable(project.file, load())}
    return fronts.prepared(steps, applies, on)


def _check(project: Recorded, task: str, on: date, at: datetime) -> None:
    if task not in fronts.tasks():
        raise Refusal("front_task_unknown")
    if on > day_of(at):
        raise Refusal("front_day_ahead", field="on", on=on)
    contact = project.file.milestones.get("contact")
    if contact is not None and on < contact:
        raise Refusal("front_before_contact", field="on", contact=contact)


def _write(
    project: Recorded, task: str, step: str, on: date, note: str, paper: str, ready: dict[str, Json],
    files: Sequence[File], by: Acting, at: datetime, key: str | None,
) -> str:  # fmt: skip
    """Add the row with its files and its entry, whose hash is returned."""
    said = written.text(note, "note", empty=True)
    payload: dict[str, Json] = {"task": task, "on": on, "note": said, "paper": paper}
    if step == DONE:
        payload |= {"prepared": ready, "files": handed.told(files)}
    try:
        with transaction.atomic():
            entry = record(f"front.{step}", project.slug, project.zone, payload, by, at, key)
            row = TaskStep.objects.create(
                project_id=project.id, task=task, step=step, on=on, note=said, paper=paper, post_id=by.post or None,
                who=by.label[:200], at=at, entry=entry.hash,
            )  # fmt: skip
            handed.keep_with_step(row, files, at)
    except IntegrityError:
        raise Refusal("front_step_twice", task=fronts.tasks()[task].name) from None
    return entry.hash
