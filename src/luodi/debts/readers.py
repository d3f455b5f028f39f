"""Questions about what is owed, with the days left as a light."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from luodi.debts.models import Debt, DebtStep
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import light_rules
from luodi.domain.handling.lettering import Letter, letter_holds
from luodi.domain.vocabulary import Text
from luodi.workcalendar.readers import in_force

OPEN = ("open", "grace")


@dataclass(frozen=True, slots=True)
class DebtRow:
    """One debt.  `days_left`: working days to its day (of grace, while that runs), negative when overdue; None: settled.

    `light`: none (settled), green, amber or red.  `id` serves as cursor.
    """

    id: int
    project: str
    project_name: Text
    zone: str
    matter: str
    kind: str
    text: str
    standard: str
    papers: tuple[str, ...]
    accepted_by: tuple[str, ...]
    checker: str
    since: datetime
    due: date
    grace_until: date | None
    state: str
    rung: int
    days_left: int | None
    light: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step about a debt."""

    at: datetime
    step: str
    who: str
    note: str
    state: str
    entry: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that stands for a certificate."""

    id: int
    replaces: str
    accepted_by: frozenset[str]
    issued: datetime
    expires: date
    state: str

    def stands_for(self, certificate: str, matter: str, on: date) -> bool:
        """Whether it may be taken for `certificate` by `matter` on a day."""
        good = self.state in ("open", "met") and letter_holds(self.letter(), on)
        return good and self.replaces == certificate and matter in self.accepted_by

    def letter(self) -> Letter:
        """The letter as the rules take it."""
        return Letter(day_of(self.issued), self.expires, tuple(sorted(self.accepted_by)))


COLUMNS = (
    "id", "project__slug", "project__zh", "project__en", "zone", "matter", "kind", "text", "standard", "papers",
    "accepted_by", "checker", "since", "due", "grace_until", "state", "rung",
)  # fmt: skip


def owed(
    *,
    today: date,
    slug: str | None = None,
    zones: Collection[str] | None = None,
    checker: str | None = None,
    slugs: Collection[str] | None = None,
    kind: str | None = None,
    state: str | None = None,
    settled: bool | None = False,
    after: tuple[date, int] | None = None,
    limit: int = 50,
    as_of: datetime | None = None,
) -> tuple[DebtRow, ...]:
    """Debts by the day they are due: those still owed, those settled (`settled`), or both (None).  One query; two with `as_of`.

    `state`: those in one state, whatever `settled` says.  `after`: (due, id) of the last row seen.  With `as_of` each
    stands as it stood then, and what came later is missing.
    """
    found = Debt.objects.order_by("due", "id")
    if slug is not None:
        found = found.filter(project__slug=slug)
    if slugs is not None:
        found = found.filter(project__slug__in=slugs)
    if zones is not None:
        found = found.filter(zone__in=zones)
    if checker is not None:
        found = found.filter(checker=checker)
    if kind is not None:
        found = found.filter(kind=kind)
    if after is not None:
        found = found.filter(Q(due__gt=after[0]) | Q(due=after[0], id__gt=after[1]))
    if as_of is not None:
        then = _then(found.filter(since__lte=as_of), today, settled, limit, as_of)
        return tuple(one for one in then if state is None or one.state == state)
    if state is not None:
        found = found.filter(state=state)
    elif settled is not None:
        found = found.exclude(state__in=OPEN) if settled else found.filter(state__in=OPEN)
    return tuple(_row(row, today) for row in found.values_list(*COLUMNS)[:limit])


def _then(found: QuerySet[Debt], today: date, settled: bool | None, limit: int, as_of: datetime) -> tuple[DebtRow, ...]:
    later = DebtStep.objects.filter(debt=OuterRef("debt"), at__lte=as_of, id__gt=OuterRef("id"))
    last = DebtStep.objects.filter(at__lte=as_of, debt__in=found.values("id")).exclude(Exists(later))
    states = dict(last.values_list("debt_id", "state"))
    rows = [list(row) for row in found.values_list(*COLUMNS)]
    for row in rows:
        row[15] = states.get(row[0], "open")
    kept = [row for row in rows if settled is None or (row[15] in OPEN) is not settled]
    return tuple(_row(tuple(row), today) for row in kept[:limit])


def steps(debt: int, *, as_of: datetime | None = None) -> tuple[StepRow, ...]:
    """The steps about a debt (those taken by a moment), oldest first.  One query."""
    rows = DebtStep.objects.filter(debt=debt).order_by("id")
    if as_of is not None:
        rows = rows.filter(at__lte=as_of)
    return tuple(StepRow(*row) for row in rows.values_list("at", "step", "who", "note", "state", "entry"))


def letters_of(project: int) -> tuple[LetterRow, ...]:
    """The letters of a project, newest first.  One query."""
    rows = Debt.objects.filter(project=project, kind="letter").order_by("-id")
    return tuple(
        LetterRow(pk, matter, frozenset(json.loads(accepted)), since, due, state)
        for pk, matter, accepted, since, due, state in rows.values_list(
            "id", "matter", "accepted_by", "since", "due", "state"
        )
    )


def one(debt: int, today: date) -> DebtRow | None:
    """One debt.  One query."""
    row = Debt.objects.filter(pk=debt).values_list(*COLUMNS).first()
    return _row(row, today) if row else None


def commitment_lost(project: int, applicant: int | None) -> bool:
    """Whether the commitment route is closed to a project: withdrawn for it, or entered in the applicant's record.

    Rungs 4 and higher of the ladder, until repaired.  One query.
    """
    withdrawn = Q(project=project, rung__gte=4)
    recorded = Q(project__applicant=applicant, rung__gte=5) if applicant else Q(pk__in=())
    return Debt.objects.filter(withdrawn | recorded, kind="commitment").exists()


def _row(row: tuple[object, ...], today: date) -> DebtRow:
    pk, slug, zh, en, zone, matter, kind, text, standard, papers, accepted, *rest = row
    checker, since, due, grace, state, rung = rest
    left, light = _left(state, due, grace, today)  # type: ignore[arg-type]
    return DebtRow(
        pk, slug, Text(zh, en), zone, matter, kind, text, standard, tuple(json.loads(papers)),  # type: ignore[arg-type]
        tuple(json.loads(accepted)), checker, since, due, grace, state, rung, left, light,  # type: ignore[arg-type]
    )  # fmt: skip


def _left(state: str, due: date, grace: date | None, today: date) -> tuple[int | None, str]:
    if state not in OPEN:
        return None, "none"
    day = grace if state == "grace" and grace else due
    left = in_force().count(today, day)
    return left, "red" if left < 0 or state == "grace" else "amber" if left <= light_rules().amber else "green"


def papers_owed(project: int, matter: str, since: datetime) -> frozenset[str]:
    """The states of the deferrals of a matter since a moment, but those that are met.  One query.

    Not empty: papers are still to come, or (`returned`) never came.
    """
    rows = Debt.objects.filter(project=project, matter=matter, kind="deferral", since__gte=since).exclude(state="met")
    return frozenset(rows.values_list("state", flat=True))
