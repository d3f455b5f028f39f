"""From a verified schedule back to dates, matters and reasons: the one place where a `Plan` is put into words."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from luodi.domain.catalogue.matters import Catalogue, Kind, Number
from luodi.domain.catalogue.wording import why
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.building import prepare_node
from luodi.domain.planning.cpm import Passes, passes
from luodi.domain.planning.debts import debts
from luodi.domain.planning.moves import moves
from luodi.domain.planning.network import Network, Selection, Variant
from luodi.domain.planning.problem import Link, Outcome, Problem, Relation, Schedule
from luodi.domain.planning.result import LowerBound, Plan, Span, Status, Step
from luodi.domain.planning.timetable import Timetable
from luodi.domain.vocabulary import Confidence, DayUnit, Refusal, Source, Text

SETTLING = ("regional_assessment", "standard_land")
"""Levers under which the zone has done the matter before the project came."""

NO_DAYS = Number(0, DayUnit.WORKING, Kind.MAX, Confidence.LAW, Source("—"))


def tell(
    project: ProjectFile, catalogue: Catalogue, network: Network, selection: Selection, schedule: Schedule,
    passed: Passes, outcome: Outcome, *, regime: str | None, levers: tuple[str, ...], as_of: date, start: str, to: str,
    baseline: Mapping[str, tuple[date, date]] | None, begun: float, solver: str,
) -> Plan:  # fmt: skip
    """The plan in dates and words."""
    if network.capacities or network.max_debts is not None:
        passed = _with_shared_units(selection.problem, schedule)
    table = Timetable(network, selection, schedule, passed, project)
    target = selection.problem.target
    span = _span(table, project, start, to, target)
    bound = max(outcome.bound, int(selection.problem.activities[target].release))
    steps = tuple(sorted(_steps(table, catalogue), key=lambda s: (s.stage, s.start, s.finish)))
    refuse_projected(table, project, target)
    gap = int(schedule.finish[target]) - bound
    return Plan(
        project=project.id,
        name=project.name,
        regime=regime,
        levers=levers,
        as_of=as_of,
        status=Status.OPTIMAL if outcome.proved and gap <= 0 else Status.FEASIBLE,
        milestones={n.id[1:]: table.finish(i) for i, n in enumerate(selection.nodes) if n.role == "milestone"},
        span=span,
        lower_bound=_lower_bound(table, span, bound, outcome),
        steps=steps,
        critical=tuple(dict.fromkeys(_critical(table))),
        debts=tuple(debts(table, catalogue)),
        assumed_share=_assumed_share(table),
        moves=tuple(moves(steps, baseline, catalogue)) if baseline is not None else None,
        assumed_facts=project.assumed,
        catalogue_digest=catalogue.digest,
        catalogue_as_of=as_of,
        solver=solver,
        solve_ms=round((time.perf_counter() - begun) * 1000, 3),
        gap_days=(table.day(int(schedule.finish[target])) - table.day(bound)).days if gap > 0 else 0,
    )


def levers_of(network: Network, mask: int) -> tuple[str, ...]:
    """The levers of a bit mask."""
    return tuple(lever for i, lever in enumerate(network.levers) if mask >> i & 1)


def refuse_projected(table: Timetable, project: ProjectFile, target: int) -> None:
    """An answer may not rest on years whose holidays nobody has announced, unless the project opted in."""
    finish = table.finish(target)
    if not project.options.projected and table.network.calendar.projected(finish):
        raise Refusal("no_holiday_notice", year=finish.year)


def _with_shared_units(problem: Problem, schedule: Schedule) -> Passes:
    """Passes in which activities that share a limited unit keep the order the schedule gave them.

    Chosen modes become the only ones; positions are permuted to the schedule's order and back.
    """
    count = len(problem.activities)
    order = sorted(range(count), key=lambda i: (int(schedule.start[i]), i))  # also topological
    place = {old: new for new, old in enumerate(order)}
    chosen = [
        replace(problem.activities[i], modes=(problem.activities[i].modes[int(schedule.mode[i])],)) for i in order
    ]
    links = [replace(link, before=place[link.before], after=place[link.after]) for link in problem.links]
    for resource in range(len(problem.capacities)):
        users = [n for n, a in enumerate(chosen) if a.modes[0].demands and a.modes[0].demands[resource]]
        for n, after in enumerate(users):
            start = int(schedule.start[order[after]])
            links += [Link(b, after) for b in users[:n] if int(schedule.finish[order[b]]) <= start]
    permuted = replace(
        problem, activities=tuple(chosen), links=tuple(links), target=place[problem.target], deadline=None
    )
    got = passes(permuted)
    back = [place[i] for i in range(count)]
    driver = [order[d] if (d := int(got.driver[place[i]])) >= 0 else d for i in range(count)]
    return Passes(
        early_start=got.early_start[back], early_finish=got.early_finish[back], late_start=got.late_start[back],
        late_finish=got.late_finish[back], driver=got.driver[back] * 0 + driver, on_longest_path=got.on_longest_path[back],
    )  # fmt: skip


def _span(table: Timetable, project: ProjectFile, start: str, to: str, target: int) -> Span:
    finish = table.finish(target)
    first = project.milestones.get(start)
    if first is None:
        try:
            first = date.fromisoformat(start)
        except ValueError:
            raise Refusal("milestone_without_date", milestone=start, to=to) from None
    calendar = table.network.calendar
    return Span(start, to, first, finish, (finish - first).days, calendar.count(first, finish))


def _lower_bound(table: Timetable, span: Span, bound: int, outcome: Outcome) -> LowerBound:
    day = min(table.day(bound), span.finish)
    words = {
        "longest_path": Text(
            "关键线路各段均已取法定、公布或假设的最短时限，任何安排都不能更早",
            "every stretch of the longest path already has its shortest lawful length",
        ),
        "capacity_bound": Text("有限的办理能力决定了下界", "the limited capacity of a unit sets the bound"),
        "solver_bound": Text("求解器证明的下界", "bound proved by the solver"),
    }[outcome.proof]
    return LowerBound((day - span.start).days, day, outcome.proof, words)


# --- steps ------------------------------------------------------------------------------------------------------------


def _steps(table: Timetable, catalogue: Catalogue) -> Iterator[Step]:
    position = {node.id: i for i, node in enumerate(table.selection.nodes)}
    needs: dict[int, list[str]] = {}
    together: dict[int, list[str]] = {}
    for link in table.selection.problem.links:
        node = table.selection.nodes[link.before]
        if node.role in ("handle", "milestone"):
            which = needs if link.relation is Relation.FINISH_START else together
            which.setdefault(link.after, []).append(node.id.removeprefix("@"))
    for i, node in enumerate(table.selection.nodes):
        if node.role == "handle" and node.matter:
            yield _step(
                table,
                catalogue,
                i,
                position.get(prepare_node(node.matter)),
                tuple(needs.get(i, ())),
                tuple(together.get(i, ())),
            )


def _step(
    table: Timetable,
    catalogue: Catalogue,
    i: int,
    prepare: int | None,
    requires: tuple[str, ...],
    starts_with: tuple[str, ...],
) -> Step:
    matter = catalogue.matters[table.selection.nodes[i].id]
    variant = table.variant(i)
    start, finish = table.start(i), table.finish(i)
    prepared = table.variant(prepare) if prepare is not None else None
    late = int(table.passed.late_start[i])
    slack = max(
        0, (table.day(min(late, len(table.network.calendar.dates) - 1)) - table.day(int(table.schedule.start[i]))).days
    )
    critical = any(bool(table.passed.on_longest_path[p]) for p in (i, prepare) if p is not None)
    done = table.project.progress.get(matter.id)
    settled = any(lever in variant.levers for lever in SETTLING)
    before = (start, start)
    if prepare is not None and not done and table.start(prepare) < table.finish(prepare):
        before = (table.start(prepare), table.finish(prepare))
    return Step(
        matter=matter.id, name=matter.name, stage=matter.stage, phase=matter.phase, unit=matter.unit,
        mode=variant.mode or matter.mode,
        prepare_from=before[0], prepare_to=before[1], start=start, finish=finish,
        float_days=0 if critical else slack,
        slack_days=slack,
        critical=critical,
        limit=limit_of(variant),
        levers=variant.levers + (prepared.levers if prepared and not settled else ()),
        requires=requires, starts_with=starts_with,
        driver=_driver(table, i),
        because=why(catalogue, matter, table.project.facts),
        state="planned" if done is None else "done" if done.finished else "started",
        projected=table.network.calendar.projected(finish),
    )  # fmt: skip


def limit_of(variant: Variant) -> Number:
    """The number a step runs on: the variant's own, or zero days with its source where a lever settled the matter."""
    number = variant.number or NO_DAYS
    if variant.length.days == 0 and number.days:
        return replace(number, days=0, unit=DayUnit.WORKING, kind=Kind.MAX)
    return number


