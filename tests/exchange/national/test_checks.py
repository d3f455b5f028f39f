"""Every pre-check of the exchange finds its fault, and a sound row passes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.exchange.national.scenes import case, event, order, sent

from luodi.config.sentences import phrase
from luodi.exchange.national.checking import Checker
from luodi.exchange.national.choices import choices
from luodi.exchange.national.flow_rows import flow_rows
from luodi.exchange.national.objecting import Objection
from luodi.exchange.national.rows import Value
from luodi.exchange.national.sending import rows_of, send
from luodi.exchange.national.subjects import Handled, Happening, Sent

PROJECT, UNIT, CASE, EVENT = "SPGL_XMJBXXB", "SPGL_XMDWXXB", "SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB"
STAGE, MATTER, SPECIAL = "SPGL_DFXMSPLCJDXXB", "SPGL_DFXMSPLCJDSXXXB", "SPGL_XMSPSXBLTBCXXXB"


def grave(*subjects: Sent, version: str = "2.0") -> list[tuple[str, str]]:
    """Table and code of what is refused."""
    return [(one.row.table, one.code) for one in send(subjects, order(version=version)).refused]


def spoiled(table: str, **values: Value) -> list[str]:
    """The codes found when the rows of a sound project are spoiled in one table."""
    made = order()
    rows = [*flow_rows(made.catalogue, made.choices, choices().flows[0], choices().versions[0], "140700")]
    rows += rows_of(sent(case(1, 3, 8, 9, 10, 11, events=()), slug="jinko"), made)
    known = made.standard.tables
    rows = [replace(row, values={k: v for k, v in row.values.items() if k in known[row.table].columns}) for row in rows]
    first = next(row for row in rows if row.table == table)
    bad = replace(first, values={**first.values, **values})
    _, found = Checker(made.standard, made.choices).check([bad if row is first else row for row in rows])
    return [one.code for one in found if one.grave]


def test_a_sound_project_with_its_case_is_refused_nothing() -> None:
    assert not grave(sent(case(1, 3, 8, 9, 10, 11), case(1, 6, 7, 3, 8, 12, number="b", events=with_papers())))


def with_papers() -> tuple[Happening, ...]:
    papers = '{"papers": [{"kind": "missing", "name": "营业执照", "note": "复印件不清"}]}'
    told = [event(seq, state) for seq, state in enumerate((1, 6, 7, 3, 8, 12), start=1)]
    return (told[0], replace(told[1], details=papers), *told[2:])


@pytest.mark.parametrize(
    ("form", "table", "code"),
    [
        ({"project_code": None}, PROJECT, "national_value_missing"),
        ({"project_code": "2609-140702-89-01-12345"}, PROJECT, "national_project_code"),
        ({"planned_start": None}, PROJECT, "national_value_missing"),
        ({"planned_production": None}, PROJECT, "national_value_missing"),
        ({"planned_production": date(2020, 1, 1)}, PROJECT, "national_dates_reversed"),
        ({"total_investment": None}, PROJECT, "national_value_missing"),
        ({"site_address": ""}, PROJECT, "national_value_missing"),
        ({"construction_content": ""}, PROJECT, "national_value_missing"),
        ({"land_area": None}, PROJECT, "national_value_missing"),
        ({"floor_area": None}, PROJECT, "national_value_missing"),
        ({"construction_nature": "技术改造"}, PROJECT, "national_value_missing"),
        ({"industry_code": "Z9999"}, PROJECT, "national_industry"),
        ({"uscc": "没有"}, UNIT, "national_uscc"),
        ({"uscc": ""}, UNIT, "national_value_missing"),
    ],
)
def test_what_the_form_lacks_is_found(form: dict[str, Any], table: str, code: str) -> None:
    assert (table, code) in grave(sent(**form))


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        (PROJECT, {"XMTZLY": 9}, "national_code_unknown"),
        (PROJECT, {"SPLCLX": 1}, "national_flow_type"),
        (PROJECT, {"XMSFWQBJ": 1}, "national_done_without_day"),
        (PROJECT, {"JSDDXZQH": "14070"}, "national_region"),
        (PROJECT, {"ZTZE": "五百亿"}, "national_not_a_number"),
        (STAGE, {"SPJDSX": 51}, "national_stage_limit"),
        (STAGE, {"SPJDSX": 0}, "national_stage_limit"),
        (STAGE, {"DYBZSPJDXH": "1,7"}, "national_code_unknown"),
        (MATTER, {"SPSXBLSX": 1000}, "national_matter_over_stage"),
        (MATTER, {"DYBZSPSXBM": "99"}, "national_matter_code"),
        (MATTER, {"SPBMMC": None}, "national_value_missing"),
        (CASE, {"SPBMMC": ""}, "national_value_missing"),
        (CASE, {"GCDM": None}, "national_value_missing"),
        (EVENT, {"BLZT": 16}, "national_code_unknown"),
        (EVENT, {"BLR": None}, "national_value_missing"),
        (SPECIAL, {"TBCX": 8, "TBCXMC": None}, "national_special_unnamed"),
    ],
)
def test_a_spoiled_value_is_found(table: str, values: dict[str, Value], code: str) -> None:
    assert code in spoiled(table, **values)


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ((1, 11), "national_finish_unaccepted"),
        ((1, 13), "national_denied_unaccepted"),
        ((1, 3, 8, 10, 11), "national_event_unpaired"),
        ((1, 3, 8, 9, 9, 10, 11), "national_event_unpaired"),
        ((1, 3, 8, 9, 11), "national_finish_while_paused"),
        ((1, 3, 8, 8, 11), "national_event_repeated"),
        ((1, 3, 8, 11, 8), "national_event_after_end"),
        ((1, 7, 3), "national_event_unpaired"),
        ((1, 6, 7, 3), "national_correction_unlisted"),
        ((1, 5), "national_opinion_missing"),
        ((1, 3, 8, 13), "national_opinion_missing"),
    ],
)
def test_events_out_of_order_are_found(states: tuple[int, ...], code: str) -> None:
    assert (EVENT, code) in grave(sent(case(*states)))


def test_a_revocation_after_a_grant_is_no_fault() -> None:
    assert not grave(sent(case(1, 3, 8, 11, 15)))


def test_events_at_the_same_second_are_refused_with_all_that_follows() -> None:
    told = case(1, 3, 8, 11).events
    same = (told[0], told[1], replace(told[2], at=told[1].at + timedelta(microseconds=5)), told[3])
    found = send([sent(case(events=same))], order()).refused
    assert [(one.code, one.row.key, one.below) for one in found] == [("national_event_order", "zgsfq-2026-000001-3", 1)]


def test_a_special_procedure_needs_its_row() -> None:
    made = order()
    rows = [*flow_rows(made.catalogue, made.choices, choices().flows[0], choices().versions[0], "140700")]
    rows += rows_of(sent(case(1, 3, 8, 9)), made)
    without = [row for row in rows if row.table != SPECIAL]
    checker = Checker(made.standard, made.choices)
    known = made.standard.tables
    fitted = [replace(r, values={k: v for k, v in r.values.items() if k in known[r.table].columns}) for r in without]
    assert "national_special_untold" in [one.code for one in checker.check(fitted)[1]]


def test_a_refused_project_keeps_everything_below_it_in_one_line() -> None:
    cases = [case(1, 3, number=f"n-{number}") for number in range(5)]
    found = send([sent(*cases, project_code=None)], order()).refused
    assert {one.row.table for one in found} == {PROJECT}
    assert sum(one.below for one in found) == 2 + 5 * 3  # unit, boundary, and each case with two events


def test_two_projects_of_one_code_are_refused() -> None:
    found = grave(sent(), sent(slug="other"))
    assert (PROJECT, "national_row_doubled") in found


def test_a_row_without_its_parent_is_refused() -> None:
    made = order()
    (row,) = [one for one in rows_of(sent(case(1)), made) if one.table == CASE]
    kept, found = Checker(made.standard, made.choices).check([row])
    assert not kept
    assert [one.code for one in found if one.grave] == ["national_parent_missing", "national_matter_missing"]


def test_the_third_version_asks_who_handled_and_what_it_cannot_know() -> None:
    found = grave(sent(case(1, 3)), version="3.0")
    assert ("SPGL_DFXMSPLCXXB", "national_code_unknown_yet") in found
    made = order(version="3.0")
    rows = [row for row in rows_of(sent(case(1, organisation_uscc="")), made) if row.table == EVENT]
    checker = Checker(made.standard, made.choices)
    objections: list[Objection] = [one for row in rows for one in checker._own(row)]
    assert ("DWTYSHXYDM", "national_value_missing") in [(one.facts.get("column"), one.code) for one in objections]


def test_the_third_version_is_sent_once_its_lists_are_set() -> None:
    known = choices()
    told = tuple(replace(one, more={"DYBZSPLCLX": 6, "SYFW": 1}) for one in known.flows)
    outcome = send([sent(case(1, 3, 8, 11))], replace(order(version="3.0"), choices=replace(known, flows=told)))
    assert not outcome.refused, [(one.code, one.facts) for one in outcome.refused]


def test_a_case_of_a_matter_that_was_not_sent_is_refused() -> None:
    assert (CASE, "national_matter_missing") in grave(sent(case(1, matter="no_such_matter")))
    assert (CASE, "national_matter_missing") in grave(sent(case(1, matter="owner_completion_acceptance")))


def test_a_credit_code_that_fails_its_check_alone_is_only_warned_of() -> None:
    outcome = send([sent(uscc="91310115MA1H8R7C6D")], order())
    assert "national_uscc" in [one.code for one in outcome.objections]
    assert not outcome.refused


def test_unverified_labels_are_said_and_sent() -> None:
    outcome = send([sent()], order())
    said = {(one.facts["column"]) for one in outcome.objections if one.code == "national_label_unverified"}
    assert {"TDHQFS", "GCFL"} <= said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_objection_has_its_sentence(language: str) -> None:
    subjects: list[Handled] = [case(1, 11), case(1, 3, 8, 9, 11, number="b"), case(1, 5, number="c")]
    for one in send([sent(*subjects), sent(slug="other", planned_production=date(2020, 1, 1))], order()).objections:
        assert phrase(one.code, language, **one.facts)


def test_a_case_without_a_limit_of_its_own_takes_that_of_its_matter() -> None:
    made = order()
    rows = rows_of(sent(case(1, budget=None, promise=None)), made)
    assert next(row for row in rows if row.table == CASE).values["SXBLSX"] == 20
