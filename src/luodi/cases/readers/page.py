"""One case in full: where it stands, its clock, its history, who has a part, what was asked, what is owed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.cases.course import Course, Told, course_of
from luodi.cases.held import calendar, catalogue, events_of
from luodi.cases.limits import limits_of
from luodi.cases.models import Asking, Halt, Part
from luodi.cases.readers.inbox import numbered
from luodi.cases.readers.rows import Row
from luodi.cases.standing import end_of_minimum, terms_from
from luodi.debts.readers import DebtRow, LetterRow, letters_of, owed
from luodi.domain.catalogue.matters import Matter
from luodi.domain.clock.ledger import Reading, Terms
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Text
from luodi.plans.readers import current
from luodi.projects.readers import project as project_of

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class PartRow:
    """Somebody's part in the case."""

    post: int
    name: str
    organisation_name: Text
    role: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class AskingRow:
    """A question to another unit.  `late`: working days past its day, to the answer or until now.

    `cost`: calendar days of that which the project's end has to bear: what its float did not absorb.
    """

    id: int
    case: int
    organisation: int
    organisation_name: Text
    kind: str
    question: str
    asked_at: datetime
    due: date
    answered_at: datetime | None
    opinion: str
    answer: str
    late: int
    cost: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case in full.  `minimum_until`: the day a period no promise can cut ends; `resting`: letters it may rest on."""

    row: Row
    project_id: int
    matter: Matter
    course: Course
    history: tuple[Told, ...]
    terms: Terms
    reading: Reading
    minimum_until: date | None
    parts: tuple[PartRow, ...]
    askings: tuple[AskingRow, ...]
    debts: tuple[DebtRow, ...]
    resting: tuple[LetterRow, ...]
    halted: bool


def case(number: str, *, now: datetime, as_of: datetime | None = None) -> CasePage | None:
    """One case by its number, now or as it stood; None for none.  Eight queries, two more where an answer is late."""
    row = numbered(number, now=now, as_of=as_of)
    recorded = project_of(row.project, as_of) if row else None
    if row is None or recorded is None:
        return None
    told = tuple(one for one in events_of(row.id) if as_of is None or one.at <= as_of)
    # Events of one act stand a second apart, and clocks of servers differ: the last event may lie before us, and counts.
    moment = as_of or max(now, told[-1].at + SECOND)
    course, matter = course_of(told), catalogue().matters[row.matter]
    extended = sum(one.days for one in course.extensions)
    terms = terms_from(row.budget, row.unit, row.promise, row.promise_unit, extended)
    limits = limits_of(matter, recorded.file, day_of(course.accepted or moment))
    bound = course.accepted and limits.minimum
    letters = letters_of(recorded.id) if matter.letter else ()
    halts = Halt.objects.filter(project=recorded.id, resumed_at=None).values_list("freezes", flat=True)
    return CasePage(
        row=row,
        project_id=recorded.id,
        matter=matter,
        course=course,
        history=told,
        terms=terms,
        reading=course.reading(terms, row.matter, moment, calendar()),
        minimum_until=end_of_minimum(course.accepted, limits.minimum, calendar())
        if bound and course.accepted and limits.minimum
        else None,
        parts=parts_of(row.id, as_of),
        askings=askings_of(row, moment),
        debts=tuple(
            one for one in owed(today=day_of(moment), slug=row.project, settled=None, limit=500, as_of=as_of)
            if one.matter == row.matter
        ),
        resting=tuple(one for one in letters if matter.letter and one.replaces == matter.letter.replaces),
        halted=any(f'"{row.matter}"' in one for one in halts),
    )  # fmt: skip


def parts_of(case: int, as_of: datetime | None = None) -> tuple[PartRow, ...]:
    """Who has, or has had, a part in a case, oldest first.  One query."""
    rows = Part.objects.filter(case=case).order_by("since", "id").values_list(
        "post_id", "post__person__name", "post__organisation__zh", "post__organisation__en", "role", "since", "until"
    )  # fmt: skip
    return tuple(
        PartRow(post, name, Text(zh, en), role, since, None if as_of and until and until > as_of else until)
        for post, name, zh, en, role, since, until in rows
        if as_of is None or since <= as_of
    )


ASKING = (
    "id", "case_id", "organisation_id", "organisation__zh", "organisation__en", "kind", "question", "asked_at", "due",
    "answered_at", "opinion", "answer",
)  # fmt: skip


def askings_of(row: Row, moment: datetime) -> tuple[AskingRow, ...]:
    """What other units were asked within a case, and what their silence costs.  One query, three where one is late."""
    found = Asking.objects.filter(case=row.id, asked_at__lte=moment).order_by("id").values_list(*ASKING)
    rows = [_asking(list(one), moment, None) for one in found]
    if not any(one.late for one in rows):
        return tuple(rows)
    saved = current(row.project)
    steps = saved.plan.steps if saved else ()
    slack = next((step.float_days for step in steps if step.matter == row.matter), None)
    return tuple(_asking(list(one), moment, slack) for one in found)


def asked_of(organisation: int, *, now: datetime, answered: bool = False, limit: int = 50) -> tuple[AskingRow, ...]:
    """What a unit was asked and has still to answer, by the day it is due; or what it has answered.  One query."""
    rows = Asking.objects.filter(organisation=organisation, answered_at__isnull=not answered).order_by("due", "id")
    return tuple(_asking(list(one), now, None) for one in rows.values_list(*ASKING)[:limit])


def _asking(one: list[object], moment: datetime, slack: int | None) -> AskingRow:
    pk, case_, unit, zh, en, kind, question, asked, due, answered, opinion, answer = one
    if isinstance(answered, datetime) and answered > moment:
        answered, opinion, answer = None, "", ""
    day = day_of(answered if isinstance(answered, datetime) else moment)
    late = max(0, calendar().count(due, day))  # type: ignore[arg-type]
    cost = max(0, (day - due).days - slack) if late and slack is not None else 0  # type: ignore[operator]
    return AskingRow(
        pk, case_, unit, Text(zh, en), kind, question, asked, due, answered, opinion, answer, late, cost,  # type: ignore[arg-type]
    )  # fmt: skip
