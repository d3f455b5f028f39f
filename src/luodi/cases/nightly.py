"""What a day without acts does: pauses outlast their maximum, promises pass, plans roll on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import SYSTEM
from luodi.cases.held import Held, Stroke, calendar, hold_many
from luodi.cases.kinds import REPROJECTED
from luodi.cases.models import Case
from luodi.cases.recording import act, roll
from luodi.cases.standing import Stands, stands
from luodi.domain.clock.rules import pause_rules
from luodi.domain.events.canonical import Json
from luodi.plans.actions import Cause, locked
from luodi.plans.readers import current

OUTLASTED = "暂停已满法定最长期限，时钟恢复 / the pause has lasted as long as it may; the clock runs again"


@dataclass(frozen=True, slots=True)
class RolledOn:
    """How many projects were looked at, and how many cases stand differently than the day before."""

    projects: int
    cases: int


def roll_on(*, at: datetime) -> RolledOn:
    """Roll every project with open cases forward by what the passing of time alone has changed.

    One transaction a project: a crash half-way loses nothing, and repeating it changes nothing.
    """
    projects = Case.objects.filter(open=True).order_by("project").values_list("project_id", flat=True).distinct()
    count, changed = 0, 0
    for project in list(projects):
        with transaction.atomic():
            changed += _one(project, at)
        count += 1
    return RolledOn(count, changed)


def _one(project: int, at: datetime) -> int:
    """Bring the open cases of a project up to date and roll its plan; how many stand differently."""
    rows = (
        Case.objects.select_for_update(of=("self",))
        .select_related("project", "organisation")
        .filter(project=project, open=True)
        .order_by("id")
    )
    held = hold_many(rows)
    if not held:
        return 0
    slipped = [(one, now) for one in held if (now := _now(one, at)) is not None]
    subject, cause = held[0].subject, _cause(held)
    if slipped:
        payload: dict[str, Json] = {
            "reason": OUTLASTED
            if any(_freed(one, now) for one, now in slipped)
            else "期限重算 / deadlines worked out again",
            "cases": [{"case": one.row.number, "expected": now.expected, "due": now.due} for one, now in slipped],
        }
        begun = act(subject, REPROJECTED, payload, by=SYSTEM, at=at, key=None)
        for one, now in slipped:
            said = OUTLASTED if _freed(one, now) else ""
            begun.write(one, (Stroke(REPROJECTED, one.moment(at), said, details={"expected": now.expected}),))
        begun.settle(Cause(cause.kind, cause.matter, cause.unit, cause.organisation, begun.entry))
    else:
        locked(subject.slug)  # no entry locks the chain here: without this, an act meanwhile would be forgotten again
        roll(subject, cause, SYSTEM, at)
    return len(slipped)


def _now(held: Held, at: datetime) -> Stands | None:
    """How a case stands now, where its clock runs again or a deadline differs; None where nothing does."""
    row = held.row
    minimum = held.limits(held.course.accepted or at).minimum
    found = stands(held.course, held.terms, minimum, row.mode, held.matter, at, calendar())
    kept = (row.due, row.promise_due, row.paused_since is None)
    return None if (found.due, found.promise_due, found.paused_since is None) == kept else found


def _freed(held: Held, now: Stands) -> bool:
    return held.row.paused_since is not None and now.paused_since is None and bool(held.course.waiting)


def _cause(held: Iterable[Held]) -> Cause:
    """Whose the days are that pass now: the first matter on the critical path that is not done."""
    open_ = {one.row.matter: one for one in held}
    first = next(iter(open_.values()))
    saved = current(first.subject.slug)
    steps = {step.matter: step.state for step in saved.plan.steps} if saved else {}
    waiting = next((one for one in (saved.plan.critical if saved else ()) if steps.get(one, "done") != "done"), "")
    case = open_.get(waiting)
    if case is None:
        return Cause("late_applicant" if waiting else "other", waiting)
    kind = {"applicant": "late_applicant", "window": "late_acceptance", "unit": "late_decision"}.get(case.row.turn, "")
    rules = pause_rules(case.row.matter)
    kind = case.row.pause if case.row.pause in rules else kind
    return Cause(kind or "other", waiting, case.matter.unit, case.row.organisation.code)
