"""Questions about entry reviews: who was asked what, what they said, the answer that follows, and who may rest on it."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from luodi.domain.entry import checks
from luodi.domain.entry.checks import Check
from luodi.domain.vocabulary import Text
from luodi.entry import handed
from luodi.entry.handed import FileRow
from luodi.entry.models import Asked, Link, Opinion, Review
from luodi.journal import readers as journal

MOST = 200


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion as it was given."""

    seq: int
    view: str
    conditions: str
    blocking: str
    papers: tuple[str, ...]
    note: str
    who: str
    at: datetime
    entry: str
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of an expert.  `looks`: how often it was opened, as the record has it; `open` on the day asked about."""

    id: int
    at: datetime
    expires: datetime
    revoked_at: datetime | None
    revoked_why: str
    open: bool
    looks: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Somebody asked about a check.  `left`: calendar days to the day due, negative when late; None once answered."""

    id: int
    check: Check
    name: Text
    organisation: int | None
    office: str
    due: date
    left: int | None
    opinions: tuple[OpinionRow, ...]
    links: tuple[LinkRow, ...]

    @property
    def last(self) -> OpinionRow | None:
        """The opinion that counts."""
        return self.opinions[-1] if self.opinions else None

    @property
    def view(self) -> str | None:
        """What they think; None before an opinion."""
        return self.last.view if self.last else None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A round of review.  `answer`: of `checks.rules().answers`; `unasked`: checks nobody was asked about."""

    id: int
    round: int
    subject: str
    at: datetime
    who: str
    due: date
    sample: bool
    asked: tuple[AskedRow, ...]
    answer: str
    unasked: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """How a check stands.  `answer`: of `checks.rules().answers`; `due`: the last day due of those who have not answered."""

    answer: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Reusable:
    """An opinion that a matter's later approval may rest on.  It grants nothing: the unit decides by its own law."""

    check: Check
    name: Text
    opinion: OpinionRow
    round: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for a unit's opinion."""

    asked: int
    project: str
    project_name: Text
    check: Check
    due: date
    left: int


def review(
    project: int, slug: str, now: datetime, today: date, *, as_of: datetime | None = None
) -> ReviewRow | None:  # fmt: skip
    """The newest round of a project's review, whole, as it was known at a moment; None where none was opened.

    Six queries.
    """
    row = Review.objects.filter(_known(as_of), project=project).order_by("-round").first()
    if row is None:
        return None
    asked = _asked(Asked.objects.filter(_known(as_of), review=row), slug, now, today, as_of)
    known = {one.check.id for one in asked}
    unasked = tuple(one for one in checks.checks().values() if one.id not in known)
    found = checks.overall([one.view for one in asked] + [None] * len(unasked))
    return ReviewRow(row.pk, row.round, row.subject, row.at, row.who, row.due, row.sample, asked, found, unasked)


def given(project: int, as_of: datetime | None = None) -> dict[str, Given]:
    """How each check stands that somebody was asked about, in the newest round known at a moment.  Two queries."""
    newest = _newest(project, as_of)
    last = Opinion.objects.filter(_known(as_of), asked=OuterRef("pk")).order_by("-seq").values("view")[:1]
    found: dict[str, list[tuple[str | None, date]]] = {}
    rows = Asked.objects.filter(_known(as_of), review=newest[0] if newest else None).annotate(view=Subquery(last))
    for check, view, due in rows.values_list("check_id", "view", "due"):
        found.setdefault(check, []).append((view, due))
    return {
        check: Given(
            checks.overall([view for view, _due in said]),
            max((due for view, due in said if view is None), default=None),
        )
        for check, said in found.items()
    }


def views(project: int, as_of: datetime | None = None) -> dict[str, str]:
    """The answer of each check that somebody was asked about, in the newest round known at a moment.  Two queries."""
    return {check: one.answer for check, one in given(project, as_of).items()}


def reusable(project: int, matter: str, *, as_of: datetime | None = None) -> tuple[Reusable, ...]:
    """The opinions of the newest round that a matter's approval may rest on; granting stays with the unit.

    At most three queries.
    """
    serving = {one.id: one for one in checks.serving(matter)}
    newest = _newest(project, as_of) if serving else None
    if newest is None:
        return ()
    rows = Opinion.objects.filter(_known(as_of), asked__review=newest[0], asked__check_id__in=serving)
    last = {row.asked_id: row for row in rows.select_related("asked__organisation").order_by("asked", "seq")}
    files = handed.of_opinions([row.pk for row in last.values()]) if last else {}
    return tuple(
        Reusable(serving[row.asked.check_id], _name(row.asked), _opinion(row, files), newest[1])
        for row in last.values()
    )


def waiting(
    organisation: int, today: date, *, as_of: datetime | None = None, limit: int = 50
) -> tuple[Waiting, ...]:  # fmt: skip
    """What a unit has been asked and has not answered, the earliest day due first.  One query."""
    rows = _open(as_of).filter(organisation=organisation).order_by("due", "pk")
    columns = ("pk", "review__project__slug", "review__project__zh", "review__project__en", "check_id", "due")
    return tuple(
        Waiting(asked, slug, Text(zh, en), checks.checks()[check], due, (due - today).days)
        for asked, slug, zh, en, check, due in rows.values_list(*columns)[:limit]
    )


