"""The 28 fields: each by itself, all together, every fault at once and with its line."""

from decimal import Decimal
from typing import Any

import pytest
from tests.domain.facts.small import codes, project, read

from luodi.config.sentences import say
from luodi.domain.facts.checking import Secret
from luodi.domain.facts.fields import the_form
from luodi.domain.facts.quantities import Quantity
from luodi.domain.vocabulary import BadInput


def put(path: str, value: object) -> Any:
    """A change of one value of the form."""

    def change(file: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place = file["form"]
        for step in way:
            place = place[step]
        place[last] = value

    return change


def test_there_are_28_fields_each_in_both_languages_with_help() -> None:
    form = the_form()
    assert len(form.fields) == 28
    assert {field.page for field in form.fields.values()} == set(form.pages)
    for field in form.fields.values():
        assert field.name.zh
        assert field.name.en
        assert field.help
        assert field.help.zh
        assert field.help.en


def test_the_sample_form_is_right_and_its_amounts_are_canonical() -> None:
    form = project().form
    assert set(the_form().fields) - set(form) == {"project_code"}
    assert form["total_investment"] == Quantity(Decimal(5600000), "万元", "560 亿元")
    assert str(form["legal_rep"]) == "{'name': '王示例', 'id_no': ●●●●}"
    assert isinstance(form["legal_rep"]["id_no"], Secret)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("uscc", "91350100M000100Y44", "uscc_check"),
        ("legal_rep.id_no", "110105194912310021", "identity_check"),
        ("legal_rep.id_kind", "军官证", "not_a_choice"),
        ("legal_rep", "王示例", "not_parts"),
        ("applicant_name", "示", "length"),
        ("project_name", "示" * 101, "length"),
        ("construction_content", "太短", "length"),
        ("contact_phone", "123", "phone_shape"),
        ("project_code", "2305-14017-89-01-123456", "project_code_shape"),
        ("construction_nature", "新 建", "not_a_choice"),
        ("industry_code", "C4425", "industry_section"),
        ("products_capacity", [], "item_count"),
        ("products_capacity", {}, "not_a_list"),
        ("products_capacity", [{"product": "硅棒", "capacity": 0, "unit": "吨"}], "not_above"),
        ("site_region", "130100", "region_shape"),
        ("land_area", -1620000, "not_above"),
        ("land_area", "2431 亿元", "unit_of_another_kind"),
        ("land_area", "2500 亩", "boundary_area"),
        ("land_area", [1], "not_an_amount"),
        ("floor_area", {"total": 100, "production": 90, "office_living": 11}, "parts_beyond_total"),
        ("building_footprint", "2432 亩", "more_than_whole"),
        ("fixed_investment", "561 亿元", "more_than_whole"),
        ("planned_production", "2023-09-01", "production_not_after_start"),
        ("planned_start", "9999-01-01", "year_out_of_range"),
        ("planned_start", "2023-02-30", "no_such_day"),
        ("planned_start", 20230901, "expected_date"),
        ("annual_energy", -1, "below"),
        ("annual_water", {"amount": 5, "source": "自来水"}, "not_a_choice"),
        ("annual_water", 5, "not_parts"),
        ("pollutant_emissions.so2", -1, "below"),
        ("hazardous_substances", [{"name": "硅烷", "cas": "7803-62-6", "max_storage_t": 1, "use": "使用"}], "cas_check"),
        ("site_boundary", {"type": "Point", "coordinates": [112, 37]}, "boundary_not_geojson"),
        ("fire_hazard_class", "F", "not_a_choice"),
        ("uscd", "x", "unknown_key"),
    ],
)  # fmt: skip
def test_each_fault_is_said(path: str, value: object, code: str) -> None:
    assert code in codes(put(path, value))


def test_short_ways_of_writing() -> None:
    form = project(put("annual_electricity", "25 亿千瓦时")).form
    assert form["annual_electricity"]["amount"].amount == 2_500_000_000
    assert (
        project(put("annual_electricity", {"value": 25, "unit": "亿千瓦时"})).facts["annual_electricity"]
        == 2_500_000_000
    )
    assert project(put("fire_hazard_class", "a")).form["fire_hazard_class"] == "甲"
    assert project(put("uscc", " 91350100m000100y43 ")).form["uscc"] == "91350100M000100Y43"
    passport = {"name": "Example", "id_kind": "护照", "id_no": "E12345678"}
    assert project(put("legal_rep", passport)).form["legal_rep"]["id_kind"] == "护照"


def test_all_faults_are_said_at_once_in_words_and_never_a_personal_number() -> None:
    text = """form:
  uscc: 91350100M000100Y4Z
  legal_rep: {name: 王示例, id_no: '110105194912310021'}
  land_area: -50 亩
  total_investment: 3 亿元
  fixed_investment: 4 亿元
milestones: {contact: 2023-03-10}
"""
    with pytest.raises(BadInput) as bad:
        read(text)
    assert [(p.code, p.where.line) for p in bad.value.problems] == [
        ("uscc_character", 2), ("identity_check", 3), ("not_above", 4), ("more_than_whole", 6),
    ]  # fmt: skip
    for language in ("zh", "en"):
        said = [say(problem, language) for problem in bad.value.problems]
        assert not any("110105194912310021" in words for words in said)
        assert ("固定资产投资" if language == "zh" else "Fixed-asset investment") in said[3]


def test_every_fault_of_the_form_is_worded_without_python() -> None:
    changes = [
        put(*case) for case in (("uscc", "x"), ("land_area", -1), ("annual_water", 5), ("fixed_investment", "561 亿元"))
    ]
    for change in changes:
        with pytest.raises(BadInput) as bad:
            project(change)
        for problem in bad.value.problems:
            assert not any(
                "Text(" in say(problem, language) or "{" in say(problem, language) for language in ("zh", "en")
            )
