"""Project files: what may be left out, what follows from what, and everything that can be wrong."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.domain.facts.small import CATALOGUE, JINKO, codes, faults, project, read

from luodi.config.sentences import say
from luodi.domain.facts import samples
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import check_form_file, read_project
from luodi.domain.vocabulary import BadInput, Refusal


def test_facts_and_a_milestone_are_enough() -> None:
    found = read("facts: {land_area: 50 亩, project.eia_class: form}\nmilestones: {contact: 2023-03-10}\n")
    assert found.options.as_of == date(2023, 3, 10)
    assert found.facts["land_area"] == pytest.approx(100_000 / 3)
    assert found.facts["site.new_construction_land"] is True  # nobody said: the catalogue's strict value
    assert "site.new_construction_land" in found.assumed
    assert "annual_energy" not in found.facts  # no amount is ever invented
    assert found.origins["land_area"].basis == "given"
    assert found.origins["site.new_construction_land"].basis == "assumption"


def test_the_day_of_planning() -> None:
    assert read("milestones: {signed: 2023-05-26, contact: 2023-03-10}").options.as_of == date(2023, 3, 10)
    assert read("milestones: {signed: 2023-05-26}").options.as_of == date(2023, 5, 26)
    assert read("milestones: {contact: 2023-03-10}\noptions: {as_of: 2023-04-01}").options.as_of == date(2023, 4, 1)
    assert faults("facts: {land_area: 5}") == [("as_of_missing", 1)]
    assert faults("milestones: {contact: null}") == [("as_of_missing", 1)]


def test_facts_follow_from_the_form() -> None:
    found = project()
    assert found.facts["annual_water.source"] == "公共管网"
    assert found.facts["pollutant.nox"] == 120
    assert found.facts["project.civil_building_area_m2"] == 60000
    assert found.facts["enterprise.is_industry"] is True
    assert found.facts["project.hazchem_production_or_storage"] is False
    assert found.facts["land_area"] == pytest.approx(2431 * 2000 / 3)
    stored = project(lambda file: file["form"]["hazardous_substances"][0].update(use="储存"))
    assert stored.facts["project.hazchem_production_or_storage"] is True


def test_a_fact_that_contradicts_the_form_is_a_fault_with_both_lines() -> None:
    text = "form:\n  land_area: 50 亩\nfacts:\n  land_area: 60 亩\nmilestones: {contact: 2023-03-10}\n"
    with pytest.raises(BadInput) as bad:
        read(text)
    (problem,) = bad.value.problems
    assert (problem.code, problem.where.line, problem.facts["other_line"]) == ("fact_against_form", 4, 2)
    assert read(text.replace("60 亩", "33333.3333")).facts["land_area"] == pytest.approx(33333.3333)


CLAIM = (
    "about: {claims: [{from: contact, to: moon, says_days: 3, source: {title: x}}]}\nmilestones: {contact: 2023-01-01}"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fomr: {}", [("unknown_key", 1)]),
        ("facts: {land_are: 5}", [("fact_unknown", 1)]),
        ("facts: {land_area: -5}", [("below", 1)]),
        ("facts: {land_area: 5 亿元}", [("unit_of_another_kind", 1)]),
        ("facts: {site.flood_area: maybe}", [("fact_not_yes_no", 1)]),
        ("facts: {project.eia_class: 报告书}", [("fact_not_a_choice", 1)]),
        ("facts: [1]", [("expected_table", 1)]),
        ("milestones: {contact: 9999-01-01}", [("year_out_of_range", 1)]),
        ("milestones: {contact: 2023-02-30}", [("no_such_day", 1)]),
        ("milestones: {contakt: 2023-01-01}", [("milestone_unknown", 1)]),
        ("milestones: {contact: 2023-05-26, signed: 2023-03-10}", [("milestones_out_of_order", 1)]),
        ("milestones: {contact: 2023-03-10, land_supplied: 2023-06-01}", [("milestone_ahead", 1)]),
        ("options: {as_of: 2023-01-01, levers: [paralel]}", [("lever_unknown", 1)]),
        ("options: {as_of: 2023-01-01, regime: reforn}", [("regime_unknown", 1)]),
        ("options: {as_of: 2023-01-01, regime: reform, levers: [parallel]}", [("regime_and_levers", 1)]),
        ("options: {as_of: 2023-01-01, capacities: {ecologi: 3}}", [("unit_unknown", 1)]),
        ("options: {as_of: 2023-01-01, capacities: {ecology: 0}}", [("out_of_range", 1)]),
        ("options: {as_of: 2023-01-01, max_debts: -1}", [("out_of_range", 1)]),
        ("options: {as_of: 2023-01-01, target: 2022-01-01}", [("target_before_as_of", 1)]),
        ("options: {as_of: 2023-01-01, targt: 2024-01-01}", [("unknown_key", 1)]),
        ("options: {as_of: 2023-01-01, staging: whole}\nfacts: {permit.staging: two_stage}", [("fact_stated_twice", 1)]),
        (CLAIM, [("event_unknown", 1)]),
        ("about: {basis: {moon: sample}}\nmilestones: {contact: 2023-01-01}", [("value_unknown", 1)]),
        ("- 1\n", [("expected_table", 1)]),
        ("", [("file_empty", 1)]),
        ('{"form": {"uscc": "9135', [("file_cut_off", 1)]),
    ],
)  # fmt: skip
def test_each_fault_has_its_line(text: str, found: list[tuple[str, int]]) -> None:
    assert faults(text) == found


PROGRESS = """milestones: {contact: 2023-03-10}
options: {as_of: 2023-06-01}
progress:
  land_deal_confirm: {started: 2023-05-04, finished: 2023-05-05}
  %s
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("land_listing: {started: 2023-05-01, finished: 2023-05-02}", []),
        ("land_listing: {started: 2023-05-01, finished: 2023-05-06}", [("finished_before_prerequisite", 4)]),
        ("land_listing: {started: 2023-05-01}", [("finished_before_prerequisite", 4)]),
        ("land_listing: {started: 2023-05-03, finished: 2023-05-02}", [("finished_before_started", 5)]),
        (
            "land_listing: {started: 2023-05-01, finished: 2023-06-02}",
            [("finished_before_prerequisite", 4), ("progress_ahead", 5)],
        ),
        ("energy_review: {started: 2023-06-05}", [("progress_ahead", 5)]),
        ("energy_revieuw: {started: 2023-05-05}", [("matter_unknown", 5)]),
        ("energy_review: {finished: 2023-05-05}", [("missing_key", 5)]),
        ("energy_review: 2023-05-05", [("expected_table", 5), ("missing_key", 5)]),
    ],
)  # fmt: skip
def test_progress_that_cannot_have_happened(line: str, found: list[tuple[str, int]]) -> None:
    assert faults(PROGRESS % line) == found


