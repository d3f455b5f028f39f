"""The tail of every act: events, rows, journal, plan, notices and sums, all in the caller's transaction."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.cases import found, tallying
from luodi.cases.course import Told, day
from luodi.cases.held import Held, Stroke, Subject, said_by
from luodi.cases.kinds import STATES
from luodi.cases.models import Case, CaseEvent
from luodi.cases.progress import frozen, now_progress
from luodi.cases.standing import COLUMNS, Stands
from luodi.cases.telling import News, spread
from luodi.domain.events.canonical import Json
from luodi.journal.actions import append
from luodi.plans.actions import Cause, roll_forward

ROW = (*COLUMNS, "handler", "changed_at", "seq", "corrections", "unit", "promise_unit")
"""The columns of a case that an event may change."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act left behind.  `moved_days`: calendar days by which the end of the project moved, negative when won.

    `repeated`: the same act had been handed in before (idempotency key), and nothing was done twice.
    """

    case: int
    number: str
    seq: int
    state: int
    entry: str
    moved_days: int = 0
    repeated: bool = False


@dataclass(slots=True)
class Act:
    """One act of one person on cases of one project, while it is being written."""

    subject: Subject
    by: Acting
    at: datetime
    entry: str
    counts: Counter[tallying.Place] = field(default_factory=Counter)
    events: list[tuple[Case, Told, Stands, int | None]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    new: list[Case] = field(default_factory=list)

    def write(self, held: Held, strokes: Sequence[Stroke]) -> None:
        """Write the events of one case, in their order, and move its row on to the last."""
        row, unit = held.row, held.matter.unit
        if held.told:
            _add(self.counts, tallying.deadlines(row, unit, -1))
        else:
            self.new.append(row)
        was_open = bool(held.told) and row.open
        if held not in self.held:
            self.held.append(held)
        for stroke in strokes:
            found = held.after(stroke, said_by(self.by), self.entry)
            for name, value in found.columns().items():
                setattr(row, name, value)
            row.changed_at = stroke.at
            self.events.append((row, held.told[-1], found, row.handler_id))
            state = STATES.get(stroke.kind)
            if state is not None:
                done = tallying.of_event(row.zone, unit, day(stroke.at) or stroke.at.date(), state, found)
                _add(self.counts, done)
        _add(self.counts, tallying.deadlines(row, unit, +1))
        if row.open is not was_open:
            _add(self.counts, tallying.still_open(row.zone, unit, 1 if row.open else -1))

    def settle(self, cause: Cause, news: Sequence[News] = ()) -> int:
        """Keep everything that was written, roll the plan forward, tell people; the days the project's end moved."""
        Case.objects.bulk_create(self.new)
        if self.new:
            found.keep(self.new, self.subject, self.at)
        changed = [held.row for held in self.held if held.row not in self.new]
        if len(changed) == 1:
            changed[0].save(update_fields=ROW)
        elif changed:
            Case.objects.bulk_update(changed, ROW, batch_size=200)
        CaseEvent.objects.bulk_create([_event(*one) for one in self.events], batch_size=500)
        moved = roll(self.subject, cause, self.by, self.at)
        spread(news, subject=self.subject, by=self.by, at=self.at)
        measure = "lost" if moved > 0 else "won"
        today = day(self.at) or self.at.date()
        self.counts[self.subject.zone, cause.unit, today, measure] += abs(moved)
        tallying.add(self.counts)
        return moved


def act(subject: Subject, kind: str, payload: Mapping[str, Json], *, by: Acting, at: datetime, key: str | None) -> Act:
    """Begin an act by writing its journal entry, which locks the project's chain until the act ends.

    Whoever comes second reads the progress of all cases only after the first has ended.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act is one transaction")
    done = append(
        chain=f"project:{subject.slug}", kind=kind, by=by, at=at, zone=subject.zone, project=subject.slug,
        payload=payload, key=key,
    )  # fmt: skip
    return Act(subject, by, at, done.hash)


def roll(subject: Subject, cause: Cause, by: Acting, at: datetime) -> int:
    """Roll the project's plan forward with the progress of all its cases; the calendar days its end moved."""
    today = day(at) or at.date()
    rolled = roll_forward(
        project=subject.slug, progress=now_progress(subject.id, today), cause=cause, by=by, at=at,
        frozen=frozen(subject.id, today, subject.file.milestones.get("construction_start")),
    )  # fmt: skip
    return rolled.moved_days


def carry_out(
    held: Held,
    strokes: Sequence[Stroke],
    *,
    by: Acting,
    at: datetime,
    key: str | None,
    cause: str,
    news: Callable[[], News] | None = None,
    more: Mapping[str, Json] | None = None,
) -> Done:
    """One act on one case from journal to sums.

    `news` is asked for once the case stands as it will.  `more`: what the payload says beside case, matter and state.
    """
    main = _meant(strokes)
    begun = act(held.subject, main.kind, payload_of(held, strokes, more), by=by, at=at, key=key)
    begun.write(held, strokes)
    row = held.row
    why = Cause(cause, row.matter, held.matter.unit, row.organisation.code, begun.entry)
    moved = begun.settle(why, [news()] if news else [])
    return Done(row.pk, row.number, row.seq, row.state, begun.entry, moved)


def payload_of(held: Held, strokes: Sequence[Stroke], more: Mapping[str, Json] | None = None) -> dict[str, Json]:
    """What the journal keeps of an act on a case."""
    main, row = _meant(strokes), held.row
    states: list[Json] = [{"state": int(STATES[one.kind]), "at": one.at} for one in strokes if one.kind in STATES]
    parts: dict[str, Json] = {"reason": main.reason, "basis": main.basis, "details": main.details}
    told = {name: value for name, value in parts.items() if value}
    return {"case": row.number, "matter": row.matter, "states": states, **told, **(more or {})}


def _event(row: Case, told: Told, found: Stands, handler: int | None) -> CaseEvent:
    return CaseEvent(
        case_id=row.pk, seq=told.seq, at=told.at, kind=told.kind, who=told.who, reason=told.reason, basis=told.basis,
        details=told.details, entry=told.entry, handler_id=handler, **found.columns(),
    )  # fmt: skip


def _meant(strokes: Sequence[Stroke]) -> Stroke:
    return next((one for one in strokes if one.main), strokes[0])


def _add(counts: Counter[tallying.Place], more: Mapping[tallying.Place, int]) -> None:
    """`+=` of a Counter would drop what falls below zero."""
    for place, count in more.items():
        counts[place] += count
