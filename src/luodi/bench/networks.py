"""Random scheduling problems of the product's shape, for benches and tests.  Not data: nothing here describes a real project."""

from random import Random

import numpy as np

from luodi.domain.planning.problem import Activity, IntArray, Link, Mode, Problem, Relation

WEEKEND = 5


def shift_table(horizon: int, periods: tuple[int, ...] = (7, 20, 30, 45)) -> IntArray:
    """Rows for periods counted in calendar days, on a calendar that knows only weekends."""
    days = np.arange(2 * horizon + 7)
    workdays = days[days % 7 < WEEKEND][:horizon]
    return np.vstack([np.searchsorted(workdays, workdays + period) for period in periods]).astype(np.int32)


def project(
    seed: int, *, size: int = 91, two_modes: int = 20, units: int = 12, budget: int = 6, horizon: int = 2500
) -> Problem:
    """A project of `size` steps: a fifth with a faster second way that uses up one of `budget`, steps of few parallel units.

    The shape of the reference measurements: three in ten steps last calendar days, most of the others some working days.
    """
    random = Random(seed)
    shifts = shift_table(horizon)
    capacities = tuple(random.choice((1, 1, 2, 3)) for _ in range(units))
    fast = set(random.sample(range(1, size - 1), two_modes))
    activities: list[Activity] = []
    links: set[tuple[int, int]] = set()
    for i in range(size):
        if i in (0, size - 1):
            modes: tuple[Mode, ...] = (Mode(0, -1, (0,) * units, (0,)),)
        else:
            modes = _modes(random, units, i in fast, len(shifts))
        activities.append(Activity(f"step{i}", modes))
        if 0 < i < size - 1:
            links.update((random.randrange(max(0, i - 15), i), i) for _ in range(2))
    ends = set(range(size - 1)) - {before for before, _ in links}
    links.update((i, size - 1) for i in ends)
    return Problem(
        activities=tuple(activities),
        links=tuple(Link(before, after) for before, after in sorted(links, key=lambda link: link[::-1])),
        target=size - 1,
        horizon=horizon,
        shifts=shifts,
        capacities=capacities,
        budgets=(budget,),
    )


def _modes(random: Random, units: int, fast: bool, rows: int) -> tuple[Mode, ...]:
    unit = random.randrange(units)
    demands = tuple(int(unit == k) for k in range(units))
    if random.random() < 0.3:
        row = random.randrange(rows)
        way = Mode((5, 14, 21, 32)[row], row, demands, (0,))
    else:
        way = Mode(random.randint(1, 20), -1, demands, (0,))
    return (way, Mode(max(1, way.days // 3), -1, demands, (1,))) if fast else (way,)


def network(random: Random, size: int, *, units: int = 0, modes: int = 1, budget: int | None = None) -> Problem:
    """A small awkward network: lags of both signs, start-start links, releases, things already done, several calendars."""
    horizon = 60 * (size + 1)
    shifts = shift_table(horizon, (3, 9))
    activities: list[Activity] = []
    links: list[Link] = []
    for i in range(size):
        ways = tuple(
            Mode(
                days=random.randint(0, 6),
                shift=random.choice((-1, -1, 0, 1)),
                demands=tuple(random.randint(0, 2) for _ in range(units)),
                costs=(random.randint(0, 2),) if budget is not None else (),
            )
            for _ in range(random.randint(1, modes))
        )
        begun = random.randint(0, 5)
        fixed = (begun, begun + random.randint(0, 5)) if random.randint(0, 9) == 0 else None
        activities.append(Activity(f"a{i}", ways, random.choice((0, 0, 3, 12)), fixed))
        for before in {random.randrange(i) for _ in range(random.randint(0, 2))} if i else ():
            relation = random.choice((Relation.FINISH_START, Relation.FINISH_START, Relation.START_START))
            links.append(Link(before, i, relation, random.choice((0, 0, 2, -2))))
    return Problem(
        activities=tuple(activities),
        links=tuple(links),
        target=random.randrange(size),
        horizon=horizon,
        shifts=shifts,
        capacities=tuple(random.randint(2, 3) for _ in range(units)),
        budgets=(budget,) if budget is not None else (),
    )
