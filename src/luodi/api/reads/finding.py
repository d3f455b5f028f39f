"""Looking up: records by name, pinyin, initials or code; kept views; acts on many rows."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Numbered, Shape
from luodi.desk.looking.kept_views import LISTS
from luodi.desk.looking.seeking import LONGEST, long_enough, reaches
from luodi.domain.vocabulary import Refusal
from luodi.finding import keeping, many, readers
from luodi.finding.kinds import kinds

TAG = "finding"
Few = Annotated[int, Query(ge=1, le=50, description="Things wanted of each kind")]
Typed = Annotated[
    str, Query(min_length=1, max_length=LONGEST, description="Name, pinyin, initials or code; every word must fit")
]


class Hit(Shape):
    """Something found within reach.  `begins`: a name or code of it begins with what was typed."""

    kind: str
    key: str
    zone: str
    project: str
    title: Words
    about: Words
    link: str = Field(description="Address of its page")
    begins: bool


class View(Shape):
    """A kept view.  `query`: the filter of the list; `own`: of this post, which may change it."""

    id: int
    page: str
    name: str
    query: str
    shared: bool
    usual: bool
    own: bool
    at: datetime


class ManyStep(Shape):
    """A row of an act on many: waiting, done, refused, undone or kept; `refusal`: the code of why not."""

    row: str
    state: str
    refusal: str | None


class Job(Shape):
    """An act on many rows, and what became of each."""

    id: int
    verb: str
    at: datetime
    ended_at: datetime | None
    undone_at: datetime | None
    running: bool
    steps: list[ManyStep]


@reads(TAG, "/search", "search.use", list[Hit], dated=False)
def look_up(
    request: SignedIn, q: Typed, kind: Annotated[str, Query(max_length=16)] = "", each: Few = 6
) -> tuple[readers.Hit, ...]:  # fmt: skip
    """What stands under a name, pinyin, initials or code within reach, of one kind or of all.  Two queries at most."""
    if kind and kind not in kinds():
        raise Refusal("finding_kind_unknown", field="kind", kind=kind, known=", ".join(kinds()))
    within = {one: reach for one, reach in reaches(request).items() if kind in ("", one)}
    return readers.look(q, within=within, each=each) if long_enough(q.lower().split()) else ()


@reads(TAG, "/views", "view.own", list[View], dated=False)
def views(request: SignedIn, page: Annotated[str, Query(max_length=64)] = "") -> tuple[keeping.ViewRow, ...]:
    """The kept views of a list, or of every list, that the post sees.  One query."""
    if page and page not in LISTS:
        raise Refusal("view_page_unknown", field="page", page=page)
    return keeping.kept(page=page, by=request.acting) if page else keeping.all_kept(by=request.acting)


@reads(TAG, "/jobs/{int:job}", "project.read", Job, dated=False)
def many_rows(request: SignedIn, job: Numbered) -> dict[str, Any]:
    """An act on many rows that the post began, and what became of each.  Three queries."""
    found = many.job(job, post=request.acting.post)
    steps = [
        {"row": one.row, "state": one.state, "refusal": one.refusal.code if one.refusal else None}
        for one in many.steps(job)
    ]
    return {
        "id": found.id, "verb": found.verb, "at": found.at, "ended_at": found.ended_at, "undone_at": found.undone_at,
        "running": found.running, "steps": steps,
    }  # fmt: skip
