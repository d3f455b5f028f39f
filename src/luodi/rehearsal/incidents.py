"""What befalls a case before it is decided: corrections, a new owner, special procedures, questions to other units."""

from datetime import datetime

from luodi.cases.actions.pausing import paused, rule_of
from luodi.cases.held import Stroke
from luodi.cases.kinds import ANSWERED, ASKED, ASSIGNED, CORRECTION
from luodi.cases.models import Asking
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import pause_rules
from luodi.domain.events.canonical import Json
from luodi.domain.handling.askings import answer_due
from luodi.domain.handling.corrections import correction_kinds
from luodi.domain.handling.states import State
from luodi.rehearsal.cast import HANDLERS
from luodi.rehearsal.habits import habits
from luodi.rehearsal.handling import Case, Step, go_on

SHORT = 8
"""A case with a limit of fewer days is decided without much ado."""
TOGETHER = {"joint_acceptance": "joint_acceptance", "design_scheme_review": "joint_review"}
"""Matters that units decide together, and the way they are asked."""
OPINIONS = ("agree", "agree", "agree", "conditions")
SAID = {"agree": "同意。", "conditions": "原则同意，请按意见修改完善后实施。"}
AGAIN = "首次补正后发现图纸与批复不一致"


def coming(case: Case) -> list[Step]:
    """What will befall a case whose unit has begun."""
    fate, row = case.fate, case.held.row
    found: list[Step] = [assign] if fate.assigned else []
    limit = row.promise if row.promise is not None else row.budget
    if limit is None or limit >= SHORT:
        found += [_correct] if fate.corrected == "handling" else []
        found += [pause] if fate.special else []
    if row.matter in TOGETHER or (fate.consulted and (limit is None or limit > 2)):
        found.append(ask)
    return found


def ask_correction(case: Case, at: datetime, then: Step) -> None:
    """As `actions.ask_correction`; `then`: what follows once the corrections have come."""
    held, chance, days, today = case.held, case.chance, case.story.calendar.days, day_of(at)
    earlier, within = held.row.corrections, chance.days("correct_within")
    due = days.add(today, within)
    kinds = [chance.pick(tuple(correction_kinds())) for _ in range(chance.between(1, 3))]
    names = chance.some(habits().papers, len(kinds))
    papers: list[Json] = [{"kind": kind, "name": name, "note": ""} for kind, name in zip(kinds, names, strict=True)]
    held.row.corrections = earlier + 1
    details: dict[str, Json] = {"papers": papers, "due": due, "notice": earlier + 1}
    strokes = held.strokes(
        State.CORRECTING, at, reason=AGAIN if earlier else "", basis=pause_rules(held.row.matter)[CORRECTION].basis[:200],
        details=details, again=earlier > 0,
    )  # fmt: skip
    case.act(strokes, case.officer(today), at, "correction_repeated" if earlier else CORRECTION)
    took = within + chance.days("correct_over") if case.fate.corrected_late else min(within, chance.days("correct"))
    case.later(took, lambda one, now: _receive(one, now, then))


def _receive(case: Case, at: datetime, then: Step) -> None:
    """As `actions.receive_correction`; now and then it is not yet enough."""
    held, today = case.held, day_of(at)
    due = held.course.resumes
    cause = "late_applicant" if due is not None and today > due else CORRECTION
    case.act(held.strokes(State.CORRECTED, at), case.officer(today), at, cause)
    again = case.fate.corrected_again and held.row.corrections == 1
    step: Step = (lambda one, now: ask_correction(one, now, then)) if again else then
    case.later(case.chance.later("accepting"), step)


def _correct(case: Case, at: datetime) -> None:
    ask_correction(case, at, go_on)


def assign(case: Case, at: datetime) -> None:
    """As `actions.assign`: the head gives the case to somebody else of the unit, or a leader looks after it."""
    held, cast, today = case.held, case.story.cast, day_of(at)
    organisation = held.row.organisation_id
    heads = cast.all(("bureau_head",), today, organisation)
    others = [one for one in cast.all(HANDLERS, today, organisation) if one.acting.post != held.row.handler_id]
    leaders = cast.all(("leader",), today)
    if heads and (others or leaders):
        role = "owner" if others else "supervisor"
        given = case.chance.pick(others or leaders).acting
        case.story.ledger.give(held, role, given.post, at)
        name = f"{given.name} · {given.organisation_name.zh}"
        details: dict[str, Json] = {"role": role, "post": given.post, "name": name}
        by = case.chance.pick(heads).acting
        case.act((Stroke(ASSIGNED, held.moment(at), "", details=details),), by, at, "other")
    go_on(case, at)


def pause(case: Case, at: datetime) -> None:
    """As `actions.pause`: a special procedure begins, and ends when it was told to."""
    held, kind, days = case.held, case.fate.special, case.story.calendar.days
    length = case.chance.days("special")
    until = days.add(day_of(at), length)
    rule = rule_of(held, kind)
    strokes = paused(held, rule, f"需要{rule.name.zh}", until, at)
    case.act(strokes, case.officer(day_of(at)), at, kind)
    case.later(length, _resume)


def _resume(case: Case, at: datetime) -> None:
    kind = case.held.course.waiting
    case.act(case.held.strokes(State.SPECIAL_ENDED, at), case.officer(day_of(at)), at, kind or "special_procedure")
    go_on(case, at)


def ask(case: Case, at: datetime) -> None:
    """As `actions.ask`: one other unit is consulted, or several review or accept together; each answers for itself."""
    held, chance, days = case.held, case.chance, case.story.calendar.days
    by = case.officer(day_of(at))
    kind = TOGETHER.get(held.row.matter, "consultation")
    bureaus = {one.acting.organisation for one in case.story.cast.all(("bureau_head",), day_of(at))}
    others = sorted(bureaus - {held.row.organisation_id, by.organisation})
    due = answer_due(kind, day_of(at), days)
    for unit in chance.some(others, min(len(others), 1 if kind == "consultation" else 3)):
        question = f"请就{held.subject.name.zh}的{held.matter.name.zh}提出意见"
        row = case.story.ledger.ask(held, unit, kind, question, at, due)
        details: dict[str, Json] = {
            "asking": row.pk, "kind": kind, "organisation": case.story.cast.codes[unit], "due": due,
        }  # fmt: skip
        case.act((Stroke(ASKED, held.moment(at), question, details=details),), by, at, "consultation")
        over = due if case.fate.answered_late else day_of(at)
        took = chance.days("answer_over" if case.fate.answered_late else "answer")
        moment = chance.after(chance.moment(over), took, days)
        case.story.calendar.at(moment, lambda now, row=row: _answer(case, row, now))  # type: ignore[misc]
    go_on(case, at)


def _answer(case: Case, row: Asking, at: datetime) -> None:
    """As `actions.answer`; nobody answers what has been decided already."""
    held, chance = case.held, case.chance
    if not held.row.open:
        return
    by = case.story.cast.officer(row.organisation_id, day_of(at), chance)
    row.answered_at, row.opinion = at, chance.pick(OPINIONS)
    row.answer = SAID[row.opinion]
    details: dict[str, Json] = {
        "asking": row.pk, "kind": row.kind, "opinion": row.opinion, "organisation": by.organisation_code,
    }  # fmt: skip
    stroke = Stroke(ANSWERED, held.moment(at), row.answer, details=details)
    case.act((stroke,), by, at, "silence" if day_of(at) > row.due else "consultation")
