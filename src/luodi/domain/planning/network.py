"""The network of one project with every lever still open: nodes and arcs that say under which levers they count.

A set of levers is a bit mask over `Network.levers`.  `select` reads off the scheduling problem for one mask;
`levers.finishes` walks all masks at once.  Both see the same nodes and arcs, so they cannot disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from luodi.domain.catalogue.matters import Number
from luodi.domain.planning.problem import Activity, IntArray, Link, Mode, Problem, Relation
from luodi.domain.vocabulary import DayUnit, Refusal
from luodi.domain.workdays import WorkCalendar

NOT_CHANGED = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """Counts when every lever of `on` is pulled and none of `off` (bit masks)."""

    on: int = 0
    off: int = 0

    def holds(self, mask: int) -> bool:
        """Whether it counts under `mask`."""
        return mask & self.on == self.on and not mask & self.off

    def __and__(self, other: "Guard") -> "Guard":
        return Guard(self.on | other.on, self.off | other.off)


ALWAYS = Guard()


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: a dated number, and working days put on (an application) or taken off (a deferred paper)."""

    days: int
    unit: DayUnit = DayUnit.WORKING
    plus: int = 0

    def working(self) -> int | None:
        """Its working days when it is counted in them, else None."""
        return max(0, self.days + self.plus) if self.unit is DayUnit.WORKING or self.days == 0 else None


@dataclass(frozen=True, slots=True)
class Variant:
    """How long a node takes under `guard`; the first that holds counts.  `debt`: it leaves something owing."""

    guard: Guard
    length: Length
    number: Number | None
    mode: str = NOT_CHANGED
    levers: tuple[str, ...] = ()
    debt: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An activity: the handling of a matter, its preparation (`prepare`), a milestone, or the building works.

    `fixed` = (start, finish) of what has happened, as working-day indexes.
    """

    id: str
    role: str  # handle | prepare | milestone | works | queue
    matter: str | None
    variants: tuple[Variant, ...]
    unit: str | None = None
    release: int = 0
    fixed: tuple[int, int] | None = None

    def variant(self, mask: int) -> Variant:
        """The variant that counts under `mask`."""
        return next(variant for variant in self.variants if variant.guard.holds(mask))


@dataclass(frozen=True, slots=True)
class Arc:
    """`after` waits for `before` (node positions) while `guard` holds."""

    before: int
    after: int
    guard: Guard = ALWAYS
    relation: Relation = Relation.FINISH_START


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes in topological order of all arcs, whatever the levers."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    levers: tuple[str, ...]
    calendar: WorkCalendar
    position: Mapping[str, int]
    capacities: Mapping[str, int] = field(default_factory=dict)
    max_debts: int | None = None

    def mask(self, levers: Iterable[str]) -> int:
        """The bit mask of a set of levers."""
        return sum(1 << self.levers.index(lever) for lever in set(levers))


@lru_cache(maxsize=256)
def shift_row(calendar: WorkCalendar, length: Length) -> IntArray:
    """For every working-day index the index on which a calendar-day or month period from it ends.

    A period that ends on a non-working day ends on the next working day (民法典 第203条).
    Starts too late for the known calendar point past its end; `select` cuts the horizon there.
    """
    days = calendar.dates
    if length.unit is DayUnit.MONTHS:
        months = days.astype("datetime64[M]") + length.days
        last = (months + 1).astype("datetime64[D]") - 1
        ends = np.minimum(
            months.astype("datetime64[D]") + (days - days.astype("datetime64[M]").astype("datetime64[D]")), last
        )
    else:
        ends = days + length.days
    finish = np.searchsorted(days, ends).astype(np.int32)
    start = np.arange(len(days), dtype=np.int32)
    row: IntArray = np.maximum(finish + length.plus, start).astype(np.int32)
    row.setflags(write=False)
    return row


def finish_of(calendar: WorkCalendar, length: Length, start: int) -> int:
    """The index on which a length that starts on index `start` ends."""
    working = length.working()
    return start + working if working is not None else int(shift_row(calendar, length)[start])


class _Rows:
    """The distinct calendar-day lengths of a problem, numbered as rows of `Problem.shifts`."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.lengths: dict[Length, int] = {}

    def mode(self, variant: Variant, demands: tuple[int, ...], budgeted: bool) -> Mode:
        costs = (int(variant.debt is not None),) if budgeted else ()
        working = variant.length.working()
        if working is not None:
            return Mode(working, -1, demands, costs)
        row = self.lengths.setdefault(variant.length, len(self.lengths))
        return Mode(variant.length.days, row, demands, costs)

    def table(self) -> IntArray:
        if not self.lengths:
            return np.zeros((0, len(self.calendar.dates)), dtype=np.int32)
        return np.vstack([shift_row(self.calendar, length) for length in self.lengths])