def _driver(table: Timetable, i: int) -> str:
    """What fixes a start: what it waits for, its own preparation, a lever, progress, or the day of planning."""
    node = table.selection.nodes[i]
    if node.fixed:
        return "progress"
    if settled := [lever for lever in table.variant(i).levers if lever in SETTLING]:
        return settled[0]
    before = int(table.passed.driver[i])
    if before >= 0 and table.selection.nodes[before].role == "prepare":
        if table.start(before) < table.finish(before):
            return "prepare"
        before = int(table.passed.driver[before])  # nothing to prepare: what held that back holds this back
    if before < 0:
        return "as_of"
    return table.selection.nodes[before].id.removeprefix("@after/").removeprefix("@")


def _critical(table: Timetable) -> Iterator[str]:
    """The matters of the critical set in the order of time."""
    longest = [i for i in range(len(table.selection.nodes)) if bool(table.passed.on_longest_path[i])]
    for i in sorted(longest, key=lambda i: (int(table.schedule.start[i]), int(table.schedule.finish[i]), i)):
        matter = table.selection.nodes[i].matter
        if matter:
            yield matter


def _assumed_share(table: Timetable) -> float:
    """The share of the critical set's days that rest on assumptions, 0..1."""
    total = assumed = 0
    for i, node in enumerate(table.selection.nodes):
        days = (table.finish(i) - table.start(i)).days
        if days > 0 and node.role != "milestone" and bool(table.passed.on_longest_path[i]):
            number = table.variant(i).number
            total += days
            assumed += days if number is None or number.confidence is Confidence.ASSUMPTION else 0
    return round(assumed / total, 4) if total else 0.0
