"""Rolling a plan forward: the same plan with what has happened, at once and without a solver.

People may act against the order the network has (a matter taken on before another has ended, by deferral, letter or a
person's decision).  What has happened stands as it happened; only what lies ahead is planned.
"""

import time
from dataclasses import dataclass, replace
from datetime import date

from luodi.domain import workdays
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning import conflict, lawful, telling
from luodi.domain.planning.building import build, milestone_node
from luodi.domain.planning.cpm import Passes, passes
from luodi.domain.planning.network import Network, Selection, select
from luodi.domain.planning.plan import by_path, verified
from luodi.domain.planning.problem import Outcome, Problem
from luodi.domain.planning.result import Answer, Plan
from luodi.domain.workdays import WorkCalendar

LISTS = 16
"""Lists tried where units are limited or debts are: a few milliseconds, and the same answer every time."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A schedule with what it was found on, and by what."""

    network: Network
    selection: Selection
    passed: Passes
    outcome: Outcome
    solver: str


def roll(
    project: ProjectFile,
    catalogue: Catalogue,
    announced: Plan,
    *,
    to: str,
    as_of: date,
    calendar: WorkCalendar | None = None,
) -> Answer:
    """The forecast to the milestone `to` as of a day: the announced plan's levers, everything as early as it can now be.

    `solver` of the answer: `cpm` (exact) where nothing is shared, `list` where units or debts are limited (verified,
    perhaps not the shortest), and `cpm_unlimited` where no list was found: those limits are then left out.
    `calendar`: the working days in force; None for those of the published notices.
    A target date and unannounced holidays are no reason to refuse a forecast: it says what is projected.
    Raises `Refusal` when a date lies outside the calendar.
    """
    begun = time.perf_counter()
    project = carried(project, announced)
    if gate := conflict.hard_gate(project, catalogue, begun):
        return gate
    calendar = calendar or workdays.official(projected=True)
    queues = "parallel" not in announced.levers
    found = _schedule(build(project, catalogue, calendar, as_of, queues=queues), announced.levers, to)
    if found.outcome.schedule is None:
        raise AssertionError("a path always has a schedule")
    verified(found.selection, found.outcome.schedule)
    answer = telling.tell(
        project, catalogue, found.network, found.selection, found.outcome.schedule, found.passed, found.outcome,
        regime=announced.regime, levers=announced.levers, as_of=as_of, start=announced.span.from_id, to=to,
        baseline=None, begun=begun, solver=found.solver,
    )  # fmt: skip
    lawful.check(answer, project, catalogue, calendar)
    return answer


def carried(project: ProjectFile, announced: Plan) -> ProjectFile:
    """The project as it is planned on: no date to meet, projected years allowed, preparations begun as announced."""
    preparing = {step.matter: step.prepare_from for step in announced.steps if step.prepare_from < step.prepare_to}
    preparing |= {matter: begun for matter, (begun, _) in project.prepared.items()}  # what was done ahead: as it was
    options = replace(project.options, target=None, projected=True)
    return replace(project, options=options, preparing=preparing)


def _schedule(network: Network, levers: tuple[str, ...], to: str) -> _Found:
    selection = select(network, levers, milestone_node(to))
    shared = bool(network.capacities) or network.max_debts is not None
    if shared and (outcome := _by_list(selection.problem)):
        return _Found(network, selection, passes(selection.problem), outcome, "list")
    if shared:
        network = replace(network, capacities={}, max_debts=None)
        selection = select(network, levers, milestone_node(to))
    passed = passes(selection.problem)
    outcome = replace(by_path(selection.problem, passed), proved=not shared)
    return _Found(network, selection, passed, outcome, "cpm_unlimited" if shared else "cpm")


def _by_list(problem: Problem) -> Outcome | None:
    """The best of a few lists, with the bound that needs no solver."""
    from luodi.domain.planning import listing

    packed = listing.pack(problem)
    schedule = listing.schedule(problem, rounds=LISTS, packed=packed) if packed else None
    if packed is None or schedule is None:
        return None
    bounds = listing.bounds(packed, problem)
    return Outcome(schedule, bounds.best, int(schedule.finish[problem.target]) <= bounds.best, bounds.proof, 0.0)
