"""The independent verifier: every rule of a problem checked on a finished schedule, in plain words and plain Python.

It shares no code with any solver, so that a mistake there cannot hide here.  No plan is shown before it passes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from luodi.domain.planning.problem import Problem, Relation, Schedule


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
    wrong = [
        Fault("mode", i, len(activity.modes), int(schedule.mode[i]))
        for i, activity in enumerate(problem.activities)
        if not 0 <= schedule.mode[i] < len(activity.modes)
    ]
    if wrong:
        return tuple(wrong)
    start = [int(day) for day in schedule.start]
    finish = [int(day) for day in schedule.finish]
    mode = [int(choice) for choice in schedule.mode]
    return (
        *_times(problem, start, finish, mode),
        *_links(problem, start, finish),
        *_loads(problem, start, finish, mode),
        *_budgets(problem, mode),
        *_deadline(problem, finish),
    )


def _times(problem: Problem, start: list[int], finish: list[int], mode: list[int]) -> Iterator[Fault]:
    for i, activity in enumerate(problem.activities):
        if activity.fixed is not None:
            if start[i] != activity.fixed[0]:
                yield Fault("fixed", i, activity.fixed[0], start[i])
            elif finish[i] != activity.fixed[1]:
                yield Fault("fixed", i, activity.fixed[1], finish[i])
            continue
        if start[i] < 0:
            yield Fault("negative", i, 0, start[i])
            continue
        if finish[i] >= problem.horizon:
            yield Fault("horizon", i, problem.horizon - 1, finish[i])
        if start[i] < activity.release:
            yield Fault("release", i, activity.release, start[i])
        way = activity.modes[mode[i]]
        if way.shift < 0:
            end = start[i] + way.days
        elif start[i] < problem.shifts.shape[1]:
            end = int(problem.shifts[way.shift, start[i]])
        else:
            yield Fault("horizon", i, problem.shifts.shape[1] - 1, start[i])
            continue
        if finish[i] != end:
            yield Fault("duration", i, end, finish[i])


def _links(problem: Problem, start: list[int], finish: list[int]) -> Iterator[Fault]:
    for link in problem.links:
        if problem.activities[link.after].fixed is not None:
            continue
        waited = finish[link.before] if link.relation is Relation.FINISH_START else start[link.before]
        if start[link.after] < waited + link.lag:
            yield Fault("link", link.after, waited + link.lag, start[link.after], link.before)


def _loads(problem: Problem, start: list[int], finish: list[int], mode: list[int]) -> Iterator[Fault]:
    """Load by unit at every instant at which something starts or ends; an overload is told once a unit."""
    changes: list[dict[int, int]] = [{} for _ in problem.capacities]
    for i, activity in enumerate(problem.activities):
        begin, end = start[i], finish[i]
        if end > begin:
            for change, demand in zip(changes, activity.modes[mode[i]].demands, strict=False):
                if demand:
                    change[begin] = change.get(begin, 0) + demand
                    change[end] = change.get(end, 0) - demand
    for unit, change in enumerate(changes):
        load = 0
        for now in sorted(change):
            load += change[now]
            if load > problem.capacities[unit] and _judged(problem, unit, now, start, finish, mode):
                yield Fault("capacity", unit, problem.capacities[unit], load, now)
                break


def _judged(problem: Problem, unit: int, now: int, start: list[int], finish: list[int], mode: list[int]) -> bool:
    """Whether anything that has not yet happened holds the unit at that instant."""
    return any(
        activity.fixed is None and start[i] <= now < finish[i] and activity.modes[mode[i]].demands[unit] > 0
        for i, activity in enumerate(problem.activities)
        if activity.modes[mode[i]].demands
    )


def _budgets(problem: Problem, mode: list[int]) -> Iterator[Fault]:
    for item, budget in enumerate(problem.budgets):
        used = 0
        for i, activity in enumerate(problem.activities):
            costs = activity.modes[mode[i]].costs
            used += costs[item] if costs else 0
        if used > budget:
            yield Fault("budget", item, budget, used)


def _deadline(problem: Problem, finish: list[int]) -> Iterator[Fault]:
    if problem.deadline is not None and finish[problem.target] > problem.deadline:
        yield Fault("deadline", problem.target, problem.deadline, finish[problem.target])
