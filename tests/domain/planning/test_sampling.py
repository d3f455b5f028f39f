"""Sampling: known distributions come out, nothing drawn changes nothing, the same seed gives the same samples."""

from dataclasses import replace

import numpy as np
import pytest

from luodi.bench.networks import project
from luodi.domain.planning import cpm, sampling
from luodi.domain.planning.problem import Activity, Link, Mode, Problem
from luodi.domain.vocabulary import Refusal

NO_SHIFTS = np.zeros((0, 0), np.int32)


def single(days: int = 20) -> Problem:
    return Problem((Activity("only", (Mode(days),)),), (), 0, 200, NO_SHIFTS)


def test_nothing_drawn_is_the_critical_path() -> None:
    problem = project(1, size=40, two_modes=0)
    found = sampling.run(problem, {}, samples=50)
    passed = cpm.passes(problem)
    assert set(found.finish.tolist()) == {int(passed.early_finish[problem.target])}
    assert np.array_equal(found.criticality == 1.0, passed.on_longest_path)


def test_a_triangular_length_has_its_quantiles() -> None:
    found = sampling.run(single(), {0: sampling.Triangular(10, 20, 50)}, samples=20_000)
    low, likely, high = 10, 20, 50
    for level in sampling.LEVELS:
        exact = high - np.sqrt((1 - level) * (high - low) * (high - likely))
        assert abs(found.quantiles[level] - exact) <= 1
    assert abs(float(found.finish.mean()) - (low + likely + high) / 3) < 0.3
    assert (found.finish.min(), found.finish.max()) >= (10, 49)


def test_a_delay_comes_as_often_as_it_says() -> None:
    found = sampling.run(single(), {0: sampling.Delay(0.3, 15)}, samples=20_000)
    assert set(found.finish.tolist()) == {20, 35}
    assert abs(float((found.finish == 35).mean()) - 0.3) < 0.02
    assert dict(found.quantiles) == {0.5: 20, 0.8: 35, 0.9: 35}


def test_of_two_ways_the_longer_is_critical() -> None:
    steps = (Activity("a", (Mode(10),)), Activity("b", (Mode(10),)), Activity("end", (Mode(0),)))
    problem = Problem(steps, (Link(0, 2), Link(1, 2)), 2, 200, NO_SHIFTS)
    found = sampling.run(problem, {0: sampling.Delay(0.25, 5)}, samples=10_000)
    assert abs(found.criticality[1] - 0.75) < 0.02
    assert found.criticality[0] == found.criticality[2] == 1.0


def test_the_same_seed_draws_the_same_and_other_matters_do_not_disturb() -> None:
    problem = project(2, size=30, two_modes=0)
    spread = sampling.Triangular(5, 10, 30)
    one = sampling.run(problem, {7: spread}, samples=500, seed=3)
    again = sampling.run(problem, {7: spread}, samples=500, seed=3)
    assert np.array_equal(one.finish, again.finish)
    assert not np.array_equal(one.finish, sampling.run(problem, {7: spread}, samples=500, seed=4).finish)
    _, alone = sampling.draws(problem, {7: spread}, 500, 3)
    _, among = sampling.draws(problem, {3: spread, 7: spread}, 500, 3)
    assert np.array_equal(alone[0], among[1])


def test_what_has_happened_is_not_drawn() -> None:
    problem = single()
    done = replace(problem, activities=(replace(problem.activities[0], fixed=(0, 33)),))
    assert set(sampling.run(done, {0: sampling.Delay(0.5, 9)}, samples=100).finish.tolist()) == {33}


def test_bad_spreads_and_short_calendars_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        sampling.run(single(), {0: sampling.Triangular(9, 5, 20)}, samples=10)
    with pytest.raises(Refusal, match="beyond_horizon"):
        sampling.run(single(190), {0: sampling.Delay(0.9, 60)}, samples=10)