def test_cyclic_progress_names_both_matters() -> None:
    with pytest.raises(BadInput) as bad:
        read(PROGRESS % "land_listing: {started: 2023-05-01}")
    said = say(bad.value.problems[0], "zh")
    assert "成交确认书" in said
    assert "挂牌" in said


@pytest.mark.parametrize("name", samples.names())
def test_every_sample_reads_and_marks_what_no_article_says(name: str) -> None:
    found = samples.load(name, CATALOGUE)
    assert found.id == name
    assert found.sources
    assert all(origin.basis in ("article", "sample", "assumption") for origin in found.origins.values())
    assert all(origin.source for origin in found.origins.values() if origin.basis != "sample")
    assert set(found.form) | set(found.facts) <= set(found.origins)


def test_the_samples_say_what_the_articles_say() -> None:
    jinko, sany = samples.load("jinko", CATALOGUE), samples.load("sany", CATALOGUE)
    assert jinko.milestones == {"contact": date(2023, 3, 10), "signed": date(2023, 5, 26)}
    assert jinko.facts["total_investment"] == 5_600_000
    assert jinko.origins["land_area"].basis == "article"
    assert jinko.origins["annual_energy"].basis == "sample"
    (claim,) = sany.claims
    assert claim.says_days == 140
    assert claim.from_day is not None
    assert claim.to_day is not None
    assert (claim.to_day - claim.from_day).days == 143
    with pytest.raises(Refusal, match="no_such_project"):
        samples.load("moon", CATALOGUE)


def test_the_form_of_a_file_is_checked_whole(tmp_path: Path) -> None:
    whole, form, bare = (tmp_path / name for name in ("whole.json", "form.json", "bare.json"))
    whole.write_text(json.dumps(JINKO, default=str), "utf-8")
    form.write_text(json.dumps({"form": JINKO["form"]}, default=str), "utf-8")
    bare.write_text(json.dumps(JINKO["form"], default=str), "utf-8")
    assert [check_form_file(path, CATALOGUE) for path in (whole, form, bare)] == [27, 27, 27]
    bare.write_text("{}", "utf-8")
    with pytest.raises(BadInput) as bad:
        check_form_file(bare, CATALOGUE)
    assert {problem.code for problem in bad.value.problems} == {"field_missing"}
    assert len(bad.value.problems) == 27
    form.write_text(
        json.dumps({"form": JINKO["form"] | {"products_capacity": [{"product": "硅棒"}]}}, default=str), "utf-8"
    )
    with pytest.raises(BadInput, match="2 problem"):  # capacity and unit: asked for here, not by a plan
        check_form_file(form, CATALOGUE)
    with pytest.raises(BadInput, match="1 problem"):
        read_project(tmp_path / "missing.yaml", CATALOGUE)


TREE: Any = some.recursive(
    some.one_of(
        some.none(), some.booleans(), some.integers(), some.floats(), some.text(max_size=20), some.dates().map(str)
    ),
    lambda inner: some.one_of(
        some.lists(inner, max_size=4), some.dictionaries(some.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
PLACES = [(part, key) for part in ("form", "facts", "milestones", "options", "about") for key in JINKO[part]]


@given(some.sampled_from(PLACES), TREE)
def test_no_value_in_any_place_breaks_the_reader(place: tuple[str, str], value: Any) -> None:
    part, key = place
    for code in codes(lambda file: file[part].update({key: value})):
        assert code


@given(some.sampled_from(["form", "facts", "milestones", "options", "about", "progress", "project", "x"]), TREE)
def test_no_section_breaks_the_reader(part: str, value: Any) -> None:
    codes(lambda file: file.update({part: value}))


@given(some.integers(0, 3000))
def test_a_file_cut_anywhere_is_refused_or_read(length: int) -> None:
    text = json.dumps(JINKO, ensure_ascii=False, default=str)
    try:
        assert isinstance(read(text[:length]), ProjectFile)
    except BadInput as bad:
        for problem in bad.problems:
            assert say(problem, "zh")
            assert say(problem, "en")
