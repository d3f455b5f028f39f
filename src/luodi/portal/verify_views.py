"""The public check of a document: by number and check code, by its QR code, or by uploading the file.  No sign-in."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from luodi.accounts.gate import Visit, public
from luodi.domain.documents import telling
from luodi.domain.documents.kinds import kind
from luodi.domain.documents.verdict import Verdict
from luodi.domain.vocabulary import Refusal
from luodi.papers import readers
from luodi.papers.readers import DocumentRow

LARGEST = 20_000_000
"""Bytes of an uploaded file."""

PLACE, UNUSABLE, NOT_FOUND = "verify", 422, 404


@require_http_methods(["GET", "HEAD", "POST"])
@public
def verification(request: Visit) -> HttpResponseBase:
    """The form; a number with its code leads to the document, an uploaded file is answered at once.  Three queries at most."""
    if request.method != "POST":
        return _form(request, {}, None)
    typed = {name: request.POST.get(name, "")[:200] for name in ("number", "code")}
    try:
        if "file" in request.FILES:
            return _uploaded(request)
    except Refusal as refused:
        return _form(request, typed, refused, UNUSABLE)
    row = readers.by_number(typed["number"], typed["code"])
    if row is None:
        return _form(request, typed, Refusal("no_such_document"), UNUSABLE)
    return redirect("verified", code=row.code)


@require_GET
@public
def verified(request: Visit, code: str) -> HttpResponse:
    """What the QR code of a document leads to: whether it holds, and what it is.  Three queries at most."""
    row = readers.by_code(code)
    if row is None:
        return _form(request, {"code": code[:40]}, Refusal("no_such_document"), NOT_FOUND)
    found = _verdict(request, readers.content(row))
    return render(request, "portal/verified.html", _told(found, row))


@require_GET
@public
def original(request: Visit, code: str) -> HttpResponse:
    """The sealed file itself, for whoever holds the code printed on it.  One query."""
    row = readers.by_code(code)
    if row is None:
        raise Refusal("no_such_document")
    return pdf(row)


@require_GET
@public
def revoked(request: Visit) -> HttpResponse:
    """The signed list of revoked documents.  Two queries at most."""
    answer = HttpResponse(readers.revoked_text(request.now), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="luodi-revoked.json"'
    return answer


@require_GET
@public
def trusted(request: Visit) -> HttpResponse:
    """The root certificates to verify with, once somebody has compared their fingerprint.  No query."""
    pem = readers.roots_pem(request.now)
    answer = HttpResponse(pem, content_type="application/x-pem-file")
    answer.headers["Content-Disposition"] = 'attachment; filename="luodi-roots.pem"'
    return answer


def pdf(row: DocumentRow) -> HttpResponse:
    """A document as a file to keep."""
    answer = HttpResponse(readers.content(row), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="luodi-{row.code}.pdf"'
    return answer


def _form(request: Visit, typed: Mapping[str, str], refused: Refusal | None, status: int = 200) -> HttpResponse:
    context = {"place": PLACE, "typed": typed, "refused": refused, "most": LARGEST // 1_000_000}
    return render(request, "portal/verify.html", context, status=status)


def _uploaded(request: Visit) -> HttpResponse:
    file = request.FILES["file"]
    if isinstance(file, list) or (file.size or 0) > LARGEST:
        size = 0 if isinstance(file, list) else (file.size or 0) // 1_000_000
        raise Refusal("document_too_large", size=size, most=LARGEST // 1_000_000)
    found = _verdict(request, file.read())
    row = readers.by_digest(found.seal.digest) if found.seal is not None else None
    return render(request, "portal/verified.html", _told(found, row))


def _verdict(request: Visit, data: bytes) -> Verdict:
    from luodi.papers.verifying import verify

    return verify(data, readers.roots(request.now), readers.revoked_list(request.now), request.now)


def _told(found: Verdict, row: DocumentRow | None) -> dict[str, object]:
    """What the page of an answer shows.  `row`: our own record of the document, None for a file we never issued."""
    return {
        "place": PLACE,
        "verdict": found,
        "headline": telling.headline(found),
        "reason": telling.reason(found),
        "lines": telling.particulars(found),
        "row": row,
        "kind": kind(row.kind).name if row else None,
    }
