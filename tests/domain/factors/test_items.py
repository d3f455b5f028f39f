"""The 38 items: ten categories, every one with somebody to ask and something that waits for it."""

from luodi.domain.catalogue.reading import load
from luodi.domain.factors.items import WORKS, categories, guarantors, items, node_kinds
from luodi.domain.ledger.kinds import kinds


def test_there_are_ten_categories_and_38_items_in_their_order():
    assert len(categories()) == 10
    assert [one.no for one in items().values()] == list(range(1, 39))


def test_what_waits_for_an_item_is_in_the_catalogue():
    rules = load()
    for one in items().values():
        known = rules.milestones if one.milestone else rules.matters
        assert one.gates == WORKS or one.gates in known, one.id
        assert one.by, one.id


def test_those_who_guarantee_are_twelve_seven_and_two_cities():
    groups = [one.group for one in guarantors().values()]
    assert [groups.count(one) for one in ("province", "stationed", "city")] == [12, 7, 2]
    units = set(load().units)
    assert all(one.unit in units for one in guarantors().values() if one.unit)


def test_a_node_keeps_its_capacity_in_the_unit_of_its_items():
    for node in node_kinds().values():
        units = {one.unit.zh for one in items().values() if one.quota == node.quota}
        assert units == {kinds()[node.quota].unit.zh}, node.id
