"""The sample of entry reviews and shadow tasks (`data/entry/sample.yaml`): invented, and marked so on the page."""

from datetime import datetime, timedelta

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.entry.checks import checks
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.entry import experts, readers, reviewing, shadowing
from luodi.entry.reviewing import Said
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.zones.reaching import acting_as

FILE = "entry/sample.yaml"


def load(*, by: Acting, at: datetime) -> int:
    """Record what is not there yet; how many rows were new.  Projects must be recorded before."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    ask.node(root, "forces")  # of the room above
    done = sum(_review(row, by, at) for row in ask.children(root, "reviews"))
    done += sum(_step(row, by, at) for row in ask.children(root, "steps"))
    ask.close(root)
    faults.settle()
    return done


@transaction.atomic
def _review(row: ask.Row, by: Acting, at: datetime) -> bool:
    project, subject = projects.project(ask.text(row, "project")), ask.text(row, "subject")
    opinions, guests = ask.child(row, "opinions"), ask.children(row, "experts")
    ask.close(row)
    if project is None or readers.views(project.id):
        return False
    review = reviewing.open_review(project=project, subject=subject, by=by, at=at, sample=True)
    for check, one in ask.rows(opinions):
        _opine(project, check, one, at)
    for one in guests:
        _expert(review, one, by, at)
    return True


def _opine(project: Recorded, check: str, one: ask.Row, at: datetime) -> None:
    """The first officer of the unit asked speaks; where the unit has nobody, it stays silent."""
    said = _said(one)
    found = readers.review(project.id, project.slug, at, day_of(at))
    for asked in found.asked if found else ():
        if asked.check.id != check or asked.organisation is None:
            continue
        posts = accounts.posts(on=day_of(at), organisation=asked.organisation, limit=1)
        acting = acting_as(posts[0].id, day_of(at)) if posts else None
        if acting is not None:
            reviewing.give_opinion(asked=asked.id, **said, by=acting, at=at)


def _expert(review: int, one: ask.Row, by: Acting, at: datetime) -> None:
    issued = experts.ask_expert(
        review=review, check=ask.choice(one, "check", checks()), expert=ask.text(one, "expert"),
        office=ask.text(one, "office"), due=day_of(at) + timedelta(days=ask.whole(one, "days", low=0)), by=by, at=at,
    )  # fmt: skip
    opinion = ask.child_or_none(one, "opinion")
    ask.close(one)
    if opinion is not None:
        experts.look(token=issued.token, at=at)
        experts.give_opinion_by_link(token=issued.token, **_said(opinion), at=at)


def _said(one: ask.Row) -> Said:
    view, conditions, blocking = (ask.text(one, name, "") for name in ("view", "conditions", "blocking"))
    papers, note = ask.text(one, "papers", ""), ask.text(one, "note", "")
    ask.close(one)
    return {"view": view, "conditions": conditions, "blocking": blocking, "papers": papers, "note": note}


@transaction.atomic
def _step(row: ask.Row, by: Acting, at: datetime) -> bool:
    """`begun`, `done`: so many days ago, the first contact at the earliest."""
    project, task = projects.project(ask.text(row, "project")), ask.text(row, "task")
    begun, done = ask.whole(row, "begun", low=0), ask.whole(row, "done", None, low=0)
    paper = ask.text(row, "paper", "")
    ask.close(row)
    if project is None or task in shadowing.steps_of(project.id):
        return False
    first = project.file.milestones.get("contact", day_of(at))
    on = max(first, day_of(at) - timedelta(days=begun))
    shadowing.begin_task(project=project, task=task, on=on, by=by, at=at)
    if done is not None:
        on = max(on, day_of(at) - timedelta(days=done))
        shadowing.finish_task(project=project, task=task, on=on, paper=paper, by=by, at=at)
    return True
