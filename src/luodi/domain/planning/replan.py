"""Re-planning with least change: among plans of equal finish, the one that moves the fewest announced dates."""

from collections.abc import Mapping
from datetime import date

from luodi.domain.planning.building import TODAY
from luodi.domain.planning.cpm import Passes
from luodi.domain.planning.network import Network, Selection
from luodi.domain.planning.problem import Outcome, Schedule

STARTED = 4
"""A start that falls within four weeks weighs as much as four that are still far off: people have been told."""

NEAR_DAYS = 20


def closest(
    network: Network,
    selection: Selection,
    outcome: Outcome,
    passed: Passes,
    baseline: Mapping[str, tuple[date, date]],
    *,
    seconds: float,
    seed: int,
) -> Schedule:
    """The schedule that reaches the target as early as `outcome` does and keeps most starts of `baseline`.

    `baseline`: matter -> (start, finish) as announced.  Matters it does not name are free.  One whose announced day
    lies before its earliest possible start moves in any case: it is left to begin as early as it can, the least move.
    """
    if outcome.schedule is None:
        raise ValueError("nothing to re-plan: no schedule was found")
    from luodi.domain.planning import cpsat

    calendar = network.calendar
    announced: dict[int, int] = {}
    weights: dict[int, int] = {}
    today = int(outcome.schedule.start[selection.at(TODAY)])
    for i, node in enumerate(selection.nodes):
        if node.role == "handle" and node.matter and node.matter in baseline and node.fixed is None:
            start = calendar.index(calendar.next_workday(baseline[node.matter][0]))
            if start >= int(passed.early_start[i]):
                announced[i] = start
                weights[i] = STARTED if start <= today + NEAR_DAYS else 1
    finish = int(outcome.schedule.finish[selection.problem.target])
    return cpsat.least_change(
        selection.problem,
        finish=finish,
        baseline=announced,
        weights=weights,
        seconds=seconds,
        seed=seed,
        incumbent=outcome.schedule,
    )
