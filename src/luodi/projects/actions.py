"""What can be done with a project."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max

from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import Who, append
from luodi.projects import found, outlining
from luodi.projects.models import Member, Project, Revision
from luodi.projects.readers import ROLES, understood


@dataclass(frozen=True, slots=True)
class _Columns:
    """What lists need of a project without reading its document."""

    document: str
    sample: bool
    zh: str
    en: str
    zone_id: str | None
    applicant_id: int | None
    live: bool


def record_project(
    *,
    slug: str,
    document: str,
    sample: bool,
    by: Who,
    at: datetime,
    zone: str | None = None,
    applicant: int | None = None,
    live: bool | None = None,
    key: str | None = None,
) -> bool:
    """Record a project file, or a new text of one already recorded; True when it is new.

    The file is read first: one with problems raises `BadInput` with all of them, and nothing is written.
    `zone`, `applicant` (an organisation), `live`: None leaves them as they are.  What is recorded already just so
    is left alone.
    """
    name = understood(document).name
    with transaction.atomic():
        row = Project.objects.select_for_update().filter(slug=slug).first()
        columns = _Columns(
            document, sample, name.zh[:200], name.en[:300],
            zone if zone is not None or row is None else row.zone_id,
            applicant if applicant is not None or row is None else row.applicant_id,
            bool(live) if live is not None or row is None else row.live,
        )  # fmt: skip
        if row is not None and columns == _columns(row):
            return False
        created = row is None
        if row is None:
            row = Project(slug=slug, created=at)
        for column in _Columns.__slots__:
            setattr(row, column, getattr(columns, column))
        row.recorded_by, row.changed = by.label[:64], at
        row.save(force_insert=created)
        _revise(row, by, at, key)
        outlining.keep(row.pk, document)
        found.keep(row, at)
    return created


def _columns(row: Project) -> _Columns:
    return _Columns(row.document, row.sample, row.zh, row.en, row.zone_id, row.applicant_id, row.live)


def _revise(row: Project, by: Who, at: datetime, key: str | None) -> None:
    """The entry and the revision of what has just been written."""
    newest = Revision.objects.filter(project=row).aggregate(seq=Max("seq"))["seq"] or 0
    digest = sha256(row.document.encode()).hexdigest()
    written = append(
        chain=f"project:{row.slug}", kind="project.recorded", by=by, at=at, zone=row.zone_id or "", project=row.slug,
        payload={"revision": newest + 1, "document": digest, "name": row.zh, "sample": row.sample, "live": row.live,
                 "applicant": row.applicant_id},
        key=key,
    )  # fmt: skip
    Revision.objects.create(project=row, seq=newest + 1, at=at, document=row.document, entry=written.hash)


def assign_member(
    *, project: str, post: int, role: str, starts: date, ends: date | None = None, by: Who, at: datetime,
    key: str | None = None,
) -> None:  # fmt: skip
    """Put a post on a project's team as `navigator`, `leader`, `investment` or `agent`, from a day on.

    Raises `Refusal`: `project_unknown`, `role_unknown`, `member_already` (the same post in the same role).
    """
    if role not in ROLES:
        raise Refusal("role_unknown", role=role, known=", ".join(ROLES))
    with transaction.atomic():
        row = _row(project)
        append(
            chain=f"project:{project}", kind="project.member_assigned", by=by, at=at, zone=row.zone_id or "",
            project=project, payload={"member_post": post, "role": role, "starts": starts, "ends": ends}, key=key,
        )  # fmt: skip
        if Member.objects.filter(project=row, post=post, role=role, ends=None).exists():
            raise Refusal("member_already", role=ROLES[role])
        try:
            with transaction.atomic():
                Member.objects.create(project=row, post_id=post, role=role, starts=starts, ends=ends)
        except IntegrityError:
            raise Refusal("member_already", role=ROLES[role]) from None


def release_member(
    *, project: str, post: int, role: str, ends: date, by: Who, at: datetime, key: str | None = None
) -> None:
    """End a post's part in a team with a day.  Raises `Refusal`: `project_unknown`, `role_unknown`, `member_unknown`."""
    if role not in ROLES:
        raise Refusal("role_unknown", role=role, known=", ".join(ROLES))
    with transaction.atomic():
        row = _row(project)
        append(
            chain=f"project:{project}", kind="project.member_released", by=by, at=at, zone=row.zone_id or "",
            project=project, payload={"member_post": post, "role": role, "ends": ends}, key=key,
        )  # fmt: skip
        if not Member.objects.filter(project=row, post=post, role=role, ends=None, starts__lte=ends).update(ends=ends):
            raise Refusal("member_unknown", role=ROLES[role])


def _row(slug: str) -> Project:
    row = Project.objects.filter(slug=slug).only("id", "slug", "zone_id").first()
    if row is None:
        raise Refusal("project_unknown", slug=slug)
    return row
