"""Wall charts on paper: as they stand, those issued under seal, and the sealed file of a document by its check code."""

from django.http import HttpResponse

from luodi.accounts.gate import SignedIn
from luodi.api.doors import files, reads
from luodi.api.reads.papers import PDF, Document
from luodi.api.shapes import Short, Slug
from luodi.desk.charting import paper_views, views
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.papers import readers
from luodi.portal.verify_views import pdf


@files("plans", "/projects/{slug:slug}/chart.pdf", "plan.read", PDF)
def chart_sheet(request: SignedIn, slug: Slug, paper: Short = None) -> HttpResponse:
    """The wall chart on paper (`a0`, `a1`, …), as it stands now.  Three queries at most, and about a second."""
    answer = views.chart_pdf(request, slug)
    answer.headers["Content-Disposition"] = str(answer.headers["Content-Disposition"]).replace("inline", "attachment")
    return answer  # type: ignore[return-value]  # the page's own answer


@reads("plans", "/projects/{slug:slug}/charts", "plan.read", list[Document], dated=False)
def sealed_charts(request: SignedIn, slug: Slug) -> object:
    """The wall charts of a project issued under seal, newest first.  Three queries at most."""
    found(request, slug, "plan.read")
    return tuple(one for one in readers.of_project(slug) if one.kind == paper_views.KIND)


@files("papers", "/papers/codes/{slug:code}/file", "account.own", PDF)
def paper_file(request: SignedIn, code: Slug) -> HttpResponse:
    """The sealed file of a document, for whoever holds the code printed on it.  Two queries."""
    row = readers.by_code(code)
    if row is None:
        raise Refusal("api_not_found")
    return pdf(row)
