"""Questions about negotiations and promises.  Every list is a constant number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from luodi.dealings.models import Approval, Clause, Ending, Outcome, Round
from luodi.dealings.models import Term as TermRow
from luodi.domain.dealings.authority import Offer
from luodi.domain.dealings.kinds import kinds
from luodi.domain.dealings.promised import OPEN, SETTLED
from luodi.domain.dealings.terms import Term
from luodi.domain.vocabulary import Text

PAGE = 100
Zones = Collection[str] | None
ROUND = (
    "id", "number", "on", "ours", "theirs", "points", "holds_until", "sample", "post__person__name", "at",
)  # fmt: skip
CLAUSE = (
    "id", "project__slug", "project__zh", "project__en", "zone", "kind", "subject", "size", "on", "words", "owner_id",
    "owner__zh", "owner__en", "owner__kind", "due", "document", "official", "office", "sample", "at", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round of talks with all terms as they stood after it; `promises`: what is reserved, by kind of term."""

    id: int
    number: int
    on: date
    ours: str
    theirs: str
    points: tuple[str, ...]
    holds_until: date | None
    sample: bool
    who: str
    at: datetime
    terms: tuple[Term, ...]
    promises: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval: of which offer, by whom, on which paper."""

    id: int
    offer: Offer
    document: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EndingRow:
    """How talks ended, and after which round."""

    number: int
    signed: bool
    on: date
    document: str
    who: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding about a promise; `actual` None where nothing was counted."""

    state: str
    actual: Term | None
    evidence: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A promise as it stands; `outcomes`: what was found, oldest first."""

    id: int
    project: str
    project_name: Text
    zone: str
    term: Term
    side: str
    owner: int
    owner_name: Text
    owner_kind: str
    due: date
    document: str
    official: str
    office: str
    sample: bool
    at: datetime
    state: str
    outcomes: tuple[Found, ...]

    @property
    def actual(self) -> Term | None:
        """What came, by the last finding that counted it."""
        return next((one.actual for one in reversed(self.outcomes) if one.actual), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which promises a list shows; nothing given: all."""

    side: str = ""
    state: str = ""
    former: bool = False
    late: bool = False
    due: date | None = None
    kinds: Collection[str] = ()


def rounds(project: int, as_of: datetime | None = None) -> tuple[RoundRow, ...]:
    """The rounds of a project's talks, the last one first; `as_of`: those recorded by then.  Two queries."""
    return _rounds(Round.objects.filter(_by(as_of), project=project).order_by("-number"))


def last_round(project: int) -> RoundRow | None:
    """The last round.  Two queries."""
    return next(iter(_rounds(Round.objects.filter(project=project).order_by("-number")[:1])), None)


def ended(project: int, as_of: datetime | None = None) -> dict[int, EndingRow]:
    """How talks ended, by the number of the round they ended after.  One query."""
    rows = Ending.objects.filter(_by(as_of), project=project).values_list(
        "round__number", "signed", "on", "document", "post__person__name"
    )
    return {row[0]: EndingRow(row[0], row[1], row[2], row[3], row[4] or "") for row in rows}


def signed(project: int) -> bool:
    """Whether talks ended in a signature.  One query."""
    return Ending.objects.filter(project=project, signed=True).exists()


def approvals(project: int, as_of: datetime | None = None) -> tuple[Approved, ...]:
    """What was approved for a project, newest first.  One query."""
    rows = Approval.objects.filter(_by(as_of), project=project).order_by("-id")
    return tuple(
        Approved(pk, Offer(kind, size, words), document, who or "", at)
        for pk, kind, size, words, document, who, at in rows.values_list(
            "id", "kind", "size", "words", "document", "post__person__name", "at"
        )
    )


def negotiators(project: int) -> tuple[int, ...]:
    """The posts that recorded rounds of a project.  One query."""
    rows = Round.objects.filter(project=project, post__isnull=False).order_by("post_id")
    return tuple(rows.values_list("post_id", flat=True).distinct())


def clauses(
    *, zones: Zones = None, project: int | None = None, wanted: Wanted | None = None, today: date, limit: int = PAGE,
    skip: int = 0, as_of: datetime | None = None,
) -> tuple[ClauseRow, ...]:  # fmt: skip
    """Promises by their day, those of zones (None: all) or of a project, as they stood at a moment.  Two queries.

    `skip`: how many to leave out from the top.
    """
    found = _clauses(zones, project, as_of)
    if wanted is not None:
        found = _sifted(found, wanted, today)
    return _with_outcomes(found.order_by("due", "id")[skip : skip + limit], as_of)


def clause(number: int) -> ClauseRow | None:
    """One promise.  Two queries."""
    return next(iter(_with_outcomes(_clauses(None, None).filter(pk=number)[:1])), None)


