"""Bench of the exact solver on single projects of the product's shape, and of re-planning after an event."""

import statistics
from dataclasses import replace
from importlib.metadata import version

from luodi.bench import pyjobshop_peer
from luodi.bench.networks import project
from luodi.bench.paths import without_calendars
from luodi.bench.rows import Row, agree, missing, there
from luodi.domain.planning import carrying, cpsat
from luodi.domain.planning.problem import Outcome, Problem, Schedule

SEEDS = 30
LIMIT = 10.0
WORKERS = 2


def _finish(problem: Problem, outcome: Outcome) -> int:
    if outcome.schedule is None or not outcome.proved:
        raise AssertionError("a project was not solved to proof")
    return int(outcome.schedule.finish[problem.target])


def to_proof() -> list[Row]:
    """30 projects to proven optimality: ours with lists, bounds and verifier; the peer's model building included."""
    plain = [without_calendars(project(seed)) for seed in range(SEEDS)]
    cpsat.solve(plain[0], seconds=LIMIT)
    outcomes = [cpsat.solve(problem, seconds=LIMIT, workers=WORKERS) for problem in plain]
    finishes = [_finish(problem, outcome) for problem, outcome in zip(plain, outcomes, strict=True)]
    ours = [1000 * outcome.seconds for outcome in outcomes]
    note = f"{SEEDS} seeds, max {max(ours):.0f} ms, ortools {version('ortools')}, {WORKERS} workers; working days only"
    what = "CP-SAT, one project to proof"
    if not there("pyjobshop"):
        return [Row(what, statistics.median(ours), within=60, note=f"{note}; {missing('pyjobshop')}")]
    pyjobshop_peer.solve(plain[0], seconds=LIMIT, workers=WORKERS)
    answers = [pyjobshop_peer.solve(problem, seconds=LIMIT, workers=WORKERS) for problem in plain]
    agree(finishes, [answer.finish for answer in answers], "optimal finishes")
    peer = statistics.median(1000 * answer.total for answer in answers)
    return [
        Row(what, statistics.median(ours), f"PyJobShop {version('pyjobshop')}", peer, within=60, faster=1.5, note=note)
    ]


def with_calendars() -> list[Row]:
    """The same projects with calendar-day periods, which no peer can say: how many are proved, and how fast."""
    problems = [project(seed) for seed in range(SEEDS)]
    outcomes = [cpsat.solve(problem, seconds=LIMIT, workers=WORKERS) for problem in problems]
    times = [1000 * outcome.seconds for outcome in outcomes]
    proved = sum(outcome.proved for outcome in outcomes)
    note = f"{proved} of {SEEDS} proved within {LIMIT:g} s, max {max(times):.0f} ms; no peer knows calendars"
    return [Row("CP-SAT, one project with calendars", statistics.median(times), note=note)]


def after_event(problem: Problem, schedule: Schedule) -> Problem:
    """The project a third of the way through: the past fixed, the step that started last five days late."""
    today = int(schedule.finish[problem.target]) // 3
    begun = [i for i in range(len(problem.activities)) if schedule.start[i] < today]
    late = max(begun, key=lambda i: int(schedule.start[i]))
    activities = []
    for i, activity in enumerate(problem.activities):
        if i not in begun:
            activities.append(replace(activity, release=max(activity.release, today)))
            continue
        start, finish = int(schedule.start[i]), int(schedule.finish[i])
        way = activity.modes[int(schedule.mode[i])]
        activities.append(replace(activity, modes=(way,), fixed=(start, finish + 5 * (i == late))))
    return replace(problem, activities=tuple(activities))


def replanning() -> list[Row]:
    """A new plan after one event, with the old plan's order as the list to begin from; proved again."""
    times, colds = [], []
    for seed in range(SEEDS):
        problem = without_calendars(project(seed))
        outcome = cpsat.solve(problem, seconds=LIMIT, workers=WORKERS)
        if outcome.schedule is None:
            raise AssertionError("no plan")
        changed = after_event(problem, outcome.schedule)
        kept = carrying.carried(changed, outcome.schedule)
        again = cpsat.solve(changed, seconds=LIMIT, workers=WORKERS, incumbent=kept)
        agree(again.proved, True, "re-plan proved")
        times.append(1000 * again.seconds)
        colds.append(1000 * outcome.seconds)
    note = f"{SEEDS} seeds, max {max(times):.0f} ms; a third done, one step 5 days late, optimum proved again"
    return [
        Row(
            "re-plan after an event",
            statistics.median(times),
            "own cold solve",
            statistics.median(colds),
            within=25,
            note=note,
        )
    ]


def first_plan() -> list[Row]:
    """From a Problem to the first verified schedule, on the same projects."""
    from luodi.bench.solver import first_plan as measured

    times = [measured(project(seed)) for seed in range(SEEDS)]
    return [
        Row("first verified plan, one project", statistics.median(times), within=1, note=f"max {max(times):.2f} ms")
    ]
