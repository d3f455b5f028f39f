"""Wall charts issued under seal: which there are, issuing the chart as it stands on A0 or A1, and taking one back."""

from hashlib import sha256

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn, needs
from luodi.desk.asked import attempt, key, new_key, status
from luodi.desk.charting import answers, sheets, standing
from luodi.desk.charting.state import ChartState
from luodi.desk.tongue import language
from luodi.desk.views import found
from luodi.domain.documents.kinds import rules
from luodi.domain.vocabulary import Refusal
from luodi.papers import informing, issuing, readers, revoking
from luodi.projects.readers import Recorded

SIZES = ("a0", "a1")
KIND = "chart"


@require_GET
@needs("plan.read")
def charts(request: SignedIn, slug: str) -> HttpResponse:
    """The sealed wall charts of a project, newest first.  Four queries at most."""
    return _charts(request, found(request, slug, "plan.read"))


@require_POST
@needs("plan.decide")
def chart_seal(request: SignedIn, slug: str) -> HttpResponseBase:
    """Issue the wall chart of a live project as it stands now; the same chart on the same day is the same document."""
    project = found(request, slug, "plan.decide")
    made: list[str] = []

    def act() -> None:
        size = request.POST.get("size", "")
        if size not in SIZES:
            raise Refusal("choice_missing", field="size")
        now = standing.standing(request, project) if project.live else None
        if now is None:
            raise Refusal("chart_not_announced")
        today = timezone.localdate(request.now)
        look = ChartState().look(language(), now.against, now.today)
        pdf = sheets.pdf(now.plan, answers.catalogue(), look, size, printed=today, sample=project.sample)
        about = sha256(f"{size} {today} {language()} {now.at.isoformat()}".encode()).hexdigest()
        issued = issuing.issue_made(
            kind=KIND, pdf=pdf, project=slug, about=about, by=request.acting, at=request.now, key=key(request.POST)
        )
        made.append(issued.code)

    refused = attempt(act)
    if refused is not None:
        return _charts(request, project, refused)
    return redirect("verified", code=made[0]) if made else redirect("charts_sealed", slug=slug)


@require_http_methods(["GET", "POST"])
@needs("plan.decide")
def chart_withdraw(request: SignedIn, slug: str, document: int) -> HttpResponseBase:
    """What follows from revoking a sealed chart; and revoking it, with the reason.  Only its own office may."""
    project = found(request, slug, "plan.decide")
    row = readers.document(document)
    if row is None or row.project != slug or row.kind != KIND:
        raise Http404(_("No such document"))
    refused = None
    if request.method == "POST":
        reason, once = request.POST.get("reason", ""), key(request.POST)
        refused = attempt(
            lambda: revoking.revoke(number=row.number, reason=reason, by=request.acting, at=request.now, key=once)
        )
        if refused is None:
            return redirect("charts_sealed", slug=slug)
    context = {
        "place": "chart", "case": None, "project": project, "document": row, "kind": rules().kinds[KIND],
        "refused": refused,
        "back": reverse("charts_sealed", args=[slug]), "hearers": informing.hearers(slug, KIND, request.now),
        "typed": request.POST, "key": new_key(),
    }  # fmt: skip
    return render(request, "issued/paper_withdraw.html", context, status=status(refused))


def _charts(request: SignedIn, project: Recorded, refused: Refusal | None = None) -> HttpResponse:
    context = {
        "place": "chart", "project": project, "file": project.file, "refused": refused, "key": new_key(),
        "documents": [one for one in readers.of_project(project.slug) if one.kind == KIND],
        "sizes": [(one, sheets.PAPERS[one].name) for one in SIZES],
        "may": project.live and gate.verdict(request.acting, "plan.decide", zone=project.zone).allowed,
    }  # fmt: skip
    return render(request, "charting/charts_sealed.html", context, status=status(refused))
