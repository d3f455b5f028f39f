"""Readers of the public scheduling instances: Patterson format (`.rcp`, one mode) and PSPLIB multi-mode (`.mm`)."""

import csv
from pathlib import Path

import numpy as np

from luodi.domain.planning.problem import Activity, Link, Mode, Problem

NO_SHIFTS = np.zeros((0, 0), np.int32)


def read_rcp(path: Path) -> Problem:
    """A Patterson file: jobs and units, capacities, then per job days, demands, successors (counted from 1)."""
    numbers = iter([int(word) for word in path.read_text().split()])
    jobs, units = next(numbers), next(numbers)
    capacities = tuple(next(numbers) for _ in range(units))
    activities, links = [], []
    for job in range(jobs):
        days = next(numbers)
        demands = tuple(next(numbers) for _ in range(units))
        activities.append(Activity(str(job + 1), (Mode(days, -1, demands),)))
        links += [Link(job, next(numbers) - 1) for _ in range(next(numbers))]
    return _problem(activities, links, capacities, ())


def read_mm(path: Path) -> Problem:
    """A PSPLIB multi-mode file: renewable units become capacities, nonrenewable ones budgets."""
    lines = path.read_text().splitlines()
    renewable = _count(lines, "- renewable")
    links = [Link(int(row[0]) - 1, int(after) - 1) for row in _rows(lines, "PRECEDENCE", 2) for after in row[3:]]
    modes: list[list[Mode]] = []
    for row in _rows(lines, "REQUESTS/DURATIONS", 3):
        width = renewable + _count(lines, "- nonrenewable") + 2
        if len(row) > width:
            modes.append([])
        days, *needs = (int(word) for word in row[-width + 1 :])
        modes[-1].append(Mode(days, -1, tuple(needs[:renewable]), tuple(needs[renewable:])))
    (available,) = _rows(lines, "RESOURCEAVAILABILITIES", 2)
    limits = tuple(int(word) for word in available)
    activities = [Activity(str(job + 1), tuple(ways)) for job, ways in enumerate(modes)]
    return _problem(activities, links, limits[:renewable], limits[renewable:])


def _count(lines: list[str], label: str) -> int:
    return next(int(line.split(":")[1].split()[0]) for line in lines if label in line)


def _rows(lines: list[str], title: str, skip: int) -> list[list[str]]:
    begin = next(k for k, line in enumerate(lines) if line.startswith(title)) + skip
    end = next(k for k in range(begin, len(lines)) if lines[k].startswith("***"))
    return [line.split() for line in lines[begin:end]]


def _problem(
    activities: list[Activity], links: list[Link], capacities: tuple[int, ...], budgets: tuple[int, ...]
) -> Problem:
    """Jobs of these files are numbered so that every link points forward; time is plain days."""
    horizon = 1 + sum(max(mode.days for mode in activity.modes) for activity in activities)
    target = len(activities) - 1
    return Problem(tuple(activities), tuple(links), target, horizon, NO_SHIFTS, capacities, budgets)


def known(path: Path) -> dict[str, int]:
    """The second number column of `optimal.csv` or the last of `best_known.csv`, by instance file."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    return {row[0]: int(row[-1]) for row in rows[1:] if row}
