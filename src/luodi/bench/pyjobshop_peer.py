"""PyJobShop on our problems: the same activities, modes, units, budgets and links.  It knows no calendars."""

from dataclasses import dataclass
from time import perf_counter

from luodi.domain.planning.problem import Problem, Relation


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """What the peer says, and how long it took to build its model and to solve it."""

    status: str
    finish: int | None
    build: float
    total: float


def solve(problem: Problem, *, seconds: float, workers: int) -> PeerAnswer:
    """Raises ImportError when PyJobShop is not installed, ValueError on what it cannot say."""
    from pyjobshop import Model

    if any(mode.shift >= 0 for activity in problem.activities for mode in activity.modes):
        raise ValueError("the peer knows no calendars")
    begun = perf_counter()
    model = Model()
    units = [model.add_renewable(capacity=capacity) for capacity in problem.capacities]
    budgets = [model.add_consumable(capacity=budget) for budget in problem.budgets]
    tasks = []
    for activity in problem.activities:
        begin, end = activity.fixed or (None, None)
        bounds = (
            {}
            if begin is None
            else {"earliest_start": begin, "latest_start": begin, "earliest_end": end, "latest_end": end}
        )
        task = model.add_task(**(bounds or {"earliest_start": activity.release}))
        tasks.append(task)
        for mode in activity.modes:
            days = mode.days if activity.fixed is None else activity.fixed[1] - activity.fixed[0]
            demands = [*(mode.demands or (0,) * len(units)), *(mode.costs or (0,) * len(budgets))]
            used = [(resource, demand) for resource, demand in zip((*units, *budgets), demands, strict=True) if demand]
            model.add_mode(task, [resource for resource, _ in used], days, [demand for _, demand in used])
    for link in problem.links:
        if problem.activities[link.after].fixed is None:
            join = (
                model.add_end_before_start if link.relation is Relation.FINISH_START else model.add_start_before_start
            )
            join(tasks[link.before], tasks[link.after], link.lag)
    built = perf_counter() - begun
    result = model.solve(solver="ortools", time_limit=seconds, display=False, num_workers=workers)
    total = perf_counter() - begun
    found = result.best.tasks[problem.target].end if result.best and result.best.tasks else None
    return PeerAnswer(result.status.value, found, built, total)
