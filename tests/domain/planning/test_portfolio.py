"""Many projects at once: lawful by an independent check, and as quick as alone when nobody is short of people."""

from dataclasses import replace

import numpy as np
import pytest

from luodi.bench.networks import project
from luodi.domain.planning import cpm, portfolio
from luodi.domain.planning.problem import Activity, Link, Mode, Problem, Schedule
from luodi.domain.planning.verify import faults
from luodi.domain.vocabulary import Refusal

NO_SHIFTS = np.zeros((0, 0), np.int32)


def projects(count: int, capacity: int) -> list[Problem]:
    return [replace(project(seed, size=30, two_modes=0, units=4), capacities=(capacity,) * 4) for seed in range(count)]


@pytest.mark.parametrize("capacity", [1, 2, 5])
def test_shared_units_are_never_overloaded_and_each_project_is_lawful(capacity: int) -> None:
    problems = projects(8, capacity)
    whole = portfolio.combine(problems)
    shared = portfolio.schedule(whole)
    assert portfolio.faults(whole, shared) == {}
    for k, problem in enumerate(problems):
        part = slice(30 * k, 30 * k + 30)
        assert faults(problem, Schedule(shared.start[part], shared.finish[part], np.zeros(30, np.int32))) == ()


def test_with_people_enough_everyone_reaches_the_critical_path() -> None:
    problems = projects(6, 99)
    shared = portfolio.schedule(portfolio.combine(problems))
    assert shared.reached.tolist() == [int(cpm.passes(p).early_finish[p.target]) for p in problems]


def test_the_checker_sees_planted_faults() -> None:
    whole = portfolio.combine(projects(3, 1))
    shared = portfolio.schedule(whole)
    for code, changed in (
        ("link", replace(shared, start=shared.start - (np.arange(shared.start.size) == 29))),
        ("duration", replace(shared, finish=shared.finish + (np.arange(shared.start.size) == 12))),
        ("release", replace(shared, start=shared.start - 10_000 * (shared.start == 0))),
    ):
        assert code in portfolio.faults(whole, changed)
    idle = replace(whole, capacity=np.zeros(4, np.int32))
    assert "capacity" in portfolio.faults(idle, shared)


def line(days: int, **changes: object) -> Problem:
    steps = (Activity("a", (Mode(days, -1, (1,)),)), Activity("b", (Mode(2, -1, (0,)),)))
    return replace(Problem(steps, (Link(0, 1),), 1, 40, NO_SHIFTS, (1,)), **changes)  # type: ignore[arg-type]


def test_the_longer_tail_goes_first() -> None:
    shared = portfolio.schedule(portfolio.combine([line(3), line(7)]))
    assert shared.start.tolist() == [7, 10, 0, 7]


def test_what_has_begun_keeps_its_place_even_when_the_unit_is_full() -> None:
    done = replace(line(9).activities[0], fixed=(0, 9))
    begun = line(9, activities=(done, line(9).activities[1]))
    whole = portfolio.combine([begun, begun, line(3)])
    shared = portfolio.schedule(whole)
    assert shared.start.tolist() == [0, 9, 0, 9, 9, 12]
    assert portfolio.faults(whole, shared) == {}


def test_groups_that_share_nobody_do_not_disturb_each_other() -> None:
    parts = [cpm.compile(problem) for problem in projects(4, 1)]
    unit = np.concatenate([np.arange(30) % 4 + 4 * (k % 2) for k in range(4)]).astype(np.int32)
    together = portfolio.schedule(portfolio.gather(parts, unit, np.ones(120, np.int32), np.ones(8, np.int32)))
    pair = portfolio.gather([parts[0], parts[2]], unit[:60] % 4, np.ones(60, np.int32), np.ones(4, np.int32))
    assert portfolio.schedule(pair).finish.tolist() == [
        *together.finish[:30].tolist(),
        *together.finish[60:90].tolist(),
    ]


def test_too_much_work_for_the_calendar_is_refused() -> None:
    with pytest.raises(Refusal, match="beyond_horizon"):
        portfolio.schedule(portfolio.combine([line(9)] * 6))


def test_an_activity_at_two_units_is_refused() -> None:
    both = Problem((Activity("a", (Mode(1, -1, (1, 1)),)),), (), 0, 9, NO_SHIFTS, (1, 1))
    with pytest.raises(ValueError, match="several units"):
        portfolio.combine([both])


def test_what_day_by_day_admission_cannot_serve_is_refused() -> None:
    two = line(3)
    later = replace(two, activities=(replace(two.activities[0], fixed=(5, 8)), *two.activities[1:]))
    with pytest.raises(ValueError, match="before anything else"):
        portfolio.combine([later])
