"""Wall charts issued under seal, and taken back."""

from hashlib import sha256
from typing import Literal

from django.utils import timezone
from pydantic import BaseModel

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.acts.cases import Long
from luodi.api.acts.papers import Issued, Withdrawn
from luodi.api.shapes import Numbered, Slug
from luodi.desk.charting import answers, sheets, standing
from luodi.desk.charting.paper_views import KIND
from luodi.desk.charting.state import ChartState
from luodi.desk.tongue import language
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.papers import issuing, readers, revoking

TAG = "plans"


class SealedChart(BaseModel, extra="forbid"):
    """The sheet; its words are in the language of the request (`Accept-Language`)."""

    size: Literal["a0", "a1"]


class ChartBack(BaseModel, extra="forbid"):
    """Why a sealed chart no longer holds."""

    reason: Long


@doors.acts(TAG, "/projects/{slug:slug}/charts", "plan.decide", Issued)
def seal_chart(request: SignedIn, slug: Slug, sent: SealedChart) -> object:
    """Issue the wall chart of a live project as it stands now; the same chart on the same day is the same document."""
    project = found(request, slug, "plan.decide")
    now = standing.standing(request, project) if project.live else None
    if now is None:
        raise Refusal("chart_not_announced")
    today = timezone.localdate(request.now)
    look = ChartState().look(language(), now.against, now.today)
    sheet = sheets.pdf(now.plan, answers.catalogue(), look, sent.size, printed=today, sample=project.sample)
    about = sha256(f"{sent.size} {today} {language()} {now.at.isoformat()}".encode()).hexdigest()
    return issuing.issue_made(
        kind=KIND, pdf=sheet, project=slug, about=about, by=request.acting, at=request.now, key=doors.key(request)
    )


@doors.acts(TAG, "/projects/{slug:slug}/charts/{int:document}/withdraw", "plan.decide", Withdrawn)
def withdraw_chart(request: SignedIn, slug: Slug, document: Numbered, sent: ChartBack) -> dict[str, object]:
    """Revoke a sealed chart, with the reason.  Only its own office may."""
    found(request, slug, "plan.decide")
    row = readers.document(document)
    if row is None or row.project != slug or row.kind != KIND:
        raise Refusal("api_not_found")
    revoking.revoke(
        number=row.number, reason=sent.reason, by=request.acting, at=request.now, key=doors.key(request)
    )  # fmt: skip
    return {"number": row.number, "replaced_by": None}
