"""What each reform is worth: the plan under every subset of levers, and each lever's fair share of the days saved.

All subsets are walked at once: every node is one array over the masks, so 1,024 plans cost one pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import factorial

import numpy as np
from numpy.typing import NDArray

from luodi.domain import workdays
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning import conflict
from luodi.domain.planning.building import build, milestone_node
from luodi.domain.planning.network import Guard, Network, Node, shift_row
from luodi.domain.planning.problem import IntArray, Relation
from luodi.domain.vocabulary import Refusal
from luodi.domain.workdays import WorkCalendar

Truth = NDArray[np.bool_]
"""For every subset of levers, whether something holds."""


@dataclass(frozen=True, slots=True)
class LeverWorth:
    """Calendar days from the start milestone to the target, before and after all levers, and whose the difference is.

    `shares` are exact and sum to `saved_days` (Shapley value over all subsets).  `one_at_a_time`: saved by that lever
    alone on top of none; `last_in`: lost if only that lever is let go.  `waterfall`: days left as levers come in one
    by one in catalogue order.
    """

    start: str
    to: str
    total_before: int
    total_after: int
    saved_days: int
    shares: Mapping[str, Fraction]
    one_at_a_time: Mapping[str, int]
    last_in: Mapping[str, int]


def worth(
    project: ProjectFile,
    catalogue: Catalogue,
    *,
    to: str = "construction_start",
    as_of: date | None = None,
    calendar: WorkCalendar | None = None,
) -> LeverWorth:
    """What every lever of the catalogue is worth to a project, in calendar days to the milestone `to`.

    Raises `Refusal` where no plan is lawful at all, or the milestone is unknown or has come: what is past no reform moves.
    Source of the shares: Shapley 1953.
    """
    if to not in catalogue.milestones:
        raise Refusal("unknown_milestone", milestone=to, known=", ".join(catalogue.milestones))
    reached = project.milestones.get(to)
    if reached is not None and reached <= (as_of or project.options.as_of):
        raise Refusal("milestone_reached", milestone=to, on=reached)
    if conflict.hard_gate(project, catalogue, 0.0):
        raise Refusal("no_lawful_plan", project=project.id)
    calendar = calendar or workdays.official(projected=True)
    network = build(project, catalogue, calendar, as_of or project.options.as_of)
    start = "signed" if "signed" in project.milestones else "contact"
    begins = project.milestones.get(start, project.options.as_of)
    finish = calendar.dates[finishes(network, milestone_node(to))]
    days = (finish - np.datetime64(begins)).astype(int)
    count = len(network.levers)
    everything = (1 << count) - 1
    return LeverWorth(
        start=start,
        to=to,
        total_before=int(days[0]),
        total_after=int(days[everything]),
        saved_days=int(days[0] - days[everything]),
        shares=dict(zip(network.levers, shapley(days), strict=True)),
        one_at_a_time={lever: int(days[0] - days[1 << i]) for i, lever in enumerate(network.levers)},
        last_in={lever: int(days[everything & ~(1 << i)] - days[everything]) for i, lever in enumerate(network.levers)},
    )


def shapley(cost: IntArray) -> tuple[Fraction, ...]:
    """Each player's exact Shapley share of `cost[0] - cost[-1]`; `cost` is indexed by bit mask (length 2**players)."""
    masks = np.arange(len(cost))
    players = len(cost).bit_length() - 1
    sizes = np.array([int(mask).bit_count() for mask in masks])
    shares = []
    for player in range(players):
        without = masks[(masks >> player & 1) == 0]
        saved = cost[without] - cost[without | 1 << player]
        total = 0
        for size in range(players):
            total += factorial(size) * factorial(players - size - 1) * int(saved[sizes[without] == size].sum())
        shares.append(Fraction(total, factorial(players)))
    return tuple(shares)


def finishes(network: Network, target: str) -> IntArray:
    """The finish of `target` (a node id) as working-day index, for every subset of levers, by mask."""
    masks = np.arange(1 << len(network.levers), dtype=np.int32)
    truth: dict[Guard, Truth] = {}
    start: list[IntArray] = []
    finish: list[IntArray] = []
    incoming: dict[int, list[tuple[int, Guard, Relation]]] = {}
    for arc in network.arcs:
        incoming.setdefault(arc.after, []).append((arc.before, arc.guard, arc.relation))
    for i, node in enumerate(network.nodes):
        if node.fixed:
            start.append(np.full(len(masks), node.fixed[0], dtype=np.int32))
            finish.append(np.full(len(masks), node.fixed[1], dtype=np.int32))
            continue
        begin = np.full(len(masks), node.release, dtype=np.int32)
        for before, guard, relation in incoming.get(i, ()):
            time = finish[before] if relation is Relation.FINISH_START else start[before]
            if guard == Guard():
                np.maximum(begin, time, out=begin)
            else:
                np.maximum(begin, time, out=begin, where=_holds(guard, masks, truth))
        start.append(begin)
        finish.append(_finish(network, node, begin, masks, truth))
        if node.id == target:
            break
    return finish[-1]


def _holds(guard: Guard, masks: IntArray, truth: dict[Guard, Truth]) -> Truth:
    if guard not in truth:
        truth[guard] = ((masks & guard.on) == guard.on) & ((masks & guard.off) == 0)
    return truth[guard]


def _finish(network: Network, node: Node, begin: IntArray, masks: IntArray, truth: dict[Guard, Truth]) -> IntArray:
    """The finish of one node under every mask: the first variant whose guard holds gives the length."""
    finish = np.empty_like(begin)
    open_ = np.ones(len(masks), dtype=bool)
    for variant in node.variants:
        here = open_ & _holds(variant.guard, masks, truth)
        working = variant.length.working()
        if working is not None:
            np.add(begin, working, out=finish, where=here)
        else:
            row = shift_row(network.calendar, variant.length)
            finish[here] = row[np.minimum(begin[here], len(row) - 1)]
        open_ &= ~here
        if not open_.any():
            break
    return finish


def waterfall(worth: LeverWorth) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """Steps of the chart from before to after: (lever, days left before it, days left after it), largest share first."""
    order = sorted(worth.shares, key=lambda lever: -worth.shares[lever])
    left = [Fraction(worth.total_before)]
    for lever in order:
        left.append(left[-1] - worth.shares[lever])
    return tuple((lever, a, b) for lever, (a, b) in zip(order, pairwise(left), strict=True))