def counts(*, zones: Zones = None, today: date, soon: date, as_of: datetime | None = None) -> Mapping[str, int]:
    """How many promises there are: all, open, overdue, due up to `soon`, of former officials, kept, broken.  One query."""
    late = ~Q(state__in=SETTLED) & Q(due__lt=today)
    return _clauses(zones, None, as_of).aggregate(
        all=Count("id"), open=Count("id", filter=~Q(state__in=SETTLED)), late=Count("id", filter=late),
        soon=Count("id", filter=~Q(state__in=SETTLED) & Q(due__gte=today, due__lte=soon)),
        former=Count("id", filter=~Q(official="") | ~Q(office="")), kept=Count("id", filter=Q(state="kept")),
        broken=Count("id", filter=Q(state="broken")),
    )  # fmt: skip


def due_between(since: date, until: date) -> tuple[ClauseRow, ...]:
    """Promises not settled whose day lies in a span.  Two queries."""
    found = _clauses(None, None).filter(due__gte=since, due__lte=until).exclude(state__in=SETTLED)
    return _with_outcomes(found.order_by("due", "id"))


def _by(as_of: datetime | None) -> Q:
    """What was recorded by a moment; None: all."""
    return Q() if as_of is None else Q(at__lte=as_of)


def _clauses(zones: Zones, project: int | None, as_of: datetime | None = None) -> QuerySet[Any]:
    latest = Outcome.objects.filter(_by(as_of), clause=OuterRef("pk")).order_by("-id").values("state")[:1]
    found = Clause.objects.filter(_by(as_of)).annotate(state=Coalesce(Subquery(latest), Value(OPEN)))
    if zones is not None:
        found = found.filter(zone__in=zones)
    return found if project is None else found.filter(project=project)


def _sifted(found: QuerySet[Any], wanted: Wanted, today: date) -> QuerySet[Any]:
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    if wanted.side:
        found = found.filter(kind__in=[one.id for one in kinds().values() if one.side == wanted.side])
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.former:
        found = found.exclude(official="", office="")
    if wanted.late:
        found = found.filter(due__lt=today).exclude(state__in=SETTLED)
    if wanted.due:
        found = found.filter(due__gte=today, due__lte=wanted.due).exclude(state__in=SETTLED)
    return found


def _with_outcomes(rows: QuerySet[Any], as_of: datetime | None = None) -> tuple[ClauseRow, ...]:
    listed = list(rows.values_list(*CLAUSE))
    about = {row[0]: row for row in listed}
    findings: dict[int, list[Found]] = {}
    for clause_id, state, size, on, evidence, reason, who, at in (
        Outcome.objects.filter(_by(as_of), clause__in=about).order_by("id").values_list(
            "clause_id", "state", "size", "on", "evidence", "reason", "post__person__name", "at"
        )
    ):  # fmt: skip
        row = about[clause_id]
        actual = Term(row[5], row[6], size, on) if size is not None or on is not None else None
        findings.setdefault(clause_id, []).append(Found(state, actual, evidence, reason, who or "", at))
    return tuple(_clause(row, tuple(findings.get(row[0], ()))) for row in listed)


def _clause(row: tuple, outcomes: tuple[Found, ...]) -> ClauseRow:  # type: ignore[type-arg]
    id_, slug, zh, en, zone, kind, subject, size, on, words, owner, owner_zh, owner_en, owner_kind, *rest = row
    due, document, official, office, sample, at, state = rest
    return ClauseRow(
        id_, slug, Text(zh, en), zone, Term(kind, subject, size, on, words), kinds()[kind].side, owner,
        Text(owner_zh, owner_en), owner_kind, due, document, official, office, sample, at, state, outcomes,
    )  # fmt: skip


def _rounds(rows: QuerySet[Round]) -> tuple[RoundRow, ...]:
    listed = list(rows.values_list(*ROUND))
    terms: dict[int, list[Term]] = {}
    promises: dict[int, dict[str, int]] = {}
    found = TermRow.objects.filter(round__in=[row[0] for row in listed]).order_by("id")
    for number, kind, subject, size, on, words, promise in found.values_list(
        "round_id", "kind", "subject", "size", "on", "words", "promise_id"
    ):
        terms.setdefault(number, []).append(Term(kind, subject, size, on, words))
        if promise is not None:
            promises.setdefault(number, {})[kind] = promise
    return tuple(
        RoundRow(
            id_, number, on, ours, theirs, tuple(filter(None, points.splitlines())), until, sample, who or "", at,
            tuple(terms.get(id_, ())), promises.get(id_, {}),
        )
        for id_, number, on, ours, theirs, points, until, sample, who, at in listed
    )  # fmt: skip
