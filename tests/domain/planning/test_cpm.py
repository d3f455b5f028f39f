"""The critical path against a naive fixpoint, and what late times and longest paths promise."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.bench.networks import network
from luodi.domain.planning import cpm
from luodi.domain.planning.problem import Activity, Link, Mode, Problem, Relation, Schedule
from luodi.domain.planning.verify import faults
from luodi.domain.vocabulary import Refusal

networks = st.builds(network, st.randoms(use_true_random=False), st.integers(1, 12))


def end(problem: Problem, i: int, start: int) -> int:
    mode = problem.activities[i].modes[0]
    return start + mode.days if mode.shift < 0 else int(problem.shifts[mode.shift, start])


def fixpoint(problem: Problem, least: dict[int, int]) -> list[tuple[int, int]]:
    """Push every activity right until no rule is broken; `least` delays some of them."""
    times = []
    for i, activity in enumerate(problem.activities):
        start = max(activity.release, least.get(i, 0))
        times.append(activity.fixed or (start, end(problem, i, start)))
    moving = True
    while moving:
        moving = False
        for link in problem.links:
            wanted = times[link.before][link.relation is Relation.FINISH_START] + link.lag
            if problem.activities[link.after].fixed is None and times[link.after][0] < wanted:
                times[link.after] = (wanted, end(problem, link.after, wanted))
                moving = True
    return times


@given(networks)
def test_earliest_times_equal_a_naive_fixpoint_and_pass_the_verifier(problem: Problem) -> None:
    found = cpm.passes(problem)
    assert list(zip(found.early_start, found.early_finish, strict=True)) == fixpoint(problem, {})
    mode = np.zeros(len(problem.activities), np.int32)
    assert faults(problem, Schedule(found.early_start, found.early_finish, mode)) == ()


@given(networks, st.data())
def test_float_is_exactly_what_an_activity_may_slip(problem: Problem, data: st.DataObject) -> None:
    found = cpm.passes(problem)
    i = data.draw(st.integers(0, len(problem.activities) - 1))
    if problem.activities[i].fixed is not None:
        return
    late = int(found.late_start[i])
    assert late >= found.early_start[i]
    finish = int(found.early_finish[problem.target])
    assert fixpoint(problem, {i: late})[problem.target][1] == finish
    if late + 1 < problem.shifts.shape[1] // 2 and _moves_target(problem, i):
        slipped = fixpoint(problem, {i: late + 1})
        last = max(time for _, time in fixpoint(problem, {}))
        assert slipped[problem.target][1] > finish or slipped[i][1] > last


def _moves_target(problem: Problem, i: int) -> bool:
    waited = {problem.target}
    for link in sorted(problem.links, key=lambda link: -link.after):
        if link.after in waited and problem.activities[link.after].fixed is None:
            waited.add(link.before)
    return i in waited


@given(networks)
def test_longest_paths_run_from_a_start_to_the_target_through_drivers(problem: Problem) -> None:
    found = cpm.passes(problem)
    at = problem.target
    while at >= 0:
        assert found.on_longest_path[at]
        at = int(found.driver[at])
    for i, activity in enumerate(problem.activities):
        driver = int(found.driver[i])
        assert (driver == -2) == (activity.fixed is not None)
        if driver == -1:
            assert found.early_start[i] == activity.release


@given(st.lists(st.tuples(st.integers(0, 10**6), st.just(7)), min_size=1, max_size=6))
def test_projects_back_to_back_are_the_projects(seeds: list[tuple[int, int]]) -> None:
    problems = [network(Random(seed), size) for seed, size in seeds]
    together = cpm.passes(cpm.join([cpm.compile(problem) for problem in problems]))
    for k, problem in enumerate(problems):
        alone = cpm.passes(problem)
        part = slice(7 * k, 7 * k + 7)
        assert np.array_equal(together.early_finish[part], alone.early_finish)
        assert np.array_equal(together.late_start[part], alone.late_start)
        assert np.array_equal(together.on_longest_path[part], alone.on_longest_path)
        assert [d - 7 * k if d >= 0 else d for d in together.driver[part]] == alone.driver.tolist()


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(1, 8))
def test_two_threads_find_what_one_finds(seeds: list[int], turns: int) -> None:
    together = cpm.join([cpm.compile(network(Random(seed), 7)) for seed in seeds])
    alone = cpm.passes(together)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cpm, "THREADED", 1)
        patch.setattr(cpm, "TURNS", turns)
        shared = cpm.passes(together)
    for name in ("early_start", "early_finish", "late_start", "late_finish", "driver", "on_longest_path"):
        assert np.array_equal(getattr(shared, name), getattr(alone, name)), name


def line(*modes: Mode, horizon: int = 10, shifts: int = 12) -> Problem:
    activities = tuple(Activity(f"a{i}", (mode,)) for i, mode in enumerate(modes))
    links = tuple(Link(i, i + 1) for i in range(len(modes) - 1))
    row = np.arange(12, dtype=np.int32)[None, :shifts] + 3
    return Problem(activities, links, len(modes) - 1, horizon, row.astype(np.int32))


@pytest.mark.parametrize("modes", [(Mode(10),), (Mode(5), Mode(5)), (Mode(2), Mode(3, 0), Mode(4, 0), Mode(3, 0))])
def test_a_network_longer_than_the_calendar_is_refused(modes: tuple[Mode, ...]) -> None:
    with pytest.raises(Refusal) as refused:
        cpm.passes(line(*modes))
    assert refused.value.code == "beyond_horizon"
    assert refused.value.facts["activity"] == f"a{len(modes) - 1}" or len(modes) > 2


def test_shifts_shorter_than_the_horizon_are_refused_not_read_past_their_end() -> None:
    with pytest.raises(Refusal):
        cpm.passes(line(Mode(6), Mode(0, 0), horizon=100, shifts=5))


def test_order_is_demanded() -> None:
    problem = line(Mode(1), Mode(1))
    for backward in (Link(1, 0), Link(0, 0), Link(0, 2)):
        with pytest.raises(ValueError, match="topological"):
            cpm.passes(replace(problem, links=(backward,)))
