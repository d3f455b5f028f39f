"""The entry review of a project with the gates between its stages, and what waits for one's own unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.views import found
from luodi.domain.entry import checks
from luodi.domain.vocabulary import Refusal
from luodi.entry import gating, readers
from luodi.entry.experts import Issued
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded


@require_GET
@needs("entry.read")
def entry(request: SignedIn, slug: str) -> HttpResponse:
    """The newest round of a project's review, and its gates.  At most fifteen queries."""
    return page(request, found(request, slug, "entry.read"))


def page(
    request: SignedIn,
    project: Recorded,
    refused: Refusal | None = None,
    about: str = "",
    issued: Issued | None = None,
) -> HttpResponse:
    """The page; with what was refused beside the form it belongs to (`about`), or with a link just made."""
    as_of = request.as_of
    today = timezone.localdate(as_of or request.now)
    review = readers.review(project.id, project.slug, request.now, today, as_of=as_of)
    saved = plans.current(project.slug, as_of=as_of)
    posts = [one.post for one in projects.team(project.slug, timezone.localdate(request.now))]
    rule, may = checks.rules(), verdict(request.acting, "entry.write", zone=project.zone, project_posts=posts)
    may_opine = verdict(request.acting, "entry.opine", organisation=request.acting.organisation)
    context = {
        "project": project,
        "review": review,
        "by_check": readers.whole(review.asked) if review else {},
        "rule": rule,
        "checks": rule.checks,
        "gates": gating.of_project(project, saved.plan if saved else None, request.now, as_of),
        "planned": saved is not None,
        "may_write": may.allowed and as_of is None,
        "why_not": may.words,
        "may_opine": may_opine.allowed and as_of is None,
        "today": today,
        "refused": refused,
        "about": about,
        "typed": request.POST if refused else {},
        "issued": issued,
        "address": request.build_absolute_uri(f"/opinion/{issued.token}/") if issued else "",
        "key": new_key(),
        "place": "projects",
    }
    return render(request, "entering/entry.html", context, status=status(refused))


@require_GET
@needs("entry.opine")
def waiting(request: SignedIn) -> HttpResponse:
    """What one's own unit has been asked and has not answered.  One query."""
    today = timezone.localdate(request.as_of or request.now)
    rows = readers.waiting(request.acting.organisation, today, as_of=request.as_of)
    return render(request, "entering/waiting.html", {"rows": rows, "place": "inbox"})
