"""The verifier catches every planted fault, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from luodi.domain.planning.problem import Activity, Link, Mode, Problem, Relation, Schedule
from luodi.domain.planning.verify import faults

SHIFTS = (np.arange(40, dtype=np.int32) // 5 * 5 + 9)[None, :].astype(np.int32)

PROBLEM = Problem(
    activities=(
        Activity("done", (Mode(3, -1, (1,), (0,)),), fixed=(0, 4)),
        Activity("notice", (Mode(9, 0, (0,), (0,)),), release=2),
        Activity("review", (Mode(5, -1, (1,), (0,)), Mode(2, -1, (1,), (1,)))),
        Activity("permit", (Mode(3, -1, (1,), (0,)),)),
    ),
    links=(Link(0, 1), Link(0, 2), Link(1, 2, Relation.START_START, 1), Link(2, 3)),
    target=3,
    horizon=30,
    shifts=SHIFTS,
    capacities=(1,),
    budgets=(1,),
    deadline=20,
)
LAWFUL = ((0, 4, 5, 10), (4, 9, 10, 13), (0, 0, 0, 0))


def schedule(start: tuple[int, ...], finish: tuple[int, ...], mode: tuple[int, ...]) -> Schedule:
    return Schedule(np.array(start, np.int32), np.array(finish, np.int32), np.array(mode, np.int32))


def test_a_lawful_schedule_has_no_fault() -> None:
    assert faults(PROBLEM, schedule(*LAWFUL)) == ()
    assert faults(PROBLEM, schedule((0, 4, 5, 7), (4, 9, 7, 10), (0, 0, 1, 0))) == ()


@pytest.mark.parametrize(
    ("code", "planted"),
    [
        ("fixed", ((1, 4, 5, 10), (4, 9, 10, 13), (0, 0, 0, 0))),
        ("fixed", ((0, 4, 5, 10), (3, 9, 10, 13), (0, 0, 0, 0))),
        ("release", ((0, 1, 5, 10), (4, 9, 10, 13), (0, 0, 0, 0))),
        ("duration", ((0, 4, 5, 10), (4, 10, 10, 13), (0, 0, 0, 0))),
        ("duration", ((0, 4, 5, 10), (4, 9, 9, 13), (0, 0, 0, 0))),
        ("link", ((0, 4, 4, 10), (4, 9, 9, 13), (0, 0, 0, 0))),
        ("link", ((0, 4, 5, 9), (4, 9, 10, 12), (0, 0, 0, 0))),
        ("capacity", ((0, 4, 5, 8), (4, 9, 10, 11), (0, 0, 0, 0))),
        ("capacity", ((0, 4, 3, 10), (4, 9, 8, 13), (0, 0, 0, 0))),
        ("deadline", ((0, 4, 5, 18), (4, 9, 10, 21), (0, 0, 0, 0))),
        ("horizon", ((0, 4, 5, 27), (4, 9, 10, 30), (0, 0, 0, 0))),
        ("horizon", ((0, 40, 41, 46), (4, 50, 46, 49), (0, 0, 0, 0))),
        ("negative", ((0, 4, -5, 10), (4, 9, 0, 13), (0, 0, 0, 0))),
        ("mode", ((0, 4, 5, 10), (4, 9, 10, 13), (0, 0, 2, 0))),
        ("shape", ((0, 4, 5), (4, 9, 10, 13), (0, 0, 0, 0))),
    ],
)
def test_a_planted_fault_is_caught(code: str, planted: tuple[tuple[int, ...], ...]) -> None:
    assert code in {fault.code for fault in faults(PROBLEM, schedule(*planted))}


def test_a_budget_overdrawn_is_caught() -> None:
    broke = replace(PROBLEM, budgets=(0,))
    found = faults(broke, schedule((0, 4, 5, 7), (4, 9, 7, 10), (0, 0, 1, 0)))
    assert [(fault.code, fault.wanted, fault.found) for fault in found] == [("budget", 0, 1)]


def test_what_has_happened_is_not_judged() -> None:
    """An overload by finished work alone, and a link into it that was not kept, are history."""
    activities = (PROBLEM.activities[2], *(replace(PROBLEM.activities[0], id=name) for name in ("one", "two")))
    history = Problem(activities, (Link(0, 1),), 0, 30, SHIFTS, (1,), (1,))
    assert faults(history, schedule((4, 0, 0), (9, 4, 4), (0, 0, 0))) == ()
    assert [fault.code for fault in faults(history, schedule((3, 0, 0), (8, 4, 4), (0, 0, 0)))] == ["capacity"]
