"""What goes into the archive of a project: its file as it was, its plan, its cases, its documents, its record."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from luodi.cases.readers.whole import WholeCase, whole
from luodi.domain.catalogue.reading import load
from luodi.domain.events.sealing import EVERYTHING, Checkpoint, checkpoint_text
from luodi.domain.facts.boundary import Boundary
from luodi.domain.planning.plan_json import dumps, plan_document
from luodi.exchange import mspdi
from luodi.journal import readers as journal
from luodi.plans.readers import Saved, current
from luodi.projects.in_full import Revised, revisions
from luodi.projects.readers import Recorded

UNSAFE = re.compile(r"[^\w〔〕（）().-]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued document as the archive keeps it; `file`: its name within the archive."""

    number: str
    kind: str
    case: str
    issued: datetime
    standing: str
    file: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything an archive holds.  `record` lines are read when they are written."""

    project: Recorded
    revisions: tuple[Revised, ...]
    plan: Saved | None
    cases: tuple[WholeCase, ...]
    papers: tuple[Paper, ...]
    roots: bytes
    revoked: str
    checkpoint: Checkpoint | None
    at: datetime

    @property
    def chain(self) -> str:
        """The name of the project's chain in the record."""
        return journal.chain_of(self.project.slug)


def contents(project: Recorded, at: datetime) -> Contents:
    """The contents for a project as they stand at a moment.  Some ten queries; all documents are held in memory."""
    papers, roots, revoked = _papers(project.slug, at)
    return Contents(
        project, revisions(project.id), current(project.slug), tuple(whole(projects=[project.id])), papers, roots, revoked,
        _sealed(project), at,
    )  # fmt: skip


def files(held: Contents, language: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file but the index, the manifest and the checker.  One query, read piece by piece."""
    for one in held.revisions:
        yield f"project/revision-{one.seq:04}.yaml", one.document.encode()
    boundary = held.project.file.form.get("site_boundary")
    if isinstance(boundary, Boundary):
        yield "project/site.geojson", geojson(boundary, held.project, language)
    if held.plan is not None:
        yield "plan/plan.json", dumps(plan_document(held.plan.plan)).encode()
        yield "plan/announced.json", dumps(plan_document(held.plan.announced)).encode()
        yield "plan/plan.xml", mspdi.write(held.plan.plan, load(), language)
    for paper in held.papers:
        yield paper.file, paper.content
    if held.papers:
        yield "documents/roots.pem", held.roots
        yield "documents/revoked.json", held.revoked.encode()
    yield "record/record.jsonl", "".join(journal.lines(project=held.project.slug)).encode()
    if held.checkpoint is not None:
        yield "record/checkpoint.json", checkpoint_text(held.checkpoint).encode()


def geojson(boundary: Boundary, project: Recorded, language: str) -> bytes:
    """The plot as a GeoJSON feature collection, for any map program.

    Coordinates are as they were given; metres of a projection are named as such, since GeoJSON knows degrees alone.
    """
    feature = {
        "type": "Feature",
        "properties": {
            "project": project.slug, "name": project.name[language], "area_m2": round(boundary.area),
            "coordinates": "metres, 3-degree Gauss-Kruger" if boundary.metric else "degrees, CGCS2000",
        },
        "geometry": {"type": "MultiPolygon", "coordinates": boundary.polygons},
    }  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False, indent=1).encode()


def _papers(slug: str, at: datetime) -> tuple[tuple[Paper, ...], bytes, str]:
    """The issued documents with what is needed to check them; nothing where the room of papers is not there."""
    if not apps.is_installed("luodi.papers"):
        return (), b"", ""
    from django.conf import settings

    from luodi.papers import readers
    from luodi.papers.keys import roots_of

    rows = readers.of_project(slug, limit=10_000)
    found = tuple(
        Paper(
            row.number, row.kind, row.case, row.issued_at, row.standing,
            f"documents/{UNSAFE.sub('-', row.number)[:80]}-{row.id}.pdf", row.sha256, readers.content(row),
        )
        for row in reversed(rows)
    )  # fmt: skip
    if not found:
        return (), b"", ""
    readers.roots(at)  # made where the demo has none yet
    return found, roots_of(settings.SEAL_KEYS).read_bytes(), readers.revoked_text(at)


def _sealed(project: Recorded) -> Checkpoint | None:
    """The newest checkpoint over the project's chain, of its zone or of everything.  Two queries."""
    chain = journal.chain_of(project.slug)
    made = [one for of in (project.zone, EVERYTHING) for one in journal.checkpoints(of, limit=5) if chain in one.heads]
    return max(made, key=lambda one: one.at, default=None)
