"""Deferral, letters, the ladder, halts and stages: the cases of `tests/rules/handling/debts.yaml`."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from luodi.config.sentences import say
from luodi.domain.catalogue.matters import Kind, Number
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.deferral import deferral_due, deferral_state, grace_until, reminders
from luodi.domain.clock.ledger import Terms
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.handling.askings import answer_due
from luodi.domain.handling.breaching import Decision, climb, ladder, next_rung, penalties
from luodi.domain.handling.deferring import check_deferral
from luodi.domain.handling.halting import frozen, next_step, step_due, take_step
from luodi.domain.handling.lettering import Letter, letter_accepted, letter_blocks, letter_expires
from luodi.domain.handling.staging import start_by, unmet
from luodi.domain.vocabulary import Confidence, DayUnit, Refusal, Source
from luodi.domain.workdays import official

CASES = yaml.safe_load((Path(__file__).parents[2] / "rules" / "handling" / "debts.yaml").read_text("utf-8"))
CALENDAR = official(projected=True)
MATTERS = load().matters
BEGAN = datetime(2025, 6, 9, 10, tzinfo=SHANGHAI)


def day(value):
    return None if value == "none" else value


def answer(question, *args, **named):
    """The answer, or the code of the refusal."""
    try:
        return question(*args, **named)
    except Refusal as refused:
        return refused.code if say(refused, "zh") != say(refused, "en") else "said in one language only"


@pytest.mark.parametrize(("accepted", "given", "due", "why"), CASES["deferral_due"])
def test_deferral_due(accepted, given, due, why) -> None:
    other = given.get("promise_unit")
    unit = DayUnit(given.get("unit", "working_days"))
    terms = Terms(given.get("days"), unit, given.get("promise"), DayUnit(other) if other else None)
    assert deferral_due(accepted, terms, CALENDAR) == due, why


@pytest.mark.parametrize(("due", "last", "why"), CASES["grace_until"])
def test_grace(due, last, why) -> None:
    assert grace_until(due, CALENDAR) == last, why


@pytest.mark.parametrize(("due", "days", "why"), CASES["reminders"])
def test_reminders(due, days, why) -> None:
    assert reminders(due, CALENDAR) == tuple(days), why


@pytest.mark.parametrize(("due", "grace", "today", "handed_in", "state", "why"), CASES["deferral_state"])
def test_deferral_state(due, grace, today, handed_in, state, why) -> None:
    assert deferral_state(due, grace, today, day(handed_in)) == state, why


@pytest.mark.parametrize(("matter", "papers", "wanted"), CASES["deferral"])
def test_what_may_never_be_missing(matter, papers, wanted) -> None:
    found = answer(check_deferral, MATTERS[matter], papers)
    assert found == wanted if wanted != "ok" else [paper.zh for paper in found] == ["资金安排承诺"]


def test_no_hard_gate_may_ever_be_deferred() -> None:
    gates = [one for one in MATTERS.values() if one.hard_gate]
    assert gates
    assert {answer(check_deferral, one, ["x"]) for one in gates} == {"deferral_hard_gate"}


@pytest.mark.parametrize(("exchanged", "start", "blocks", "why"), CASES["letter"])
def test_letter_blocks(exchanged, start, blocks, why) -> None:
    letter = Letter(date(2025, 6, 9), date(2025, 9, 8), ("permit_foundation",), day(exchanged))
    assert letter_blocks(start, letter) is blocks, why


@pytest.mark.parametrize(
    ("matter", "on", "code"),
    [
        ("permit_foundation", date(2025, 9, 8), None),
        ("permit_main", date(2025, 6, 10), "letter_not_for_matter"),
        ("permit_foundation", date(2025, 6, 8), "letter_not_issued"),
        ("permit_foundation", date(2025, 9, 9), "letter_expired"),
    ],
)
def test_letter_accepted(matter, on, code) -> None:
    letter = Letter(date(2025, 6, 9), date(2025, 9, 8), ("permit_foundation",))
    assert answer(letter_accepted, letter, matter, on) == code


def test_letter_expires_as_the_plan_counts() -> None:
    number = Number(90, DayUnit.CALENDAR, Kind.ASSUMED, Confidence.ASSUMPTION, Source("x"))
    assert letter_expires(date(2025, 6, 9), number, CALENDAR) == CALENDAR.due(date(2025, 6, 9), 90, DayUnit.CALENDAR)


@pytest.mark.parametrize(("rung", "to", "today", "lacks", "wanted", "why"), CASES["ladder"])
def test_ladder(rung, to, today, lacks, wanted, why) -> None:
    full = {"person": "王敏", "reason": "未按承诺完成", "told": True, "heard": True, "limit": date(2025, 8, 1)}
    empty = {"person": " ", "reason": "", "told": False, "heard": False, "limit": None}
    decision = Decision(**full | {one: empty[one] for one in lacks})
    limit = date(2025, 8, 1) if rung >= 3 else None
    found = answer(climb, rung, to, decision=decision, due=date(2025, 6, 30), today=today, limit=limit)
    assert (found if isinstance(found, str) else found.id) == wanted, why


def test_a_person_decides_at_every_rung() -> None:
    for rung in ladder():
        day_ = date(2025, 6, 25) if rung.when == "before" else date(2025, 8, 2)
        decision = Decision("", "x", told=True, heard=True, limit=date(2026, 1, 1))
        found = answer(climb, rung.number - 1, rung.number, decision=decision, due=date(2025, 6, 30), today=day_,
                       limit=date(2025, 8, 1))  # fmt: skip
        assert found == "decision_needs_person"
    assert [next_rung(number) and next_rung(number).number for number in range(7)] == [1, 2, 3, 4, 5, 6, None]


def test_the_articles_of_a_matter() -> None:
    assert [(one.law, one.article, one.confidence) for one in penalties("eia_report")] == [
        ("环境影响评价法", "第31条", Confidence.LAW)
    ]
    assert penalties("project_filing") == ()


def moments(steps):
    return {step: BEGAN + timedelta(hours=number) for number, step in enumerate(steps)}


@pytest.mark.parametrize(("done", "step", "wanted"), CASES["halt"])
def test_halt(done, step, wanted) -> None:
    found = answer(take_step, "heritage", moments(done), step, BEGAN + timedelta(hours=9))
    assert (found if isinstance(found, str) else "ok" if found.id == step else found.id) == wanted


@pytest.mark.parametrize(("done", "due", "why"), CASES["halt_due"])
def test_halt_due(done, due, why) -> None:
    assert step_due("heritage", moments(done), CALENDAR) == day(due), why


def test_a_halt_step_cannot_lie_before_the_last() -> None:
    assert (
        answer(take_step, "heritage", moments(["found"]), "stopped", BEGAN - timedelta(seconds=1)) == "halt_time_before"
    )
    assert take_step("heritage", moments(["found"]), "stopped", BEGAN).field == "stopped_at"
    assert next_step("heritage", moments(["found", "stopped", "reported", "measures", "resumed"])) is None


def test_what_waits_while_works_are_halted() -> None:
    waiting = frozen("heritage", load())
    assert {"construction_start", "completion", "production", "joint_acceptance"} <= set(waiting)
    assert not {"project_filing", "land_contract", "permit_foundation"} & set(waiting)


@pytest.mark.parametrize(("matter", "met", "lacking"), CASES["stages"])
def test_stages(matter, met, lacking) -> None:
    assert [one.id for one in unmet(matter, met)] == lacking


@pytest.mark.parametrize(("issued", "extensions", "wanted"), CASES["start_by"])
def test_start_by(issued, extensions, wanted) -> None:
    assert answer(start_by, issued, extensions, CALENDAR) == wanted


@pytest.mark.parametrize(("kind", "asked", "told", "wanted"), CASES["answer_due"])
def test_answer_due(kind, asked, told, wanted) -> None:
    assert answer(answer_due, kind, asked, CALENDAR, day(told)) == wanted
