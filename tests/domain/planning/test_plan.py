"""The plan of a project small enough to check with a wall calendar."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from tests.domain.planning.small import catalogue, project

from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.facts.project import Progress
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Infeasible, Plan, Status, Step
from luodi.domain.vocabulary import Refusal

NONE: tuple[str, ...] = ()


def made(levers: tuple[str, ...] | None = None, **more: object) -> Plan:
    answer = plan(project(), catalogue(), levers=levers, start="signed", **more)  # type: ignore[arg-type]
    assert isinstance(answer, Plan)
    return answer


def step(answer: Plan, matter: str) -> Step:
    return next(s for s in answer.steps if s.matter == matter)


def test_with_all_levers_only_the_minimum_period_is_left() -> None:
    answer = made()
    assert answer.status is Status.OPTIMAL
    # signed Fri 26 May; 20 days end Thu 15 June; permit promised the same day
    assert (step(answer, "notice").start, step(answer, "notice").finish) == (date(2023, 5, 26), date(2023, 6, 15))
    assert (answer.span.calendar_days, answer.lower_bound.calendar_days) == (20, 20)
    assert answer.critical == ("notice", "permit")


def test_before_the_reform_one_waits_for_another() -> None:
    answer = made(NONE)
    order = [s.matter for s in sorted(answer.steps, key=lambda s: s.start)]
    assert order == ["filing", "notice", "energy", "survey", "permit"]
    assert step(answer, "energy").prepare_from == step(answer, "notice").finish
    assert answer.regime == "before_reform"


def test_a_commitment_takes_no_day_and_leaves_a_debt_due_at_completion() -> None:
    answer = made(("parallel", "commitment"))
    energy = step(answer, "energy")
    assert (energy.start, energy.mode) == (energy.finish, "commitment")
    debt = next(d for d in answer.debts if d.kind == "commitment")
    assert debt.due == answer.milestones["completion"]


def test_a_deferred_paper_brings_the_review_forward_by_its_days_and_is_owed() -> None:
    full, deferred = step(made(("parallel",)), "energy"), step(made(("parallel", "deferral")), "energy")
    assert deferred.start < full.start
    assert [d.kind for d in made(("parallel", "deferral")).debts] == ["deferral"]


def test_a_regional_result_waits_for_nothing() -> None:
    survey = step(made(("regional_assessment",)), "survey")
    assert (survey.start, survey.finish, survey.mode) == (date(2023, 3, 6), date(2023, 3, 6), "regional")


def test_fronts_start_at_contact_the_listing_does_not() -> None:
    answer = made(("parallel", "front_loading"))
    assert step(answer, "filing").prepare_from == date(2023, 3, 6)
    assert step(answer, "notice").start == date(2023, 5, 26)


def test_progress_is_kept_and_nothing_unfinished_starts_before_today() -> None:
    late = project(progress={"filing": Progress(date(2023, 5, 29), date(2023, 6, 20))}, as_of=date(2023, 6, 21))
    answer = plan(late, catalogue(), start="signed")
    assert isinstance(answer, Plan)
    assert (step(answer, "filing").start, step(answer, "filing").finish) == (date(2023, 5, 29), date(2023, 6, 20))
    assert step(answer, "notice").start == date(2023, 6, 21)


def test_started_but_overdue_work_cannot_end_before_today() -> None:
    late = project(progress={"filing": Progress(date(2023, 5, 29))}, as_of=date(2023, 6, 21))
    answer = plan(late, catalogue(), start="signed")
    assert isinstance(answer, Plan)
    assert step(answer, "filing").finish == date(2023, 6, 21)
    assert step(answer, "filing").state == "started"


def test_a_target_before_the_listing_can_end_names_listing_and_signing_only() -> None:
    answer = plan(project(), catalogue(), target=date(2023, 6, 1))
    assert isinstance(answer, Infeasible)
    assert [clause.id for clause in answer.clauses] == ["signed", "notice", "target"]
    assert "14" in answer.words.zh  # 15 June is 14 days after 1 June
    assert answer.earliest == date(2023, 6, 15)


def test_dropping_any_clause_of_a_contradiction_resolves_it() -> None:
    small = catalogue()
    answer = plan(project(), small, levers=("parallel",), target=date(2023, 6, 30))
    assert isinstance(answer, Infeasible)
    later = replace(project(), milestones={"contact": date(2023, 3, 6), "signed": date(2023, 3, 6)})
    assert isinstance(plan(later, small, levers=("parallel",), target=date(2023, 6, 30)), Plan)
    assert isinstance(plan(project(), small, levers=("parallel",), target=answer.earliest), Plan)


def test_a_heritage_avoidance_zone_is_closed_whatever_the_levers() -> None:
    forbidden = replace(project(), facts={"site.heritage_zone": "avoid"})
    answer = plan(forbidden, catalogue())
    assert isinstance(answer, Infeasible)
    assert answer.code == "hard_gate"


def test_one_pair_of_hands_does_one_matter_at_a_time() -> None:
    answer = plan(project(capacities={"bureau": 1}), catalogue(), levers=("parallel",))
    assert isinstance(answer, Plan)
    busy = sorted((s.start, s.finish) for s in answer.steps if s.start < s.finish)
    assert all(a[1] <= b[0] for a, b in pairwise(busy))


def test_a_target_that_only_the_hands_make_impossible_names_the_hands() -> None:
    few = project(capacities={"bureau": 1})
    levers = ("parallel", "commitment", "deferral", "one_form", "front_loading")
    answer = plan(few, catalogue(), levers=levers)
    assert isinstance(answer, Plan)
    day_before = answer.milestones["construction_start"] - timedelta(days=3)
    freely = plan(project(), catalogue(), levers=levers, target=day_before)
    assert isinstance(freely, Plan)
    refused = plan(few, catalogue(), levers=levers, target=day_before)
    assert isinstance(refused, Infeasible)
    assert (refused.code, [clause.id for clause in refused.clauses]) == ("capacity", ["bureau"])


def test_with_few_hands_on_the_shipped_rules_the_critical_set_still_reaches_the_start() -> None:
    rules = load()
    project_ = samples.load("jinko", rules)
    few = replace(project_, options=replace(project_.options, capacities={"natural_resources": 1, "owner": 1}))
    answer = plan(few, rules, regime="parallel_only", start="signed")
    assert isinstance(answer, Plan)
    last = max((s for s in answer.steps if s.critical), key=lambda s: s.finish)
    assert last.finish == answer.span.finish
    assert answer.lower_bound.calendar_days <= answer.span.calendar_days


def test_with_no_debts_allowed_the_commitment_is_not_used() -> None:
    answer = plan(project(max_debts=0), catalogue(), levers=("parallel", "commitment", "deferral"))
    assert isinstance(answer, Plan)
    assert not answer.debts
    assert step(answer, "energy").mode == "approval"


def test_replanning_moves_nothing_that_need_not_move() -> None:
    first = made(("parallel",))
    announced = {s.matter: (s.start, s.finish) for s in first.steps}
    again = plan(project(), catalogue(), levers=("parallel",), baseline=announced)
    assert isinstance(again, Plan)
    assert again.moves == ()


def test_replanning_says_what_moved_by_how_many_days_and_why() -> None:
    announced = {s.matter: (s.start, s.finish) for s in made(("parallel",)).steps}
    late = project(progress={"filing": Progress(date(2023, 5, 26), date(2023, 7, 31))}, as_of=date(2023, 8, 1))
    again = plan(late, catalogue(), levers=("parallel",), baseline=announced)
    assert isinstance(again, Plan)
    moved = {move.matter: move for move in again.moves or ()}
    assert moved["notice"].days == (date(2023, 8, 1) - announced["notice"][0]).days
    assert "filing" in moved["notice"].why.zh or "今天" in moved["notice"].why.zh


def test_years_without_a_holiday_notice_are_refused_until_opted_in() -> None:
    far = {"contact": date(2026, 12, 1), "signed": date(2026, 12, 21)}
    with pytest.raises(Refusal) as refused:
        plan(project(milestones=far, as_of=date(2026, 12, 1)), catalogue())
    assert (refused.value.code, refused.value.facts["year"]) == ("no_holiday_notice", 2027)
    answer = plan(project(milestones=far, as_of=date(2026, 12, 1), projected=True), catalogue())
    assert isinstance(answer, Plan)
    assert step(answer, "permit").projected
    assert not step(answer, "filing").projected


@pytest.mark.parametrize(("more", "code"), [
    ({"levers": ("magic",)}, "unknown_lever"), ({"regime": "magic"}, "unknown_regime"),
    ({"to": "paradise"}, "unknown_milestone"), ({"start": "land_supplied"}, "milestone_without_date"),
])  # fmt: skip
def test_what_is_not_known_is_refused_by_name(more: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        plan(project(), catalogue(), **more)  # type: ignore[arg-type]
    assert refused.value.code == code
