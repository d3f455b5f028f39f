"""What reforms are worth: exact shares, and subsets that agree with planning each of them."""

from datetime import date
from fractions import Fraction
from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.planning.small import catalogue, project

from luodi.domain import workdays
from luodi.domain.planning.building import build, milestone_node
from luodi.domain.planning.cpm import passes
from luodi.domain.planning.levers import finishes, shapley, waterfall, worth
from luodi.domain.planning.network import select
from luodi.domain.planning.plan_json import exact_floats


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=8))
def test_shapley_equals_the_mean_over_all_orders_and_sums_to_the_total(costs: list[int]) -> None:
    cost = np.array(costs, dtype=np.int32)
    expected = [Fraction(0)] * 3
    orders = list(permutations(range(3)))
    for order in orders:
        mask = 0
        for player in order:
            expected[player] += Fraction(int(cost[mask] - cost[mask | 1 << player]), len(orders))
            mask |= 1 << player
    assert shapley(cost) == tuple(expected)
    assert sum(shapley(cost)) == int(cost[0] - cost[-1])


def test_every_subset_in_one_pass_equals_the_critical_path_of_each() -> None:
    calendar = workdays.official(projected=True)
    network = build(project(), catalogue(), calendar, date(2023, 3, 6))
    target = milestone_node("construction_start")
    together = finishes(network, target)
    for mask in range(len(together)):
        chosen = [lever for i, lever in enumerate(network.levers) if mask >> i & 1]
        problem = select(network, chosen, target).problem
        assert int(passes(problem).early_finish[problem.target]) == int(together[mask])


def test_no_subset_of_levers_beats_all_of_them_here() -> None:
    found = worth(project(), catalogue())
    assert found.saved_days == found.total_before - found.total_after == sum(found.shares.values())
    assert all(value >= 0 for value in found.last_in.values())


def test_printed_shares_still_sum_exactly() -> None:
    found = worth(project(), catalogue())
    printed = exact_floats(found)
    assert sum(printed.values()) == found.saved_days
    assert all(abs(printed[x] - float(found.shares[x])) < 0.001 for x in printed)


def test_the_waterfall_falls_from_before_to_after() -> None:
    found = worth(project(), catalogue())
    drops = waterfall(found)
    assert (drops[0][1], drops[-1][2]) == (found.total_before, found.total_after)
