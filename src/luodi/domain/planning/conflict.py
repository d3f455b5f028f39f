"""Why there is no lawful plan: the smallest set of rules and dates that contradict each other, in words."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luodi.domain.catalogue.matters import Catalogue, Kind
from luodi.domain.catalogue.wording import period
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.cpm import Passes
from luodi.domain.planning.network import Network, Selection, Variant, finish_of, within
from luodi.domain.planning.problem import Outcome, Relation
from luodi.domain.planning.result import Clause, Infeasible
from luodi.domain.vocabulary import Confidence, Refusal, Text

_WEIGHT = {Confidence.ASSUMPTION: 0, Confidence.PUBLISHED: 1, Confidence.LAW: 2}


def hard_gate(project: ProjectFile, catalogue: Catalogue, begun: float) -> Infeasible | None:
    """A plot in a heritage avoidance zone may not be built on: no lever opens that gate (文物保护法; 考古前置规定)."""
    if project.facts.get("site.heritage_zone") != "avoid":
        return None
    survey = catalogue.matters.get("heritage_survey")
    words = Text(
        "地块位于文物避让区，依法不得建设；任何改革举措都不能放宽，请另选地块",
        "the plot lies in a heritage avoidance zone and may not be built on; no reform can soften this: choose another plot",
    )
    clause = Clause("site.heritage_zone", Text("文物分区：避让区", "heritage zone: avoidance"))
    rule = Clause("heritage_survey", survey.name if survey else words)
    return Infeasible(project.id, "hard_gate", (clause, rule), words, None, _ms(begun))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One link of a chain: a node with its length, or None for an anchor that only fixes a day."""

    node: int
    variant: Variant


def too_early(
    project: ProjectFile, catalogue: Catalogue, selection: Selection, passed: Passes, network: Network, to: str,
    target: date, begun: float,
) -> Infeasible:  # fmt: skip
    """The target date against the rules: the fewest stretches, after one anchor, that already end too late.

    For every anchor (today, a fixed milestone, progress) the longest chain to the target is taken; stretches are
    let go from the shortest up, assumptions first, as long as the rest still contradicts the target.
    """
    calendar = network.calendar
    deadline = calendar.index(calendar.last_workday(target))
    best: tuple[int, list[_Stretch], int] | None = None
    for anchor, day, chain in _chains(selection, passed, network):
        kept = _fewest(network, chain, day, deadline)
        if kept is not None and (best is None or len(kept) < len(best[1])):
            best = (anchor, kept, day)
    earliest = calendar.dates[within(calendar, int(passed.early_finish[selection.problem.target]))].item()
    anchor, kept, day = best if best is not None else (-1, [], int(passed.early_start.min()))
    end = _end(network, kept, day)
    end_day: date = calendar.dates[within(calendar, end)].item()
    clauses = (
        _anchor_clause(catalogue, selection, anchor, calendar.dates[day].item()),
        *(_clause(catalogue, selection, stretch) for stretch in kept),
        Clause(
            "target",
            Text(f"{_name(catalogue, to).zh}目标日期 {target}", f"target date of {_name(catalogue, to).en}: {target}"),
        ),
    )
    last = clauses[-2].words
    late = (end_day - target).days
    name = _name(catalogue, to)
    words = Text(
        f"{name.zh} {target} 比“{last.zh}”最早结束的 {end_day} 早 {late} 天；依法最早可为 {earliest}",
        f"{name.en} {target} is {late} days before “{last.en}” can end ({end_day}); the earliest lawful date is {earliest}",
    )
    return Infeasible(project.id, "target_too_early", clauses, words, earliest, _ms(begun))


def by_capacity(
    project: ProjectFile,
    catalogue: Catalogue,
    selection: Selection,
    outcome: Outcome,
    network: Network,
    to: str,
    begun: float,
) -> Infeasible:
    """The target date against the units' limited hands: which units are limited, and to how much.

    Raises `Refusal` when the solver ran out of time: no plan found is not yet no plan.
    """
    if not outcome.proved:
        raise Refusal("no_plan_in_time", seconds=round(outcome.seconds, 1))
    clauses = tuple(
        Clause(
            unit,
            Text(
                f"{catalogue.units[unit].zh}同时最多办理 {n} 项",
                f"{catalogue.units[unit].en} handles at most {n} at once",
            ),
        )
        for unit, n in network.capacities.items()
    )
    if network.max_debts is not None:
        n = network.max_debts
        clauses += (
            Clause("max_debts", Text(f"承诺与容缺合计不超过 {n} 项", f"at most {n} commitments and deferrals")),
        )
    bound: date = network.calendar.dates[within(network.calendar, outcome.bound)].item()
    words = Text(
        f"在上述办理能力下，{_name(catalogue, to).zh}无法按目标日期完成（下界 {bound}）",
        f"with these capacities {_name(catalogue, to).en} cannot be reached by its target (bound {bound})",
    )
    return Infeasible(project.id, "capacity", clauses, words, None, _ms(begun))


