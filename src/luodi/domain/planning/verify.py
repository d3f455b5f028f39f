"""The independent verifier: every rule of a problem checked on a finished schedule, in plain words and without any kernel.

It shares no code with any solver, so that a mistake there cannot hide here.  No plan is shown before it passes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from luodi.domain.planning.problem import Mode, Problem, Relation, Schedule


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule: `code` names it, `where` is the activity (or resource, or budget), `wanted` and `found` the figures.

    Codes: shape, mode, negative, horizon, fixed, release, duration, link, capacity, budget, deadline.
    """

    code: str
    where: int
    wanted: int
    found: int
    other: int = -1  # the activity a link comes from; the instant of an overload


def faults(problem: Problem, schedule: Schedule) -> tuple[Fault, ...]:
    """Every rule the schedule breaks, none if it is lawful.

    What has happened (`fixed`) is not judged: links into it are not checked, and an instant at which only such activities
    run may exceed a capacity.
    """
    n = len(problem.activities)
    for row in (schedule.start, schedule.finish, schedule.mode):
        if len(row) != n:
            return (Fault("shape", -1, n, len(row)),)
    start, finish, mode = schedule.start.tolist(), schedule.finish.tolist(), schedule.mode.tolist()
    wrong = [
        Fault("mode", i, len(activity.modes), mode[i])
        for i, activity in enumerate(problem.activities)
        if not 0 <= mode[i] < len(activity.modes)
    ]
    if wrong:
        return tuple(wrong)
    ways = [activity.modes[choice] for activity, choice in zip(problem.activities, mode, strict=True)]
    return (
        *_times(problem, ways, start, finish),
        *_links(problem, start, finish),
        *_loads(problem, ways, start, finish),
        *_budgets(problem, ways),
        *_deadline(problem, finish),
    )


def _times(problem: Problem, ways: Sequence[Mode], start: list[int], finish: list[int]) -> Iterator[Fault]:
    for i, (activity, way, begin, end) in enumerate(zip(problem.activities, ways, start, finish, strict=True)):
        if activity.fixed is not None:
            if begin != activity.fixed[0]:
                yield Fault("fixed", i, activity.fixed[0], begin)
            elif end != activity.fixed[1]:
                yield Fault("fixed", i, activity.fixed[1], end)
            continue
        if begin < 0:
            yield Fault("negative", i, 0, begin)
            continue
        if end >= problem.horizon:
            yield Fault("horizon", i, problem.horizon - 1, end)
        if begin < activity.release:
            yield Fault("release", i, activity.release, begin)
        if way.shift < 0:
            wanted = begin + way.days
        elif begin < problem.shifts.shape[1]:
            wanted = int(problem.shifts[way.shift, begin])
        else:
            yield Fault("horizon", i, problem.shifts.shape[1] - 1, begin)
            continue
        if end != wanted:
            yield Fault("duration", i, wanted, end)


def _links(problem: Problem, start: list[int], finish: list[int]) -> Iterator[Fault]:
    ends = Relation.FINISH_START
    for link in problem.links:
        wanted = (finish if link.relation is ends else start)[link.before] + link.lag
        if start[link.after] < wanted and problem.activities[link.after].fixed is None:
            yield Fault("link", link.after, wanted, start[link.after], link.before)


def _loads(problem: Problem, ways: Sequence[Mode], start: list[int], finish: list[int]) -> Iterator[Fault]:
    """Load by unit at every instant at which something starts or ends; an overload is told once a unit."""
    units, n = len(problem.capacities), len(ways)
    nothing = (0,) * units
    demands = chain.from_iterable([way.demands or nothing for way in ways])
    held = np.fromiter(demands, np.int64).reshape(n, units)
    when = np.array([start, finish])
    held[when[0] >= when[1]] = 0
    order = np.argsort(when, axis=None)
    load = np.concatenate((held, -held))[order].cumsum(axis=0)
    instant = when.reshape(-1)[order]
    whole = np.append(instant[1:] != instant[:-1], True)  # after the last change of an instant, not between two
    over = (load > np.array(problem.capacities)) & whole[:, None]
    for unit in np.flatnonzero(over.any(axis=0)).tolist():
        for k in np.flatnonzero(over[:, unit]).tolist():
            now = int(instant[k])
            if _judged(problem, ways, unit, now, start, finish):
                yield Fault("capacity", unit, problem.capacities[unit], int(load[k, unit]), now)
                break


def _judged(problem: Problem, ways: Sequence[Mode], unit: int, now: int, start: list[int], finish: list[int]) -> bool:
    """Whether anything that has not yet happened holds the unit at that instant."""
    return any(
        activity.fixed is None and begin <= now < end and way.demands and way.demands[unit] > 0
        for activity, way, begin, end in zip(problem.activities, ways, start, finish, strict=True)
    )


def _budgets(problem: Problem, ways: Sequence[Mode]) -> Iterator[Fault]:
    for item, budget in enumerate(problem.budgets):
        used = sum([way.costs[item] for way in ways if way.costs])
        if used > budget:
            yield Fault("budget", item, budget, used)


def _deadline(problem: Problem, finish: list[int]) -> Iterator[Fault]:
    if problem.deadline is not None and finish[problem.target] > problem.deadline:
        yield Fault("deadline", problem.target, problem.deadline, finish[problem.target])
