"""What a late item does to the plan: nothing while there are spare days, and as much as the plan says beyond them."""

from datetime import timedelta

import pytest
from tests.factors.conftest import TODAY

from luodi.domain.factors.items import items
from luodi.factors.effects import effect, needed_by
from luodi.plans.readers import current

pytestmark = pytest.mark.django_db


def late(jinko, item, days):
    """The effect of an item that comes so many days after it is needed."""
    saved = current("jinko")
    rule = items()[item]
    assert saved is not None
    needed = needed_by(saved.plan, rule)
    assert needed is not None
    return effect(jinko.file, saved, rule, needed + timedelta(days=days), TODAY)


def test_the_works_wait_for_temporary_power(jinko):
    assert [one.milestone for one in late(jinko, "temp_power", 60).moves] == ["production"]
    assert 50 <= late(jinko, "temp_power", 60).moves[0].days <= 75  # working days and holidays round it
    assert late(jinko, "temp_power", 0).moves == ()


def test_land_that_is_not_cleared_moves_start_and_production(jinko):
    moves = {one.milestone: one.days for one in late(jinko, "demolition_clearing", 90).moves}
    assert set(moves) == {"construction_start", "production"}
    assert moves["construction_start"] > 30


def test_a_matter_with_spare_days_takes_it_up(jinko):
    assert late(jinko, "emission_rights", 5).moves == ()


def test_a_milestone_comes_on_the_day_of_what_it_waits_for(jinko):
    (move,) = late(jinko, "power_capacity", 33).moves
    assert (move.milestone, move.days) == ("production", 33)


def test_what_is_under_way_waits_no_more(jinko):
    saved = current("jinko")
    rule = items()["temp_power"]
    assert saved is not None
    day = saved.plan.milestones["construction_start"] + timedelta(days=3)
    found = effect(jinko.file, saved, rule, day + timedelta(days=9), day)
    assert found is not None
    assert found.begun
