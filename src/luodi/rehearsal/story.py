"""One project while it is lived: what stands, what is known, and the tail that every act shares."""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256

from luodi.accounts.acting import Acting
from luodi.cases.bulk import Ledger, last_given
from luodi.cases.held import Held, Stroke, Subject
from luodi.cases.limits import SETTLED, mode_of
from luodi.cases.recording import payload_of
from luodi.cases.waiting import Ground
from luodi.debts.bulk import Book
from luodi.domain.catalogue.matters import Matter
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import pause_rules
from luodi.domain.events.canonical import Json
from luodi.domain.planning.building import applicable
from luodi.domain.planning.plan import choose_levers
from luodi.domain.workdays import WorkCalendar
from luodi.journal.actions import Draft
from luodi.journal.bulk import Strand
from luodi.plans.actions import Cause
from luodi.plans.bulk import Forecasts
from luodi.projects.bulk import Folder
from luodi.rehearsal.cast import Cast
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.drawing import Draft as Document

Deed = Callable[[datetime], None]

WAITED = {"applicant": "late_applicant", "window": "late_acceptance", "unit": "late_decision"}
"""Turn -> whose the days are that pass."""
QUIET = ("other", "early_decision")
"""Acts that take no days."""


@dataclass
class Calendar:
    """The days as they go by: deeds in order of time, and the numbers that cases of each zone and year were given."""

    days: WorkCalendar
    until: datetime
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    waiting: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    count: int = 0

    def at(self, moment: datetime, deed: Deed) -> None:
        """Do something at a moment; what lies beyond the present has not happened."""
        if moment <= self.until:
            self.count += 1
            heapq.heappush(self.waiting, (moment, self.count, deed))

    def run(self) -> None:
        """Let everything happen, in order of time."""
        while self.waiting:
            moment, _, deed = heapq.heappop(self.waiting)
            deed(moment)

    def number(self, zone: str, year: int) -> int:
        """The next number of a zone in a year.  One query for the first of them."""
        if (zone, year) not in self.numbers:
            self.numbers[zone, year] = last_given(zone, year)
        self.numbers[zone, year] += 1
        return self.numbers[zone, year]


