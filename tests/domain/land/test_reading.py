"""Files of parcels: every fault at once, and what is written is read back the same."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.land.plots import feature, file, parcel, ring

from luodi.domain.land.keeping import kept
from luodi.domain.land.parcels import Check, Listing, Proof
from luodi.domain.land.reading import read_parcels, try_parcels
from luodi.domain.land.writing import collection, document
from luodi.domain.vocabulary import BadInput

MU = 59.80  # of a square of 0.002 degrees


def codes(text: str) -> list[str]:
    """The codes of every fault of a file, in its order."""
    return [one.code for one in try_parcels(text)[1].found]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    bow = [[112.98, 36.3], [112.99, 36.31], [112.99, 36.3], [112.98, 36.31], [112.98, 36.3]]
    text = file(
        feature("swapped", [[y, x] for x, y in ring(112.9, 36.3, 0.002, 0.002)]),
        feature("bow", bow),
        feature("open", ring(112.9, 36.4, 0.002, 0.002)[:-1]),
        feature("far", ring(121.4, 31.2, 0.002, 0.002)),
        feature("metres", ring(420_000, 4_020_000, 200, 200)),
        parcel("bare", 0.01, area=50),
        parcel("unit", 0.02, area="59.8 公顷"),
        parcel("slip", 0.03, area="1000000000 亩"),
        parcel("ten", 0.04, area="598 亩"),
        parcel("off", 0.05, area="66 亩"),
        parcel("words", 0.06, area="很大", state="荒地"),
        parcel("good", 0.07, area="59.8 亩"),
        parcel("good", 0.08, area="59.8 亩"),
        parcel("under", 0.071, area="59.8 亩"),
    )
    assert codes(text) == [
        "parcel_axes_swapped", "parcel_crosses_itself", "parcel_not_closed", "parcel_outside", "parcel_in_metres",
        "parcel_area_without_unit", "parcel_area_unit", "parcel_area_impossible", "parcel_area_digits",
        "parcel_area_differs", "parcel_area_unreadable", "unknown_choice", "parcel_twice", "parcels_overlap",
    ]  # fmt: skip
    with pytest.raises(BadInput) as refused:
        read_parcels(text)
    assert len(refused.value.problems) == 14


@pytest.mark.parametrize(
    ("written", "meant", "read"),
    [
        ("59.8 公顷", "亩", "公顷"),
        ("3.987 亩", "公顷", "亩"),
        ("39870 亩", "平方米", "亩"),
        ("59.8 平方米", "亩", "平方米"),
    ],
)
def test_a_mixed_up_unit_is_named(written: str, meant: str, read: str) -> None:
    (problem,) = try_parcels(file(parcel("A", area=written)))[1].found
    assert (problem.code, problem.facts["meant"], problem.facts["read"]) == ("parcel_area_unit", meant, read)


@pytest.mark.parametrize(
    "written", ["59.8 亩", "3.987 公顷", "39870 平方米", "39,870 m2", {"area": 59.8, "area_unit": "亩"}]
)
def test_the_same_area_may_be_written_in_any_unit(written: object) -> None:
    told = written if isinstance(written, dict) else {"area": written}
    (one,) = read_parcels(file(parcel("A", **told)))
    assert one.declared[1] == pytest.approx(one.boundary.area, rel=0.01)
    assert one.mu == pytest.approx(MU, abs=0.01)


@pytest.mark.parametrize(
    ("system", "code"),
    [("GCJ02", "parcels_consumer_map"), ("BD-09", "parcels_consumer_map"), ("EPSG:4547", "parcels_unknown_system")],
)
def test_a_file_that_names_another_system_is_not_taken(system: str, code: str) -> None:
    assert codes(file(parcel("A"), crs={"type": "name", "properties": {"name": system}})) == [code]


def test_chinese_attributes_mean_the_same_and_others_are_left_alone() -> None:
    told = {
        "宗地号": "甲-1",
        "名称": "甲一",
        "开发区": "tunliu",
        "供地方式": "划拨",
        "状态": "净地",
        "用途": "公用设施",
        "OBJECTID": 7,
    }
    one = feature("", ring(112.9, 36.3, 0.002, 0.002))
    one["properties"] = told | {"OBJECTID": 7}
    (read,) = read_parcels(file(one))
    assert (read.number, read.tenure, read.state, read.use) == ("甲-1", "allocated", "net", "utility")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"type": "FeatureCollection", "features": []}', "\x00", "{", '{"features": 3}']
)
def test_what_is_no_file_of_parcels_is_told(text: str) -> None:
    with pytest.raises(BadInput):
        read_parcels(text)


numbers = st.dictionaries(st.sampled_from(["far", "tax_per_mu"]), st.integers(0, 900).map(float), max_size=2)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=20),
    numbers, numbers, st.sampled_from(["raw", "net", "listed"]), st.none() | st.integers(1, 99).map(float),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(
    name: str, conditions: dict[str, float], promised: dict[str, float], state: str, price: float | None
) -> None:
    (one,) = read_parcels(file(parcel("A-1", area="59.8 亩")))
    day = date(2026, 5, 1)
    told = replace(
        one, name=type(one.name)(f"地{name}", f"plot {name}"), conditions=MappingProxyType(conditions), state=state,
        promised=MappingProxyType(promised), price=price, listing=Listing(day, day, day), project="tongfu",
        proofs=MappingProxyType({"clearing": Proof(day, "验收单")}), industries=("食品",),
        checks=(Check("completion", day, MappingProxyType({"far": 1.0}), "表"),),
    )  # fmt: skip
    assert kept(document(told)) == told
    assert read_parcels(collection([told])) == (told,)
