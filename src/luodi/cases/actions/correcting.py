"""Corrections (补正): everything that is missing is told at once, in one of ten kinds, with a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.cases.actions.once import once
from luodi.cases.held import hold
from luodi.cases.kinds import CORRECTION
from luodi.cases.recording import Done, carry_out
from luodi.cases.telling import to_applicant, to_unit
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import pause_rules
from luodi.domain.events.canonical import Json
from luodi.domain.handling.corrections import correction_kinds
from luodi.domain.handling.states import State
from luodi.domain.source.faults import hint
from luodi.domain.vocabulary import Refusal

MOST_PAPERS = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing to be corrected: its kind (data/cases/corrections.yaml), the paper's name, and what is to be done."""

    kind: str
    name: str
    note: str = ""


@once
def ask_correction(
    *,
    case: int,
    seq: int,
    papers: Sequence[Paper],
    due: date,
    reason: str = "",
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Tell the applicant, once and for all, what has to be corrected by when.

    A second notice in the same case breaks the rule of the one-time notice (一次告知): it needs a `reason`, and is
    counted.  Whether it stops the clock is the rules' business (`clock.yaml`, correction).
    Raises `Refusal`: `correction_without_papers`, `correction_due_passed`, `second_notice_needs_reason` …
    """
    held = hold(case, seq, key)
    listed = [_checked(one) for one in papers]
    if not 0 < len(listed) <= MOST_PAPERS:
        raise Refusal("correction_without_papers", most=MOST_PAPERS)
    if due <= day_of(at):
        raise Refusal("correction_due_passed", due=due)
    earlier = held.row.corrections
    why = written.text(reason, "reason", empty=True)
    if earlier and not why:
        raise Refusal("second_notice_needs_reason", count=earlier)
    held.row.corrections = earlier + 1
    details: dict[str, Json] = {"papers": listed, "due": due, "notice": earlier + 1}
    strokes = held.strokes(
        State.CORRECTING, at, reason=why, basis=pause_rules(held.row.matter)[CORRECTION].basis[:200],
        details=details, again=earlier > 0,
    )  # fmt: skip
    names = "、".join(str(one["name"]) for one in listed)[:300]
    return carry_out(
        held, strokes, by=by, at=at, key=key, cause="correction_repeated" if earlier else CORRECTION,
        news=lambda: to_applicant(held, "correction_asked", what=names, due=due),
    )  # fmt: skip


@once
def receive_correction(
    *, case: int, seq: int, note: str = "", by: Acting, at: datetime, key: str | None = None
) -> Done:
    """The corrections have come in: it is the unit's turn again."""
    held = hold(case, seq, key)
    due = held.course.resumes
    details = {"note": written.text(note, "note", empty=True)} if note.strip() else {}
    strokes = held.strokes(State.CORRECTED, at, details=details)
    late = due is not None and day_of(at) > due
    return carry_out(
        held, strokes, by=by, at=at, key=key, cause="late_applicant" if late else CORRECTION,
        news=lambda: to_unit(held, "correction_received"),
    )  # fmt: skip


def _checked(paper: Paper) -> dict[str, str]:
    kinds = correction_kinds()
    if paper.kind not in kinds:
        raise Refusal("no_correction_kind", key=paper.kind[:80], hint=hint(paper.kind, kinds))
    return {
        "kind": paper.kind,
        "name": written.line(paper.name, "paper"),
        "note": written.text(paper.note, "note", empty=True),
    }