@dataclass
class Story:
    """One project.  `rolls`: how often the plan may still be rolled forward at its acts, None: at every one that may take
    days; `thorough`: at every one at all.
    """

    chance: Chance
    cast: Cast
    agent: Acting
    calendar: Calendar
    document: Document
    subject: Subject
    strand: Strand
    folder: Folder
    ledger: Ledger
    book: Book
    rolls: int | None
    thorough: bool = False
    forecasts: Forecasts | None = None
    levers: tuple[str, ...] = ()
    matters: dict[str, Matter] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    done: dict[str, date] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    rounds: Counter[str] = field(default_factory=Counter)
    wanted: dict[str, date] = field(default_factory=dict)  # matters about to be opened, and when
    resting: set[str] = field(default_factory=set)  # matters that the enterprise prepares to apply for again
    planned: dict[str, tuple[date, date]] = field(default_factory=dict)  # as announced: start and finish
    coming: set[str] = field(default_factory=set)  # milestones about to be reached
    look: "Callable[[Story, datetime], None]" = field(default=lambda _story, _at: None)

    def __post_init__(self) -> None:
        file, today = self.subject.file, self.subject.file.options.as_of
        _, self.levers = choose_levers(file, load(), None, None)
        every = {one.id: one for one in applicable(file, load())}
        self.modes = {id_: mode_of(one, file, self.levers, today) for id_, one in every.items()}
        self.matters = {id_: one for id_, one in every.items() if self.modes[id_] not in SETTLED}

    def known(self, today: date) -> Ground:
        """What opening matters has to know, as `waiting.ground` finds it."""
        settled = frozenset(self.modes.keys() - self.matters.keys())
        return Ground(
            self.subject, today, self.levers, self.matters, settled, self.done, frozenset(self.begun), (), self.modes
        )

    def tie(self, kind: str, by: Acting, at: datetime, payload: Mapping[str, Json]) -> str:
        """Tie an entry to the project's chain; its hash."""
        return self.strand.tie(Draft(kind, by, at, self.subject.zone, self.subject.slug, payload))

    def act(self, held: Held, strokes: Sequence[Stroke], by: Acting, at: datetime, cause: str) -> None:
        """One act on one case, as `recording.carry_out`."""
        main = next((one for one in strokes if one.main), strokes[0])
        entry = self.tie(main.kind, by, at, payload_of(held, strokes))
        self.ledger.write(self.subject, by, at, entry, [(held, strokes)])
        self.tell(Cause(cause, held.row.matter, held.matter.unit, self.code(held), entry), at)

    def code(self, held: Held) -> str:
        """The code of the organisation that handles a case."""
        return self.cast.codes.get(held.row.organisation_id, self.agent.organisation_code)

    def tell(self, cause: Cause, at: datetime, *, always: bool = False, passed: Cause | None = None) -> None:
        """Roll the plan forward after an act, where it is one that may move the end.  `passed`: see `Forecasts.carry_on`."""
        if self.forecasts is None or not (always or self._matters(cause)):
            return
        if self.rolls is not None and not always:
            self.rolls -= 1
        today = day_of(at)
        days, why = self.forecasts.carry_on(
            self.subject.file, self.document.text, self.ledger.progress(today), self.ledger.frozen(today), cause, at,
            passed or self.passed(),
        )  # fmt: skip
        if days:
            self.ledger.moved(self.subject.zone, why.unit, today, days)

    def passed(self) -> Cause:
        """Whose the days are that pass without acts, as `nightly` says: of the first critical matter that is not done."""
        critical = self.forecasts.newest["critical"] if self.forecasts else ()
        matter = next((one for one in critical if one in self.matters and one not in self.done), "")
        row = next((one for one in self.ledger.rows if one.open and one.seq and one.matter == matter), None)
        if row is None:
            return Cause("late_applicant" if matter else "other", matter)
        kind = row.pause if row.pause in pause_rules(matter) else WAITED.get(row.turn, "other")
        return Cause(kind, matter, self.matters[matter].unit, self.cast.codes.get(row.organisation_id, ""))

    def reach(self, milestone: str, by: Acting, at: datetime) -> None:
        """A milestone was reached: a new text of the project file says so."""
        self.document.reach(milestone, day_of(at))
        self.subject = replace(self.subject, file=self.document.file)
        self.record(by, at)

    def record(self, by: Acting, at: datetime) -> str:
        """Record the text of the project file; the entry."""
        text = self.document.text
        entry = self.tie("project.recorded", by, at, self.folder.recording(text))
        self.folder.revise(text, by.label, at, entry)
        return entry

    def may_reach(self, milestone: str) -> bool:
        """Whether everything the catalogue wants before a milestone is done, and it has neither come nor is coming."""
        rule, reached = load().milestones[milestone], self.subject.file.milestones
        if milestone in reached or milestone in self.coming:
            return False
        first = next((one for one in rule.any_of if one in self.matters), None)
        wanted = [*rule.requires, *((first,) if first else ())]
        return all(
            one in reached if one in load().milestones else one in self.done or one not in self.matters
            for one in wanted
        )

    def digest(self) -> str:
        """As `projects.readers.Recorded.digest`."""
        return sha256(f"{self.subject.slug}\n{self.document.text}".encode()).hexdigest()

    def _matters(self, cause: Cause) -> bool:
        """Whether an act may move the end, and the plan may be rolled forward for it."""
        if self.forecasts is None or self.rolls == 0:
            return False
        if self.rolls is None:
            return self.thorough or cause.kind not in QUIET
        return cause.kind == "late_decision" and cause.matter in self.forecasts.announced.critical
