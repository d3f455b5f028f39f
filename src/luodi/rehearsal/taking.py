"""At the window: an application is corrected, refused, granted on a commitment, or accepted; then its unit begins."""

from collections.abc import Mapping
from datetime import datetime

from luodi.cases.held import Held
from luodi.cases.limits import COMMITMENT
from luodi.domain.clock.expecting import deemed_accepted
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.deferring import check_deferral
from luodi.domain.handling.states import State
from luodi.rehearsal import deciding, incidents, owing
from luodi.rehearsal.handling import FROZEN_FOR, Case, go_on, over

REASONS: Mapping[str, tuple[State, str, str, str]] = {
    "refused": (
        State.REFUSED,
        "申请事项不属于本单位职权范围，请向市级主管部门申请",
        "行政许可法 第32条（二）",
        "returned",
    ),
    "not_needed": (State.NOT_NEEDED, "本项目依法不需要取得该项许可", "行政许可法 第32条（一）", "other"),
}


def take(case: Case, at: datetime) -> None:
    """The window looks at the application: it is corrected first, not accepted, granted on a commitment, or accepted."""
    fate, row, today = case.fate, case.held.row, day_of(at)
    if case.frozen(today):
        case.later(FROZEN_FOR, take, at)
    elif fate.corrected == "window" and not row.corrections:
        incidents.ask_correction(case, at, take)
    elif fate.end == "withdrawn":
        deciding.withdraw(case, at)
    elif fate.end in REASONS:
        refuse(case, at)
    elif row.mode == COMMITMENT and not case.story.book.lost():
        deciding.commit(case, at)
    else:
        accept(case, at)


def accept(case: Case, at: datetime) -> None:
    """As `actions.accept`: by the window, or by an officer of the unit who begins at once."""
    held, story, today = case.held, case.story, day_of(at)
    by = story.cast.clerk(today, case.chance) if case.fate.at_window else case.officer(today)
    ours = by.organisation == held.row.organisation_id
    rule = held.matter.deferral
    lacking = [one.zh for one in rule.papers][: case.chance.between(1, 2)] if rule and case.fate.deferred else []
    papers = check_deferral(held.matter, lacking) if lacking and not held.matter.hard_gate else ()
    details: dict[str, Json] = {"deferred": [one.zh for one in papers]} if papers else {}
    strokes = held.strokes(State.ACCEPTED, at, one_office=ours, details=details)
    story.ledger.take_over(held, by, at)
    case.act(strokes, by, at, late_or_not(held, at))
    if papers:
        owing.owe_papers(story, held, papers, by, at)
    if ours:
        begin(case, at)
    else:
        case.later(case.chance.later("accepting"), start)


def start(case: Case, at: datetime) -> None:
    """As `actions.start_handling`."""
    if case.frozen(day_of(at)):
        case.later(FROZEN_FOR, start, at)
        return
    by = case.officer(day_of(at))
    strokes = case.held.strokes(State.HANDLING, at)
    case.story.ledger.take_over(case.held, by, at)
    case.act(strokes, by, at, "other")
    begin(case, at)


def begin(case: Case, at: datetime) -> None:
    """The unit has begun: what befalls the case before it is decided."""
    case.coming = [*incidents.coming(case), deciding.wait]
    go_on(case, at)


def refuse(case: Case, at: datetime) -> None:
    """As `actions.refuse`: outside the unit's authority, or no licence is needed."""
    state, reason, basis, cause = REASONS[case.fate.end]
    strokes = case.held.strokes(state, at, reason=reason, basis=basis)
    case.act(strokes, case.officer(day_of(at)), at, cause)
    over(case, at)


def late_or_not(held: Held, at: datetime) -> str:
    """As `actions.accepting`: acceptance after the day it counted as accepted by law is the unit's delay."""
    asked = next((one.at for one in held.told if one.kind == "case.correction_asked"), None)
    return "late_acceptance" if deemed_accepted(held.row.opened_at, asked or at, held.days) else "other"
