"""Questions about projects."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import read_project
from luodi.projects.models import Project


@dataclass(frozen=True, slots=True)
class Recorded:
    """A project as it stands in the table, with its file understood."""

    slug: str
    sample: bool
    created: datetime
    digest: str  # of the text: the same digest is the same project file
    file: ProjectFile


def projects() -> tuple[Recorded, ...]:
    """Every project, oldest record first.  One query."""
    return tuple(recorded(row) for row in Project.objects.all())


def project(slug: str) -> Recorded | None:
    """One project by its slug.  One query."""
    row = Project.objects.filter(slug=slug).first()
    return recorded(row) if row else None


def documents() -> dict[str, str]:
    """The text of every project by slug.  One query."""
    return dict(Project.objects.values_list("slug", "document"))


def recorded(row: Project) -> Recorded:
    """A row with its document understood."""
    digest = sha256(f"{row.slug}\n{row.document}".encode()).hexdigest()
    return Recorded(row.slug, row.sample, row.created, digest, understood(row.document))


@lru_cache(maxsize=512)
def understood(document: str) -> ProjectFile:
    """The project a document describes; the same text is read once in a process."""
    return read_project(document, load())
