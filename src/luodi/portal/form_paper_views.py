"""The applications filled from the form, each with where every value came from, and the papers that go with them."""

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.cases import readers as cases
from luodi.desk.asked import attempt, number, status
from luodi.desk.charting import answers
from luodi.domain.documents.filetypes import LARGEST, SORTS
from luodi.domain.vocabulary import Refusal
from luodi.papers import applying, attaching, drafts, filled
from luodi.papers import readers as papers
from luodi.papers.attaching import Kept
from luodi.portal.form_reach import found, ours, posts
from luodi.projects import readers as projects


@require_http_methods(["GET", "POST"])
@needs("form.write")
def form_papers(request: SignedIn, slug: str) -> HttpResponseBase:
    """The applications in force and the papers; a paper is handed in here once, for all matters that need it."""
    draft = found(request, slug)
    kept: list[Kept] = []
    refused = None
    if request.method == "POST":

        def act() -> None:
            file = request.FILES.get("file")
            if file is None or isinstance(file, list) or file.file is None:
                raise Refusal("file_missing_here", field="file")
            kept.append(
                attaching.attach(
                    draft=draft, name=file.name or "", file=file.file, size=file.size or 0,
                    matters=request.POST.getlist("matter"), by=request.acting, at=request.now,
                )
            )  # fmt: skip

        refused = attempt(act)
        if refused is None and not kept[0].again:
            return redirect("form_papers", slug=slug)
    project = projects.project(slug)
    context = {
        "draft": draft, "project": project, "applications": applying.in_force(slug), "papers": attaching.attachments(draft.first),
        "cases": {one.matter: one for one in cases.of_project(slug, now=request.now)} if project else {},
        "rules": answers.catalogue(), "phases": drafts.phases(draft.first), "refused": refused,
        "again": kept[0] if kept else None,
        "most": LARGEST // 1_000_000, "sorts": "、".join(SORTS), "ours": ours(request, draft), "typed": {}, "place": "forms",
        "page": 0,
    }  # fmt: skip
    return render(request, "portal/form_papers.html", context, status=status(refused))


@require_POST
@needs("form.write")
def form_paper_removed(request: SignedIn, slug: str) -> HttpResponseBase:
    """A paper is taken away."""
    draft = found(request, slug)
    wanted = number(request.POST, "paper")
    attempt(lambda: attaching.detach(draft=draft, number=wanted, by=request.acting, at=request.now))
    return redirect("form_papers", slug=slug)


@require_GET
@needs("case.read")
def form_paper(request: SignedIn, slug: str, paper: int) -> HttpResponse:
    """A paper as a file to keep; never shown inside a page."""
    draft = drafts.draft(slug)
    if draft is None:
        raise Http404(_("No such form"))
    require(request.acting, "case.read", zone=draft.zone, project_posts=posts(request, draft))
    kept = attaching.attachment(draft.first, paper)
    if kept is None:
        raise Http404(_("No such paper"))
    return _file(attaching.content(kept), kept.media, kept.name)


@require_GET
@needs("case.read")
def form_application(request: SignedIn, slug: str, matter: str) -> HttpResponse:
    """The application of a matter as PDF; `?v=` for an earlier version.  Six queries."""
    project = projects.project(slug)
    draft = drafts.draft(slug)
    if project is None or draft is None:
        raise Http404(_("No such form"))
    require(request.acting, "case.read", zone=project.zone, project_posts=posts(request, draft))
    wanted = request.GET.get("v", "")
    version = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else None
    found_one = applying.application(slug, matter, version)
    if found_one is None:
        raise Http404(_("No such application"))
    rules = answers.catalogue()
    numbers = {
        one.matter: f"已办结（办件 {one.number}）" for one in cases.of_project(slug, now=request.now) if not one.open
    }
    issued = {one.case: one.number for one in papers.of_project(slug) if one.kind in ("decision", "permit")}
    for one in cases.of_project(slug, now=request.now):
        if one.number in issued:
            numbers[one.matter] = issued[one.number]
    data = filled.rendered(
        found_one, matter=rules.matters[matter].name, project=project, applicant=draft.words.get("applicant_name", ""),
        numbers=numbers, attached=attaching.attachments(draft.first), folder=settings.TEMPLATES_FOLDER,
    )  # fmt: skip
    answer = HttpResponse(data, content_type="application/pdf")
    name = quote(f"{rules.matters[matter].name.zh}申请表-v{found_one.version}.pdf")
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer


def _file(data: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
