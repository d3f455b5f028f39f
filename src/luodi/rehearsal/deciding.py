"""The decision of a case: when it comes, and how it ends."""

from datetime import date, datetime, timedelta

from luodi.cases.actions.deciding import TOGETHER
from luodi.cases.held import Held, Stroke
from luodi.cases.kinds import EXTENDED
from luodi.cases.limits import COMMITMENT
from luodi.cases.standing import end_of_minimum
from luodi.domain.clock.extending import check_extension
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.staging import stage_conditions
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import DayUnit
from luodi.rehearsal import owing
from luodi.rehearsal.handling import FROZEN_FOR, Case, over

WITHDRAWN = "企业调整方案，撤回申请"
DENIED, GROUND = "材料不符合技术规范要求，且补正后仍不符合", "行政许可法 第38条第二款"
LONGER, MORE_DAYS = "情况复杂，需要补充核查", 5


def wait(case: Case, at: datetime) -> None:
    """Set the moment of the decision: within the limit or past it, as fate has it; perhaps the limit is extended first."""
    held, days, chance = case.held, case.story.calendar.days, case.chance
    accepted = held.course.accepted or at
    minimum = held.limits(accepted).minimum
    row = held.row
    if minimum is not None:
        day = days.add(end_of_minimum(accepted, minimum, days) - timedelta(days=1), 1 + chance.later("accepting"))
    else:
        due = row.promise_due or row.due or day_of(at)
        day = _day(case, day_of(accepted), due)
        if case.fate.extended and row.due and day > row.due and row.unit == DayUnit.WORKING and row.budget:
            before = days.last_workday(row.due)
            case.at(max(chance.moment(before), chance.after(at, 0, days)), extend)
    today = day_of(at)
    case.at(chance.moment(days.next_workday(day)) if day > today else chance.after(at, 0, days), decide)


def _day(case: Case, accepted: date, due: date) -> date:
    days = case.story.calendar.days
    if case.fate.overdue:
        return days.add(due, case.chance.days("overdue"))
    share = round(case.fate.share * max(0, days.count(accepted, due)))
    return days.add(accepted, share) if share else accepted


def extend(case: Case, at: datetime) -> None:
    """As `actions.extend`, by the head of the unit, where it is still in time."""
    held, today = case.held, day_of(at)
    if not held.row.open or held.row.due is None or today > held.row.due:
        return
    by = case.story.cast.head(held.row.organisation_id, today, case.chance)
    if by is None:
        return
    rule = check_extension(
        "unit_head", days=MORE_DAYS, earlier=len(held.course.extensions), due=held.row.due, today=today,
        unit=DayUnit(held.row.unit),
    )  # fmt: skip
    details: dict[str, Json] = {"extension": "unit_head", "days": MORE_DAYS, "approver": by.label}
    case.act((Stroke(EXTENDED, held.moment(at), LONGER, rule.basis[:200], details),), by, at, "extension")


def decide(case: Case, at: datetime) -> None:
    """As `actions.decide`; what is frozen waits, and so does a grant for the answers of those who decide together."""
    ledger, held = case.story.ledger, case.held
    if case.frozen(day_of(at)):
        case.later(FROZEN_FOR, decide, at)
    elif ledger.unanswered(held.row, TOGETHER):
        case.later(1, decide, at)
    elif case.fate.end == "taken_back":
        withdraw(case, at)
    elif case.fate.end == "denied":
        _deny(case, at)
    else:
        grant(case, at)


def grant(case: Case, at: datetime) -> None:
    """Granted, with papers still owed where some are."""
    held, story, today = case.held, case.story, day_of(at)
    by = case.officer(today)
    state = State.GRANTED_DEFERRED if story.book.papers_owed(held.row.matter) else State.GRANTED
    details: dict[str, Json] = {"document": _document(case), "result": _result(held)}
    if conditions := stage_conditions(held.row.matter):
        details["conditions"] = {one.id: f"已核验：{one.name.zh}" for one in conditions}
    cause = _timing(held, today)
    strokes = held.strokes(state, at, details=details)
    story.ledger.take_over(held, by, at)
    case.act(strokes, by, at, cause)
    over(case, at)


def commit(case: Case, at: datetime) -> None:
    """As `actions.commit`: accepted and granted at once on a written commitment."""
    held, story, today = case.held, case.story, day_of(at)
    by, rule = case.officer(today), held.matter.commitment
    if rule is None:
        raise ValueError(held.row.matter)
    details: dict[str, Json] = {"document": _document(case), "result": _result(held), "commitment": True}
    first = tuple(Stroke(one.kind, one.at, main=False) for one in held.strokes(State.ACCEPTED, at, one_office=True))
    strokes = (*first, *held.strokes(State.GRANTED, at, details=details, first=first))
    cause = _timing(held, today)
    story.ledger.take_over(held, by, at)
    held.row.mode = COMMITMENT
    case.act(strokes, by, at, cause)
    owing.commit(story, held, rule, by, at)
    over(case, at)


def withdraw(case: Case, at: datetime) -> None:
    """As `actions.withdraw`, by the enterprise."""
    state = State.WITHDRAWN if case.held.course.accepted is None else State.TAKEN_BACK
    case.act(case.held.strokes(state, at, reason=WITHDRAWN), case.story.agent, at, "withdrawn")
    over(case, at)


def _deny(case: Case, at: datetime) -> None:
    held = case.held
    by = case.officer(day_of(at))
    strokes = held.strokes(State.DENIED, at, reason=DENIED, basis=GROUND, details={"document": _document(case)})
    case.story.ledger.take_over(held, by, at)
    case.act(strokes, by, at, "denied")
    over(case, at)


def _document(case: Case) -> str:
    return case.story.cast.deciders[case.held.row.matter].document


def _result(held: Held) -> str:
    return f"示例批〔{held.row.opened_at.year}〕{held.row.number[-6:]}号"


def _timing(held: Held, today: date) -> str:
    expected = held.row.expected
    return "late_decision" if expected is not None and today > expected else "early_decision"
