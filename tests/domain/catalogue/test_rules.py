"""Runs the cases of `tests/rules/applies.yaml` and `numbers.yaml`, which a lawyer or a zone officer can read and add to."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from luodi.domain.catalogue import limits
from luodi.domain.catalogue.reading import load
from luodi.domain.catalogue.wording import why
from luodi.domain.source.reading import read_file
from luodi.domain.source.tree import Series, plain

FOLDER = Path(__file__).parents[2] / "rules"


def cases(name: str) -> dict[str, dict[str, Any]]:
    """The cases of one file by their titles."""
    listed: Any = plain(read_file(FOLDER / name) or Series((), 1))
    return {f"{name}: {case['case']}": case for case in listed}


CASES = cases("applies.yaml") | cases("numbers.yaml")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case):
    known = {"case", "facts", "applies", "not", "why", "matter", "as_of", "limit", "promise", "preparation"}
    assert case.keys() <= known, "unknown key in the case"
    catalogue, facts = load(), case.get("facts", {})
    assert facts.keys() <= catalogue.facts.keys(), "unknown fact in the case"
    applying = {one.id for one in catalogue.matters.values() if one.applies is None or one.applies.holds(facts)}
    assert set(case.get("applies", ())) <= applying
    assert set(case.get("not", ())) <= catalogue.matters.keys() - applying
    for matter, words in case.get("why", {}).items():
        said = why(catalogue, catalogue.matters[matter], facts)
        assert {key: said[key].replace("\N{NO-BREAK SPACE}", " ") for key in words} == words
    for question in ("limit", "promise", "preparation"):
        if question in case:
            answer(catalogue.matters[case["matter"]], question, facts, case["as_of"], case[question])


def answer(matter, question, facts, as_of: date, expected):
    ask = {"limit": limits.statutory, "promise": limits.promise, "preparation": limits.preparation}[question]
    number = ask(matter, facts, as_of)
    if expected == "none":
        assert number is None
        return
    assert number is not None
    not_yet = expected.get("not_yet", False)
    assert {key: str(getattr(number, key)) for key in expected if key != "not_yet"} == {
        key: str(value) for key, value in expected.items() if key != "not_yet"
    }
    assert limits.not_yet(number, as_of) is not_yet


def test_the_hard_gates_of_the_law_are_hard():
    """Issue 2 §4: heritage, EIA, fire design review of special works, hazardous-chemical conditions."""
    hard = {one.id for one in load().matters.values() if one.hard_gate}
    assert hard == {
        "heritage_survey", "eia_report", "eia_form", "fire_design_review", "hazchem_safety_condition",
        "hazchem_safety_design",
    }  # fmt: skip
