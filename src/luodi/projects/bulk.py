"""Invented projects, written in memory and kept at once; the entries are the ones the actions write."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Text
from luodi.journal.bulk import last_number
from luodi.projects.models import Member, Project, Revision
from luodi.projects.outlining import outlined

TABLE = "projects_project"


def last_project() -> int:
    """The highest number given so far.  One query."""
    return last_number(TABLE)


def slugs(beginning: str) -> frozenset[str]:
    """The projects whose slug begins so.  One query."""
    return frozenset(Project.objects.filter(slug__startswith=beginning).values_list("slug", flat=True))


def any_live() -> bool:
    """Whether any project is handled here.  One query."""
    return Project.objects.filter(live=True).exists()


@dataclass
class Folder:
    """One project: its revisions and its team."""

    number: int
    slug: str
    zone: str
    applicant: int
    name: Text
    revisions: list[Revision] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    recorded_by: str = ""

    def recording(self, document: str) -> dict[str, Json]:
        """What the record says of a new text: the payload of `project.recorded`."""
        return {
            "revision": len(self.revisions) + 1, "document": sha256(document.encode()).hexdigest(), "name": self.name.zh,
            "sample": True, "live": True, "applicant": self.applicant,
        }  # fmt: skip

    def revise(self, document: str, who: str, at: datetime, entry: str) -> None:
        """Keep a new text."""
        seq = len(self.revisions) + 1
        self.recorded_by = who[:64]
        self.revisions.append(Revision(project_id=self.number, seq=seq, at=at, document=document, entry=entry))

    def join(self, post: int, role: str, starts: date, ends: date | None) -> dict[str, Json]:
        """Put a post on the team; the payload of `project.member_assigned`."""
        self.members.append(Member(project_id=self.number, post_id=post, role=role, starts=starts, ends=ends))
        return {"member_post": post, "role": role, "starts": starts, "ends": ends}

    def keep(self) -> None:
        """Write it."""
        first, last = self.revisions[0], self.revisions[-1]
        Project(
            id=self.number, slug=self.slug, document=last.document, sample=True, recorded_by=self.recorded_by,
            created=first.at, changed=last.at, zh=self.name.zh[:200], en=self.name.en[:300], zone_id=self.zone,
            applicant_id=self.applicant, live=True,
        ).save(force_insert=True)  # fmt: skip
        outlined(self.number, last.document).save(force_insert=True)
        Revision.objects.bulk_create(self.revisions)
        Member.objects.bulk_create(self.members)
