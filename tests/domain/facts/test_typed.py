"""Typed words and the form: there and back, every fault at its own place, and boundaries as offices hand them out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.facts import samples
from luodi.domain.facts.fields import the_form
from luodi.domain.facts.geojson import compact, of_corners
from luodi.domain.facts.typed import NONE, check, known, places, recordable, right, secret, typed_of
from luodi.domain.source.reading import read_data, read_text
from luodi.domain.source.tree import Table
from luodi.domain.vocabulary import Refusal

SQUARE = {"type": "Polygon", "coordinates": [[[112.6, 37.5], [112.61, 37.5], [112.61, 37.51], [112.6, 37.5]]]}


def form(name: str = "jinko") -> dict[str, str]:
    root = read_data(f"{samples.FOLDER}/{name}.yaml")
    assert isinstance(root, Table)
    return typed_of(root.entries.get("form"))


@pytest.mark.parametrize("name", samples.names())
def test_a_recorded_form_is_right_when_it_is_typed(name: str) -> None:
    assert not check(form(name)).wrong


def test_what_is_recorded_reads_as_it_was_typed_but_for_what_is_secret() -> None:
    typed = form()
    node = read_text(json.dumps({"form": recordable(typed)}, ensure_ascii=False))
    assert isinstance(node, Table)
    back = typed_of(node.entries["form"])
    assert back == {place: words for place, words in typed.items() if not secret(place)}
    assert "11010519491231002X" not in json.dumps(recordable(typed))


@pytest.mark.parametrize(
    ("place", "words", "where", "code"),
    [
        ("land_area", "五十", "land_area", "not_an_amount"),
        ("floor_area.production", "9999999", "floor_area", "parts_beyond_total"),
        ("legal_rep.id_no", "123", "legal_rep.id_no", "identity_shape"),
        ("products_capacity.0.unit", "", "products_capacity.0.unit", "field_missing"),
        ("annual_water.source", "", "annual_water.source", "field_missing"),
        ("site_boundary", "{x", "site_boundary", "boundary_not_geojson"),
        ("planned_production", "2020-02-30", "planned_production", "no_such_day"),
        ("building_footprint", "9999999", "building_footprint", "more_than_whole"),
        ("hazardous_substances.0.use", "吃", "hazardous_substances.0.use", "not_a_choice"),
    ],
)
def test_a_fault_stands_at_its_own_place(place: str, words: str, where: str, code: str) -> None:
    found = check(form() | {place: words}, complete=True).wrong
    assert code in [one.code for one in found[where]]


def test_everything_missing_is_said_at_once() -> None:
    required = {field.id for field in the_form().fields.values() if field.required}
    assert set(check({}, complete=True).wrong) == required
    assert not check({}).wrong


def test_no_hazardous_chemicals_must_be_said() -> None:
    typed = {place: words for place, words in form().items() if not place.startswith("hazardous")}
    assert "hazardous_substances" in check(typed, complete=True).wrong
    assert not check(typed | {"hazardous_substances": NONE}, complete=True).wrong


def test_what_is_wrong_counts_as_not_answered() -> None:
    left = right(form() | {"land_area": "x"})
    assert "land_area" not in left
    assert "total_investment" in left


@given(st.dictionaries(st.sampled_from(sorted(places())), st.text(max_size=40), max_size=12))
def test_nothing_typed_breaks_the_check(typed: dict[str, str]) -> None:
    assert all(known(place) or place in the_form().fields for place in check(typed).wrong)
    right(typed)


@pytest.mark.parametrize(
    "place", ["", "x", "land_area.x", "products_capacity.x.unit", "products_capacity.99.unit", "a.b.c.d"]
)
def test_unknown_places_are_unknown(place: str) -> None:
    assert not known(place)


def test_a_feature_collection_is_brought_down_to_its_polygon() -> None:
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": SQUARE}
    assert json.loads(compact(json.dumps(feature))) == SQUARE
    assert json.loads(compact(json.dumps({"type": "FeatureCollection", "features": [feature]}, indent=1))) == SQUARE
    two = json.loads(compact(json.dumps({"type": "FeatureCollection", "features": [feature, feature]})))
    assert two["type"] == "MultiPolygon"
    assert len(two["coordinates"]) == 2


@pytest.mark.parametrize("numbered", ["{x} {y}", "J{n}  {x},{y}", "{n}、{x}，{y}"])
def test_a_table_of_corners_is_closed_to_a_polygon(numbered: str) -> None:
    corners = SQUARE["coordinates"][0][:-1]
    lines = [numbered.format(n=n, x=x, y=y) for n, (x, y) in enumerate(corners, 1)]
    assert json.loads(of_corners("\n".join(lines)) or "") == SQUARE
    assert of_corners("\n".join(lines[:2])) is None
    assert of_corners("\n".join([*lines, "the end"])) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "x: 1", '{"type": "Point", "coordinates": [1, 2]}', "{" * 3000])
def test_what_is_no_polygon_is_said(text: str) -> None:
    with pytest.raises(Refusal, match="boundary_file_unreadable"):
        compact(text)
