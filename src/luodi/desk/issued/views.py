"""The documents of a case: what was issued, whether each still holds, the sealed files, and taking one back."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.accounts import gate
from luodi.accounts.gate import SignedIn, needs
from luodi.cases.readers import CasePage
from luodi.desk.asked import attempt, key, new_key, status
from luodi.desk.casework import views
from luodi.domain.documents.kinds import rules
from luodi.domain.vocabulary import Refusal
from luodi.papers import informing, readers, revoking
from luodi.papers.readers import DocumentRow


@require_GET
@needs("case.read")
def papers(request: SignedIn, number: str) -> HttpResponse:
    """The documents of a case.  Eleven queries at most."""
    page = views.found(request, number)
    context = {
        "place": "inbox", "case": page.row, "matter": page.matter, "documents": readers.of_case(number),
        "kinds": rules().kinds, "may_revoke": _may_revoke(request, page),
    }  # fmt: skip
    return render(request, "issued/papers.html", context)


@require_GET
@needs("case.read")
def paper(request: SignedIn, number: str, document: int) -> HttpResponse:
    """One sealed file of a case.  Eleven queries at most."""
    views.found(request, number)
    row = _document(number, document)
    answer = HttpResponse(readers.content(row), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="luodi-{row.code}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@needs("case.revoke")
def withdraw(request: SignedIn, number: str, document: int) -> HttpResponseBase:
    """What follows from revoking a document; and revoking it with a reason, or issuing it anew (`anew`)."""
    page = views.found(request, number)
    views.require(request, "case.revoke", page)
    row = _document(number, document)
    refused = None
    if request.method == "POST":
        act = revoking.supersede if "anew" in request.POST else revoking.revoke
        reason = request.POST.get("reason", "")
        refused = attempt(
            lambda: act(number=row.number, reason=reason, by=request.acting, at=request.now, key=key(request.POST))
        )
        if refused is None:
            return redirect("papers", number=number)
    return _withdraw(request, page, row, refused)


def _withdraw(request: SignedIn, page: CasePage, row: DocumentRow, refused: Refusal | None) -> HttpResponse:
    context = {
        "place": "inbox", "case": page.row, "matter": page.matter, "document": row, "kind": rules().kinds[row.kind],
        "back": reverse("papers", args=[page.row.number]),
        "hearers": informing.hearers(row.project, row.kind, request.now), "refused": refused,
        "typed": request.POST, "key": new_key(),
    }  # fmt: skip
    return render(request, "issued/paper_withdraw.html", context, status=status(refused))


def _may_revoke(request: SignedIn, page: CasePage) -> bool:
    verdict = gate.verdict(
        request.acting, "case.revoke", zone=page.row.zone, organisation=page.row.organisation, project_posts=(),
        case_posts=(),
    )  # fmt: skip
    return verdict.allowed and request.as_of is None


def _document(number: str, document: int) -> DocumentRow:
    row = readers.document(document)
    if row is None or row.case != number:
        raise Http404(_("No such document"))
    return row
