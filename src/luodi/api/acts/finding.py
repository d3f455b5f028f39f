"""Views of lists: kept, changed, taken away, brought back; and acts on many rows."""

from typing import Annotated

from django.db import transaction
from django.http import QueryDict
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.projects import Happened, Made
from luodi.api.problems import Words, plain
from luodi.api.shapes import Numbered, Shape, Slug
from luodi.desk.looking import jobs
from luodi.desk.looking.kept_views import LISTS
from luodi.desk.looking.many_views import VERBS
from luodi.desk.looking.verbs import Moment, Verb
from luodi.domain.vocabulary import Refusal, Text
from luodi.finding import keeping, many

TAG = "finding"
DONE = {"done": True}
Name = Annotated[str, Field(min_length=1, max_length=keeping.LONGEST_NAME)]


class NewView(BaseModel, extra="forbid"):
    """The filter of a list (the part of its address after `?`) under a name."""

    page: Annotated[str, Field(max_length=64)]
    name: Name
    query: Annotated[str, Field(max_length=keeping.LONGEST)] = ""
    shared: bool = False
    usual: bool = False


class ChangedView(BaseModel, extra="forbid"):
    """How a view is to be called, whether the unit shares it, and whether the list opens with it."""

    name: Name
    shared: bool
    usual: bool


class Rows(BaseModel, extra="forbid"):
    """Rows (numbers of cases, slugs of projects), each with its `seq` (0 for a project), and what the act needs."""

    rows: dict[Annotated[str, Field(max_length=80)], Annotated[int, Field(ge=0, le=2**31)]] = Field(
        max_length=many.MOST
    )
    given: dict[Annotated[str, Field(max_length=32)], Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict, max_length=8
    )


class Weighed(Shape):
    """What an act would do to a row; `why`: why it cannot be done, in words or as the code of the refusal it would meet."""

    row: str
    seq: int
    name: Words
    will: Words
    able: bool
    why: Words | str | None


@doors.acts(TAG, "/views", "view.own", Made)
def keep_view(request: SignedIn, sent: NewView) -> dict[str, object]:
    """Keep the filter of a list under a name."""
    if sent.page not in LISTS:
        raise Refusal("view_page_unknown", field="page", page=sent.page)
    view = keeping.keep_view(
        page=sent.page, name=sent.name, query=sent.query, shared=sent.shared, usual=sent.usual, by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"id": view}


@doors.acts(TAG, "/views/{int:view}", "view.own", Happened, method="PUT")
def change_view(request: SignedIn, view: Numbered, sent: ChangedView) -> dict[str, bool]:
    """Rename a view of one's own, share it or not, let the list open with it or not."""
    with doors.once(request):
        keeping.change_view(
            view=view, name=sent.name, shared=sent.shared, usual=sent.usual, by=request.acting, at=request.now
        )
    return DONE


@doors.acts(TAG, "/views/{int:view}/remove", "view.own", Happened)
def remove_view(request: SignedIn, view: Numbered) -> dict[str, bool]:
    """Take a view of one's own away."""
    with doors.once(request):
        keeping.remove_view(view=view, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/views/{int:view}/restore", "view.own", Happened)
def restore_view(request: SignedIn, view: Numbered) -> dict[str, bool]:
    """Bring back a view that was taken away."""
    with doors.once(request):
        keeping.restore_view(view=view, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/many/{slug:verb}/weigh", "project.read", list[Weighed])
def weigh_many(request: SignedIn, verb: Slug, sent: Rows) -> list[dict[str, object]]:
    """What an act on many rows would do to each, and why it cannot be done to others.  Some ten queries for each."""
    known = _known(request, verb)
    moment = Moment(request.acting, request.now)
    given = known.given(_form(sent), moment) if sent.given else None
    found = [known.weigh(moment, row, given) for row in sent.rows]
    return [
        {"row": one.row, "seq": one.seq, "name": one.name, "will": one.will, "able": one.able, "why": _why(one.why)}
        for one in found
    ]


@doors.acts(TAG, "/many/{slug:verb}", "project.read", Made)
def begin_many(request: SignedIn, verb: Slug, sent: Rows) -> dict[str, object]:
    """Begin an act on many rows: `assign` or `remind` (cases), `join` (projects); the worker does it row by row."""
    given = _known(request, verb).given(_form(sent), Moment(request.acting, request.now))
    rows = [many.Chosen(row, seq) for row, seq in sent.rows.items()]
    with doors.once(request), transaction.atomic():
        job = many.begin(
            verb=verb, rows=rows, given=given, back="", by=request.acting, at=request.now,
            key=doors.key(request) or many.new_key(),
        )  # fmt: skip
        jobs.carry_out.enqueue(job)
    return {"id": job}


@doors.acts(TAG, "/jobs/{int:job}/undo", "project.read", Happened)
def undo_many(request: SignedIn, job: Numbered) -> dict[str, bool]:
    """Take an act on many rows back, by counter-entries, where nothing followed."""
    if VERBS[many.job(job, post=request.acting.post).verb].undo is None:
        raise Refusal("bulk_cannot_be_undone")
    with doors.once(request), transaction.atomic():
        many.begin_undo(job, by=request.acting, at=request.now)
        jobs.take_back.enqueue(job)
    return DONE


def _known(request: SignedIn, verb: str) -> Verb:
    """The act, if the post may do it at all."""
    known = VERBS.get(verb)
    if known is None:
        raise Refusal("api_not_found")
    require(request.acting, known.function)
    return known


def _why(said: Text | Refusal | None) -> object:
    return said.code if isinstance(said, Refusal) else plain(said)


def _form(sent: Rows) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update(sent.given)
    return form
