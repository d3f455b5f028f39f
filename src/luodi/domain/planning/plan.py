"""The plan of one project: build the network, solve it, verify it, and say why each date is what it is."""

import time
from collections.abc import Mapping
from datetime import date

from luodi.domain import workdays
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning import conflict, lawful, replan, telling
from luodi.domain.planning.building import build, milestone_node
from luodi.domain.planning.cpm import Passes, passes
from luodi.domain.planning.network import Network, Selection, select, within
from luodi.domain.planning.problem import Outcome, Problem, Schedule
from luodi.domain.planning.result import Answer
from luodi.domain.planning.verify import faults
from luodi.domain.vocabulary import Refusal
from luodi.domain.workdays import WorkCalendar

BASELINE = Mapping[str, tuple[date, date]]
"""An earlier plan to stay close to: matter -> (start, finish)."""


def plan(
    project: ProjectFile,
    catalogue: Catalogue,
    *,
    levers: tuple[str, ...] | None = None,
    regime: str | None = None,
    start: str = "contact",
    to: str = "construction_start",
    as_of: date | None = None,
    target: date | None = None,
    baseline: BASELINE | None = None,
    seconds: float = 10.0,
    seed: int = 0,
    calendar: WorkCalendar | None = None,
) -> Answer:
    """The shortest lawful plan from `start` (milestone or ISO date) to the milestone `to`, or why there is none.

    Levers: `levers`, else those of `regime`, else the project's options, else the regime `reform`.  `calendar` None: the
    published notices alone.  `seconds`, `seed` rule the solver where one is needed.  Raises `Refusal` for an unknown
    lever, regime or milestone, and for projected holidays nobody opted in to.
    """
    begun = time.perf_counter()
    as_of, target = as_of or project.options.as_of, target or project.options.target
    regime, chosen = choose_levers(project, catalogue, levers, regime)
    known_milestone(catalogue, to)
    if gate := conflict.hard_gate(project, catalogue, begun):
        return gate
    network = build(project, catalogue, calendar := calendar or workdays.official(projected=True), as_of)
    deadline = calendar.index(calendar.last_workday(target)) if target else None
    selection = select(network, chosen, milestone_node(to), deadline)
    passed = passes(selection.problem)
    if target and int(passed.early_finish[selection.problem.target]) > within(calendar, deadline or 0):
        return conflict.too_early(project, catalogue, selection, passed, network, to, target, begun)
    outcome = solve(network, selection, passed, seconds=seconds, seed=seed)
    if outcome.schedule is None:
        return conflict.by_capacity(project, catalogue, selection, outcome, network, to, begun)
    schedule = outcome.schedule if baseline is None else replan.closest(
        network, selection, outcome, passed, baseline, seconds=seconds, seed=seed)  # fmt: skip
    verified(selection, schedule)
    answer = telling.tell(
        project, catalogue, network, selection, schedule, passed, outcome,
        regime=regime, levers=chosen, as_of=as_of, start=start, to=to, baseline=baseline, begun=begun,
        solver="cpm" if outcome.proof == "longest_path" and not network.capacities else "cp-sat",
    )  # fmt: skip
    lawful.check(answer, project, catalogue, calendar)
    return answer


def known_milestone(catalogue: Catalogue, milestone: str) -> None:
    """Raise `Refusal` for a milestone nobody knows, naming those that are."""
    if milestone not in catalogue.milestones:
        raise Refusal("unknown_milestone", milestone=milestone, known=", ".join(catalogue.milestones))


def choose_levers(
    project: ProjectFile, catalogue: Catalogue, levers: tuple[str, ...] | None, regime: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The regime's name (None for a set of one's own) and the levers in catalogue order."""
    if levers is None and regime is None:
        levers, regime = project.options.levers, project.options.regime
    if levers is None:
        regime = regime or "reform"
        if regime not in catalogue.regimes:
            raise Refusal("unknown_regime", regime=regime, known=", ".join(catalogue.regimes))
        levers = catalogue.regimes[regime]
    unknown = [lever for lever in levers if lever not in catalogue.levers]
    if unknown:
        raise Refusal("unknown_lever", lever=", ".join(unknown), known=", ".join(catalogue.levers))
    chosen = tuple(lever for lever in catalogue.levers if lever in levers)
    named = next((name for name, members in catalogue.regimes.items() if set(members) == set(chosen)), None)
    return named, chosen


def solve(network: Network, selection: Selection, passed: Passes, *, seconds: float, seed: int) -> Outcome:
    """The critical path where nothing is shared or chosen; the solver where units are limited or debts are."""
    problem = selection.problem
    if not network.capacities and network.max_debts is None:
        return by_path(problem, passed)
    from luodi.domain.planning import cpsat  # lists and solver, for whoever needs them

    return cpsat.solve(problem, seconds=seconds, seed=seed)


def by_path(problem: Problem, passed: Passes) -> Outcome:
    """Everything as early as the longest paths allow: exact where nothing is shared."""
    schedule = Schedule(passed.early_start, passed.early_finish, passed.early_start * 0)
    return Outcome(schedule, int(passed.early_finish[problem.target]), True, "longest_path", 0.0)


def verified(selection: Selection, schedule: Schedule) -> None:
    """No plan is shown that the independent verifier does not pass: a fault here is a bug, and crashes."""
    found = faults(selection.problem, schedule)
    if found:
        raise AssertionError(f"the plan breaks its own rules: {found[:5]}")
