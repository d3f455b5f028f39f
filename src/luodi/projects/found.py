"""Under which names and codes a project and its company are looked up."""

from collections.abc import Iterator
from datetime import datetime

from luodi.domain.vocabulary import Text
from luodi.finding.actions import Note, note
from luodi.projects.models import Project
from luodi.projects.readers import understood


def keep(row: Project, at: datetime) -> None:
    """Note a project and its company as they are now; in the transaction of what changed them.  Four queries at most."""
    note(notes(row), at=at)


def notes(row: Project) -> Iterator[Note]:
    """The project by name, slug and national code; its company by name and credit code."""
    form = understood(row.document).form
    company, name = str(form.get("applicant_name") or ""), Text(row.zh, row.en)
    link = f"/projects/{row.slug}/board/" if row.live else f"/projects/{row.slug}/"
    codes = tuple(filter(None, (row.slug, str(form.get("project_code") or ""))))
    zone = row.zone_id or ""
    yield Note("project", row.slug, name, link, zone, row.slug, Text(company, company), codes)
    if company:
        codes = tuple(filter(None, (str(form.get("uscc") or ""),)))
        yield Note("company", row.slug, Text(company, company), link, zone, row.slug, name, codes)


def everything() -> Iterator[Note]:
    """All projects and companies, for filling anew.  One query for every 200 projects."""
    for row in Project.objects.order_by("id").iterator(chunk_size=200):
        yield from notes(row)
