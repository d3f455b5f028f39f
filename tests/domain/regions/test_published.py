"""What was published of the zones, on a day; and which zones may stand side by side."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luodi.domain.regions import published
from luodi.domain.regions.comparing import FEW, comparable, spread
from luodi.domain.regions.resources import industries, items, places, settlements
from luodi.domain.vocabulary import Refusal, Text
from luodi.zones.registry import registry


@pytest.mark.parametrize(
    ("on", "zones"),
    [("2021-11-26", None), ("2021-11-27", 88), ("2023-09-30", 88), ("2023-10-01", 93), ("2026-11-21", 93)],
)
def test_the_published_count_holds_from_its_day(on, zones):
    found = published.published(date.fromisoformat(on))
    assert (found.zones if found else None) == zones


def test_the_types_of_the_count_are_those_of_the_registry_and_add_up():
    last = published.counts()[-1]
    assert set(last.kinds) <= set(registry().kinds)
    assert sum(last.kinds.values()) == last.zones == 93


def test_the_registry_never_names_more_zones_than_were_counted():
    named = [one for one in registry().zones if one.parent is None and one.kind != "bonded"]
    assert len(named) <= published.counts()[-1].zones


def test_what_zones_are_known_for_is_of_zones_in_the_registry():
    assert set(published.known()) <= {one.id for one in registry().zones}
    agri = published.known()["yangqu_nongye"]
    assert (published.stood(agri, date(2019, 1, 31)), published.stood(agri, date(2019, 2, 1))) == (False, True)
    assert published.stood(published.NOTHING, date(1990, 1, 1))  # no date known: nothing is ruled out


def test_every_item_has_a_unit_or_is_a_text():
    assert all(one.group in items().groups for one in items().items.values())
    assert items().items["power_out"].unit
    assert items().items["place"].unit is None
    assert industries()["C38"].zh == "电气机械和器材制造业"
    assert len(places()) == 11
    towns = settlements()
    assert len(towns.places) > 90
    assert (towns.confidence, "CC BY 4.0" in towns.source.title) == ("published", True)
    assert {one.name.zh for one in towns.places if one.city} == set(places())


def named(*kinds):
    return [(Text(f"z{place}", f"z{place}"), kind, Text(kind, kind)) for place, kind in enumerate(kinds)]


def test_zones_of_one_class_compare_and_others_are_refused_with_both_classes():
    comparable(named())
    comparable(named("industrial", "industrial", "industrial", "industrial"))
    with pytest.raises(Refusal) as said:
        comparable(named("industrial", "agriculture"))
    assert said.value.code == "compare_other_class"
    assert said.value.facts["class_other"] == Text("agriculture", "agriculture")
    with pytest.raises(Refusal) as said:
        comparable(named(*["industrial"] * 5))
    assert said.value.code == "compare_too_many"


@given(some.lists(some.integers(0, 4000), min_size=1, max_size=60))
def test_a_distribution_lies_between_its_ends(values):
    found = spread(values)
    assert found is not None
    assert found.count == len(values)
    assert found.least <= found.median <= found.most
    assert (found.low is None) == (len(values) < FEW)
    if found.low is not None and found.high is not None:
        assert found.least <= found.low <= found.median <= found.high <= found.most
    below = sum(one < found.median for one in values)
    above = sum(one > found.median for one in values)
    assert max(below, above) <= len(values) / 2


def test_of_no_value_there_is_no_distribution():
    assert spread([]) is None


def test_policies_have_sources():
    assert all(source for _, source in published.policies())
