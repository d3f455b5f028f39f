"""The exact solver against exhaustive search, and what happens when the solver lies."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from luodi.bench.networks import network, project
from luodi.domain.planning import cpm, cpsat, listing
from luodi.domain.planning.formulation import Answer
from luodi.domain.planning.problem import Activity, Link, Mode, Problem, Schedule
from luodi.domain.planning.verify import faults
from luodi.domain.vocabulary import Refusal

pytestmark = pytest.mark.slow

NO_SHIFTS = np.zeros((0, 0), np.int32)


def exhaustive(problem: Problem, until: int) -> int | None:
    """The earliest finish of the target over all starts and modes up to `until`: slow, and short enough to be right."""
    n = len(problem.activities)
    best: int | None = None
    for modes in itertools.product(*(range(len(a.modes)) for a in problem.activities)):
        for starts, finishes in _timings(problem, modes, until):
            schedule = Schedule(np.array(starts, np.int32), np.array(finishes, np.int32), np.array(modes, np.int32))
            finish = finishes[problem.target]
            if (best is None or finish < best) and not faults(problem, schedule):
                best = finish
    assert n <= 5
    return best


def _timings(problem: Problem, modes: tuple[int, ...], until: int) -> Iterator[tuple[list[int], list[int]]]:
    choices = []
    for activity, mode in zip(problem.activities, modes, strict=True):
        way = activity.modes[mode]
        if activity.fixed is not None:
            choices.append([activity.fixed])
            continue
        starts = range(activity.release, until + 1)
        choices.append([(s, s + way.days if way.shift < 0 else int(problem.shifts[way.shift, s])) for s in starts])
    for timing in itertools.product(*choices):
        yield [start for start, _ in timing], [finish for _, finish in timing]


def tiny(seed: int) -> Problem:
    random = Random(seed)
    shifts = (np.arange(40, dtype=np.int32) // 3 * 3 + 4)[None, :].astype(np.int32)
    activities = tuple(
        Activity(
            f"a{i}",
            tuple(
                Mode(random.randint(1, 3), random.choice((-1, -1, 0)), (random.randint(0, 2),), (random.randint(0, 2),))
                for _ in range(random.randint(1, 2))
            ),
            fixed=(0, 2) if i == 0 and random.random() < 0.3 else None,
        )
        for i in range(4)
    )
    links = tuple(Link(random.randrange(i), i) for i in range(1, 4) if random.random() < 0.6)
    return Problem(activities, links, 3, 40, shifts, (2,), (random.randint(1, 5),))


@pytest.mark.parametrize("seed", range(14))
def test_optimal_equals_exhaustive_search(seed: int) -> None:
    problem = tiny(seed)
    truth = exhaustive(problem, 9)
    outcome = cpsat.solve(problem, seconds=10)
    assert outcome.proved
    if truth is None:
        assert outcome.schedule is None
    else:
        assert outcome.schedule is not None
        assert faults(problem, outcome.schedule) == ()
        assert outcome.schedule.finish[problem.target] == outcome.bound == truth


@pytest.mark.parametrize("seed", range(12))
def test_the_bound_is_never_beaten_and_schedules_are_lawful(seed: int) -> None:
    problem = network(Random(seed), 12, units=2, modes=2, budget=14)
    outcome = cpsat.solve(problem, seconds=5, seed=1)
    listed = listing.schedule(problem, rounds=300, seed=3)
    for found in (outcome.schedule, listed):
        if found is not None:
            assert faults(problem, found) == ()
            assert found.finish[problem.target] >= outcome.bound
    assert not (outcome.proved and outcome.schedule is None and listed is not None)


def test_without_shared_units_it_is_the_critical_path_and_no_solver_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpsat, "run", None)
    problem = replace(project(1, two_modes=0), capacities=(99,) * 12)
    outcome = cpsat.solve(problem, seconds=5)
    assert (outcome.proved, outcome.proof) == (True, "longest_path")
    assert outcome.bound == cpm.passes(problem).early_finish[problem.target]


@pytest.mark.parametrize("seed", [0, 4])
def test_one_project_of_the_products_shape_is_proved(seed: int) -> None:
    problem = project(seed, size=50, two_modes=10)
    outcome = cpsat.solve(problem, seconds=20)
    again = cpsat.solve(problem, seconds=20)
    assert outcome.schedule is not None
    assert again.schedule is not None
    assert outcome.proved
    assert outcome.schedule.finish[problem.target] == again.schedule.finish[problem.target] == outcome.bound


def desks() -> Problem:
    """Three steps of 3, 3 and 2 days at two desks: 5 days, below which neither path (3) nor work (4) can tell."""
    lengths = (3, 3, 2)
    steps = tuple(Activity(f"s{i}", (Mode(days, -1, (1,)),)) for i, days in enumerate(lengths))
    links = tuple(Link(i, 3) for i in range(3))
    return Problem((*steps, Activity("end", (Mode(0, -1, (0,)),))), links, 3, 30, NO_SHIFTS, (2,))


def test_a_false_infeasible_is_refuted_by_the_list_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpsat, "run", lambda *_, **__: Answer("infeasible", [], 0.0))
    outcome = cpsat.solve(desks(), seconds=0.5)
    assert outcome.schedule is not None
    assert not outcome.proved
    assert outcome.bound == 4


def test_a_false_bound_is_refuted_by_the_list_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpsat, "run", lambda *_, **__: Answer("unknown", [], 9.0))
    outcome = cpsat.solve(desks(), seconds=0.5)
    assert outcome.schedule is not None
    assert (outcome.proved, outcome.bound) == (False, 4)


def test_infeasible_needs_two_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([Answer("infeasible", [], 0.0), Answer("unknown", [], 0.0)] * 9)
    monkeypatch.setattr(cpsat, "run", lambda *_, **__: next(answers))
    outcome = cpsat.solve(replace(desks(), deadline=4), seconds=0.3)
    assert (outcome.schedule, outcome.proved) == (None, False)


def test_a_deadline_before_the_longest_path_is_infeasible_with_its_proof() -> None:
    outcome = cpsat.solve(replace(desks(), deadline=3), seconds=5)
    assert (outcome.schedule, outcome.proved, outcome.proof, outcome.bound) == (None, True, "capacity_bound", 4)
    outcome = cpsat.solve(replace(desks(), deadline=4), seconds=5)
    assert (outcome.schedule, outcome.proved, outcome.proof) == (None, True, "solver_bound")


def test_least_change_moves_nothing_when_nothing_has_to_move() -> None:
    problem = project(6, size=30, two_modes=0, units=4)
    outcome = cpsat.solve(problem, seconds=10)
    assert outcome.schedule is not None
    announced = {i: int(day) for i, day in enumerate(outcome.schedule.start)}
    finish = int(outcome.schedule.finish[problem.target])
    found = cpsat.least_change(
        problem, finish=finish, baseline=announced, weights={}, seconds=10, incumbent=outcome.schedule
    )
    assert {i: int(day) for i, day in enumerate(found.start)} == announced


def test_least_change_prefers_the_cheaper_move() -> None:
    """Two steps announced for day 0 at one desk: the lighter one moves, and no further than it has to."""
    steps = tuple(Activity(f"s{i}", (Mode(3, -1, (1,)),)) for i in range(2))
    problem = Problem((*steps, Activity("end", (Mode(0, -1, (0,)),))), (Link(0, 2), Link(1, 2)), 2, 30, NO_SHIFTS, (1,))
    for heavy in (0, 1):
        found = cpsat.least_change(problem, finish=9, baseline={0: 0, 1: 0}, weights={heavy: 5}, seconds=5)
        assert (found.start[heavy], found.start[1 - heavy]) == (0, 3)
    with pytest.raises(Refusal):
        cpsat.least_change(problem, finish=5, baseline={0: 0}, weights={}, seconds=1)


@pytest.mark.parametrize("seed", range(6))
def test_least_change_equals_exhaustive_search(seed: int) -> None:
    problem = replace(tiny(seed), budgets=(9,))
    outcome = cpsat.solve(problem, seconds=5)
    assert outcome.schedule is not None
    finish = int(outcome.schedule.finish[problem.target]) + 1
    baseline = {i: Random(seed + i).randint(0, 5) for i in range(4) if problem.activities[i].fixed is None}
    weights = {i: 1 + i % 2 for i in baseline}

    def cost(start: list[int]) -> tuple[int, int]:
        moved = [i for i in baseline if start[i] != baseline[i]]
        return sum(weights[i] for i in moved), sum(abs(start[i] - baseline[i]) for i in moved)

    bounded = replace(problem, deadline=finish)
    best = min(
        cost(starts)
        for modes in itertools.product(*(range(len(a.modes)) for a in problem.activities))
        for starts, finishes in _timings(problem, modes, 9)
        if not faults(bounded, Schedule(*(np.array(row, np.int32) for row in (starts, finishes, modes))))
    )
    found = cpsat.least_change(problem, finish=finish, baseline=baseline, weights=weights, seconds=5)
    assert faults(bounded, found) == ()
    assert cost(found.start.tolist()) == best
