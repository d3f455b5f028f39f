"""The plan of least change: among the plans that end as early as can now be, the one that moves the fewest announced days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import SYSTEM
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.planning.plan import plan
from luodi.domain.planning.plan_json import dumps, plan_document
from luodi.domain.planning.result import Answer, Plan
from luodi.domain.planning.rolling import carried
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.notices.actions import tell
from luodi.plans import keeping
from luodi.plans.models import Offer, Standing
from luodi.projects.readers import team, understood
from luodi.workcalendar.readers import in_force

SECONDS = 10.0
"""What the solver may take for one offer."""

ROUNDS = 3
"""So often a plan is worked out anew because something happened meanwhile; then the job is tried again later."""


class Overtaken(Exception):  # noqa: N818 - the worker tries the job again
    """Acts came faster than a plan could be worked out."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A unit whose announced days an offer changes.  `days`: the most by which one of its matters ends later (or earlier)."""

    unit: str
    matters: tuple[str, ...]
    days: int


def find(*, offer: int, at: datetime, seconds: float = SECONDS) -> str:
    """Work out an offer and write it down; the state it is in then.

    `offered`, `unneeded` (no announced day has to move), `failed` (no lawful plan, the reason is kept), or, where it was
    no longer being waited for, whatever it was.  What happens meanwhile is taken up.  Raises `Overtaken`.
    """
    for _ in range(ROUNDS):
        row = Offer.objects.filter(pk=offer, state="working").select_related("project").first()
        if row is None:
            return Offer.objects.values_list("state", flat=True).get(pk=offer)
        standing = Standing.objects.select_related("project").get(project=row.project_id)
        known = keeping.kept(standing.project_id, standing.told, standing.root, standing.seq)
        announced = keeping.announced_plan(known.announced)
        found = _closest(standing, announced, day_of(at), seconds)
        if state := _written(offer, standing, announced, found, at):
            return state
    raise Overtaken(f"offer {offer}")


def _closest(standing: Standing, announced: Plan, today: date, seconds: float) -> Answer | str:
    """The plan of least change from what is announced, on the facts of the last act, or the code of why there is none."""
    file = carried(keeping.happened(standing.events).on(understood(standing.project.document)), announced)
    baseline = {step.matter: (step.start, step.finish) for step in announced.steps}
    try:
        return plan(
            file, load(), levers=announced.levers, start=announced.span.from_id, to=standing.target, as_of=today,
            baseline=baseline, seconds=seconds, calendar=in_force(),
        )  # fmt: skip
    except Refusal as refused:
        return refused.code


def _written(offer: int, standing: Standing, announced: Plan, found: Answer | str, at: datetime) -> str | None:
    """The offer's new state, or None where something happened since `standing` was read."""
    slug = standing.project.slug
    with transaction.atomic():
        now = Standing.objects.select_for_update().get(project=standing.project_id)
        row = Offer.objects.select_for_update().get(pk=offer)
        if row.state != "working":
            return row.state
        if (now.digest, now.told) != (standing.digest, standing.told):
            return None
        row.seq = now.seq
        if not isinstance(found, Plan):
            row.state, row.reason = "failed", found if isinstance(found, str) else found.words.zh[:500]
        elif not (changed := affected(announced, found)):
            row.state = "unneeded"
        else:
            row.state, row.answer = "offered", dumps(plan_document(found), indent=None)
            row.days = (found.span.finish - announced.milestones[found.span.to_id]).days
            rows: list[Json] = [{"unit": one.unit, "matters": list(one.matters), "days": one.days} for one in changed]
            row.affected = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
            row.entry = append(
                chain=f"project:{slug}", kind="plan.offered", by=SYSTEM, at=at, zone=standing.zone, project=slug,
                payload={"offer": row.pk, "target": found.span.to_id, "finish": found.span.finish, "days": row.days,
                         "affected": rows},
            ).hash  # fmt: skip
            _tell(standing, row, at)
        row.save()
        return row.state


def _tell(standing: Standing, row: Offer, at: datetime) -> None:
    project = standing.project
    tell(
        posts=frozenset(member.post for member in team(project.slug, day_of(at))), kind="plan_offered",
        facts={"project": Text(project.zh, project.en), "days": row.days}, at=at, project=project.slug,
        once=f"offer:{row.pk}",
    )  # fmt: skip


def affected(announced: Plan, offered: Plan) -> tuple[Affected, ...]:
    """The units whose matters, not yet done, no longer start or end as announced; the one that moves most first."""
    was = {step.matter: step for step in announced.steps}
    units: dict[str, dict[str, int]] = {}
    for step in offered.steps:
        then = was.get(step.matter)
        if step.state == "done" or (then and (then.start, then.finish) == (step.start, step.finish)):
            continue
        days = (step.finish - then.finish).days if then else 0
        units.setdefault(step.unit, {})[step.matter] = days
    found = (Affected(unit, tuple(moved), _most(moved)) for unit, moved in units.items())
    return tuple(sorted(found, key=lambda one: (-abs(one.days), one.unit)))


def _most(moved: Mapping[str, int]) -> int:
    return max(moved.values(), key=abs)
