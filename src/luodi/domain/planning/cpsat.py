"""The exact answer where units are limited, matters have modes or a date is set.  This file alone knows OR-Tools.

The solver is never believed: its schedules pass the verifier, its "infeasible" and its bounds are refuted by any verified
schedule that contradicts them, and an answer refuted once proves nothing.  OR-Tools loads on first use; models are built as
protocol messages, because the library's Python layer costs another second to load.
The same seed gives the same finish wherever it is proved.  Which of several equally early schedules is found is the same too when
the first run (one worker) proves it; after that it may depend on the machine's load.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from luodi.domain.planning import carrying, listing
from luodi.domain.planning.formulation import Answer, Draft, Verdict, distance, draw, hint, read
from luodi.domain.planning.listing import Bounds, Packed, Search
from luodi.domain.planning.problem import Outcome, Problem, Schedule
from luodi.domain.planning.verify import faults
from luodi.domain.vocabulary import Refusal

if TYPE_CHECKING:
    from ortools.sat.cp_model_pb2 import CpModelProto, LinearExpressionProto

FIRST_LISTS = 48
"""Lists tried before the solver: a few milliseconds that spare it the search for a good schedule."""

TURNS: tuple[tuple[float, float, int | None], ...] = ((0, 0.1, 1), (0.3, 1.0, None))
"""Of the time that is left, the share for lists and then for the solver, and its workers (None: all)."""


def run(draft: Draft, *, seconds: float, seed: int, workers: int, presolve: bool = True, quick: bool = False) -> Answer:
    """Hand a draft to CP-SAT.  `quick`: without the parts of presolve that pay only on long runs."""
    from ortools.sat import cp_model_pb2 as messages
    from ortools.sat.python.cp_model_helper import SolveWrapper
    from ortools.sat.sat_parameters_pb2 import SatParameters

    solver = SolveWrapper()
    solver.set_parameters(
        SatParameters(
            max_time_in_seconds=max(seconds, 0.001),
            random_seed=seed,
            num_workers=workers,
            cp_model_presolve=presolve,
            cp_model_probing_level=0 if quick else 2,
            symmetry_level=0 if quick else 2,
        )
    )
    response = solver.solve(_message(draft))
    verdicts: dict[int, Verdict] = {
        messages.OPTIMAL: "optimal",
        messages.FEASIBLE: "feasible",
        messages.INFEASIBLE: "infeasible",
        messages.UNKNOWN: "unknown",
    }
    if response.status not in verdicts:
        raise RuntimeError(f"invalid model: {response.solution_info}")
    return Answer(verdicts[response.status], list(response.solution), response.best_objective_bound)


def _message(draft: Draft) -> "CpModelProto":
    from ortools.sat.cp_model_pb2 import CpModelProto

    model = CpModelProto()
    for low, high in draft.domains:
        model.variables.add(domain=(low, high))
    for variables, factors, low, high, literal in draft.linear:
        constraint = model.constraints.add(enforcement_literal=() if literal is None else (literal,))
        linear = constraint.linear
        linear.vars.extend(variables)
        linear.coeffs.extend(factors)
        linear.domain.extend((low, high))
    for literals in draft.exactly_one:
        model.constraints.add().exactly_one.literals.extend(literals)
    numbers = []
    for start, size, end, literal in draft.interval:
        numbers.append(len(model.constraints))
        constraint = model.constraints.add(enforcement_literal=() if literal is None else (literal,))
        _expression(constraint.interval.start, *start)
        _expression(constraint.interval.size, *size)
        _expression(constraint.interval.end, *end)
    for capacity, members in draft.cumulative:
        cumulative = model.constraints.add().cumulative
        cumulative.capacity.offset = capacity
        for interval, demand in members:
            cumulative.intervals.append(numbers[interval])
            cumulative.demands.add(offset=demand)
    for variable, factor in draft.objective:
        model.objective.vars.append(variable)
        model.objective.coeffs.append(factor)
    model.solution_hint.vars.extend(draft.hints.keys())
    model.solution_hint.values.extend(draft.hints.values())
    return model


def _expression(message: "LinearExpressionProto", variable: int, offset: int) -> None:
    if variable >= 0:
        message.vars.append(variable)
        message.coeffs.append(1)
    message.offset = offset


@dataclass(slots=True)
class _State:
    """What is known while solving: the best verified schedule, and the best bound with what proves it."""

    problem: Problem
    packed: Packed
    bounds: Bounds
    seed: int
    workers: int
    end: float
    best: Schedule | None = None
    bound: int = 0
    proof: str = "longest_path"
    trusted: bool = True

    @property
    def finish(self) -> int | None:
        """The best schedule's finish of the target."""
        return None if self.best is None else int(self.best.finish[self.problem.target])

    def left(self) -> float:
        """Seconds until the end."""
        return self.end - perf_counter()

    def done(self) -> bool:
        """Whether the schedule reaches the bound."""
        return self.finish is not None and self.finish <= self.bound

    def offer(self, schedule: Schedule | None) -> None:
        """Keep a verified schedule if it is better."""
        if schedule is not None and (self.finish is None or schedule.finish[self.problem.target] < self.finish):
            self.best = schedule

    def distrust(self) -> None:
        """The solver contradicts a verified schedule: nothing it said counts as a proof."""
        self.trusted = False
        self.bound, self.proof = self.bounds.best, self.bounds.proof


