"""What follows from the form, worked out by hand beside it; and nothing where the form says nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from luodi.domain.catalogue.reading import load
from luodi.domain.factors.items import items
from luodi.domain.factors.needs import needs, rules
from luodi.domain.facts.quantities import Quantity
from luodi.domain.facts.samples import load as sample


@pytest.fixture(scope="module")
def jinko():
    return sample("jinko", load())


def found(file):
    return {one.item: one.quantity for one in needs(file)}


def test_the_needs_of_the_sample(jinko):
    have = found(jinko)
    assert have["land_supply_area"] == 2431
    assert have["earth_backfill"] == 1_500_000  # half of what is cut and filled
    assert have["power_capacity"] == Decimal("427350.43")  # 25 × 10⁸ kWh ÷ 6500 h ÷ 0.9
    assert have["water_supply"] == Decimal("41142.86")  # 12 × 10⁶ m³ × 1.2 ÷ 350 d
    assert have["regional_reduction_plan"] == 460  # (10 + 120 + 60 + 40) t × 2
    assert have["energy_quota"] == 450_000
    assert have["sewage_treatment"] == 20_000  # as the form states


def test_a_stated_capacity_is_taken_as_it_stands(jinko):
    power = {**jinko.form["annual_electricity"], "capacity_kva": Quantity(Decimal(500000), "kVA", "50万")}
    stated = replace(jinko, form={**jinko.form, "annual_electricity": power})
    (need,) = (one for one in needs(stated) if one.item == "power_capacity")
    assert (need.quantity, need.times, need.over) == (500_000, (), ())


def test_conditions_and_missing_values(jinko):
    allocated = replace(jinko, facts={**jinko.facts, "land.supply_mode": "allocated"})
    assert "land_supply_area" not in found(allocated)
    empty = replace(jinko, form={}, facts={})
    assert found(empty) == {}


def test_every_rule_names_an_item_and_says_what_it_assumes():
    for rule in rules().rules:
        assert rule.item in items()
    assert all(one.source.title for one in rules().assumptions.values())