@dataclass(frozen=True, slots=True)
class Selection:
    """The scheduling problem of one set of levers, and the way back: position in the problem -> node and its variants."""

    problem: Problem
    nodes: tuple[Node, ...]
    variants: tuple[tuple[Variant, ...], ...]  # by activity, by mode
    mask: int

    def at(self, node_id: str) -> int:
        """The position of a node in the problem."""
        return next(i for i, node in enumerate(self.nodes) if node.id == node_id)


def select(network: Network, levers: Iterable[str], target: str, deadline: int | None = None) -> Selection:
    """The scheduling problem that a set of levers makes of the network; `target` is the node to reach early.

    With `max_debts`, every variant that leaves a debt also keeps its ordinary way, and each debt uses up one.
    """
    mask = network.mask(levers)
    queues = mask_has_queues(network, mask)
    kept = [i for i, node in enumerate(network.nodes) if queues or node.role != "queue"]
    place = {old: new for new, old in enumerate(kept)}
    units = tuple(network.capacities)
    rows = _Rows(network.calendar)
    budgeted = network.max_debts is not None
    activities: list[Activity] = []
    variants: list[tuple[Variant, ...]] = []
    for old in kept:
        node = network.nodes[old]
        ways = _ways(node, network, mask) if budgeted else (node.variant(mask),)
        held = tuple(int(node.role == "handle" and node.unit == unit) for unit in units)
        modes = tuple(
            rows.mode(way, held if way.length.days or way.length.plus else (0,) * len(units), budgeted) for way in ways
        )
        activities.append(Activity(node.id, modes, node.release, node.fixed))
        variants.append(ways)
    links = tuple(
        Link(place[arc.before], place[arc.after], arc.relation)
        for arc in network.arcs
        if arc.guard.holds(mask)
        and arc.before in place
        and arc.after in place
        and network.nodes[arc.after].fixed is None
    )
    problem = Problem(
        activities=tuple(activities),
        links=links,
        target=place[network.position[target]],
        horizon=len(network.calendar.dates),
        shifts=rows.table(),
        capacities=tuple(network.capacities.values()),
        budgets=(network.max_debts,) if network.max_debts is not None else (),
        deadline=deadline,
    )
    return Selection(problem, tuple(network.nodes[old] for old in kept), tuple(variants), mask)


def mask_has_queues(network: Network, mask: int) -> bool:
    """Whether matters queue one after another: the lever `parallel` is not pulled."""
    return "parallel" not in network.levers or not mask & network.mask(["parallel"])


def _ways(node: Node, network: Network, mask: int) -> tuple[Variant, ...]:
    """The variants a matter may choose from when debts are limited: the one that counts, and the one without its debt."""
    first = node.variant(mask)
    if first.debt is None:
        return (first,)
    plain = node.variant(mask & ~network.mask([first.debt]))
    return (first, plain)


def within(calendar: WorkCalendar, index: int) -> int:
    """`index`, if the calendar knows that day."""
    if index >= len(calendar.dates):
        raise Refusal("beyond_horizon", last=calendar.last.isoformat())
    return index
