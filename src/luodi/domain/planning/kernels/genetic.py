"""Many orders tried: a steady population of lists, two-point crossover, forward-backward improvement of every child.

After Hartmann (1998) and Valls, Ballestin and Quintanilla (2008), made small: a child replaces one of the worst when it is
better, and a population that gains no more is sown anew.  Modes travel with their activity; a budget that is overdrawn is
repaired before scheduling.
"""

import numpy as np

from luodi.domain.planning.kernels import NEVER, compiled
from luodi.domain.planning.kernels.passes import Ints
from luodi.domain.planning.kernels.serial import Keys, Net, improve, ordered

STALE = 30
"""Populations' worth of children without a gain before a new population is sown."""


@compiled
def overdraft(net: Net, mode: Ints) -> int:
    """By how much the modes exceed the budgets, all together."""
    total = 0
    for item in range(net.budget.size):
        used = 0
        for m in mode:
            used += net.cost[m, item]
        total += max(0, used - net.budget[item])
    return total


@compiled
def repair(net: Net, mode: Ints, tries: int) -> bool:
    """Change modes until every budget holds: the change that frees most per day lost, at times a random one."""
    n = mode.size
    left = net.budget.copy()
    for m in mode:
        for item in range(left.size):
            left[item] -= net.cost[m, item]
    for _ in range(tries):
        excess = 0
        for item in range(left.size):
            excess += max(0, -left[item])
        if excess == 0:
            return True
        chosen, way, best = -1, -1, -1.0e9
        random = np.random.random() < 0.2
        for i in range(n):
            for m in range(net.mode_first[i], net.mode_first[i + 1]):
                if m == mode[i]:
                    continue
                after = 0
                for item in range(left.size):
                    after += max(0, -(left[item] + net.cost[mode[i], item] - net.cost[m, item]))
                gain = float(excess - after)
                slower = max(0, net.days[m] - net.days[mode[i]])
                score = np.random.random() if random else gain / (1.0 + slower) * (0.5 + np.random.random())
                if (random or gain > 0) and score > best:
                    chosen, way, best = i, m, score
        if chosen < 0:
            i = np.random.randint(n)
            chosen, way = i, np.random.randint(net.mode_first[i], net.mode_first[i + 1])
        for item in range(left.size):
            left[item] += net.cost[mode[chosen], item] - net.cost[way, item]
        mode[chosen] = way
    return overdraft(net, mode) == 0


@compiled
def sow(net: Net, late: Ints, modes: Ints, plain: bool, child: Ints, way: Ints) -> None:
    """A fresh list by latest finish, with noise unless `plain`, and the first modes, some changed."""
    n = late.size
    noise = 0.0 if plain else 0.3 * np.random.random() * float(late.max() - late.min() + 1)
    key = np.empty(n, np.int64)
    for i in range(n):
        key[i] = np.int64(1000.0 * (late[i] + noise * np.random.random()))
        way[i] = modes[0, i]
        ways = net.mode_first[i + 1] - net.mode_first[i]
        if not plain and ways > 1 and np.random.random() < 0.3:
            way[i] = net.mode_first[i] + np.random.randint(ways)
    ordered(net, key, child)


@compiled
def cross(mother: Ints, father: Ints, low: int, high: int, child: Ints) -> None:
    """The mother's list, with the stretch [low, high) in the father's order of what is not yet listed."""
    n = mother.size
    listed = np.zeros(n, np.uint8)
    for position in range(low):
        child[position] = mother[position]
        listed[mother[position]] = 1
    position = low
    for i in father:
        if position == high:
            break
        if not listed[i]:
            child[position], listed[i] = i, 1
            position += 1
    for i in mother:
        if not listed[i]:
            child[position] = i
            position += 1


@compiled
def evolve(
    net: Net, late: Ints, orders: Ints, modes: Ints, scores: Ints, state: Keys, rounds: int, goal: int, free: Ints,
    best_start: Ints, best_finish: Ints, best_mode: Ints,
) -> int:  # fmt: skip
    """`rounds` more lists tried; the best finish of the target.

    `state`: lists tried, lists since the population was sown, lists since it last gained, best finish, seed.
    """
    np.random.seed(state[4] + state[0])
    size, n = orders.shape
    start, finish = np.empty(n, np.int32), np.empty(n, np.int32)
    child, way = np.empty(n, np.int32), np.empty(n, np.int32)
    for _ in range(rounds):
        if state[3] <= goal:
            break
        place = state[1]
        if place < size:
            sow(net, late, modes, state[0] == 0, child, way)
        else:
            place = breed(net, orders, modes, scores, child, way)
        score = np.int64(NEVER)
        if (net.budget.size == 0 or repair(net, way, 60)) and improve(net, child, way, free, start, finish):
            score = np.int64(finish[net.target])
        state[2] = 0 if state[1] < size else state[2] + 1
        if (
            state[1] < size
            or score < scores[place]
            or (score == scores[place] and not same(orders, child, scores, score))
        ):
            if state[1] >= size and score < scores.min():
                state[2] = 0
            orders[place], modes[place], scores[place] = child, way, score
        if score < state[3]:
            state[3] = score
            best_start[:], best_finish[:], best_mode[:] = start, finish, way
        state[0] += 1
        state[1] = state[1] + 1 if state[2] < STALE * size else 0
    return int(state[3])


@compiled
def same(orders: Ints, child: Ints, scores: Ints, score: np.int64) -> bool:
    """Whether the population holds the list already."""
    for p in range(orders.shape[0]):
        if scores[p] == score:
            k = 0
            while k < child.size and orders[p, k] == child[k]:
                k += 1
            if k == child.size:
                return True
    return False


@compiled
def breed(net: Net, orders: Ints, modes: Ints, scores: Ints, child: Ints, way: Ints) -> int:
    """A child of two parents, each the better of two; returns whom it would replace: the worst of four."""
    size, n = orders.shape
    a, b = np.random.randint(size), np.random.randint(size)
    mother = a if scores[a] <= scores[b] else b
    a, b = np.random.randint(size), np.random.randint(size)
    father = a if scores[a] <= scores[b] else b
    low = np.random.randint(n)
    high = min(n, low + n // 4 + np.random.randint(n // 2 + 1))
    cross(orders[mother], orders[father], low, high, child)
    for _ in range(1 + n // 20):
        swap(net, child, np.random.randint(max(1, n - 1)))
    for i in range(n):
        ways = net.mode_first[i + 1] - net.mode_first[i]
        way[i] = modes[father, i] if np.random.random() < 0.5 else modes[mother, i]
        if ways > 1 and np.random.random() < 0.03:
            way[i] = net.mode_first[i] + np.random.randint(ways)
    worst = np.random.randint(size)
    for _ in range(3):
        other = np.random.randint(size)
        if scores[other] > scores[worst]:
            worst = other
    return worst


@compiled
def swap(net: Net, order: Ints, position: int) -> None:
    """Exchange two neighbours of a list unless one waits for the other."""
    if position + 1 >= order.size:
        return
    first, second = order[position], order[position + 1]
    for k in range(net.into[second], net.into[second + 1]):
        if net.code[k] >> 1 == first:
            return
    order[position], order[position + 1] = second, first
