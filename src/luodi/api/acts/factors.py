"""What is done with requests for resources: asked for a project, and answered by the unit or written down for it."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.shapes import Number, Numbered, Shape, Slug
from luodi.desk.supplying.reaching import project_of, seen
from luodi.domain.factors.items import items
from luodi.domain.factors.life import State
from luodi.domain.vocabulary import Refusal
from luodi.factors import actions
from luodi.projects.readers import team

TAG = "factors"
Size = Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2, description="In the item's unit")]


class FactorAsk(BaseModel, extra="forbid"):
    """An item wanted.  `guarantor`: the usual one where empty; `needed`: from the plan where empty."""

    item: Word
    quantity: Size
    guarantor: Word = ""
    needed: Day | None = None
    note: Line = ""


class FactorAnswer(BaseModel, extra="forbid"):
    """The next step: the state, the day promised, what is met by now in all, the paper, the words, the node it is drawn from."""

    seq: int = Field(ge=1)
    state: State
    promised: Day | None = None
    met: Size | None = None
    document: Line = ""
    words: Annotated[str, Field(max_length=2000)] = ""
    node: Number | None = None


class FactorMade(Shape):
    """The number of the request that was made."""

    id: int


class FactorMoved(Shape):
    """The request's `seq` after the step."""

    seq: int


@doors.acts(TAG, "/projects/{slug:slug}/factors", "factor.write", FactorMade)
def factor_ask(request: SignedIn, slug: Slug, sent: FactorAsk) -> dict[str, int]:
    """Ask for an item of a project."""
    project = project_of(request, slug, "factor.write")
    rule = items().get(sent.item)
    if rule is None:
        raise Refusal("factor_unknown", field="item", item=sent.item)
    made = actions.ask(
        project=project, item=sent.item, quantity=sent.quantity, guarantor=sent.guarantor or rule.by[0],
        needed=sent.needed, note=sent.note, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/factors/{int:asked}/answer", "factor.answer", FactorMoved)
def factor_answer(request: SignedIn, asked: Numbered, sent: FactorAnswer) -> dict[str, int]:
    """Answer what is asked of one's own unit."""
    row, _project = seen(request, asked)
    require(request.acting, "factor.answer", organisation=row.organisation or 0)
    return _answered(request, asked, sent)


@doors.acts(TAG, "/factors/{int:asked}/record", "factor.write", FactorMoved)
def factor_record(request: SignedIn, asked: Numbered, sent: FactorAnswer) -> dict[str, int]:
    """Write down what a unit without a post here answered."""
    row, project = seen(request, asked)
    posts = [one.post for one in team(project.slug, request.now.date())]
    require(request.acting, "factor.write", zone=row.zone, project_posts=posts)
    return _answered(request, asked, sent)


def _answered(request: SignedIn, asked: int, sent: FactorAnswer) -> dict[str, int]:
    given = actions.Answer(sent.state, sent.promised, sent.met, sent.words, sent.document, sent.node)
    seq = actions.answer(
        request=asked, seq=sent.seq, given=given, by=request.acting, at=request.now, key=doors.key(request)
    )
    return {"seq": seq}
