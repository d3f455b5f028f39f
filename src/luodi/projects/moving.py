"""How long somebody stays on a project's team: a last day that was set is moved, sooner or later."""

from datetime import date, datetime

from django.db import transaction

from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import Who, append
from luodi.projects.models import Member, Project
from luodi.projects.readers import ROLES


def move_member(
    *, project: str, post: int, role: str, starts: date, was: date, ends: date, by: Who, at: datetime,
    key: str | None = None,
) -> bool:  # fmt: skip
    """Move the last day of the part that a post has in a team from `starts` to `was`; whether there is such a part.

    A day before `starts` means that the part never begins.  A part without a last day, or with another one, was given on
    other grounds and is left alone.  Raises `Refusal`: `project_unknown`, `role_unknown`.
    """
    if role not in ROLES:
        raise Refusal("role_unknown", role=role, known=", ".join(ROLES))
    with transaction.atomic():
        row = Project.objects.filter(slug=project).only("id", "slug", "zone_id").first()
        if row is None:
            raise Refusal("project_unknown", slug=project)
        part = Member.objects.select_for_update().filter(
            project=row, post=post, role=role, starts=starts, ends=was
        )  # fmt: skip
        if not part.update(ends=ends):
            return False
        kind = "project.member_released" if ends < was else "project.member_assigned"
        payload: dict[str, Json] = {"member_post": post, "role": role, "ends": ends}
        if ends > was:
            payload["starts"] = starts
        append(
            chain=f"project:{project}", kind=kind, by=by, at=at, zone=row.zone_id or "", project=project,
            payload=payload, key=key,
        )  # fmt: skip
    return True