def solve(
    problem: Problem, *, seconds: float, seed: int = 0, workers: int = 2, incumbent: Schedule | None = None
) -> Outcome:
    """The earliest finish of the target, or as early as `seconds` allow, with a proved lower bound.

    `incumbent`: a schedule to begin with (ignored if it breaks a rule).  `proved` without a schedule: there is none.
    Raises Refusal("beyond_horizon") when even the longest path outlasts the calendar.
    """
    listing.ready()
    begun = perf_counter()
    packed = listing.pack(problem)
    if packed is None:
        return Outcome(None, problem.horizon, True, "capacity_bound", perf_counter() - begun)
    bounds = listing.bounds(packed, problem)
    state = _State(problem, packed, bounds, seed, workers, begun + seconds, None, bounds.best, bounds.proof)
    impossible = problem.deadline is not None and bounds.best > problem.deadline
    if not impossible:
        if incumbent is not None and not faults(problem, incumbent):
            state.best = incumbent
        impossible = _search(state)
    proved = state.done() if state.best is not None else impossible
    return Outcome(state.best, state.bound, proved, state.proof, perf_counter() - begun)


def _search(state: _State) -> bool:
    """Lists, then the solver, then lists and solver in turn; whether there proves to be no schedule at all."""
    search = Search(state.problem, state.packed, state.seed)
    search.run(1, state.bound)
    state.offer(search.schedule)
    if state.done():
        return False
    search.run(FIRST_LISTS, state.bound)
    state.offer(search.schedule)
    for lists, share, workers in TURNS:
        if lists and not state.done() and state.left() > 0:
            search.run_for(state.left() * lists, state.bound)
            state.offer(search.schedule)
        if state.done() or state.left() <= 0:
            return False
        if _exact(state, state.left() * share, state.workers if workers is None else workers):
            return True
    return False


def _exact(state: _State, seconds: float, workers: int) -> bool:
    """One run of the solver; whether there proves to be no schedule.  A single worker is the same on every machine."""
    if not state.trusted or state.problem.activities[state.problem.target].fixed is not None:
        return False
    problem, packed = state.problem, state.packed
    latest = problem.horizon - 1 if problem.deadline is None else problem.deadline
    if state.best is not None:
        latest = int(state.best.finish[problem.target])
    if (drawn := draw(problem, packed, latest)) is None:
        return state.best is None
    draft, (variable, offset) = drawn.draft, drawn.finish[problem.target]
    draft.objective.append((variable, 1))
    low, high = draft.domains[variable]
    draft.domains[variable] = (max(low, state.bound - offset), high)
    if state.best is not None:
        hint(drawn, packed, state.best)
    answer = run(draft, seconds=seconds, seed=state.seed, workers=workers, quick=workers == 1)
    if answer.verdict == "infeasible":
        return _refused(state, draft)
    if answer.values:
        starts, mode = read(drawn, packed, answer.values, len(problem.activities))
        found = carrying.complete(problem, packed, starts, mode)
        if found is None or found.finish[problem.target] > answer.values[variable] + offset:
            state.distrust()
        state.offer(found)
    if answer.verdict != "unknown" or answer.bound > 0:
        _believe(state, round(answer.bound) + offset)
    return False


