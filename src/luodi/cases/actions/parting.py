"""Who has a part in a case (专员代办、多人共办、部门联动、领导督办): owner, helpers, linked departments, supervising leader."""

from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.accounts.readers import PostRow
from luodi.accounts.readers import post as post_of
from luodi.cases.actions.once import once
from luodi.cases.held import Held, Stroke, hold
from luodi.cases.kinds import ASSIGNED, RELEASED
from luodi.cases.models import Part
from luodi.cases.recording import Done, carry_out
from luodi.cases.telling import to_others
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal

ROLES = ("owner", "helper", "linked", "supervisor")
SUPERVISORS = ("leader", "bureau_head", "zone_officer")


@once
def assign(
    *, case: int, seq: int, role: str, post: int, note: str = "", by: Acting, at: datetime, key: str | None = None
) -> Done:
    """Give a post a part in a case.  A new owner takes the place of the old one, in whatever state the case is.

    Owner and helpers belong to the unit that handles the case, linked posts to another, the supervisor leads.
    Raises `Refusal`: `part_post_unknown`, `post_of_another_unit`, `post_of_this_unit`, `supervisor_must_lead`,
    `part_held_already`.
    """
    held = hold(case, seq, key)
    given = _post(held, role, post, at)
    parts = Part.objects.filter(case=held.row.pk, until=None, role=role)
    if parts.filter(post=post).exists():
        raise Refusal("part_held_already", who=given.name)
    if role == "owner":
        parts.update(until=at)
        held.row.handler_id = post
    Part.objects.create(case_id=held.row.pk, post_id=post, role=role, since=at)
    said = written.text(note, "note", empty=True)
    details: dict[str, Json] = {"role": role, "post": post, "name": f"{given.name} · {given.organisation_name.zh}"}
    stroke = Stroke(ASSIGNED, held.moment(at), said, details=details)
    news = to_others(held, "case_assigned", posts=frozenset({post}), who=by.label)
    return carry_out(held, (stroke,), by=by, at=at, key=key, cause="other", news=lambda: news)


@once
def release(
    *, case: int, seq: int, role: str, post: int, note: str = "", by: Acting, at: datetime, key: str | None = None
) -> Done:
    """End a part.  Raises `Refusal("part_not_held")`."""
    held = hold(case, seq, key)
    if not Part.objects.filter(case=held.row.pk, until=None, role=role, post=post).update(until=at):
        raise Refusal("part_not_held")
    if role == "owner":
        held.row.handler_id = None
    stroke = Stroke(
        RELEASED, held.moment(at), written.text(note, "note", empty=True), details={"role": role, "post": post}
    )
    return carry_out(held, (stroke,), by=by, at=at, key=key, cause="other")


def _post(held: Held, role: str, post: int, at: datetime) -> PostRow:
    if role not in ROLES:
        raise ValueError(role)
    found, today = post_of(post), day_of(at)
    if found is None or found.starts > today or (found.ends is not None and found.ends < today):
        raise Refusal("part_post_unknown")
    ours = found.organisation == held.row.organisation_id
    if role in ("owner", "helper") and not ours:
        raise Refusal("post_of_another_unit", who=found.name)
    if role == "linked" and ours:
        raise Refusal("post_of_this_unit", who=found.name)
    if role == "supervisor" and found.kind not in SUPERVISORS:
        raise Refusal("supervisor_must_lead", who=found.name)
    return found
