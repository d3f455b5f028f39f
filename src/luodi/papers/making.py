"""Documents whose sheet was made elsewhere, such as a wall chart: it is set whole above the strip that seals it."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.documents import summaries as sums
from luodi.domain.documents.kinds import kind
from luodi.domain.vocabulary import Refusal
from luodi.papers.gathering import Gathered, Office
from luodi.projects.readers import project as project_of

POINT = 25.4 / 72
"""Millimetres."""
MOST_BYTES = 5_000_000


def of_made(pdf: bytes, kind_: str, slug: str, about: str, by: Acting, at: datetime) -> Gathered:
    """A finished PDF about a project, issued by whoever acts; `about` is what makes it the same document again.

    One query.  Raises `Refusal`: `no_paper_kind`, `project_unknown`, `made_paper_too_large`.
    """
    wanted, recorded = kind(kind_), project_of(slug)
    if recorded is None:
        raise Refusal("project_unknown", slug=slug)
    if len(pdf) > MOST_BYTES:
        raise Refusal("made_paper_too_large", size=len(pdf) // 1_000_000, most=MOST_BYTES // 1_000_000)
    pages, wide, tall = measured(pdf)
    office = Office(by.organisation, by.organisation_code, by.organisation_name, "")
    return Gathered(
        kind=wanted, subject=f"{kind_}:{slug}:{sha256(about.encode()).hexdigest()[:16]}", case="", project=recorded.id,
        slug=slug, zone=recorded.zone, office=office, issued=day_of(at),
        build=lambda head: sums.Made(head, recorded.name, pdf, pages, wide, tall),
    )  # fmt: skip


def measured(pdf: bytes) -> tuple[int, float, float]:
    """Pages of a PDF of ours, and the width and height of its first in millimetres."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    tree = PdfFileReader(BytesIO(pdf)).root["/Pages"]
    page = tree["/Kids"][0]
    while "/Kids" in page:
        page = page["/Kids"][0]
    left, low, right, high = (float(one) for one in page.get("/MediaBox", tree.get("/MediaBox")))
    return int(tree["/Count"]), (right - left) * POINT, (high - low) * POINT
