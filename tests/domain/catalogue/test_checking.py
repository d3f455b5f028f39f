"""Every way in which a catalogue can be wrong is said at once, with file and line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.catalogue.small import SOURCE, matter, number

from luodi.config.sentences import say
from luodi.domain.catalogue.reading import load
from luodi.domain.source.reading import data_names, packaged
from luodi.domain.vocabulary import BadInput


def problems(small, *overlays, zone=None):
    try:
        small.load(*overlays, zone=zone)
    except BadInput as refused:
        for problem in refused.problems:
            assert say(problem, "zh") != say(problem, "en")
        return [(problem.code, problem.where.file.rsplit("/", 1)[-1]) for problem in refused.problems]
    return []


def test_the_shipped_catalogue_is_sound():
    assert len(load().matters) == 89


def test_small_catalogue_is_sound(small):
    small.matter("a")
    small.matter("b", requires=["a", "contact"], starts_with=["a"])
    assert problems(small) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"requries": ["a"]}, "unknown_key"),
        ({"requires": ["c"]}, "no_such_prerequisite"),
        ({"starts_with": ["c"]}, "no_such_matter"),
        ({"prepare_after": ["c"]}, "no_such_prerequisite"),
        ({"requires": ["a", "a"]}, "repeated_item"),
        ({"requires": ["b"]}, "cycle"),
        ({"unit": "ofice"}, "no_such_unit"),
        ({"phase": "sea"}, "no_such_phase"),
        ({"stage": 7}, "no_such_stage"),
        ({"mode": "commitment"}, "unknown_choice"),
        ({"inputs": ["applicnt"]}, "no_such_input"),
        ({"source": None}, "missing_source"),
        ({"confidence": None}, "missing_confidence"),
        ({"limits": None}, "missing_key"),
        ({"limits": [number(source=None)]}, "missing_source"),
        ({"limits": [number(confidence=None)]}, "missing_confidence"),
        ({"limits": [number(since=None)]}, "number_without_date"),
        ({"limits": [number(seen="2020-01-01")]}, "number_with_two_dates"),
        ({"limits": [number(), number(days=5)]}, "two_numbers_one_date"),
        ({"limits": [number(days=-1)]}, "out_of_range"),
        ({"limits": [number(days=99999)]}, "out_of_range"),
        ({"limits": [number(kind="assumed")]}, "assumption_not_marked"),
        ({"limits": [number(since="2020-02-30")]}, "no_such_day"),
        ({"limits": [number(zh="只有中文")]}, "language_missing"),
        ({"limits": [number(when={"fact": "aera", "op": ">", "value": 1})]}, "no_such_fact"),
        ({"matter": "c"}, "file_not_named_so"),
        ({"en": None}, "language_missing"),
        ({"output": {"zh": "批复"}}, "language_missing"),
        ({"applies": {"when": {"fact": "area", "op": "=>", "value": 1}, "zh": "x", "en": "y"}}, "unknown_operator"),
        (
            {"applies": {"when": {"fact": "area", "op": ">", "value": "many"}, "zh": "x", "en": "y"}},
            "value_not_of_fact",
        ),
        ({"applies": {"when": {"fact": "area", "op": "is_true"}, "zh": "x", "en": "y"}}, "value_not_of_fact"),
        (
            {"applies": {"when": {"fact": "dirty", "op": "is_true", "value": 1}, "zh": "x", "en": "y"}},
            "value_not_wanted",
        ),
        ({"applies": {"when": {"fact": "kind", "op": "==", "value": "c"}, "zh": "x", "en": "y"}}, "value_not_of_fact"),
        ({"applies": {"when": {"any": []}, "zh": "x", "en": "y"}}, "expected_list"),
        ({"applies": {"zh": "x", "en": "y"}}, "missing_key"),
        ({"gate": "hard", "deferral": {"papers": [{"zh": "图", "en": "drawing"}]}}, "hard_gate_softened"),
        ({"deferral": {"papers": [{"zh": "图", "en": "drawing"}], "waives": ["a"]}}, "waived_not_required"),
    ],
)
def test_one_fault_of_a_matter(small, changes, code):
    small.matter("a")
    small.table("catalogue/national/b.yaml", matter("b", **changes))
    assert problems(small) == [(code, "b.yaml")]


def test_all_faults_at_once(small):
    small.matter("a", unit="ofice", source=None, limits=[number(since=None)])
    small.matter("b", requires=["c"], nonsense=1)
    small.table("levers.yaml", {"levers": {}, "regimes": {"reform": ["paralel"]}})
    assert {code for code, _ in problems(small)} == {
        "no_such_unit", "missing_source", "number_without_date", "no_such_prerequisite", "unknown_key", "no_such_lever",
    }  # fmt: skip


def test_a_cycle_is_named(small):
    small.matter("a", requires=["b"])
    small.matter("b", requires=["c"])
    small.matter("c", requires=["a"])
    small.matter("d", requires=["a"])
    with pytest.raises(BadInput) as caught:
        small.load()
    (problem,) = caught.value.problems
    assert problem.code == "cycle"
    assert problem.facts["cycle"] == "a → b → c → a"
    assert problem.where.line is not None


def test_a_hard_gate_is_waived_by_no_one(small):
    small.matter("a", gate="hard")
    small.matter("b", requires=["a"], front={"name": "land", "waives": ["a"]})
    assert problems(small) == [("hard_gate_softened", "b.yaml")]


@pytest.mark.parametrize(
    ("law", "promise", "code"),
    [
        ({"days": 20}, {"days": 21}, "promise_longer_than_law"),
        ({"days": 20}, {"days": 20}, None),
        ({"days": 20, "unit": "calendar_days"}, {"days": 21}, "promise_longer_than_law"),
        ({"days": 20, "unit": "calendar_days"}, {"days": 20}, None),
        ({"days": 20}, {"days": 50, "unit": "calendar_days"}, "promise_longer_than_law"),
        ({"days": 20}, {"days": 30, "unit": "calendar_days"}, None),
        ({"days": 1, "unit": "months"}, {"days": 32, "unit": "calendar_days"}, "promise_longer_than_law"),
        ({"days": 30, "kind": "min", "unit": "calendar_days"}, {"days": 29, "unit": "calendar_days"},
         "promise_below_minimum"),
        ({"days": 30, "kind": "min", "unit": "calendar_days"}, {"days": 30}, None),
        ({"days": 10, "kind": "min"}, {"days": 10, "unit": "calendar_days"}, "promise_below_minimum"),
        ({"kind": "assumed", "confidence": "assumption"}, {"days": 90}, None),
        ({"since": "2030-01-01", "days": 5}, {"since": "2020-01-01", "days": 10}, "promise_longer_than_law"),
        ({"when": {"fact": "kind", "op": "==", "value": "a"}}, {"days": 30}, "promise_longer_than_law"),
    ],
)  # fmt: skip
def test_promise_against_law(small, law, promise, code):
    small.matter("a", limits=[number(**law)])
    small.overlay("a", promises=[number(confidence="published", source=SOURCE | {"place": "某市"}, **promise)])
    assert [found for found, _ in problems(small)] == ([code] if code else [])


def test_promise_is_compared_with_the_law_of_its_time(small):
    small.matter("a", limits=[number(since="2010-01-01", days=30), number(since="2020-01-01", days=10)])
    ended = number(since="2012-01-01", days=20, confidence="published", source=SOURCE | {"place": "某市"})
    later = ended | {"since": "2019-06-01", "days": 5}
    small.overlay("a", promises=[ended, later])
    assert problems(small) == []
    small.overlay("a", promises=[ended])
    assert problems(small) == [("promise_longer_than_law", "a.yaml")]


@pytest.mark.parametrize(
    ("matters", "content", "code"),
    [
        ({}, {"limits": [number()]}, "unknown_key"),
        ({}, {"promises": [number(confidence="published")]}, "promise_without_place"),
        ({}, {"promises": [number(kind="min", source=SOURCE | {"place": "某市"})]}, "promise_not_a_limit"),
        ({"gate": "hard"}, {"commitment": {"check": {"zh": "查", "en": "c"}, "source": SOURCE, "confidence": "law"}},
         "hard_gate_softened"),
        ({"limits": [number(kind="min")]},
         {"commitment": {"check": {"zh": "查", "en": "c"}, "source": SOURCE, "confidence": "law"}}, "minimum_softened"),
    ],
)  # fmt: skip
def test_one_fault_of_an_overlay(small, tmp_path, matters, content, code):
    path = small.matter("a", **matters)
    overlay = small.overlay("a", folder="mine", **content)
    with pytest.raises(BadInput) as caught:
        small.load(overlay.parent)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].where.file == str(overlay) != str(path)


def test_overlay_of_nothing_and_no_overlay(small, tmp_path):
    small.matter("a")
    small.overlay("aa", folder="mine")
    assert problems(small, tmp_path / "mine") == [("no_such_matter", "aa.yaml")]
    assert problems(small, tmp_path / "none") == [("folder_missing", "none")]
    (tmp_path / "bare").mkdir()
    assert problems(small, tmp_path / "bare") == [("folder_empty", "bare")]
    assert problems(small, zone="nowhere") == [("no_such_zone", "catalogue")]
    assert problems(small, zone="../national") == [("no_such_zone", "catalogue")]


def test_overlay_against_the_shipped_law(tmp_path):
    (tmp_path / "land_listing.yaml").write_text(
        "matter: land_listing\npromises:\n- {seen: 2026-01-01, days: 5, unit: calendar_days, kind: max, "
        "confidence: published, source: {title: 公告, place: 某市}}\n", "utf-8",
    )  # fmt: skip
    with pytest.raises(BadInput) as caught:
        load([tmp_path])
    assert [(problem.code, problem.where.line) for problem in caught.value.problems] == [("promise_below_minimum", 3)]


LINES = [packaged(name).read_text("utf-8") for name in data_names("catalogue/national")[:3]]


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_no_spoiled_file_crashes_the_catalogue(small, data):
    text = data.draw(st.sampled_from(LINES)).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        spoilt = st.sampled_from(["", "- 1", "x", "x: [", "limits: 3", "applies: []", "  since: x", "stage: [1]", "~"])
        text[at] = data.draw(spoilt | st.text(max_size=12))
    small.table("catalogue/national/a.yaml", "\n".join(text).encode("utf-8", "replace").decode())
    small.matter("b")
    problems(small)
