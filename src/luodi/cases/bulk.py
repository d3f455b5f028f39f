"""Whole courses of cases written in memory and kept at once, for invented data.

The same pure functions make the rows as in the acts (`recording.Act`, `Held`); only the writing differs.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from luodi.accounts.acting import Acting
from luodi.cases import tallying
from luodi.cases.held import Held, Stroke, Subject
from luodi.cases.limits import limits_of
from luodi.cases.models import Asking, Case, Halt, Part, Tally
from luodi.cases.progress import GONE, SATISFIED
from luodi.cases.recording import Act
from luodi.cases.standing import COLUMNS
from luodi.domain.catalogue.matters import Matter
from luodi.domain.clock.office import day_of
from luodi.domain.facts.project import Progress
from luodi.domain.handling.states import State
from luodi.domain.workdays import WorkCalendar
from luodi.journal.bulk import insert, last_number

EVENT = ("case_id", "seq", "at", "kind", "who", "reason", "basis", "details", "entry", "handler_id", *COLUMNS)
TABLES = {"case": "cases_case", "asking": "cases_asking", "halt": "cases_halt"}
EVENTS, PARTS = "cases_caseevent", "cases_part"
CASE = tuple(one.attname for one in Case._meta.concrete_fields)  # noqa: SLF001 - Django documents it
PART = ("case_id", "post_id", "role", "since", "until")


def last_numbers() -> dict[str, int]:
    """The highest number of each table whose numbers stand in other rows or in the record.  Three queries."""
    return {name: last_number(table) for name, table in TABLES.items()}


def last_given(zone: str, year: int) -> int:
    """The last case number that a zone has given in a year.  One query, which keeps nothing from anybody else."""
    found = Tally.objects.filter(zone=zone, unit="", day=date(year, 1, 1), measure="number")
    return found.values_list("count", flat=True).first() or 0


@dataclass
class Ledger:
    """The cases of one project.  `first`: the number of its first case, asking and halt."""

    first: Mapping[str, int]
    days: WorkCalendar
    rows: list[Case] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    askings: list[Asking] = field(default_factory=list)
    halts: list[Halt] = field(default_factory=list)
    counts: Counter[tallying.Place] = field(default_factory=Counter)

    def draft(
        self, subject: Subject, matter: Matter, mode: str, *, organisation: int, number: str, round_: int, at: datetime
    ) -> Held:
        """A case not yet opened, as `actions.opening.drafts` makes it."""
        terms = limits_of(matter, subject.file, day_of(at)).terms
        row = Case(
            id=self.first["case"] + len(self.rows), project_id=subject.id, matter=matter.id, organisation_id=organisation,
            zone=subject.zone, number=number, opened_at=at.replace(microsecond=0), changed_at=at, seq=0, state=0, open=True,
            turn="window", mode=mode, unit=terms.unit, promise_unit=terms.promise_unit or terms.unit, round=round_,
        )  # fmt: skip
        self.rows.append(row)
        self.counts[subject.zone, "", date(day_of(at).year, 1, 1), "number"] += 1
        return Held(row, subject, [], self.days)

    def write(
        self, subject: Subject, by: Acting, at: datetime, entry: str, cases: Sequence[tuple[Held, Sequence[Stroke]]]
    ) -> None:
        """One act on one or more cases, whose entry has been tied on."""
        act = Act(subject, by, at, entry)
        for held, strokes in cases:
            act.write(held, strokes)
        self.acts.append(act)

    def take_over(self, held: Held, by: Acting, at: datetime) -> None:
        """As `actions.accepting.take_over`: a case nobody owns belongs to the officer who takes it up."""
        if held.row.handler_id is None and by.post and by.organisation == held.row.organisation_id:
            self.give(held, "owner", by.post, at)

    def give(self, held: Held, role: str, post: int, at: datetime) -> None:
        """Give a post a part in a case; a new owner takes the place of the old one."""
        if role == "owner":
            for part in self.parts:
                if part.case_id == held.row.pk and part.role == "owner" and part.until is None:
                    part.until = at
            held.row.handler_id = post
        self.parts.append(Part(case_id=held.row.pk, post_id=post, role=role, since=at))

    def ask(self, held: Held, organisation: int, kind: str, question: str, at: datetime, due: date) -> Asking:
        """A question to another unit."""
        row = Asking(
            id=self.first["asking"] + len(self.askings), case_id=held.row.pk, organisation_id=organisation, kind=kind,
            question=question, asked_at=at, due=due,
        )  # fmt: skip
        self.askings.append(row)
        return row

    def halt(self, subject: Subject, kind: str, found: str, freezes: Sequence[str], at: datetime) -> Halt:
        """A stop of works, just found."""
        row = Halt(
            id=self.first["halt"] + len(self.halts), project_id=subject.id, zone=subject.zone, kind=kind, found=found,
            found_at=at, freezes=json.dumps(freezes),
        )  # fmt: skip
        self.halts.append(row)
        return row

    def progress(self, today: date) -> dict[str, Progress]:
        """As `progress.now_progress`."""
        found: dict[str, Progress] = {}
        for row in sorted(self.rows, key=lambda one: one.round):
            if not row.seq:
                continue
            if row.state in GONE:
                found.pop(row.matter, None)
                continue
            finished = day_of(row.closed_at) if row.closed_at and row.state in SATISFIED else None
            started = day_of(row.accepted_at or row.opened_at)
            expected = row.expected
            if expected is not None and expected < today and row.due is not None and row.due >= today:
                expected = row.due
            found[row.matter] = Progress(started, finished, None if finished else expected)
        return found

    def frozen(self, today: date) -> dict[str, date]:
        """As `progress.frozen`."""
        found: dict[str, date] = {}
        for halt in self.halts:
            if halt.resumed_at is None:
                free = max(halt.until or date.min, today + timedelta(days=1))
                found |= {one: max(free, found.get(one, free)) for one in json.loads(halt.freezes)}
        return found

    def unanswered(self, row: Case, kinds: Collection[str]) -> bool:
        """Whether somebody who was asked in one of these ways has not answered."""
        return any(one.case_id == row.pk and one.kind in kinds and one.answered_at is None for one in self.askings)

    def moved(self, zone: str, unit: str, day: date, days: int) -> None:
        """Count the days by which the end of the project moved."""
        self.counts[zone, unit, day, "lost" if days > 0 else "won"] += abs(days)

    def keep(self) -> Counter[tallying.Place]:
        """Write everything but the sums; those are returned, to be added once for many projects."""
        insert(TABLES["case"], CASE, ([getattr(row, name) for name in CASE] for row in self.rows))
        insert(EVENTS, EVENT, self._events())
        insert(PARTS, PART, ([getattr(row, name) for name in PART] for row in self.parts))
        Asking.objects.bulk_create(self.askings, batch_size=200)
        Halt.objects.bulk_create(self.halts, batch_size=200)
        for act in self.acts:
            for place, count in act.counts.items():
                self.counts[place] += count
        return self.counts

    def _events(self) -> Iterator[tuple[object, ...]]:
        for act in self.acts:
            for row, told, found, handler in act.events:
                yield (
                    row.pk, told.seq, told.at, told.kind, told.who, told.reason, told.basis, told.details, told.entry,
                    handler, *(getattr(found, name) for name in COLUMNS),
                )  # fmt: skip


SUMS = 150
"""Sums added in one statement."""


def add_sums(counts: Mapping[tallying.Place, int]) -> None:
    """Add to the sums that dashboards read."""
    rows = sorted(counts.items())
    for place in range(0, len(rows), SUMS):
        tallying.add(Counter(dict(rows[place : place + SUMS])))


def gone(row: Case) -> bool:
    """Whether the matter of a case must be applied for again."""
    return State(row.state) in GONE
