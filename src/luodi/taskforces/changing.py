"""What is changed of a task force once it stands: its last day, a member's, a day of duty.  Each stays on the record."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.entry.forces import forces
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.notices.actions import tell
from luodi.notices.facts import Fact
from luodi.projects.moving import move_member
from luodi.taskforces.actions import held, name_of, record, running
from luodi.taskforces.models import Duty, Force, Member, Moved

LONGEST = 2_000
"""Characters of a reason."""


def move_end(
    *, force: int, ends: date, why: str, document: str, by: Acting, at: datetime, key: str | None = None
) -> None:
    """Prolong a task force or end it early; its members' rights end with it, and every member is told.

    Whoever was lent until its last day stays until the new one.  Raises `Refusal`: `no_such_force`, `force_over`,
    `force_over_already`, `force_ends_first`, `force_end_same`, `force_exists` after it, `text_missing`.
    """
    reason, paper = written.text(why, "why", longest=LONGEST), written.line(document, "document")
    with transaction.atomic():
        row = running(force, at)
        was = _checked(row, ends, at)
        row.ends = ends
        row.save(update_fields=["ends"])
        Moved.objects.create(
            force=row, was=was, ends=ends, why=reason, document=paper, who=by.label[:200], at=at
        )  # fmt: skip
        rows = Member.objects.filter(force=row, ends__gte=F("starts"))
        moved = list(rows.filter(ends__gt=ends) if ends < was else rows.filter(ends=was))
        for one in moved:
            _move(row, one, ends, reason, by, at)
        _take_off(Duty.objects.filter(force=row, on__gt=ends, off_at=None).values_list("pk", flat=True), reason, by, at)
        payload: dict[str, Json] = {
            "force": row.pk, "was": was, "ends": ends, "why": reason, "document": paper,
            "members": [one.post_id for one in moved],
        }  # fmt: skip
        record("force.moved", row.project.slug, row.zone, payload, by, at, key)
        facts: dict[str, Fact] = {"name": row.name, "was": was, "ends": ends, "why": reason[:200]}
        everybody = rows.filter(ends__gte=min(was, ends)).values_list("post", flat=True)
        tell(
            posts=frozenset(everybody) | {one.post_id for one in moved}, kind="force_moved", facts=facts,
            link=f"/projects/{row.project.slug}/force/", project=row.project.slug, at=at,
            once=f"force_moved:{row.pk}:{was}:{ends}:{at.isoformat()}",
        )  # fmt: skip


def _checked(row: Force, ends: date, at: datetime) -> date:
    """The last day until now.  Raises `Refusal` for a new one that cannot be."""
    if ends == row.ends:
        raise Refusal("force_end_same", field="ends", ends=ends)
    if ends < row.starts:
        raise Refusal("force_ends_first", field="ends", starts=row.starts)
    if ends < day_of(at):
        raise Refusal("force_over_already", field="ends", ends=ends)
    after = Force.objects.filter(project=row.project_id, starts__lte=ends, ends__gt=row.ends).exclude(pk=row.pk).first()
    if after is not None:
        raise Refusal("force_exists", name=after.name, ends=after.ends)
    return row.ends


def leave(*, member: int, ends: date, why: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """A member leaves before the last day: rights and days of duty after `ends` go with it, and the member is told.

    Raises `Refusal`: `force_no_such_member`, `force_over`, `force_over_already`, `force_leave_later`, `text_missing`.
    """
    reason = written.text(why, "why", longest=LONGEST)
    with transaction.atomic():
        row = Member.objects.select_for_update(of=("self",)).select_related("force").filter(pk=member).first()
        if row is None or row.ends < max(row.starts, day_of(at)):
            raise Refusal("force_no_such_member")
        force = running(row.force_id, at)
        if ends < day_of(at):
            raise Refusal("force_over_already", field="ends", ends=ends)
        if ends >= row.ends:
            raise Refusal("force_leave_later", field="ends", ends=row.ends)
        was = row.ends
        _move(force, row, ends, reason, by, at)
        payload: dict[str, Json] = {
            "force": force.pk, "member_post": row.post_id, "role": row.role, "was": was, "ends": ends, "why": reason,
        }  # fmt: skip
        record("force.left", force.project.slug, force.zone, payload, by, at, key)
        facts: dict[str, Fact] = {
            "project": name_of(force), "role": forces().roles[row.role].name, "ends": ends, "why": reason[:200],
        }  # fmt: skip
        tell(
            posts=(row.post_id,), kind="force_left", facts=facts, link=f"/projects/{force.project.slug}/force/",
            project=force.project.slug, at=at, once=f"force_left:{row.pk}:{ends}",
        )  # fmt: skip


def _move(force: Force, row: Member, ends: date, why: str, by: Acting, at: datetime) -> None:
    """Another last day of one member: the row that says so, the right on the project's team, days of duty beyond it."""
    was, team = row.ends, forces().roles[row.role].team
    Moved.objects.create(force=force, member=row, was=was, ends=ends, why=why, who=by.label[:200], at=at)
    Member.objects.filter(pk=row.pk).update(ends=ends)
    if team:
        move_member(
            project=force.project.slug, post=row.post_id, role=team, starts=row.starts, was=was, ends=ends, by=by, at=at
        )
    others = Member.objects.filter(force=force, post=row.post_id).values_list("starts", "ends")
    days = Duty.objects.filter(force=force, post=row.post_id, on__gt=ends, off_at=None).values_list("pk", "on")
    _take_off([pk for pk, on in days if not any(a <= on <= b for a, b in others)], why, by, at)


