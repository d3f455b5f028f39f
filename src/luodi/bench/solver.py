"""`luodi bench solver DIR`: the solver against instances whose answers are known.

A directory with `optimal.csv` (multi-mode) is a gate: one false "optimal" or "infeasible" and it fails; it guards every change
of the locked solver version.  A directory with `best_known.csv` (single mode) measures the mean gap against PyJobShop, with the
same limits and workers, and the time to the first verified plan.
"""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from luodi.bench import psplib, pyjobshop_peer
from luodi.domain.planning import cpsat, listing
from luodi.domain.planning.problem import Problem
from luodi.domain.planning.verify import faults

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """One instance of the gate: what was said against what is true."""

    instance: str
    truth: int
    said: str
    finish: int | None
    right: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Mean distance from the best known finish at one time limit, in per cent; peer figures None where it is missing."""

    set: str
    instances: int
    seconds: float
    ours: float
    peer: float | None
    proved: int
    peer_proved: int | None
    first_ms: float
    first_ms_max: float


def gate(directory: Path, seconds: float) -> list[Judged]:
    """Every instance of `optimal.csv` solved; right unless it claims what is not true."""
    judged = []
    for name, truth in psplib.known(directory / "optimal.csv").items():
        problem = psplib.read_mm(directory / name)
        outcome = cpsat.solve(problem, seconds=seconds, workers=WORKERS)
        finish = None if outcome.schedule is None else int(outcome.schedule.finish[problem.target])
        lawful = outcome.schedule is None or not faults(problem, outcome.schedule)
        false_claim = outcome.proved and finish != truth
        right = lawful and not false_claim and outcome.bound <= truth and (finish is None or finish >= truth)
        said = "not proved" if not outcome.proved else "infeasible" if finish is None else "optimal"
        judged.append(Judged(name, truth, said, finish, right, outcome.seconds))
    return judged


def first_plan(problem: Problem, repeat: int = 5) -> float:
    """Median milliseconds from the problem to a verified list schedule."""
    times = []
    for _ in range(repeat):
        begun = perf_counter()
        found = listing.schedule(problem)
        times.append(1000 * (perf_counter() - begun))
        if found is None:
            raise AssertionError("no list schedule")
    return statistics.median(times)


def gaps(directory: Path, limits: tuple[float, ...], say: Callable[[str], None], every: int = 1) -> list[Gap]:
    """Mean gaps by set and limit; `every` takes only each n-th instance."""
    known = dict(list(psplib.known(directory / "best_known.csv").items())[::every])
    problems = {name: psplib.read_rcp(directory / name) for name in known}
    listing.schedule(next(iter(problems.values())), rounds=2)
    peer_there = _peer_there()
    if not peer_there:
        say("PyJobShop is not installed: its column is empty (pip install pyjobshop)")
    found = []
    for seconds in limits:
        rows: dict[str, list[tuple[float, float | None, bool, bool, float]]] = {}
        for name, problem in problems.items():
            row = _measure(problem, known[name], seconds, peer_there)
            rows.setdefault(name.split("_")[0], []).append(row)
            say(
                f"{seconds:g} s  {name}: ours {row[0]:.2f} %"
                + (f", PyJobShop {row[1]:.2f} %" if row[1] is not None else "")
            )
        everything = [row for members in rows.values() for row in members]
        found += [_summed(group, members, seconds) for group, members in [*sorted(rows.items()), ("all", everything)]]
    return found


def _measure(
    problem: Problem, best: int, seconds: float, peer_there: bool
) -> tuple[float, float | None, bool, bool, float]:
    first = first_plan(problem)
    outcome = cpsat.solve(problem, seconds=seconds, workers=WORKERS)
    if outcome.schedule is None:
        raise AssertionError("a feasible instance without a schedule")
    ours = 100 * (int(outcome.schedule.finish[problem.target]) / best - 1)
    if not peer_there:
        return ours, None, outcome.proved, False, first
    peer = pyjobshop_peer.solve(problem, seconds=seconds, workers=WORKERS)
    gap = None if peer.finish is None else 100 * (peer.finish / best - 1)
    return ours, gap, outcome.proved, peer.status.lower() == "optimal", first


def _summed(group: str, rows: list[tuple[float, float | None, bool, bool, float]], seconds: float) -> Gap:
    peers = [row[1] for row in rows if row[1] is not None]
    return Gap(
        set=group,
        instances=len(rows),
        seconds=seconds,
        ours=statistics.fmean(row[0] for row in rows),
        peer=statistics.fmean(peers) if peers else None,
        proved=sum(row[2] for row in rows),
        peer_proved=sum(row[3] for row in rows) if peers else None,
        first_ms=statistics.median(row[4] for row in rows),
        first_ms_max=max(row[4] for row in rows),
    )


def _peer_there() -> bool:
    from importlib.util import find_spec

    return find_spec("pyjobshop") is not None


def report_gate(judged: list[Judged]) -> list[str]:
    """The gate as lines of text."""
    lines = [f"ortools {version('ortools')}, {WORKERS} workers"]
    lines += [
        f"{'ok' if row.right else 'FALSE'} {row.instance:14} known {row.truth:4}  {row.said:10} {row.finish} {row.seconds:7.3f} s"
        for row in judged
    ]
    right = sum(row.right and row.said == "optimal" for row in judged)
    false = sum(not row.right for row in judged)
    median = statistics.median(row.seconds for row in judged)
    return [*lines, f"{right} of {len(judged)} right, {false} false claims, median {1000 * median:.0f} ms"]


def report_gaps(found: list[Gap]) -> list[str]:
    """The gaps as a table."""
    lines = [f"ortools {version('ortools')}, {WORKERS} workers; mean gap to the best known finish"]
    head = f"{'set':5} {'n':>3} {'limit':>6} {'ours %':>8} {'PyJobShop %':>12} {'proved':>7} {'peer':>5}"
    lines.append(f"{head} {'first plan ms (max)':>20}")
    for row in found:
        peer = "-" if row.peer is None else f"{row.peer:.2f}"
        proved = "-" if row.peer_proved is None else str(row.peer_proved)
        lines.append(
            f"{row.set:5} {row.instances:3} {row.seconds:5g}s {row.ours:8.2f} {peer:>12} {row.proved:7} {proved:>5}"
            f" {row.first_ms:12.2f} ({row.first_ms_max:.2f})"
        )
    return lines


def as_json(rows: list[Judged] | list[Gap]) -> list[dict[str, object]]:
    """The rows for --json."""
    return [asdict(row) for row in rows]
