"""Who hears of a document: the enterprise it is about, and the navigators of its project."""

from dataclasses import dataclass
from datetime import datetime

from luodi.accounts import readers as accounts
from luodi.domain.clock.office import day_of
from luodi.domain.documents import kinds
from luodi.domain.vocabulary import Text
from luodi.notices.actions import tell
from luodi.papers.gathering import Gathered
from luodi.papers.models import Document
from luodi.projects import readers as projects


def issued(one: Gathered, row: Document, at: datetime) -> None:
    """Say that a document was issued, in the transaction that issues it; of what is about no matter, nobody is told.

    What goes from office to office the enterprise is not told of.  Seven queries at most.
    """
    project = projects.project(one.slug) if one.slug and one.matter is not None else None
    if project is None or one.matter is None:
        return
    tell(
        kind="paper_issued",
        facts={"project": project.name, "matter": one.matter, "paper": one.kind.name, "number": row.number},
        organisations=[project.applicant] if project.applicant and not one.kind.inward else (),
        posts=_navigators(project.slug, at),
        link=_link(row),
        project=project.slug,
        at=at,
    )


def revoked(row: Document, slug: str, why: str, at: datetime) -> None:
    """Say that a document no longer holds, and why.  Seven queries at most."""
    project = projects.project(slug) if slug else None
    if project is None:
        return
    kind = kinds.kind(row.kind)
    tell(
        kind="paper_revoked",
        facts={"project": project.name, "paper": kind.name, "number": row.number, "reason": why},
        organisations=[project.applicant] if project.applicant and not kind.inward else (),
        posts=_navigators(slug, at),
        link=_link(row),
        project=slug,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told when a document is revoked: the enterprise, None where it is not told, and the navigators' names."""

    applicant: Text | None
    navigators: tuple[str, ...]


def hearers(slug: str, kind: str, at: datetime) -> Hearers:
    """Who would be told that a document of this kind no longer holds.  Four queries at most."""
    project = projects.project(slug) if slug else None
    if project is None:
        return Hearers(None, ())
    told = project.applicant is not None and not kinds.kind(kind).inward
    unit = accounts.organisation(project.applicant) if told and project.applicant else None
    posts = accounts.posts_by_number(_navigators(slug, at))
    return Hearers(unit.name if unit else None, tuple(one.name for one in posts.values()))


def _navigators(slug: str, at: datetime) -> list[int]:
    return [one.post for one in projects.team(slug, day_of(at)) if one.role == "navigator"]


def _link(row: Document) -> str:
    """The public page of the document: verdict, and the sealed file."""
    return f"/verify/{row.code}/"
