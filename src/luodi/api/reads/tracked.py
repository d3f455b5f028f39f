"""What an enterprise sees of its own projects: how far each is, what is needed from it, who serves it, what it asked for."""

from datetime import date

from django.utils import timezone
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.reads.cases import CaseRow
from luodi.api.reads.led import Request
from luodi.api.reads.owed import Debt
from luodi.api.reads.papers import Document
from luodi.api.shapes import Shape, Slug
from luodi.cases import readers as cases
from luodi.debts import readers as debts
from luodi.desk.charting import answers
from luodi.desk.own import own_project
from luodi.domain.planning.result import Step
from luodi.plans import readers as plans
from luodi.portal.standing import owed_by_applicant, progress, promised_and_legal, served_by
from luodi.portal.views import documents
from luodi.projects import readers as projects
from luodi.supervision import readers

TAG = "projects"


class OwnProject(Shape):
    """A project of one's own.  `late`: calendar days after what was announced; null where nothing is."""

    slug: str
    name: Words
    zone: str
    late: int | None


class StageProgress(Shape):
    """How far a stage is: matters done, under way, ahead."""

    name: Words
    done: int
    running: int
    ahead: int


class OwnNeed(Shape):
    """What waits for the enterprise: a case whose turn is theirs, or papers to prepare for a matter until a day."""

    matter: str
    name: Words
    case: str | None
    by: date | None


class Serving(Shape):
    """Somebody who serves the project."""

    role: Words
    name: str
    organisation: Words


class Finish(Shape):
    """When the target is reached: if every office keeps its promise, and if each takes its full limit."""

    promised: date
    legal: date | None
    assumed_share: float


class Tracked(Shape):
    """One project as its enterprise sees it.  `stars`: what it gave, by the number of the case."""

    slug: str
    name: Words
    finish: Finish | None
    stages: list[StageProgress]
    needed: list[OwnNeed]
    running: list[CaseRow]
    ended: list[CaseRow] = Field(description="Cases that can be rated")
    stars: dict[int, int]
    debts: list[Debt]
    served: list[Serving]
    documents: list[Document]
    requests: list[Request]


@reads(TAG, "/my", "request.write", list[OwnProject], dated=False)
def own_projects(request: SignedIn) -> list[dict[str, object]]:
    """The projects of an enterprise, or those a post serves.  Two queries."""
    on = timezone.localdate(request.now)
    found = projects.mine(post=request.acting.post, organisation=request.acting.organisation, on=on)
    late = {one.project: one.days for one in plans.lateness(slugs=[one.slug for one in found])} if found else {}
    return [{"slug": one.slug, "name": one.name, "zone": one.zone, "late": late.get(one.slug)} for one in found]


@reads(TAG, "/my/{slug:slug}", "request.write", Tracked, dated=False)
def tracked(request: SignedIn, slug: Slug) -> dict[str, object]:
    """One project of one's own, in the few figures that an enterprise needs.  Eleven queries at most."""
    project, today = own_project(request, slug), timezone.localdate(request.now)
    rules = answers.catalogue()
    rows, saved = cases.of_project(slug, now=request.now), plans.current(slug)
    ended = [one for one in rows if not one.open and one.organisation != project.applicant]
    return {
        "slug": slug, "name": project.name, "finish": promised_and_legal(slug, saved, today),
        "stages": progress(saved, rows, rules), "needed": [_need(one) for one in owed_by_applicant(rows, saved)],
        "running": [one for one in rows if one.open and one.turn != "applicant"], "ended": ended,
        "stars": readers.rated(one.id for one in ended),
        "debts": debts.owed(today=today, slug=slug), "served": served_by(slug, today), "documents": documents(slug),
        "requests": readers.requests(None, request.now, project=project.id),
    }  # fmt: skip


def _need(one: cases.Row | Step) -> dict[str, object]:
    name = answers.catalogue().matters[one.matter].name
    if isinstance(one, Step):
        return {"matter": one.matter, "name": name, "case": None, "by": one.prepare_to}
    return {"matter": one.matter, "name": name, "case": one.number, "by": None}
