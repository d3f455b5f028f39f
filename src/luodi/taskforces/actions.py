"""What is done with a task force: founded, joined, rostered; asked for life support; its days on site written down."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from luodi.accounts import readers as people
from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.entry.forces import forces
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.actions import append
from luodi.notices.actions import tell
from luodi.notices.facts import Fact
from luodi.projects.actions import assign_member
from luodi.projects.readers import Recorded, team
from luodi.taskforces.models import Duty, Force, Member

LONGEST = 366
"""Days that may be rostered at once."""


def found_force(
    *, project: Recorded, name: str, document: str, starts: date, ends: date, by: Acting, at: datetime,
    sample: bool = False, key: str | None = None,
) -> int:  # fmt: skip
    """Found a task force for a project, from a day to a day; its number.  After its last day nobody in it has a power.

    Raises `Refusal`: `force_ends_first`, `force_over_already`, `force_exists` while another stands, `text_missing`.
    """
    if ends < starts:
        raise Refusal("force_ends_first", field="ends", starts=starts)
    if ends < day_of(at):
        raise Refusal("force_over_already", field="ends", ends=ends)
    row = Force(
        project_id=project.id, zone=project.zone, name=written.line(name, "name"),
        document=written.line(document, "document"), starts=starts, ends=ends, at=at, who=by.label[:200], sample=sample,
    )  # fmt: skip
    with transaction.atomic():
        standing = Force.objects.filter(project=project.id, starts__lte=ends, ends__gte=starts).first()
        if standing is not None:
            raise Refusal("force_exists", name=standing.name, ends=standing.ends)
        row.save(force_insert=True)
        payload: dict[str, Json] = {
            "force": row.pk, "name": row.name, "document": row.document, "starts": starts, "ends": ends,
        }  # fmt: skip
        record("force.founded", project.slug, row.zone, payload, by, at, key)
    return row.pk


def join(
    *, force: int, post: int, role: str, starts: date, ends: date, by: Acting, at: datetime, key: str | None = None
) -> None:
    """Lend a post to a task force in a role; its rights on the project end by themselves on `ends`.

    Raises `Refusal`: `no_such_force`, `force_role_unknown`, `choice_missing` (post), `force_member_beyond` the force's days,
    `force_member_already`.
    """
    rule = forces().roles.get(role)
    if rule is None:
        raise Refusal("force_role_unknown", field="role")
    if people.post(post) is None:
        raise Refusal("choice_missing", field="post")
    with transaction.atomic():
        row = held(force)
        if not row.starts <= starts <= ends <= row.ends:
            raise Refusal("force_member_beyond", field="ends", starts=row.starts, ends=row.ends)
        _join(row, post, role, starts, ends, at)
        payload: dict[str, Json] = {
            "force": row.pk, "member_post": post, "role": role, "starts": starts, "ends": ends,
        }  # fmt: skip
        record("force.joined", row.project.slug, row.zone, payload, by, at, key)
        here = team(row.project.slug, max(starts, day_of(at)))
        covered = any((one.post, one.role) == (post, rule.team) and (one.ends or ends) >= ends for one in here)
        if rule.team and not covered:
            assign_member(project=row.project.slug, post=post, role=rule.team, starts=starts, ends=ends, by=by, at=at)
        facts: dict[str, Fact] = {"project": name_of(row), "role": rule.name, "ends": ends}
        tell(
            posts=(post,), kind="force_joined", facts=facts, link=f"/projects/{row.project.slug}/force/",
            project=row.project.slug, at=at, once=f"force:{row.pk}:{post}:{role}",
        )  # fmt: skip


def _join(row: Force, post: int, role: str, starts: date, ends: date, at: datetime) -> None:
    rows = Member.objects.filter(force=row, post=post, role=role, starts__lte=ends, ends__gte=starts)
    if rows.exists():
        raise Refusal("force_member_already", role=forces().roles[role].name)
    try:
        with transaction.atomic():
            Member.objects.create(force=row, post_id=post, role=role, starts=starts, ends=ends, at=at)
    except IntegrityError:
        raise Refusal("force_member_already", role=forces().roles[role].name) from None


def roster(
    *, force: int, post: int, days: Collection[date], by: Acting, at: datetime, key: str | None = None
) -> int:  # fmt: skip
    """Put a member on duty on some days; how many were new.

    Raises `Refusal`: `no_such_force`, `force_days_beyond`, `force_duty_stranger` for a post that is no member on one of them.
    """
    wanted = sorted(set(days))
    with transaction.atomic():
        row = held(force)
        if not wanted or len(wanted) > LONGEST or wanted[0] < row.starts or wanted[-1] > row.ends:
            raise Refusal("force_days_beyond", field="until", starts=row.starts, ends=row.ends)
        spans = list(Member.objects.filter(force=row, post=post).values_list("starts", "ends"))
        stranger = next((day for day in wanted if not any(a <= day <= b for a, b in spans)), None)
        if stranger is not None:
            raise Refusal("force_duty_stranger", field="post", day=stranger)
        rostered = Duty.objects.filter(force=row, post=post, on__in=wanted, off_at=None)
        known = set(rostered.values_list("on", flat=True))
        new = [day for day in wanted if day not in known]
        Duty.objects.bulk_create(Duty(force=row, post_id=post, on=day, at=at) for day in new)
        payload: dict[str, Json] = {"force": row.pk, "duty_post": post, "days": [str(day) for day in new]}
        record("force.rostered", row.project.slug, row.zone, payload, by, at, key)
    return len(new)


def held(force: int) -> Force:
    """A force with its project, held by the caller's transaction.  Raises `Refusal("no_such_force")`."""
    row = Force.objects.select_for_update(of=("self",)).select_related("project").filter(pk=force).first()
    if row is None:
        raise Refusal("no_such_force")
    return row


def running(force: int, at: datetime) -> Force:
    """A force that has not ended by the day of `at`.  Raises `Refusal`: `no_such_force`, `force_over`."""
    row = held(force)
    if row.ends < day_of(at):
        raise Refusal("force_over", ends=row.ends)
    return row


def record(
    kind: str, slug: str, zone: str, payload: Mapping[str, Json], by: Acting, at: datetime, key: str | None = None
) -> None:
    """Append an entry about a project to its chain, in the caller's transaction."""
    append(chain=f"project:{slug}", kind=kind, by=by, at=at, zone=zone, project=slug, payload=payload, key=key)


def name_of(row: Force) -> Text:
    """The name of its project."""
    return Text(row.project.zh, row.project.en)