def _chains(selection: Selection, passed: Passes, network: Network) -> list[tuple[int, int, list[_Stretch]]]:
    """For every anchor the longest chain to the target: (anchor node or -1 for today, its day, stretches)."""
    problem = selection.problem
    anchors: list[tuple[int, int]] = [(-1, min(a.release for a in problem.activities if a.fixed is None))]
    anchors += [(i, a.fixed[1]) for i, a in enumerate(problem.activities) if a.fixed is not None]
    incoming: dict[int, list[tuple[int, Relation]]] = {}
    for link in problem.links:
        incoming.setdefault(link.after, []).append((link.before, link.relation))
    found = []
    for anchor, day in anchors:
        chain = _longest_from(selection, network, incoming, anchor, day)
        if chain is not None:
            found.append((anchor, day, chain))
    return found


def _longest_from(
    selection: Selection, network: Network, incoming: dict[int, list[tuple[int, Relation]]], anchor: int, day: int
) -> list[_Stretch] | None:
    """The chain that ends last when only `anchor` holds a date, or None where the target does not hang on it."""
    count = len(selection.nodes)
    begin: list[int | None] = [None] * count
    end: list[int | None] = [None] * count
    driver = [(-1, True)] * count  # what it waits for, and whether for that one's end
    for i in range(count):
        if i == anchor:
            begin[i] = end[i] = day
            continue
        if selection.nodes[i].fixed:
            continue
        times = [
            (time, before, relation is Relation.FINISH_START)
            for before, relation in incoming.get(i, ())
            if (time := (end if relation is Relation.FINISH_START else begin)[before]) is not None
        ]
        if anchor == -1:
            times.append((day, -1, True))
        if times:
            moment, before, to_its_end = max(times)
            begin[i], driver[i] = moment, (before, to_its_end)
            end[i] = finish_of(network.calendar, selection.variants[i][0].length, moment)
    node = selection.problem.target
    if end[node] is None:
        return None
    chain, to_its_end = [], True
    while node not in (-1, anchor):
        length = selection.variants[node][0].length
        if to_its_end and (length.days or length.plus):
            chain.append(_Stretch(node, selection.variants[node][0]))
        node, to_its_end = driver[node]
    return chain[::-1]


def _end(network: Network, stretches: Sequence[_Stretch], day: int) -> int:
    for stretch in stretches:
        day = finish_of(network.calendar, stretch.variant.length, day)
    return day


def _fewest(network: Network, chain: list[_Stretch], day: int, deadline: int) -> list[_Stretch] | None:
    """The chain with every stretch let go that the contradiction does not need; None if there is no contradiction."""
    if _end(network, chain, day) <= deadline:
        return None
    kept = list(chain)

    def dispensable(stretch: _Stretch) -> tuple[int, int]:
        number = stretch.variant.number
        days = finish_of(network.calendar, stretch.variant.length, day) - day
        return days, _WEIGHT[number.confidence] if number else 0

    for stretch in sorted(chain, key=dispensable):
        without = [s for s in kept if s is not stretch]
        if _end(network, without, day) > deadline:
            kept = without
    return kept


def _anchor_clause(catalogue: Catalogue, selection: Selection, anchor: int, day: date) -> Clause:
    if anchor == -1:
        return Clause("as_of", Text(f"未开始的事项不能早于 {day}", f"nothing unfinished starts before {day}"))
    node = selection.nodes[anchor]
    name = _name(catalogue, node.id.removeprefix("@"))
    return Clause(node.id.removeprefix("@"), Text(f"{name.zh} {day}", f"{name.en} {day}"))


def _clause(catalogue: Catalogue, selection: Selection, stretch: _Stretch) -> Clause:
    node, number = selection.nodes[stretch.node], stretch.variant.number
    name = catalogue.matters[node.matter].name if node.matter else Text("建设施工", "building works")
    if node.role == "prepare":
        name = Text(f"{name.zh}（材料准备）", f"{name.en} (preparation)")
    if number is None:
        return Clause(node.id, name)
    length = period(number.days, number.unit)
    least = Text("至少 ", "at least ") if number.kind is Kind.MIN else Text("", "")
    assumed = number.confidence is Confidence.ASSUMPTION
    basis = Text("假设", "assumption") if assumed else Text(str(number.source), str(number.source))
    words = Text(
        f"{name.zh} {least.zh}{length.zh}（{basis.zh}）",
        f"{name.en} {least.en}{length.en} ({basis.en})",
    )
    return Clause(node.id, words, number)


def _name(catalogue: Catalogue, id_: str) -> Text:
    if id_ in catalogue.milestones:
        return catalogue.milestones[id_].name
    return catalogue.matters[id_].name if id_ in catalogue.matters else Text(id_, id_)


def _ms(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3) if begun else 0.0
