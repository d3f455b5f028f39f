"""Documents issued, revoked, issued anew; and a file verified."""

from typing import Annotated

from ninja import File, UploadedFile
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.cases import Long, Word
from luodi.api.reads.papers import Verified, verdict_of, verified
from luodi.api.shapes import Numbered, Shape, Slug
from luodi.desk.casework import views
from luodi.domain.documents.kinds import rules
from luodi.domain.vocabulary import Refusal
from luodi.papers import issuing, readers, revoking
from luodi.papers.entering import Issued as Entered
from luodi.portal import verify_views

TAG = "papers"


class Wanted(BaseModel, extra="forbid"):
    """Which kind of document, about which event of the case (its place among them); null: the last one that fits."""

    kind: Word
    of: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None


class Issued(Shape):
    """A document as it was issued.  `repeated`: it had been issued before and still holds, and nothing was done."""

    document: int
    number: str
    code: str
    digest: str
    sha256: str
    entry: str
    repeated: bool


class Withdrawal(BaseModel, extra="forbid"):
    """Why the document no longer holds; `anew`: another takes its place at once."""

    reason: Long
    anew: bool = False


class Withdrawn(Shape):
    """The document that was revoked, and what took its place, if anything."""

    number: str
    replaced_by: Issued | None


@doors.acts(TAG, "/cases/{slug:number}/papers", "case.handle", Issued)
def issue_paper(request: SignedIn, number: Slug, sent: Wanted) -> object:
    """Issue a document of a case now, instead of waiting for the worker; nothing is issued twice.  About 0.3 s."""
    page = views.found(request, number)
    views.require(request, "case.handle", page)
    if sent.kind not in rules().kinds:
        raise Refusal("choice_missing", field="kind")
    return issuing.issue(
        case=number, kind=sent.kind, of=sent.of, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip


@doors.acts(TAG, "/cases/{slug:number}/papers/{int:document}/withdraw", "case.revoke", Withdrawn)
def withdraw_paper(request: SignedIn, number: Slug, document: Numbered, sent: Withdrawal) -> dict[str, object]:
    """Revoke a document of a case, with the reason; or issue it anew."""
    page = views.found(request, number)
    views.require(request, "case.revoke", page)
    row = readers.document(document)
    if row is None or row.case != number:
        raise Refusal("api_not_found")
    act = revoking.supersede if sent.anew else revoking.revoke
    made = act(number=row.number, reason=sent.reason, by=request.acting, at=request.now, key=doors.key(request))
    return {"number": row.number, "replaced_by": made if isinstance(made, Entered) else None}


@doors.acts(TAG, "/papers/verify", "account.own", Verified)
def verify_file(request: SignedIn, file: File[UploadedFile]) -> dict[str, object]:
    """Whether a file is still what was sealed; it is not kept.  Three queries at most."""
    if (file.size or 0) > verify_views.LARGEST:
        size, most = (file.size or 0) // 1_000_000, verify_views.LARGEST // 1_000_000
        raise Refusal("document_too_large", size=size, most=most)
    found = verdict_of(request, file.read())
    return verified(found, readers.by_digest(found.seal.digest) if found.seal is not None else None)
