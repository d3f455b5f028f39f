"""The days of a task force: life support asked for and answered, the site log written and its obstacles solved."""

from datetime import date, datetime

from django.db import transaction

from luodi.accounts import readers as people
from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.entry.forces import forces
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.notices.actions import tell
from luodi.notices.facts import Fact
from luodi.taskforces.actions import name_of, record, running
from luodi.taskforces.models import LogEntry, Member, Service

MOST = 5_000
"""People of an advance team."""


def ask_service(
    *,
    force: int,
    kind: str,
    text: str,
    people: int | None,
    wanted: date,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Ask for life support for the advance team by a day; its number.  Everybody in the force is told.

    Raises `Refusal`: `no_such_force`, `force_over`, `force_service_unknown`, `force_day_past`, `force_people_out_of_range`.
    """
    if kind not in forces().services:
        raise Refusal("force_service_unknown", field="service")
    if people is not None and not 1 <= people <= MOST:
        raise Refusal("force_people_out_of_range", field="people", most=MOST)
    with transaction.atomic():
        row = running(force, at)
        if wanted < day_of(at):
            raise Refusal("force_day_past", field="wanted", day=wanted)
        said = written.text(text, "text", longest=2_000)
        service = Service.objects.create(
            force=row, kind=kind, text=said, people=people, wanted=wanted, at=at, post_id=by.post or None,
            who=by.label[:200],
        )  # fmt: skip
        payload: dict[str, Json] = {
            "force": row.pk, "service": service.pk, "service_kind": kind, "text": said, "people": people, "wanted": wanted,
        }  # fmt: skip
        slug = row.project.slug
        record("force.service_asked", slug, row.zone, payload, by, at, key)
        posts = Member.objects.filter(force=row, starts__lte=day_of(at), ends__gte=day_of(at))
        facts: dict[str, Fact] = {"project": name_of(row), "what": forces().services[kind], "due": wanted}
        tell(
            posts=frozenset(posts.values_list("post", flat=True)), kind="force_service", facts=facts,
            link=f"/projects/{slug}/force/", project=slug, at=at, once=f"service:{service.pk}",
        )  # fmt: skip
    return service.pk


def answer_service(*, service: int, answer: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Say what was arranged; whoever asked is told.

    Raises `Refusal`: `no_such_service`, `force_service_answered` already, `text_missing`.
    """
    said = written.text(answer, "answer", longest=2_000)
    with transaction.atomic():
        row = (
            Service.objects.select_for_update(of=("self",)).select_related("force__project").filter(pk=service).first()
        )
        if row is None:
            raise Refusal("no_such_service")
        if row.answered_at:
            raise Refusal("force_service_answered", who=row.answered_by)
        row.answer, row.answered_by, row.answered_at = said, by.label[:200], at
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        payload: dict[str, Json] = {"force": row.force_id, "service": row.pk, "answer": said}
        slug = row.force.project.slug
        record("force.service_answered", slug, row.force.zone, payload, by, at, key)
        facts: dict[str, Fact] = {
            "project": name_of(row.force), "what": forces().services[row.kind], "answer": said[:200],
        }  # fmt: skip
        tell(
            posts=(row.post_id,) if row.post_id else (), kind="force_service_answered", facts=facts,
            link=f"/projects/{slug}/force/", project=slug, at=at, once=f"service_answer:{row.pk}",
        )  # fmt: skip


def write_log(
    *, force: int, on: date, done: str, obstacle: str, solver: int | None, due: date | None, by: Acting, at: datetime,
    key: str | None = None,
) -> int:  # fmt: skip
    """Write down a day on site: what was done, what stands in the way and who solves it by when; its number.

    Raises `Refusal`: `no_such_force`, `force_log_beyond` the force's days or ahead of today, `force_obstacle_without_solver`,
    `choice_missing` (solver).
    """
    work, block = written.text(done, "done"), written.text(obstacle, "obstacle", empty=True)
    if block and (solver is None or due is None):
        raise Refusal("force_obstacle_without_solver", field="solver" if solver is None else "due")
    if block and solver is not None and people.organisation(solver) is None:
        raise Refusal("choice_missing", field="solver")
    with transaction.atomic():
        row = running(force, at)
        if not row.starts <= on <= min(row.ends, day_of(at)):
            raise Refusal("force_log_beyond", field="on", starts=row.starts, ends=min(row.ends, day_of(at)))
        solver, due = (solver, due) if block else (None, None)
        entry = LogEntry.objects.create(
            force=row, on=on, done=work, obstacle=block, solver_id=solver, due=due, who=by.label[:200], at=at
        )
        payload: dict[str, Json] = {
            "force": row.pk, "log": entry.pk, "on": on, "done": work, "obstacle": block, "solver": solver, "due": due,
        }  # fmt: skip
        record("force.logged", row.project.slug, row.zone, payload, by, at, key)
        if solver is not None and due is not None:
            tell(
                organisations=(solver,), kind="force_obstacle", facts={"problem": block[:200], "due": due},
                link=f"/projects/{row.project.slug}/force/", project=row.project.slug, at=at, once=f"log:{entry.pk}",
            )  # fmt: skip
    return entry.pk


def close_log(*, log: int, result: str, on: date, by: Acting, at: datetime, key: str | None = None) -> None:
    """An obstacle is solved: how, and on which day.

    Raises `Refusal`: `no_such_log`, `force_log_closed` already, `force_log_of_another` unit, `force_closed_early`.
    """
    said = written.text(result, "result", longest=2_000)
    with transaction.atomic():
        row = LogEntry.objects.select_for_update(of=("self",)).select_related("force__project").filter(pk=log).first()
        if row is None or not row.obstacle:
            raise Refusal("no_such_log")
        if row.closed_on:
            raise Refusal("force_log_closed", on=row.closed_on)
        member = Member.objects.filter(force=row.force, post=by.post, starts__lte=on, ends__gte=on).exists()
        if by.organisation != row.solver_id and not member:
            raise Refusal("force_log_of_another")
        if not row.on <= on <= day_of(at):
            raise Refusal("force_closed_early", field="on", on=row.on)
        row.closed_on, row.closed_at, row.result = on, at, said
        row.save(update_fields=["closed_on", "closed_at", "result"])
        payload: dict[str, Json] = {"force": row.force_id, "log": row.pk, "result": said, "on": on}
        record("force.log_closed", row.force.project.slug, row.force.zone, payload, by, at, key)
