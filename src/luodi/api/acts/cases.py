"""What can be done with a case: the verbs of its page, by the same forms, behind the same gate."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn
from luodi.api import doors
from luodi.api.forms import form_of
from luodi.api.shapes import Number, Shape, Slug
from luodi.cases import actions
from luodi.cases.actions import Paper
from luodi.cases.readers import CasePage
from luodi.desk.casework import acts, views

TAG = "cases"

Long = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=200)]
Word = Annotated[str, Field(max_length=64)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class Done(Shape):
    """What an act left behind.  `moved_days`: calendar days by which the end of the project moved.

    `repeated`: the same act had been handed in before (Idempotency-Key), and nothing was done twice.
    """

    case: int
    number: str
    seq: int
    state: int
    entry: str = Field(description="Hash of its entry in the record")
    moved_days: int
    repeated: bool


class Seen(BaseModel, extra="forbid"):
    """`seq`: the number of the case's last event as the caller knows it; where it has grown, the act is refused (409)."""

    seq: int = Field(ge=0, le=2**31 - 1)


class Accept(Seen):
    """Accept; `deferred`: Chinese names of papers that may come later."""

    deferred: list[Line] = Field(default_factory=list, max_length=60)


class Refuse(Seen):
    """Do not accept; `outside`: it belongs elsewhere, else no licence is needed."""

    outside: bool = False
    reason: Long
    basis: Line = ""


class PaperWanted(BaseModel, extra="forbid"):
    """One thing to be corrected."""

    kind: Word = Field(description="data/cases/corrections.yaml")
    name: Line
    note: Long = ""


class AskCorrection(Seen):
    """Tell the applicant, once and for all, what has to be corrected by when."""

    papers: list[PaperWanted] = Field(min_length=1, max_length=60)
    due: Day
    reason: Long = ""


class Noted(Seen):
    """An act with a note."""

    note: Long = ""


class Pause(Seen):
    """Stop the clock, on a ground of data/clock.yaml."""

    pause: Word
    reason: Long
    until: Day | None = None


class Extend(Seen):
    """A longer limit."""

    extension: Word = "unit_head"
    days: int = Field(ge=1, le=3660)
    reason: Long


class Grant(Seen):
    """Yes; with papers to follow where `deferred` names some.  `met`: condition of a stage to its evidence."""

    result: Line = Field(default="", description="Number of the paper issued")
    reason: Long = ""
    deferred: list[Line] = Field(default_factory=list, max_length=60)
    met: dict[str, Line] = Field(default_factory=dict, max_length=60)


class Grounded(Seen):
    """An act that needs a reason and a basis in law."""

    reason: Long
    basis: Line


class Reasoned(Seen):
    """An act that needs a reason."""

    reason: Long


class Commit(Seen):
    """Grant on a written commitment, to be checked afterwards."""

    text: Long
    standard: Long = ""
    due: Day
    checker: Word = Field(default="", description="Code of the organisation that checks it")


class Assign(Seen):
    """Give a post a part in the case: owner, helper, linked or supervisor."""

    role: Word = "owner"
    post: Number
    note: Long = ""


class Release(Seen):
    """Take a post off the case."""

    role: Word
    post: Number


class Ask(Seen):
    """Ask another unit; `asking`: a kind of data/cases/askings.yaml."""

    organisation: Number
    asking: Word
    question: Long
    due: Day | None = None


class Answer(BaseModel, extra="forbid"):
    """Answer what one's unit was asked.  An answer is given once, so it names no `seq`."""

    asking: Number
    opinion: Word
    answer: Long = ""


BODIES: dict[str, type[BaseModel]] = {
    "accept": Accept, "refuse": Refuse, "ask_correction": AskCorrection, "receive_correction": Noted,
    "start_handling": Seen, "pause": Pause, "resume": Noted, "extend": Extend, "decide": Grant, "deny": Grounded,
    "commit": Commit, "withdraw": Reasoned, "revoke": Grounded, "assign": Assign, "release": Release, "ask": Ask,
    "answer": Answer,
}  # fmt: skip
"""What each verb of `desk.casework.acts.VERBS` asks for."""


def mark(request: SignedIn, page: CasePage, sent: BaseModel) -> acts.Mark:
    """Which case, as the caller knew it, who and when."""
    seq = getattr(sent, "seq", page.row.seq)
    return {"case": page.row.id, "seq": seq, "by": request.acting, "at": request.now, "key": doors.key(request)}


def done(verb: str, request: SignedIn, number: str, sent: BaseModel) -> object:
    """One act on one case."""
    page = views.found(request, number)
    known = acts.VERBS[verb]
    if verb != "answer":  # who was asked answers, whoever handles the case: the action checks it
        views.require(request, known.function, page)
    marked = mark(request, page, sent)
    if isinstance(sent, AskCorrection):
        papers = tuple(Paper(one.kind, one.name, one.note) for one in sent.papers)
        return actions.ask_correction(**marked, papers=papers, due=sent.due, reason=sent.reason)
    return known.do(form_of(sent), marked)


def operation(verb: str, body: type[BaseModel]) -> Callable[..., object]:
    """The operation of a verb."""

    def act(request: SignedIn, number: Slug, sent: Any) -> object:
        return done(verb, request, number, sent)

    act.__annotations__["sent"] = body
    act.__name__, act.__doc__ = f"case_{verb}", body.__doc__ if body is not Seen else "Begin handling."
    return act


for _verb, _body in BODIES.items():
    doors.acts(TAG, f"/cases/{{slug:number}}/{_verb}", acts.VERBS[_verb].function, Done)(
        operation(_verb, _body)
    )  # fmt: skip
