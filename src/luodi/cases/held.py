"""A case in hand: its row under lock, its history, and the rules and facts that bind it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from luodi.accounts.acting import Acting
from luodi.cases.course import Course, Told, course_of, day
from luodi.cases.kinds import STATES, WRITES
from luodi.cases.limits import Limits, limits_of
from luodi.cases.models import Case, CaseEvent
from luodi.cases.standing import Stands, stands, terms_from
from luodi.domain.catalogue.matters import Catalogue, Matter
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.ledger import Terms
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.events.canonical import Json
from luodi.domain.events.kinds import kind as kind_rule
from luodi.domain.facts.project import ProjectFile
from luodi.domain.handling.following import Happened, follow
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal, Text
from luodi.domain.workdays import WorkCalendar
from luodi.journal.readers import entry, recorded
from luodi.projects.readers import understood
from luodi.workcalendar.readers import in_force


def catalogue() -> Catalogue:
    """The rules."""
    return load()


def calendar() -> WorkCalendar:
    """The working days in force, with plain weekends beyond the last notice."""
    return in_force()


@dataclass(frozen=True, slots=True)
class Subject:
    """The project a case belongs to, as far as a case needs it."""

    id: int
    slug: str
    name: Text
    zone: str
    applicant: int | None
    file: ProjectFile


@dataclass(frozen=True, slots=True)
class Stroke:
    """One event about to be written.  `kind`: of `cases.kinds`; `details`: its particulars, kept as JSON."""

    kind: str
    at: datetime
    reason: str = ""
    basis: str = ""
    details: Mapping[str, Json] = field(default_factory=dict)
    main: bool = True  # what the act was about; False for what the rules write beside it


class Repeated(Exception):  # noqa: N818 - an answer
    """The same act was handed in twice, and was done the first time."""

    def __init__(self, case: Case, entry: str) -> None:
        super().__init__(case.number)
        self.case, self.entry = case, entry


@dataclass
class Held:
    """One case while it is changed.  `told`: its events, the new ones too."""

    row: Case
    subject: Subject
    told: list[Told]
    days: WorkCalendar = field(default_factory=calendar)
    _course: tuple[int, Course] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def matter(self) -> Matter:
        """The matter by the catalogue."""
        return catalogue().matters[self.row.matter]

    @property
    def course(self) -> Course:
        """Its course so far, told again once for every number of events."""
        if self._course is None or self._course[0] != len(self.told):
            self._course = (len(self.told), course_of(self.told))
        return self._course[1]

    @property
    def terms(self) -> Terms:
        """The limits that bind it, extensions not included."""
        row, extended = self.row, sum(one.days for one in self.course.extensions)
        return terms_from(row.budget, row.unit, row.promise, row.promise_unit, extended)

    def limits(self, at: datetime) -> Limits:
        """The limits in force at a moment."""
        return limits_of(self.matter, self.subject.file, day(at) or at.date())

    def after(self, stroke: Stroke, who: str, entry: str) -> Stands:
        """Write one event down; how the case then stands."""
        before, state = self.course if self.told else None, self.row.state
        found = STATES.get(stroke.kind)
        terms = self.terms if before else self.limits(stroke.at).terms
        if found is State.ACCEPTED:
            terms = self.limits(stroke.at).terms
            self.row.unit, self.row.promise_unit = terms.unit, terms.promise_unit or terms.unit
        seq, details = self.row.seq + 1, json.dumps(stroke.details, ensure_ascii=False, sort_keys=True, default=str)
        kept = (stroke.reason, stroke.basis, details, entry)
        self.told.append(Told(seq, stroke.at, stroke.kind, found or State(state), who, *kept))
        self.row.seq = seq
        minimum = self.limits(self.course.accepted or stroke.at).minimum
        return stands(self.course, terms, minimum, self.row.mode, self.matter, stroke.at, self.days)

    def strokes(
        self,
        new: State,
        at: datetime,
        *,
        reason: str = "",
        basis: str = "",
        details: Mapping[str, Json] | None = None,
        one_office: bool = False,
        again: bool = False,
        first: Sequence[Stroke] = (),
    ) -> tuple[Stroke, ...]:
        """The events that a new state takes, by the rules of handling; the particulars go with the state that was meant.

        `first`: events of the same act that come before.  Raises `Refusal` with the rule that forbids it.
        """
        known = self.course.happened if self.told else ()
        known += tuple(Happened(STATES[one.kind], one.at) for one in first)
        written = follow(known, new, self.moment(at), one_office=one_office, again=again)
        meant = new if any(one.state is new for one in written) else written[-1].state
        return tuple(
            Stroke(WRITES[one.state], one.at, reason, basis, details or {})
            if one.state is meant
            else Stroke(WRITES[one.state], one.at, main=False)
            for one in written
        )

    def moment(self, at: datetime) -> datetime:
        """`at` in whole seconds, never before the last event."""
        whole = at.replace(microsecond=0)
        return max(whole, self.told[-1].at) if self.told else whole


EVENT = ("seq", "at", "kind", "state", "who", "reason", "basis", "details", "entry")


def hold(case: int, seq: int, key: str | None) -> Held:
    """The case under lock, if the page it was asked from is not stale.  Two queries; two more for a stale page.

    Raises `Refusal`: `no_such_case`, `case_changed` (who, what, when); `Repeated` where this very act has been done.
    """
    row = (
        Case.objects.select_for_update(of=("self",))
        .select_related("project", "organisation")
        .filter(pk=case)
        .first()
    )  # fmt: skip
    if row is None:
        raise Refusal("no_such_case")
    held = Held(row, subject_of(row), events_of(row.pk))
    if row.seq == seq:
        return held
    done = recorded(key) if key else None
    if done:
        raise Repeated(row, done.hash)
    last = held.told[-1]
    act = entry(last.entry, project=held.subject.slug)  # what somebody did, not what the rules wrote beside it
    raise Refusal(
        "case_changed",
        who=last.who,
        what=kind_rule(act.kind if act else last.kind).name,
        when=(act.at if act else last.at).astimezone(SHANGHAI),
        number=row.number,
    )


def hold_many(rows: Iterable[Case]) -> list[Held]:
    """Many cases under lock at once, in the order of their ids.  One query beside that of the rows."""
    locked = list(rows)
    told: dict[int, list[Told]] = {row.pk: [] for row in locked}
    found = CaseEvent.objects.filter(case__in=told).order_by("case", "seq").values_list("case_id", *EVENT)
    for case, *event in found:
        told[case].append(told_of(event))
    return [Held(row, subject_of(row), told[row.pk]) for row in locked]


def events_of(case: int) -> list[Told]:
    """The events of one case in their order.  One query."""
    return [told_of(one) for one in CaseEvent.objects.filter(case=case).order_by("seq").values_list(*EVENT)]


def told_of(event: Sequence[object]) -> Told:
    """One row of `EVENT` as a value."""
    seq, at, kind, state, *rest = event
    return Told(seq, at, kind, State(state), *rest)  # type: ignore[arg-type]


def subject_of(row: Case) -> Subject:
    """The project of a row that was read with it."""
    project = row.project
    return Subject(
        project.pk, project.slug, Text(project.zh, project.en), row.zone, project.applicant_id,
        understood(project.document),
    )  # fmt: skip


def said_by(by: Acting) -> str:
    """Who, as an event keeps it."""
    return by.label[:200]
