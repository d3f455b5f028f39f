"""The sample task force (`data/entry/sample.yaml`): invented, and marked so on the page."""

from datetime import date, datetime, timedelta

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.entry.forces import forces
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.taskforces import actions, days, readers
from luodi.zones.reaching import acting_as

FILE = "entry/sample.yaml"


def load(*, by: Acting, at: datetime) -> int:
    """Found the sample force where there is none; how many were new.  People and projects must be recorded before."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    done = sum(_force(row, by, at) for row in ask.children(root, "forces"))
    faults.settle()
    return done


@transaction.atomic
def _force(row: ask.Row, by: Acting, at: datetime) -> bool:
    project, today = projects.project(ask.text(row, "project")), day_of(at)
    if project is None or readers.force(project.id, today) is not None:
        return False
    starts = today - timedelta(days=ask.whole(row, "since", low=0))
    ends = starts + timedelta(days=ask.whole(row, "days", low=1))
    force = actions.found_force(
        project=project, name=ask.text(row, "name"), document=ask.text(row, "document"), starts=starts, ends=ends,
        by=by, at=at, sample=True,
    )  # fmt: skip
    posts = _members(force, project, row, starts, ends, by, at)
    for n, username in enumerate(ask.text(row, "duty").split()):  # a dot: nobody
        if username in posts and today + timedelta(days=n) <= ends:
            actions.roster(force=force, post=posts[username], days=[today + timedelta(days=n)], by=by, at=at)
    _services(force, row, today, by, at)
    _log(force, project, row, today, by, at)
    ask.close(row)
    return True


def _members(
    force: int, project: Recorded, row: ask.Row, starts: date, ends: date, by: Acting, at: datetime
) -> dict[str, int]:
    held = {one.username: one.id for one in reversed(accounts.posts(on=day_of(at), zones=(project.zone,), limit=500))}
    found = {}
    for one in ask.children(row, "members"):
        username, role = ask.text(one, "person"), ask.choice(one, "role", forces().roles)
        ask.close(one)
        if username in held:
            found[username] = held[username]
            actions.join(force=force, post=held[username], role=role, starts=starts, ends=ends, by=by, at=at)
    return found


def _services(force: int, row: ask.Row, today: date, by: Acting, at: datetime) -> None:
    for one in ask.children(row, "services"):
        service = days.ask_service(
            force=force, kind=ask.choice(one, "kind", forces().services), text=ask.text(one, "text"),
            people=ask.whole(one, "people"), wanted=today + timedelta(days=ask.whole(one, "in", low=0)), by=by, at=at,
        )  # fmt: skip
        answer = ask.text(one, "answer", "")
        ask.close(one)
        if answer:
            days.answer_service(service=service, answer=answer, by=by, at=at)


def _log(force: int, project: Recorded, row: ask.Row, today: date, by: Acting, at: datetime) -> None:
    units = {one.unit: one.id for one in accounts.organisations(zones=(project.zone,), on=today)}
    for one in ask.children(row, "log"):
        on, due = today - timedelta(days=ask.whole(one, "ago", low=0)), ask.whole(one, "due", None)
        solver, closed = ask.text(one, "solver", ""), ask.whole(one, "closed", None)
        obstacle, result = ask.text(one, "obstacle", ""), ask.text(one, "result", "")
        written = days.write_log(
            force=force, on=on, done=ask.text(one, "done"), obstacle=obstacle if solver in units else "",
            solver=units.get(solver), due=None if due is None else today + timedelta(days=due), by=by, at=at,
        )  # fmt: skip
        ask.close(one)
        if result and closed is not None and solver in units:
            posts = accounts.posts(on=today, organisation=units[solver], limit=1)
            _close(written, result, today - timedelta(days=closed), posts[0].id if posts else 0, at)


def _close(log: int, result: str, on: date, post: int, at: datetime) -> None:
    acting = acting_as(post, day_of(at)) if post else None
    if acting is not None:
        days.close_log(log=log, result=result, on=on, by=acting, at=at)