def _believe(state: _State, bound: int) -> None:
    """Take over a bound unless a verified schedule lies below it."""
    if state.finish is not None and bound > state.finish:
        state.distrust()
    elif state.trusted and bound > state.bound:
        state.bound, state.proof = bound, "solver_bound"


def _refused(state: _State, draft: Draft) -> bool:
    """The solver says that there is no schedule: believed when none is known and it says so again on another way."""
    if state.best is not None:
        state.distrust()
        return False
    again = run(draft, seconds=max(state.left(), 1.0), seed=state.seed + 1, workers=1, presolve=False)
    state.proof = "solver_bound" if again.verdict == "infeasible" else state.proof
    return again.verdict == "infeasible"


def least_change(
    problem: Problem,
    *,
    finish: int,
    baseline: Mapping[int, int],
    weights: Mapping[int, int],
    seconds: float,
    seed: int = 0,
    incumbent: Schedule | None = None,
) -> Schedule:
    """Among schedules whose target ends by `finish`, the one that moves the least announced starts.

    `baseline`: activity -> announced start; `weights`: what moving it costs (1 where not given).  The weighted number of moved
    starts counts first, then the total of days moved; what was not announced begins as early as it then can.
    Raises Refusal("finish_out_of_reach") when no schedule ends by then, or none was found in time.
    """
    begun = perf_counter()
    packed = listing.pack(problem)
    if packed is None:
        raise Refusal("finish_out_of_reach", finish=finish)
    bounded = replace(problem, deadline=finish if problem.deadline is None else min(finish, problem.deadline))
    open_ = {i: start for i, start in baseline.items() if problem.activities[i].fixed is None}
    heavy = {i: weights.get(i, 1) for i in open_}
    known = [
        carrying.kept(bounded, packed, open_),
        listing.schedule(bounded, rounds=FIRST_LISTS, seed=seed, packed=packed),
    ]
    if incumbent is not None and not faults(bounded, incumbent):
        known.append(incumbent)

    def cost(schedule: Schedule) -> tuple[int, int]:
        moved = [i for i, start in open_.items() if schedule.start[i] != start]
        return sum(heavy[i] for i in moved), sum(abs(int(schedule.start[i]) - open_[i]) for i in moved)

    best = min((each for each in known if each is not None), key=cost, default=None)
    if best is None or cost(best) > (0, 0):
        until = max(problem.horizon // 2, finish, *(int(best.finish.max()) if best else 0, *open_.values()))
        left = seconds - (perf_counter() - begun)
        found = _closest(bounded, packed, open_, heavy, min(until, problem.horizon - 1), (left, seed), best)
        best = min((each for each in (best, found) if each is not None), key=cost, default=None)
    if best is None:
        raise Refusal("finish_out_of_reach", finish=finish)
    return best


def _closest(
    problem: Problem,
    packed: Packed,
    baseline: Mapping[int, int],
    weights: Mapping[int, int],
    until: int,
    stop: tuple[float, int],
    best: Schedule | None,
) -> Schedule | None:
    """The solver's schedule nearest to the baseline, verified."""
    drawn = draw(problem, packed, problem.deadline or 0, whole=True, until=until)
    if drawn is None:
        return None
    if best is not None:
        hint(drawn, packed, best)
    distance(drawn, baseline, weights, best)
    seconds, seed = stop
    answer = run(drawn.draft, seconds=seconds, seed=seed, workers=2)
    if not answer.values:
        return None
    starts, mode = read(drawn, packed, answer.values, len(problem.activities))
    return carrying.complete(problem, packed, starts, mode, keep=[i for i in baseline if i in starts])
