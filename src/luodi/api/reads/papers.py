"""Issued documents: those of a case, the sealed files, and whether a file is still what was sealed."""

from datetime import date, datetime

from django.http import HttpResponse
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import files, reads
from luodi.api.problems import Words
from luodi.api.shapes import Numbered, Shape, Slug
from luodi.desk.casework import views
from luodi.desk.issued import views as paper_views
from luodi.domain.documents import telling
from luodi.domain.documents.verdict import Verdict
from luodi.domain.vocabulary import Refusal
from luodi.papers import readers
from luodi.papers.readers import DocumentRow
from luodi.portal import verify_views

TAG = "papers"
PDF = "application/pdf"


class Document(Shape):
    """An issued document.  `standing`: holds, revoked or replaced; `by`: the number of what took its place."""

    id: int
    kind: str
    number: str
    code: str = Field(description="Printed on it; whoever holds it may verify it")
    organisation: int
    organisation_name: Words
    project: str
    zone: str
    case: str
    version: int
    issued_at: datetime
    until: date | None
    digest: str = Field(description="SHA-256 of what was sealed")
    sha256: str = Field(description="SHA-256 of the file")
    size: int
    who: str
    standing: str
    revoked_at: datetime | None
    reason: str
    by: str


class Seal(Shape):
    """What a whole seal says of itself."""

    signer: str
    issuer: str
    serial: str
    digest: str
    sealed_at: datetime | None
    stamper: str


class Verified(Shape):
    """The answer about a sealed file: valid, altered, revoked, expired, unknown_signer or not_sealed, and why in words.

    `document`: our own record of it, null for a file that was not issued here.
    """

    outcome: str
    good: bool
    headline: Words
    reason: Words
    particulars: list[Words]
    seal: Seal | None
    until: date | None
    document: Document | None


@reads(TAG, "/cases/{slug:number}/papers", "case.read", list[Document])
def case_papers(request: SignedIn, number: Slug) -> object:
    """The documents of a case, oldest first.  Eleven queries at most."""
    views.found(request, number)
    return readers.of_case(number)


@files(TAG, "/cases/{slug:number}/papers/{int:document}", "case.read", PDF)
def case_paper(request: SignedIn, number: Slug, document: Numbered) -> HttpResponse:
    """One sealed file of a case.  Eleven queries at most."""
    return paper_views.paper(request, number, document)  # type: ignore[return-value]  # the page's own answer


@reads(TAG, "/papers/codes/{slug:code}", "account.own", Verified, dated=False)
def verify_paper(request: SignedIn, code: Slug) -> dict[str, object]:
    """Whether the document with this check code still holds, with its own file verified anew.  Three queries at most."""
    row = readers.by_code(code)
    if row is None:
        raise Refusal("api_not_found")
    return verified(verdict_of(request, readers.content(row)), row)


@files(TAG, "/papers/revoked", "account.own", "application/json")
def revoked_papers(request: SignedIn) -> HttpResponse:
    """The signed list of revoked documents, for `luodi verify --revoked`.  Two queries at most."""
    return verify_views.revoked(request)


@files(TAG, "/papers/roots", "account.own", "application/x-pem-file")
def paper_roots(request: SignedIn) -> HttpResponse:
    """The root certificates to verify with, once somebody has compared their fingerprint.  No query."""
    return verify_views.trusted(request)


def verdict_of(request: SignedIn, data: bytes) -> Verdict:
    """What a file is, by the roots and the list of the revoked of this moment: as the public page answers."""
    from luodi.papers.verifying import verify  # the sealing libraries take a second to load

    return verify(data, readers.roots(request.now), readers.revoked_list(request.now), request.now)


def verified(found: Verdict, row: DocumentRow | None) -> dict[str, object]:
    """A verdict as the interface has it."""
    return {
        "outcome": found.outcome.value, "good": found.good, "headline": telling.headline(found),
        "reason": telling.reason(found), "particulars": telling.particulars(found), "seal": found.seal,
        "until": found.until, "document": row,
    }  # fmt: skip
