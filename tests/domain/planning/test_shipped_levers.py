"""What single levers change on the shipped rules, told by the Jinko sample."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.planning.levers import worth
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Infeasible, Plan, Step
from luodi.domain.vocabulary import Refusal

RULES = load()
JINKO = samples.load("jinko", RULES)


def made(*levers: str) -> Plan:
    answer = plan(JINKO, RULES, levers=levers, start="signed")
    assert isinstance(answer, Plan)
    return answer


def step(answer: Plan, matter: str) -> Step:
    return next(s for s in answer.steps if s.matter == matter)


def test_a_letter_stands_for_the_planning_permit_until_it_is_exchanged() -> None:
    plain, letter = made("parallel", "staged_permit"), made("parallel", "staged_permit", "letter")
    assert "construction_planning_permit" in step(plain, "permit_foundation").requires
    assert "construction_planning_permit" not in step(letter, "permit_foundation").requires
    assert "design_scheme_review" in step(letter, "permit_foundation").requires
    assert [debt.matter for debt in letter.debts if debt.kind == "letter"] == ["permit_foundation"]
    assert not [debt for debt in plain.debts if debt.kind == "letter"]


def test_without_stages_works_start_on_the_whole_permit_with_them_on_the_first() -> None:
    whole, staged = made("parallel"), made("parallel", "staged_permit")
    assert whole.milestones["construction_start"] >= step(whole, "permit_main").finish
    assert step(whole, "permit_foundation").mode == "merged"
    assert staged.milestones["construction_start"] == step(staged, "permit_foundation").finish
    assert staged.milestones["construction_start"] < step(staged, "permit_main").finish


def test_a_project_whose_works_have_begun_is_measured_to_a_milestone_still_ahead() -> None:
    begun = date(2024, 1, 8)
    options = replace(JINKO.options, as_of=begun)
    later = replace(JINKO, milestones={**JINKO.milestones, "construction_start": begun}, options=options)
    with pytest.raises(Refusal, match="milestone_reached"):
        worth(later, RULES)
    found = worth(later, RULES, to="production")
    assert 0 < found.total_after <= found.total_before


def test_hard_gates_take_their_full_time_whatever_is_promised() -> None:
    all_levers = plan(JINKO, RULES, regime="reform")
    assert isinstance(all_levers, Plan)
    assert step(all_levers, "eia_report").limit.days == 60
    assert step(all_levers, "fire_design_review").limit.days == 15
    assert (step(all_levers, "land_auction_notice").limit.days, step(all_levers, "land_listing").limit.days) == (20, 10)


def test_a_contradiction_counts_only_the_start_of_what_merely_has_to_have_begun() -> None:
    """The risk assessment begins with the pre-announcement: its ten working days do not lie before the assessment."""
    bare = replace(
        JINKO, milestones={"contact": date(2024, 1, 10)}, options=replace(JINKO.options, as_of=date(2024, 1, 10))
    )
    freely = plan(bare, RULES, regime="parallel_only")
    assert isinstance(freely, Plan)
    refused = plan(bare, RULES, regime="parallel_only", target=freely.span.finish - timedelta(days=3))
    assert isinstance(refused, Infeasible)
    ends = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", refused.words.en)]
    assert ends[1] <= ends[2] == freely.span.finish
