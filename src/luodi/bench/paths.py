"""Bench of the critical path: one project, and ten thousand back to back."""

from dataclasses import replace

import numpy as np

from luodi.bench.networks import project
from luodi.bench.rows import Row, agree, median_ms, missing, once_ms, there
from luodi.domain.planning import cpm
from luodi.domain.planning.problem import Problem

PROJECTS = 10_000
DISTINCT = 100
PEER_PROJECTS = 200


def without_calendars(problem: Problem) -> Problem:
    """The same problem with every period counted in working days: what the peers can say."""
    return replace(
        problem,
        activities=tuple(
            replace(activity, modes=tuple(replace(mode, shift=-1) for mode in activity.modes))
            for activity in problem.activities
        ),
    )


def networkx_passes(problem: Problem) -> tuple[list[int], list[int]]:
    """Early and late finish by networkx: build the graph, two passes over its topological order."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(problem.activities)))
    graph.add_edges_from((link.before, link.after) for link in problem.links)
    days = [activity.modes[0].days for activity in problem.activities]
    order = list(nx.topological_sort(graph))
    early = [0] * len(days)
    for i in order:
        early[i] = max((early[before] for before in graph.predecessors(i)), default=0) + days[i]
    late = [early[problem.target]] * len(days)
    for i in reversed(order):
        late[i] = min((late[after] - days[after] for after in graph.successors(i)), default=late[i])
    return early, late


def one_project() -> list[Row]:
    """From a Problem to both passes, against networkx without calendars (graph building included on both sides)."""
    problem = project(0, two_modes=0)
    plain = without_calendars(problem)
    arrays = cpm.compile(problem)
    ours = median_ms(lambda: cpm.passes(problem), 400)
    stored = median_ms(lambda: cpm.passes(arrays), 400)
    note = f"passes alone, arrays stored: {1000 * stored:.0f} us"
    if not there("networkx"):
        return [Row("CPM with calendars, one project (91 steps)", ours, within=0.3, note=missing("networkx"))]
    early, late = networkx_passes(plain)
    found = cpm.passes(plain)
    agree(found.early_finish.tolist(), early, "early finish")
    agree(found.late_finish.tolist(), late, "late finish")
    peer = median_ms(lambda: networkx_passes(plain), 200)
    return [
        Row(
            "CPM with calendars, one project (91 steps)",
            ours,
            "networkx without calendars",
            peer,
            faster=2,
            within=0.3,
            note=note,
        )
    ]


def ten_thousand() -> list[Row]:
    """Stored projects, both passes, against networkx (scaled) and one numpy gather over the links."""
    problems = [project(seed, two_modes=0) for seed in range(DISTINCT)]
    parts = [cpm.compile(problem) for problem in problems]
    arrays = cpm.join([parts[k % DISTINCT] for k in range(PROJECTS)])
    ours = median_ms(lambda: cpm.passes(arrays), 9)
    before = (arrays.code >> 1).astype(np.int64)
    finish = np.ascontiguousarray(cpm.passes(arrays).early_finish)
    limit = median_ms(lambda: finish[before], 9)
    what = f"CPM, 10,000 projects ({arrays.days.size:,} steps)"
    found = cpm.passes(arrays)
    agree(found.early_finish[:91].tolist(), cpm.passes(problems[0]).early_finish.tolist(), "first project of the batch")
    if not there("networkx"):
        return [Row(what, ours, limit="one gather", limit_ms=limit, of_limit=5, note=missing("networkx"))]
    plain = [without_calendars(problem) for problem in problems]
    seconds, _ = once_ms(lambda: [networkx_passes(plain[k % DISTINCT]) for k in range(PEER_PROJECTS)])
    peer = seconds * PROJECTS / PEER_PROJECTS
    note = f"networkx without calendars, {PEER_PROJECTS} projects scaled to {PROJECTS:,}; ours with calendars"
    return [Row(what, ours, "networkx", peer, "one gather", limit, faster=300, of_limit=5, note=note)]
