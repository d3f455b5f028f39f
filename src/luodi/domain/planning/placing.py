"""Several takers and several places: who goes where, under limits they share, solved to proof.

As many takers as possible are placed; among those the least total cost.  Integers only: the caller chooses the unit.
The solver's answer is checked against limits and costs before it is believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luodi.domain.planning.formulation import Draft


@dataclass(frozen=True, slots=True)
class Limit:
    """Something shared: at most `most`, of which taker t in place p uses `uses[t][p]`."""

    most: int
    uses: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of every taker (None: none), the total cost, and whether it is proven that none is better."""

    places: tuple[int | None, ...]
    cost: int
    proven: bool


def place(
    costs: Sequence[Sequence[int | None]], limits: Sequence[Limit] = (), *, seconds: float = 10.0, seed: int = 0
) -> Placed:
    """Who goes where.  `costs[t][p]`: of taker t in place p, at least 0; None: excluded.  A place takes one taker."""
    from luodi.domain.planning.cpsat import run  # the solver, for whoever places something
    from luodi.domain.planning.formulation import Draft

    chosen = _drawn(draft := Draft(), costs, limits)
    if not chosen:
        return Placed((None,) * len(costs), 0, proven=True)
    answer = run(draft, seconds=seconds, seed=seed, workers=1)
    if answer.verdict not in ("optimal", "feasible"):
        return Placed((None,) * len(costs), 0, proven=False)
    places: list[int | None] = [None] * len(costs)
    for (taker, spot), variable in chosen.items():
        if answer.values[variable]:
            places[taker] = spot
    found = Placed(tuple(places), total(costs, places), proven=answer.verdict == "optimal")
    if not keeps(found.places, costs, limits):
        raise RuntimeError("the solver's placing breaks a limit")
    return found


def total(costs: Sequence[Sequence[int | None]], places: Sequence[int | None]) -> int:
    """What a placing costs."""
    return sum(costs[taker][spot] or 0 for taker, spot in enumerate(places) if spot is not None)


def keeps(places: Sequence[int | None], costs: Sequence[Sequence[int | None]], limits: Sequence[Limit]) -> bool:
    """Whether a placing keeps to exclusions, to one taker a place, and to every limit."""
    taken = [spot for spot in places if spot is not None]
    if len(set(taken)) < len(taken) or any(costs[t][p] is None for t, p in enumerate(places) if p is not None):
        return False
    return all(
        sum(one.uses[taker][spot] for taker, spot in enumerate(places) if spot is not None) <= one.most
        for one in limits
    )


def _drawn(
    draft: "Draft", costs: Sequence[Sequence[int | None]], limits: Sequence[Limit]
) -> dict[tuple[int, int], int]:
    """Write the model into the draft; the literal for every taker in every place that is open to it."""
    chosen: dict[tuple[int, int], int] = {}
    heaviest = 1 + sum(max((cost or 0 for cost in row), default=0) for row in costs)
    for taker, row in enumerate(costs):
        for spot, cost in enumerate(row):
            if cost is not None:
                variable = chosen[taker, spot] = draft.variable(0, 1)
                draft.objective.append((variable, cost - heaviest))
    for side in (0, 1):
        for index in {pair[side] for pair in chosen}:
            literals = [variable for pair, variable in chosen.items() if pair[side] == index]
            draft.linear.append((literals, [1] * len(literals), 0, 1, None))
    for limit in limits:
        uses = [limit.uses[taker][spot] for taker, spot in chosen]
        draft.linear.append((list(chosen.values()), uses, 0, limit.most, None))
    return chosen
