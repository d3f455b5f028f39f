"""Whatever the facts, levers and days: every plan of the shipped rules keeps prerequisites, calendar and minimum periods."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.domain import workdays
from luodi.domain.catalogue import limits
from luodi.domain.catalogue.matters import Catalogue, FactRule, Kind
from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import Options, ProjectFile
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Infeasible, Plan
from luodi.domain.vocabulary import Scalar, Text

RULES = load()
SETTLED = {"regional", "standard_land", "merged"}


def values(rule: FactRule) -> st.SearchStrategy[Scalar]:
    if rule.type == "bool":
        return st.booleans()
    if rule.type == "choice":
        return st.sampled_from([c for c in rule.choices if c != "avoid"])
    return st.sampled_from([0, 1, 999, 1000, 5001, 60_000, 6_000_000])


FACTS = st.fixed_dictionaries({id_: values(rule) for id_, rule in RULES.facts.items()})
LEVERS = st.sets(st.sampled_from(list(RULES.levers))).map(tuple)


def planned(facts: dict[str, Scalar], levers: tuple[str, ...], contact: date, negotiation: int) -> Plan:
    milestones = {"contact": contact, "signed": contact + timedelta(days=negotiation)}
    project = ProjectFile(
        "any", Text("任意", "any"), {}, facts, (), {}, milestones, {}, Options(contact, projected=True)
    )
    answer = plan(project, RULES, levers=levers)
    assert isinstance(answer, Plan)
    return answer


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, LEVERS, st.dates(date(2019, 2, 1), date(2026, 6, 1)), st.integers(0, 120))
def test_every_plan_is_lawful(
    facts: dict[str, Scalar], levers: tuple[str, ...], contact: date, negotiation: int
) -> None:
    answer = planned(facts, levers, contact, negotiation)
    steps = {step.matter: step for step in answer.steps}
    calendar = workdays.official(projected=True)
    applies = {m.id for m in RULES.matters.values() if m.applies is None or m.applies.holds(facts)}
    assert steps.keys() == applies
    for step in answer.steps:
        matter = RULES.matters[step.matter]
        assert calendar.is_workday(step.start)
        assert calendar.is_workday(step.finish)
        assert contact <= step.prepare_from <= step.prepare_to <= step.finish or step.mode in SETTLED
        if step.mode in SETTLED:
            continue
        number = limits.statutory(matter, facts, contact)
        if number.kind is Kind.MIN:
            assert (step.finish - step.start).days >= number.days
        for needed in matter.requires:
            waived = {
                *(matter.front.waives if matter.front else ()),
                *(matter.deferral.waives if matter.deferral else ()),
            }
            by_letter = matter.letter is not None and needed == matter.letter.replaces and "letter" in levers
            if needed in steps and needed not in waived and not by_letter:
                assert steps[needed].finish <= step.start
    starts = answer.milestones["construction_start"]
    gates = ("eia_report", "eia_form", "energy_review", "swc_report", "real_estate_land_reg")
    assert all(steps[gate].finish <= starts for gate in gates if gate in steps)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(FACTS, LEVERS, st.dates(date(2019, 2, 1), date(2026, 6, 1)), st.integers(1, 400))
def test_a_target_can_be_met_or_the_contradiction_is_real(
    facts: dict[str, Scalar], levers: tuple[str, ...], contact: date, days: int
) -> None:
    earliest = planned(facts, levers, contact, 0).milestones["construction_start"]
    target = contact + timedelta(days=days)
    project = ProjectFile(
        "any", Text("任意", "any"), {}, facts, (), {}, {"contact": contact}, {}, Options(contact, projected=True)
    )
    answer = plan(project, RULES, levers=levers, target=target)
    assert isinstance(answer, Infeasible) == (earliest > target)
    if isinstance(answer, Infeasible):
        assert answer.earliest == earliest
        assert len(answer.clauses) >= 3
        said = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", answer.words.en)]
        assert said[0] == target < said[1] <= said[2] == earliest


def test_hard_gates_carry_no_softening_in_the_shipped_rules() -> None:
    rules: Catalogue = RULES
    for matter in rules.matters.values():
        if matter.hard_gate:
            assert (matter.commitment, matter.deferral, matter.letter) == (None, None, None)
