"""Questions about projects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from django.db.models import Q

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import read_project
from luodi.domain.vocabulary import Text
from luodi.projects.models import Member, Project, Revision

COLUMNS = ("id", "slug", "zh", "en", "zone_id", "live", "sample", "changed")

ROLES = {
    "navigator": Text("领航员", "navigator"),
    "leader": Text("专班负责人", "task-force leader"),
    "investment": Text("招商专员", "investment officer"),
    "agent": Text("企业代办人", "enterprise agent"),
}
"""What a post can be on a project's team."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A project as it stands in the table; its document is understood when `file` is asked for."""

    id: int
    slug: str
    name: Text
    zone: str
    applicant: int | None
    live: bool
    sample: bool
    created: datetime
    changed: datetime
    document: str

    @property
    def digest(self) -> str:
        """Of slug and document: the same digest is the same project file."""
        return sha256(f"{self.slug}\n{self.document}".encode()).hexdigest()

    @property
    def file(self) -> ProjectFile:
        """The project the document describes; read once in a process."""
        return understood(self.document)


@dataclass(frozen=True, slots=True)
class Listed:
    """A project in a list: columns only."""

    id: int
    slug: str
    name: Text
    zone: str
    live: bool
    sample: bool
    changed: datetime


@dataclass(frozen=True, slots=True)
class OnTeam:
    """A post on a project's team.  `ends` None: until further notice."""

    post: int
    role: str
    starts: date
    ends: date | None


def listed(
    *, zones: Collection[str] | None = None, live: bool | None = None, after: int = 0, limit: int = 50
) -> tuple[Listed, ...]:
    """A page of projects by number, those of `zones` (None: all), from the one after `after` on.  One query."""
    found = Project.objects.filter(id__gt=after).order_by("id")
    if zones is not None:
        found = found.filter(zone__in=zones)
    if live is not None:
        found = found.filter(live=live)
    return tuple(_listed(row) for row in found.values_list(*COLUMNS)[:limit])


def named(
    words: str = "",
    *,
    zones: Collection[str] | None = None,
    slugs: Collection[str] | None = None,
    live: bool | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[Listed, ...]:
    """Projects with every one of the words in name or slug, newest first, those numbered below `before`.  One query."""
    found = Project.objects.order_by("-id")
    for word in words.split():
        found = found.filter(Q(zh__icontains=word) | Q(en__icontains=word) | Q(slug__icontains=word))
    if zones is not None:
        found = found.filter(zone__in=zones)
    if slugs is not None:
        found = found.filter(slug__in=slugs)
    if live is not None:
        found = found.filter(live=live)
    if before is not None:
        found = found.filter(id__lt=before)
    return tuple(_listed(row) for row in found.values_list(*COLUMNS)[:limit])


def planned(*, zones: Collection[str] | None = None, limit: int = 50) -> tuple[Recorded, ...]:
    """Projects that are only planned, with their documents; those of `zones` (None: all).  One query."""
    found = Project.objects.filter(live=False).order_by("id")
    if zones is not None:
        found = found.filter(zone__in=zones)
    return tuple(recorded(row) for row in found[:limit])


def project(slug: str, as_of: datetime | None = None) -> Recorded | None:
    """One project by its slug, with its document as it was at a moment; None where there was none.  At most two queries.

    Zone, applicant and whether it is live are as they are now.
    """
    row = Project.objects.filter(slug=slug).first()
    if row is None or as_of is None or row.changed <= as_of:
        return recorded(row) if row else None
    then = Revision.objects.filter(project=row, at__lte=as_of).order_by("-seq").first()
    if then is None:
        return None
    row.document, row.changed = then.document, then.at
    name = understood(then.document).name
    row.zh, row.en = name.zh, name.en
    return recorded(row)


def team(slug: str, on: date) -> tuple[OnTeam, ...]:
    """Who is on a project's team on a day, in the order in which they came.  One query."""
    rows = Member.objects.filter(Q(ends=None) | Q(ends__gte=on), project__slug=slug, starts__lte=on)
    return tuple(
        OnTeam(post, role, starts, ends)
        for post, role, starts, ends in rows.order_by("starts", "id").values_list("post_id", "role", "starts", "ends")
    )


def tenures(slugs: Collection[str]) -> dict[str, tuple[OnTeam, ...]]:
    """Who was ever on the teams of some projects, in the order in which they came.  One query."""
    found: dict[str, list[OnTeam]] = {}
    rows = Member.objects.filter(project__slug__in=slugs).order_by("starts", "id")
    for slug, post, role, starts, ends in rows.values_list("project__slug", "post_id", "role", "starts", "ends"):
        found.setdefault(slug, []).append(OnTeam(post, role, starts, ends))
    return {slug: tuple(rows) for slug, rows in found.items()}


def projects_of(post: int, on: date) -> tuple[str, ...]:
    """The slugs of the projects on whose team a post is on a day.  One query."""
    rows = Member.objects.filter(Q(ends=None) | Q(ends__gte=on), post=post, starts__lte=on)
    return tuple(rows.order_by("project_id").values_list("project__slug", flat=True).distinct())


def documents(slugs: Collection[str] | None = None) -> dict[str, str]:
    """The text of every project by slug, or of these alone.  One query."""
    found = Project.objects.all() if slugs is None else Project.objects.filter(slug__in=slugs)
    return dict(found.values_list("slug", "document"))


def recorded(row: Project) -> Recorded:
    """A row as a value."""
    return Recorded(
        row.pk, row.slug, Text(row.zh, row.en), row.zone_id or "", row.applicant_id, row.live, row.sample, row.created,
        row.changed, row.document,
    )  # fmt: skip


@lru_cache(maxsize=512)
def understood(document: str) -> ProjectFile:
    """The project a document describes; the same text is read once in a process."""
    return read_project(document, load())


def mine(*, post: int, organisation: int, on: date) -> tuple[Listed, ...]:
    """The live projects a post is on the team of, or whose applicant its organisation is; newest first.  One query."""
    held = Member.objects.filter(Q(ends=None) | Q(ends__gte=on), post=post, starts__lte=on).values("project")
    rows = Project.objects.filter(Q(applicant=organisation) | Q(id__in=held), live=True).order_by("-id")
    return tuple(_listed(row) for row in rows.values_list(*COLUMNS)[:100])


def _listed(row: tuple[int, str, str, str, str | None, bool, bool, datetime]) -> Listed:
    id_, slug, zh, en, zone, live, sample, changed = row
    return Listed(id_, slug, Text(zh, en), zone or "", live, sample, changed)


def examples() -> tuple[Recorded, ...]:
    """The sample projects that are planned but not handled here, with their documents.  One query."""
    return tuple(recorded(row) for row in Project.objects.filter(live=False, sample=True)[:50])
