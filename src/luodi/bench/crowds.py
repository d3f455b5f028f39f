"""Bench of the portfolio and of sampling, against simpy."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np

from luodi.bench.networks import project
from luodi.bench.paths import without_calendars
from luodi.bench.rows import Row, agree, median_ms, missing, once_ms, there
from luodi.domain.planning import cpm, portfolio, sampling
from luodi.domain.planning.problem import IntArray, Problem

PROJECTS = 10_000
DISTINCT = 100
ZONES = 93
UNITS = 12
STAFF = 12
ZONE_PROJECTS = 108
PEER_ZONES = 9
PEER_SAMPLES = 100
SAMPLES = 10_000


def _zone_projects(count: int, calendars: bool) -> tuple[list[Problem], list[int]]:
    problems = [project(seed, two_modes=0, horizon=6000) for seed in range(DISTINCT)]
    if not calendars:
        problems = [without_calendars(problem) for problem in problems]
    random = Random(0)
    return [problems[k % DISTINCT] for k in range(count)], [random.randrange(1000) for _ in range(count)]


def _gathered(problems: list[Problem], begins: list[int], zones: int) -> portfolio.Portfolio:
    compiled = {id(problem): cpm.compile(problem) for problem in problems}
    held: dict[int, IntArray] = {}
    for problem in problems:
        if id(problem) not in held:
            rows = [next((k for k, need in enumerate(a.modes[0].demands) if need), -1) for a in problem.activities]
            held[id(problem)] = np.array(rows, np.int32)
    parts, units = [], []
    for k, (problem, begin) in enumerate(zip(problems, begins, strict=True)):
        part, unit = compiled[id(problem)], held[id(problem)]
        parts.append(replace(part, release=part.release + np.int32(begin)))
        units.append(np.where(unit >= 0, unit + UNITS * (k % zones), -1))
    unit = np.concatenate(units).astype(np.int32)
    return portfolio.gather(parts, unit, (unit >= 0).astype(np.int32), np.full(zones * UNITS, STAFF, np.int32))


def simpy_portfolio(whole: portfolio.Portfolio) -> list[int]:
    """The same rule as ours in simpy: a process a step, a PriorityResource a unit; finishes by activity."""
    import simpy

    a, urgency = whole.arrays, whole.table[:, 4].tolist()
    world = simpy.Environment()
    units = [simpy.PriorityResource(world, capacity=capacity) for capacity in whole.capacity.tolist()]
    done = [world.event() for _ in range(a.days.size)]
    finish = [0] * a.days.size
    days, release, unit = a.days.tolist(), a.release.tolist(), whole.unit.tolist()
    into, before = a.into.tolist(), (a.code >> 1).tolist()

    def step(i: int) -> Any:
        yield world.timeout(release[i])
        for k in range(into[i], into[i + 1]):
            if not done[before[k]].processed:
                yield done[before[k]]
        if unit[i] < 0:
            yield world.timeout(days[i])
        else:
            with units[unit[i]].request(priority=-urgency[i]) as turn:
                yield turn
                yield world.timeout(days[i])
        finish[i] = int(world.now)
        done[i].succeed()

    for i in range(a.days.size):
        world.process(step(i))
    world.run()
    return finish


def shared_units_in_full() -> list[Row]:
    """As `shared_units`, with the peer on all 10,000 projects: takes minutes and 2 GB."""
    return shared_units(ZONES)


def shared_units(peer_zones: int = PEER_ZONES) -> list[Row]:
    """The list schedule of 10,000 projects; the peer schedules those of some zones and is scaled."""
    problems, begins = _zone_projects(PROJECTS, calendars=True)
    whole = _gathered(problems, begins, ZONES)
    ours = median_ms(lambda: portfolio.schedule(whole), 5)
    agree(portfolio.faults(whole, portfolio.schedule(whole)), {}, "faults of the portfolio schedule")
    what = f"portfolio list schedule, 10,000 projects ({whole.unit.size:,} steps)"
    before = (whole.arrays.code >> 1).astype(np.int64)
    times = portfolio.schedule(whole).finish.copy()
    limit = median_ms(lambda: times[before], 9)
    zone = _gathered(*_zone_projects(ZONE_PROJECTS, calendars=True), 1)
    one_zone = median_ms(lambda: portfolio.schedule(zone), 9)
    note = f"one zone of {ZONE_PROJECTS} projects: {one_zone:.2f} ms; every schedule checked"
    if not there("simpy"):
        return [Row(what, ours, limit="one gather", limit_ms=limit, note=f"{note}; {missing('simpy')}")]
    count = min(PROJECTS, peer_zones * ZONE_PROJECTS)
    part = _gathered(*_zone_projects(count, calendars=False), peer_zones)
    milliseconds, finish = once_ms(lambda: simpy_portfolio(part))
    mean_ours, mean_peer = float(portfolio.schedule(part).finish.mean()), sum(finish) / len(finish)
    if abs(mean_ours / mean_peer - 1) > 0.02:
        raise AssertionError(f"the peer schedules something else: mean finish {mean_ours} and {mean_peer}")
    peer = milliseconds * PROJECTS / count
    note += f"; simpy: {count:,} projects of {peer_zones} zones, no calendars (mean finish within 2 %), scaled to {PROJECTS:,}"
    return [Row(what, ours, "simpy", peer, "one gather", limit, faster=300, note=note)]


def _spreads(problem: Problem) -> dict[int, sampling.Spread]:
    return {
        i: sampling.Triangular(0.7 * activity.modes[0].days, activity.modes[0].days, 1.8 * activity.modes[0].days)
        for i, activity in enumerate(problem.activities)
        if activity.modes[0].days
    }


def simpy_samples(problem: Problem, samples: int) -> list[int]:
    """Finishes of one project in simpy, a process a step, lengths drawn by the standard library."""
    import simpy

    random = Random(0)
    into: list[list[int]] = [[] for _ in problem.activities]
    for link in problem.links:
        into[link.after].append(link.before)
    found = []
    for _ in range(samples):
        world = simpy.Environment()
        done = [world.event() for _ in problem.activities]

        def step(i: int, world: Any = world, done: list[Any] = done) -> Any:
            yield world.all_of([done[before] for before in into[i]])
            days = problem.activities[i].modes[0].days
            yield world.timeout(round(random.triangular(0.7 * days, 1.8 * days, days)))
            done[i].succeed()

        for i in range(len(into)):
            world.process(step(i))
        world.run()
        found.append(int(world.now))
    return found


def monte_carlo() -> list[Row]:
    """10,000 samples of one project's finish, numbers drawn anew; the peer's samples are fewer and scaled."""
    problem = without_calendars(project(3, two_modes=0))
    spreads = _spreads(problem)

    def cold() -> sampling.Sampled:
        sampling.uniforms.cache_clear()
        return sampling.run(problem, spreads, samples=SAMPLES)

    ours = median_ms(cold, 9)
    again = median_ms(lambda: sampling.run(problem, spreads, samples=SAMPLES), 9)
    stream = np.random.Generator(np.random.SFC64(0))
    limit = median_ms(lambda: stream.random((len(spreads), SAMPLES), np.float32), 9)
    found = sampling.run(problem, spreads, samples=SAMPLES)
    note = f"P50/P80/P90 and criticality included; on numbers already drawn {again:.2f} ms; limit: the random numbers alone"
    what = "Monte Carlo, 10,000 samples of one project"
    if not there("simpy"):
        return [Row(what, ours, limit="random numbers", limit_ms=limit, note=f"{note}; {missing('simpy')}")]
    milliseconds, finishes = once_ms(lambda: simpy_samples(problem, PEER_SAMPLES))
    mean_ours, mean_peer = float(found.finish.mean()), sum(finishes) / len(finishes)
    if abs(mean_ours / mean_peer - 1) > 0.02:
        raise AssertionError(f"the peer samples something else: mean finish {mean_ours} and {mean_peer}")
    note += f"; simpy: {PEER_SAMPLES} samples scaled (means within 2 %)"
    peer = milliseconds * SAMPLES / PEER_SAMPLES
    return [Row(what, ours, "simpy", peer, "random numbers", limit, faster=200, note=note)]
