"""Special procedures and longer limits: what stops the clock on which ground, and who may give more days."""

from datetime import date, datetime, timedelta

from luodi.accounts.acting import Acting
from luodi.cases.actions.once import once
from luodi.cases.held import Held, Stroke, hold
from luodi.cases.kinds import EXTENDED
from luodi.cases.recording import Done, carry_out
from luodi.cases.telling import due_words, to_applicant
from luodi.domain import written
from luodi.domain.clock.extending import check_extension
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import PauseRule, pause_rules
from luodi.domain.events.canonical import Json
from luodi.domain.handling.states import State
from luodi.domain.source.faults import hint
from luodi.domain.vocabulary import DayUnit, Refusal, Text

APPROVERS = ("bureau_head", "leader")
"""Kinds of post that may approve a longer limit (行政许可法 第42条: the head of the unit, or of the government)."""


@once
def pause(
    *,
    case: int,
    seq: int,
    kind: str,
    reason: str,
    until: date | None = None,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Begin a special procedure (特别程序): hearing, expert review, testing … `until`: when it is told to end.

    Whether the clock stops, on which ground and for how long at most, is data (`clock.yaml`).
    Raises `Refusal`: `no_pause_kind`, `pause_not_special`, `pause_until_passed`, or a rule of handling.
    """
    held = hold(case, seq, key)
    rule = rule_of(held, kind)
    if not rule.special:
        raise Refusal("pause_not_special", kind=rule.name)
    if until is not None and until < day_of(at):
        raise Refusal("pause_until_passed", until=until)
    why = written.text(reason, "reason")
    strokes = paused(held, rule, why, until, at)
    words = why[:200] if rule.stops else Text(f"{why[:200]}（时钟不停）", f"{why[:200]} (the clock runs on)")
    return carry_out(
        held, strokes, by=by, at=at, key=key, cause=kind, news=lambda: to_applicant(held, "case_paused", reason=words)
    )


@once
def resume(*, case: int, seq: int, note: str = "", by: Acting, at: datetime, key: str | None = None) -> Done:
    """End the special procedure that is open; the clock runs again."""
    held = hold(case, seq, key)
    kind = held.course.waiting
    details = {"note": written.text(note, "note", empty=True)} if note.strip() else {}
    strokes = held.strokes(State.SPECIAL_ENDED, at, details=details)
    return carry_out(
        held, strokes, by=by, at=at, key=key, cause=kind or "special_procedure",
        news=lambda: to_applicant(held, "case_resumed", due=due_words(held)),
    )  # fmt: skip


@once
def extend(
    *,
    case: int,
    seq: int,
    days: int,
    reason: str,
    kind: str = "unit_head",
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> Done:
    """Give a case more days: once, on a named ground, by a head, before the limit runs out; the applicant is told why.

    Raises `Refusal`: `extension_needs_head`, and those of `domain.clock.extending`.
    """
    held = hold(case, seq, key)
    if by.kind not in APPROVERS:
        raise Refusal("extension_needs_head")
    course, today = held.course, day_of(at)
    reading = course.reading(held.terms, held.row.matter, at, held.days)
    rule = check_extension(
        kind, days=days, earlier=len(course.extensions), due=reading.due if held.row.open else None, today=today,
        unit=DayUnit(held.row.unit),
    )  # fmt: skip
    why = written.text(reason, "reason")
    details: dict[str, Json] = {"extension": kind, "days": days, "approver": by.label}
    stroke = Stroke(EXTENDED, held.moment(at), why, rule.basis[:200], details)
    return carry_out(
        held, (stroke,), by=by, at=at, key=key, cause="extension",
        news=lambda: to_applicant(held, "case_extended", days=days, due=due_words(held), reason=why[:200]),
    )  # fmt: skip


def paused(
    held: Held, rule: PauseRule, reason: str, until: date | None, at: datetime
) -> tuple[Stroke, ...]:  # fmt: skip
    """The event that opens a special procedure; its end is told where the rule knows a maximum."""
    if until is None and rule.stops and rule.max_days is not None:
        until = _latest(held, rule, day_of(at))
    details: dict[str, Json] = {"pause": rule.id, "until": until, "stops": rule.stops}
    return held.strokes(State.SPECIAL, at, reason=reason, basis=rule.basis[:200], details=details)


def rule_of(held: Held, kind: str) -> PauseRule:
    """The rule of a kind of pause for a case's matter.  Raises `Refusal("no_pause_kind")`."""
    rules = pause_rules(held.row.matter)
    if kind not in rules:
        raise Refusal("no_pause_kind", key=kind[:80], hint=hint(kind, rules))
    return rules[kind]


def _latest(held: Held, rule: PauseRule, first: date) -> date:
    days = rule.max_days or 0
    if rule.unit is DayUnit.WORKING:
        return held.days.add(first, days)
    return first + timedelta(days=days)
