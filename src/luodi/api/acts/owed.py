"""What can be done about a debt, a letter and a stop of works: the verbs of their pages, behind the same gate."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import QueryDict
from django.utils import timezone
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Long, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.forms import form_of
from luodi.api.shapes import Numbered, Shape, Slug
from luodi.debts import actions
from luodi.desk.charting import answers
from luodi.desk.owing import acts, halt_views, views
from luodi.desk.views import found
from luodi.domain.vocabulary import Refusal
from luodi.zones import readers as zones

TAG = "owed"


class Stepped(Shape):
    """A step that was taken: the debt, its state after it, and the entry of the record."""

    debt: int
    state: str
    entry: str


class PlainNote(BaseModel, extra="forbid"):
    """A note."""

    note: Long = ""


class Checked(BaseModel, extra="forbid"):
    """Whether the commitment was kept, and what was found."""

    passed: bool
    result: Long


class PlainReason(BaseModel, extra="forbid"):
    """Why."""

    reason: Long


class Climb(BaseModel, extra="forbid"):
    """The next rung (data/debts/ladder.yaml).  `told`, `heard`: the party was told in writing, and heard."""

    to: int = Field(ge=1, le=100)
    reason: Long
    told: bool = False
    heard: bool = False
    limit: Day | None = Field(default=None, description="By when things must be put right")


class Letter(BaseModel, extra="forbid"):
    """A letter that stands for the certificate of `replaces` until it expires, for the matters that accept it."""

    replaces: Word
    accepted_by: list[Word] = Field(min_length=1, max_length=60)
    text: Long
    expires: Day


class Reported(BaseModel, extra="forbid"):
    """The authority it was reported to."""

    to: Word


class Measures(BaseModel, extra="forbid"):
    """What the authority laid down; `until`: when works may be expected to go on."""

    text: Long
    until: Day | None = None


class Resumed(BaseModel, extra="forbid"):
    """The authority's written opinion."""

    document: Annotated[str, Field(max_length=200)]


DEBTS: dict[str, type[BaseModel]] = {
    "hand_in": PlainNote, "check": Checked, "exchange": PlainNote, "remind": PlainNote, "give_back": PlainReason, "climb": Climb,
    "repair": PlainNote,
}  # fmt: skip
"""What each verb of `desk.owing.acts.VERBS` asks for."""
HALTS: dict[str, type[BaseModel]] = {
    "stopped": PlainNote,
    "reported": Reported,
    "measures": Measures,
    "resumed": Resumed,
}
"""What each step of `desk.owing.halt_views.STEPS` asks for."""


def form(sent: BaseModel) -> QueryDict:
    """The form; whether a commitment was kept is said either way."""
    made = form_of(sent)
    if isinstance(sent, Checked):
        made["passed"] = "yes" if sent.passed else "no"
    return made


def debt_act(verb: str, request: SignedIn, debt: int, sent: BaseModel) -> object:
    """One act about one debt."""
    row, team, unit = views.seen(request, debt)
    known = acts.VERBS[verb]
    require(
        request.acting, known.function, zone=row.zone, organisation=unit.id if unit else None, project_posts=team
    )  # fmt: skip
    marked = acts.Mark(debt=row.id, by=request.acting, at=request.now, key=doors.key(request))
    return known.do(form(sent), marked)


def halt_act(step: str, request: SignedIn, halt: int, sent: BaseModel) -> dict[str, object]:
    """The next step of a stop of works."""
    row, team = halt_views.seen(request, halt)
    require(request.acting, halt_views.function_of(step), zone=row.zone, project_posts=team)
    marked = halt_views.Mark(halt=halt, by=request.acting, at=request.now, key=doors.key(request))
    try:
        halt_views.STEPS[step](form(sent), marked)
    except Refusal as refused:
        if refused.code != "already_done":
            raise
    return {"done": True}


def debt_operation(verb: str, body: type[BaseModel]) -> Callable[..., object]:
    """The operation of a verb."""

    def act(request: SignedIn, debt: Numbered, sent: Any) -> object:
        return debt_act(verb, request, debt, sent)

    act.__annotations__["sent"] = body
    act.__name__, act.__doc__ = f"debt_{verb}", f"{acts.VERBS[verb].name.en}: {body.__doc__}"
    return act


def halt_operation(step: str, body: type[BaseModel]) -> Callable[..., object]:
    """The operation of a step."""

    def act(request: SignedIn, halt: Numbered, sent: Any) -> object:
        return halt_act(step, request, halt, sent)

    act.__annotations__["sent"] = body
    act.__name__, act.__doc__ = f"halt_{step}", f"A stop of works, the step {step}: {body.__doc__}"
    return act


for _verb, _body in DEBTS.items():
    doors.acts(TAG, f"/debts/{{int:debt}}/{_verb}", acts.VERBS[_verb].function, Stepped)(debt_operation(_verb, _body))
for _step, _body in HALTS.items():
    doors.acts(TAG, f"/halts/{{int:halt}}/{_step}", halt_views.function_of(_step), Happened)(
        halt_operation(_step, _body)
    )


@doors.acts(TAG, "/projects/{slug:slug}/letters", "debt.check", Made)
def issue_letter(request: SignedIn, slug: Slug, sent: Letter) -> dict[str, object]:
    """The unit that decides on the certificate lets a letter stand for it."""
    project, known = found(request, slug, "debt.read"), answers.catalogue().matters
    if sent.replaces not in known:
        raise Refusal("choice_missing", field="replaces")
    able = zones.decider(sent.replaces, project.zone, timezone.localdate(request.now))
    require(request.acting, "debt.check", zone=project.zone, organisation=able.organisation if able else 0)
    accepted = [one for one in sent.accepted_by if one in known]
    debt = actions.issue_letter(
        project=project.id, zone=project.zone, replaces=sent.replaces, accepted_by=accepted, text=sent.text,
        expires=sent.expires, by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": debt}
