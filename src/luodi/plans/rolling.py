"""The forecast of one project carried on: what happened, what it does to the end, and what is written of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.planning import rolling
from luodi.domain.planning.changes import planned_otherwise
from luodi.domain.planning.result import Infeasible, Plan
from luodi.domain.vocabulary import Refusal, Text
from luodi.notices.actions import tell
from luodi.plans import keeping
from luodi.plans.jobs import work_out
from luodi.plans.keeping import Happened, Kept
from luodi.plans.models import Delay, Offer, Standing
from luodi.projects.readers import team, understood
from luodi.workcalendar.readers import in_force, mark

TARGETS: Mapping[str, str] = {"construction_start": "production"}
"""What a forecast looks to once a milestone lies behind: the start of building first, then production."""

GIVEN_UP = timedelta(hours=1)
"""An offer still not worked out after so long has lost its job: the worker tries no longer than this."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a plan may move now: `kind` of data/cases/causes.yaml, whose matter it was, and the journal entry of the act."""

    kind: str
    matter: str = ""
    unit: str = ""
    organisation: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Rolled:
    """The forecast after an act.  `finish` None: no plan is announced, or there is no lawful one now.

    `moved_days`: calendar days by which the end moved (negative: won).  `seq`: the newest revision.
    """

    finish: date | None
    moved_days: int
    seq: int


def locked(slug: str) -> Standing | None:
    """Where a project stands, locked until the transaction ends, with its project's row.  One query."""
    rows = Standing.objects.select_for_update(of=("self",)).select_related("project")
    return rows.filter(project__slug=slug).first()


def carry_on(standing: Standing, events: Happened, cause: Cause, *, at: datetime) -> Rolled:
    """Work out the forecast on the day of `at`, and write what differs from the one before.

    Nothing is worked out where nothing has happened since.  Without a lawful plan the last forecast stays, and the
    standing says why there is none.
    """
    today, catalogue, text = day_of(at), load(), events.text()
    digest = keeping.digest_of(standing.project.document, catalogue, today, text, mark())
    if digest == standing.digest:
        return Rolled(standing.finish, 0, standing.seq)
    known = keeping.kept(standing.project_id, standing.told, standing.root, standing.seq)
    answer = _forecast(standing, known, events, today, catalogue)
    standing.digest, standing.events, standing.at = digest, text, at
    if isinstance(answer, str):
        return _blocked(standing, known, answer, cause, at)
    return _moved(standing, known, answer, cause, at=at)


def _forecast(standing: Standing, known: Kept, events: Happened, today: date, catalogue: Catalogue) -> Plan | str:
    """The forecast, looking to the next target once the present one lies behind; or the code of why there is none."""
    file = events.on(understood(standing.project.document))
    announced = keeping.announced_plan(known.announced)
    try:
        answer = rolling.roll(file, catalogue, announced, to=standing.target, as_of=today, calendar=in_force())
        further = TARGETS.get(standing.target)
        if isinstance(answer, Plan) and further and answer.milestones[standing.target] < today:
            standing.target, standing.announced = further, announced.milestones[further]
            answer = rolling.roll(file, catalogue, announced, to=further, as_of=today, calendar=in_force())
    except Refusal as refused:  # a date outside the calendar: the act stands all the same, and the pages say so
        return refused.code
    return answer.code if isinstance(answer, Infeasible) else answer


def _blocked(standing: Standing, known: Kept, code: str, cause: Cause, at: datetime) -> Rolled:
    if standing.blocked != code:
        standing.blocked, standing.finish = code, None
        keeping.write_forecast(standing, known, known.forecast, at=at, entry=cause.entry)
    standing.save()
    return Rolled(None, 0, standing.seq)


def _moved(standing: Standing, known: Kept, plan: Plan, cause: Cause, *, at: datetime) -> Rolled:
    now = keeping.document_of(plan)
    was, finish = date.fromisoformat(known.forecast["milestones"][standing.target]), plan.span.finish
    unblocked, standing.blocked = bool(standing.blocked), ""
    standing.finish, standing.late = finish, (finish - standing.announced).days
    if unblocked or planned_otherwise(now, known.forecast):
        keeping.write_forecast(standing, known, now, at=at, entry=cause.entry)
    standing.save()
    days = (finish - was).days
    if days:
        Delay.objects.create(
            project_id=standing.project_id, zone=standing.zone, at=at, matter=cause.matter, unit=cause.unit,
            organisation=cause.organisation, cause=cause.kind, days=days, was=was, now=finish, entry=cause.entry,
        )  # fmt: skip
        ask(standing, at)
        _tell_team(standing, plan, cause, days, at)
    return Rolled(finish, days, standing.seq)


def ask(standing: Standing, at: datetime) -> int:
    """Have a plan with least change worked out in the background; what is being worked out takes up the newest facts.

    An offer that nobody has decided yet no longer fits and is outdated.  The job is queued in the same transaction, so
    that neither is lost without the other.
    """
    waiting = Offer.objects.filter(project=standing.project_id, state="working").first()
    if waiting is not None:
        waiting.seq = standing.seq
        if at - waiting.at > GIVEN_UP:
            waiting.at = at
            work_out.enqueue(offer=waiting.pk)
        waiting.save(update_fields=("seq", "at"))
        return waiting.pk
    Offer.objects.filter(project=standing.project_id, state="offered").update(state="outdated")
    offer = Offer.objects.create(project_id=standing.project_id, at=at, state="working", seq=standing.seq)
    work_out.enqueue(offer=offer.pk)
    return offer.pk


def _tell_team(standing: Standing, plan: Plan, cause: Cause, days: int, at: datetime) -> None:
    if days < 0:
        return
    names = {step.matter: step.name for step in plan.steps}
    project = Text(standing.project.zh, standing.project.en)
    tell(
        posts=frozenset(member.post for member in team(standing.project.slug, day_of(at))),
        kind="plan_moved",
        facts={"project": project, "matter": names.get(cause.matter, project), "days": days, "finish": plan.span.finish},
        at=at, project=standing.project.slug, once=f"plan:{standing.project.slug}:{standing.seq}",
    )  # fmt: skip
