"""Who is told of an act: the unit that handles the case, the applicant and the project's team, whoever has a part in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.cases.course import day
from luodi.cases.held import Held, Subject
from luodi.cases.models import Part
from luodi.domain.vocabulary import Text
from luodi.notices.actions import tell
from luodi.projects.readers import team

Facts = Mapping[str, str | int | date | Text]


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell.  `case`: whoever has a part in it; `applicant`: the enterprise and the project's team."""

    kind: str  # data/notices/kinds.yaml
    facts: Facts
    link: str
    case: int | None = None
    applicant: bool = False
    posts: frozenset[int] = field(default_factory=frozenset)
    organisations: frozenset[int] = field(default_factory=frozenset)


def to_applicant(held: Held, kind: str, **facts: str | int | date | Text) -> News:
    """News of a case for the enterprise, the project's team and those with a part in the case."""
    return News(kind, _facts(held, facts), link(held), case=held.row.pk, applicant=True)


def to_unit(held: Held, kind: str, **facts: str | int | date | Text) -> News:
    """News of a case for its handler, or the whole unit while it has none, and those with a part in the case."""
    handler = held.row.handler_id
    return News(
        kind, _facts(held, facts), link(held), case=held.row.pk,
        posts=frozenset({handler} if handler else ()),
        organisations=frozenset(() if handler else {held.row.organisation_id}),
    )  # fmt: skip


def to_others(
    held: Held, kind: str, *, posts: frozenset[int] = frozenset(), organisations: frozenset[int] = frozenset(),
    **facts: str | int | date | Text,
) -> News:  # fmt: skip
    """News of a case for the posts and organisations named, and nobody else."""
    return News(kind, _facts(held, facts), link(held), posts=posts, organisations=organisations)


def due_words(held: Held) -> Text:
    """By when a case is to be decided as it stands, or when its decision is expected where no clock runs."""
    row = held.row
    days = [one for one in (row.promise_due, row.due) if one is not None]
    day_ = min(days) if days else row.expected
    return Text(str(day_), str(day_)) if day_ else Text("—", "—")


def link(held: Held) -> str:
    """The page of a case."""
    return f"/cases/{held.row.number}/"


def spread(news: Sequence[News], *, subject: Subject, by: Acting, at: datetime) -> None:
    """Tell everybody but the one who acts.  At most seven queries for each piece of news."""
    members: frozenset[int] | None = None
    for one in news:
        posts, organisations = set(one.posts), set(one.organisations)
        if one.case is not None:
            posts.update(Part.objects.filter(case=one.case, until=None).values_list("post_id", flat=True))
        if one.applicant:
            if members is None:
                members = frozenset(m.post for m in team(subject.slug, day(at) or at.date()))
            posts |= members
            organisations |= {subject.applicant} if subject.applicant else set()
        tell(
            posts=posts - {by.post}, organisations=organisations, kind=one.kind, facts=one.facts, link=one.link,
            project=subject.slug, at=at,
        )  # fmt: skip


def _facts(held: Held, facts: Facts) -> Facts:
    return {"project": held.subject.name, "matter": held.matter.name, **facts}