def _take_off(duties: Collection[int], why: str, by: Acting, at: datetime, to: int | None = None) -> None:
    Duty.objects.filter(pk__in=list(duties)).update(off_at=at, off_by=by.label[:200], off_why=why, to=to)


def change_duty(
    *, duty: int, to: int | None, why: str, by: Acting, at: datetime, key: str | None = None
) -> None:  # fmt: skip
    """Take somebody off a day of duty, or let another member (`to`, a post) take it over; both are told.

    Raises `Refusal`: `force_no_such_duty` (or taken off before), `force_duty_past`, `force_duty_stranger`,
    `force_duty_already`, `text_missing`.
    """
    reason = written.text(why, "why", longest=LONGEST)
    with transaction.atomic():
        row = Duty.objects.select_for_update(of=("self",)).filter(pk=duty, off_at=None).first()
        if row is None:
            raise Refusal("force_no_such_duty", field="duty")
        if row.on < day_of(at):
            raise Refusal("force_duty_past", field="duty", day=row.on)
        force = held(row.force_id)
        if to is not None:
            _stand_in(force, row, to, at)
        _take_off((row.pk,), reason, by, at, to)
        payload: dict[str, Json] = {
            "force": force.pk, "on": row.on, "duty_post": row.post_id, "to_post": to, "why": reason,
        }  # fmt: skip
        record("force.duty_changed", force.project.slug, force.zone, payload, by, at, key)
        facts: dict[str, Fact] = {"project": name_of(force), "day": row.on, "why": reason[:200]}
        told = frozenset({row.post_id} if to is None else {row.post_id, to})
        tell(
            posts=told, kind="force_duty_changed" if to else "force_duty_off", facts=facts,
            link=f"/projects/{force.project.slug}/force/", project=force.project.slug, at=at, once=f"duty:{row.pk}",
        )  # fmt: skip


def _stand_in(force: Force, row: Duty, to: int, at: datetime) -> None:
    if not Member.objects.filter(force=force, post=to, starts__lte=row.on, ends__gte=row.on).exists():
        raise Refusal("force_duty_stranger", field="to", day=row.on)
    if Duty.objects.filter(force=force, post=to, on=row.on, off_at=None).exists():
        raise Refusal("force_duty_already", field="to", day=row.on)
    Duty.objects.create(force=force, on=row.on, post_id=to, at=at)
