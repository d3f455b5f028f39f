"""List schedules: lawful whatever the network, the same for the same seed, never below the bounds."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.bench.networks import network, project
from luodi.domain.planning import listing
from luodi.domain.planning.problem import Activity, Link, Mode, Problem
from luodi.domain.planning.verify import faults

networks = st.builds(
    network,
    st.randoms(use_true_random=False),
    st.integers(1, 12),
    units=st.integers(0, 3),
    modes=st.integers(1, 3),
    budget=st.one_of(st.none(), st.integers(2, 12)),
)


@given(networks)
@settings(max_examples=60)
def test_every_schedule_is_lawful_and_not_below_the_bounds(problem: Problem) -> None:
    packed = listing.pack(problem)
    assert packed is not None
    found = listing.schedule(problem, rounds=20)
    if found is not None:
        assert faults(problem, found) == ()
        assert found.finish[problem.target] >= listing.bounds(packed, problem).best


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_the_same_seed_gives_the_same_schedule(seed: int) -> None:
    problem = network(Random(seed), 10, units=2, modes=2)
    first, second = (listing.schedule(problem, rounds=60, seed=7) for _ in range(2))
    assert first is not None
    assert second is not None
    assert np.array_equal(first.start, second.start)
    assert np.array_equal(first.mode, second.mode)


def test_more_lists_never_make_it_worse() -> None:
    problem = project(5, size=40, two_modes=8, units=4)
    packed = listing.pack(problem)
    assert packed is not None
    search = listing.Search(problem, packed)
    finishes = []
    for _ in range(10):
        search.run(20, 0)
        finishes.append(search.finish)
    assert finishes == sorted(finishes, key=lambda finish: -(finish or 0))


def test_an_activity_that_fits_no_unit_has_no_schedule() -> None:
    problem = Problem((Activity("a", (Mode(1, -1, (3,)),)),), (), 0, 9, np.zeros((0, 0), np.int32), (2,))
    assert listing.pack(problem) is None
    assert listing.schedule(problem) is None


def test_a_budget_nobody_can_keep_has_no_schedule() -> None:
    problem = Problem(
        (Activity("a", (Mode(1, -1, (), (3,)), Mode(2, -1, (), (2,)))),), (), 0, 9, np.zeros((0, 0), np.int32), (), (1,)
    )
    assert listing.schedule(problem, rounds=5) is None


def test_work_of_one_unit_bounds_the_finish() -> None:
    """Four steps of three days at one desk: twelve days, though the longest path has three."""
    steps = tuple(Activity(f"s{i}", (Mode(3, -1, (1,)),)) for i in range(4))
    problem = Problem(
        (*steps, Activity("end", (Mode(0, -1, (0,)),))), tuple(Link(i, 4) for i in range(4)), 4, 30,
        np.zeros((0, 0), np.int32), (1,),
    )  # fmt: skip
    packed = listing.pack(problem)
    assert packed is not None
    assert listing.bounds(packed, problem) == listing.Bounds(path=3, work=12)
    found = listing.schedule(problem)
    assert found is not None
    assert found.finish[4] == 12


@pytest.mark.slow
def test_a_time_limit_is_kept() -> None:
    from time import perf_counter

    problem = project(2)
    listing.schedule(problem, rounds=2)
    begun = perf_counter()
    assert listing.schedule(problem, seconds=0.2) is not None
    assert perf_counter() - begun < 2