def unanswered(since: date, until: date) -> QuerySet[Asked]:
    """Questions of newest rounds without an opinion that fall due in a span of days."""
    return _open().filter(due__gte=since, due__lte=until)


Place = tuple[str, str]
"""Slug and zone of a project."""


def place_of_review(review: int) -> Place | None:
    """Where a review belongs; None where there is none.  One query."""
    return Review.objects.filter(pk=review).values_list("project__slug", "zone").first()


def place_of_asked(asked: int) -> Place | None:
    """Where a question belongs; None where there is none.  One query."""
    return Asked.objects.filter(pk=asked).values_list("review__project__slug", "review__zone").first()


def place_of_link(link: int) -> Place | None:
    """Where a link belongs; None where there is none.  One query."""
    rows = Link.objects.filter(pk=link)
    return rows.values_list("asked__review__project__slug", "asked__review__zone").first()


def _known(as_of: datetime | None) -> Q:
    """Recorded by a moment."""
    return Q() if as_of is None else Q(at__lte=as_of)


def _newest(project: int, as_of: datetime | None) -> tuple[int, int] | None:
    """Number and round of the newest review."""
    rows = Review.objects.filter(_known(as_of), project=project)
    return rows.order_by("-round").values_list("pk", "round").first()


def _open(as_of: datetime | None = None) -> QuerySet[Asked]:
    rounds = Review.objects.filter(_known(as_of), project=OuterRef("review__project"))
    newest = rounds.order_by("-round").values("round")[:1]
    answered = Opinion.objects.filter(_known(as_of)).values("asked")
    return Asked.objects.filter(_known(as_of), review__round=Subquery(newest)).exclude(pk__in=answered)


def _asked(
    rows: QuerySet[Asked], slug: str, now: datetime, today: date, as_of: datetime | None
) -> tuple[AskedRow, ...]:  # fmt: skip
    found = list(rows.select_related("organisation").order_by("pk"))
    ids = [one.pk for one in found]
    opinions = list(Opinion.objects.filter(_known(as_of), asked__in=ids).order_by("asked", "seq"))
    said, files = _grouped(opinions), handed.of_opinions([one.pk for one in opinions])
    links = list(Link.objects.filter(_known(as_of), asked__in=ids).order_by("pk"))
    looks = _looks(slug, as_of) if links else {}
    order = list(checks.checks())
    made = [
        AskedRow(
            one.pk, checks.checks()[one.check_id], _name(one), one.organisation_id, one.office, one.due,
            None if said.get(one.pk) else (one.due - today).days,
            tuple(_opinion(row, files) for row in said.get(one.pk, ())),
            tuple(_link(row, looks, as_of or now) for row in links if row.asked_id == one.pk),
        )
        for one in found
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (order.index(one.check.id), one.id)))


def _grouped(rows: Iterable[Opinion]) -> dict[int, list[Opinion]]:
    found: dict[int, list[Opinion]] = {}
    for row in rows:
        found.setdefault(row.asked_id, []).append(row)
    return found


def _looks(slug: str, until: datetime | None) -> dict[int, list[datetime]]:
    """When each link was opened, newest first, from the record.  One query."""
    found: dict[int, list[datetime]] = {}
    for one in journal.entries(project=slug, kinds=("entry.link_seen",), until=until, limit=MOST).records:
        found.setdefault(int(json.loads(one.payload)["link"]), []).append(one.at)
    return found


def _link(row: Link, looks: dict[int, list[datetime]], now: datetime) -> LinkRow:
    """A link as it stood at a moment: what was taken back later still opened then."""
    revoked = row.revoked_at is not None and row.revoked_at <= now
    taken = (row.revoked_at, row.revoked_why) if revoked else (None, "")
    still = not revoked and row.expires > now
    return LinkRow(row.pk, row.at, row.expires, *taken, still, tuple(looks.get(row.pk, ())))


def _name(row: Asked) -> Text:
    if row.organisation is None:
        return Text(row.expert, row.expert)
    return Text(row.organisation.zh, row.organisation.en)


def _opinion(row: Opinion, files: dict[int, tuple[FileRow, ...]]) -> OpinionRow:
    papers = tuple(filter(None, map(str.strip, row.papers.splitlines())))
    return OpinionRow(
        row.seq, row.view, row.conditions, row.blocking, papers, row.note, row.who, row.at, row.entry,
        files.get(row.pk, ()),
    )  # fmt: skip


def whole(rows: Collection[AskedRow]) -> dict[str, list[AskedRow]]:
    """Rows by check, in the order of the checks."""
    found: dict[str, list[AskedRow]] = {}
    for one in rows:
        found.setdefault(one.check.id, []).append(one)
    return found
