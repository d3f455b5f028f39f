"""The order of the catalogue: prerequisites first, and among equals by stage and id; or the cycle that forbids one."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

Key = tuple[int, str]


def topological(waits: Mapping[str, Iterable[str]], keys: Mapping[str, Key]) -> tuple[list[str], list[list[str]]]:
    """The ids in order, and the cycles among those that cannot be ordered.

    `waits`: id -> the ids it waits for (unknown ones are left out of account); `keys` break ties, so that the order
    is the same on every machine.  A cycle begins and ends with the same id: each waits for the next.
    """
    left = {one: {other for other in others if other in waits} for one, others in waits.items()}
    after: dict[str, list[str]] = {one: [] for one in left}
    for one, others in left.items():
        for other in others:
            after[other].append(one)
    ready = [(keys[one], one) for one, others in left.items() if not others]
    heapify(ready)
    order = []
    while ready:
        _, one = heappop(ready)
        order.append(one)
        for later in after[one]:
            left[later].discard(one)
            if not left[later]:
                heappush(ready, (keys[later], later))
    done = set(order)
    return order, _cycles({one: others - done for one, others in left.items() if one not in done})


def _cycles(left: dict[str, set[str]]) -> list[list[str]]:
    """One cycle for each knot: follow what a thing waits for until something comes back, then cut it out."""
    cycles = []
    while left:
        path: list[str] = []
        one = min(left)
        while one not in path and left[one]:
            path.append(one)
            one = min(left[one])
        if one in path:
            cycle = path[path.index(one) :]
            start = cycle.index(min(cycle))
            cycles.append([*cycle[start:], *cycle[:start], cycle[start]])
            gone = set(cycle)
        else:
            gone = {one}  # only waits for a knot already named
        left = {key: others - gone for key, others in left.items() if key not in gone}
    return cycles


def reach(waits: Mapping[str, Iterable[str]], one: str) -> frozenset[str]:
    """Everything that must come before `one`, however far back."""
    found: set[str] = set()
    waiting = list(waits.get(one, ()))
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(waits.get(other, ()))
    return frozenset(found)
