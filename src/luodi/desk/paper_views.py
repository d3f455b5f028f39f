"""The documents of a case: what was issued, whether each still holds, and the sealed files to download."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs
from luodi.desk import case_views
from luodi.domain.documents.kinds import rules
from luodi.papers import issuing, readers


@require_GET
@needs("case.read")
def papers(request: SignedIn, number: str) -> HttpResponse:
    """The documents of a case.  Eleven queries at most."""
    page = case_views.found(request, number)
    context = {
        "place": "inbox", "case": page.row, "matter": page.matter, "documents": readers.of_case(number),
        "kinds": rules().kinds, "refused": None,
    }  # fmt: skip
    return render(request, "desk/papers.html", context)


@require_GET
@needs("case.read")
def paper(request: SignedIn, number: str, document: int) -> HttpResponse:
    """One sealed file of a case.  Eleven queries at most."""
    case_views.found(request, number)
    row = readers.document(document)
    if row is None or row.case != number:
        raise Http404(_("No such document"))
    answer = HttpResponse(readers.content(row), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="luodi-{row.code}.pdf"'
    return answer


@require_POST
@needs("case.revoke")
def withdraw(request: SignedIn, number: str, document: int) -> HttpResponseBase:
    """Revoke a document of a case, with the reason; or issue it anew (`anew`)."""
    page = case_views.found(request, number)
    case_views.require(request, "case.revoke", page)
    row = readers.document(document)
    if row is None or row.case != number:
        raise Http404(_("No such document"))
    reason = request.POST.get("reason", "")
    act = issuing.supersede if "anew" in request.POST else issuing.revoke
    act(number=row.number, reason=reason, by=request.acting, at=request.now)
    return redirect("papers", number=number)
