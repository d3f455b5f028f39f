"""From rules and facts to the network: which matters apply, what each waits for, and which levers let it go.

Each lever's effect on what waits stands in one place here; its effect on how long things take in `lengths`.
"""

from datetime import date

from luodi.domain.catalogue.matters import Catalogue, Matter
from luodi.domain.facts.project import WORKS, ProjectFile
from luodi.domain.planning.lengths import Draft, already_done, handling, preparing, progress
from luodi.domain.planning.network import ALWAYS, Arc, Guard, Length, Network, Node, Variant, finish_of
from luodi.domain.planning.problem import Relation
from luodi.domain.vocabulary import Refusal
from luodi.domain.workdays import WorkCalendar

TODAY = "@as_of"
"""Nothing unfinished starts before this node; only what the zone had settled already does not wait for it."""


def applicable(project: ProjectFile, catalogue: Catalogue) -> tuple[Matter, ...]:
    """The matters whose condition holds on the project's facts, in catalogue order."""
    return tuple(m for m in catalogue.matters.values() if m.applies is None or m.applies.holds(project.facts))


def milestone_node(milestone: str) -> str:
    """The node id of a milestone."""
    return f"@{milestone}"


def prepare_node(matter: str) -> str:
    """The node id of a matter's preparation."""
    return f"{matter}/prepare"


def build(
    project: ProjectFile, catalogue: Catalogue, calendar: WorkCalendar, as_of: date, *, queues: bool = True
) -> Network:
    """The network of a project as of a day: applicable matters, milestones, works, all levers open.

    `queues` False leaves out what only counts without the lever `parallel`: for whoever knows that it is pulled.
    Raises `Refusal` when a progress entry or date lies outside the calendar.
    """
    matters = {m.id: m for m in sorted(applicable(project, catalogue), key=lambda m: m.stage)}
    draft = Draft(catalogue, project, calendar, as_of, matters)
    today = draft.index(as_of)
    draft.nodes[TODAY] = Node(TODAY, "today", None, (Variant(ALWAYS, Length(0), None),), fixed=(today, today))
    for milestone in catalogue.milestones:
        _milestone(draft, milestone)
    _works(draft)
    for matter in matters.values():
        _matter(draft, matter)
    if queues:
        _queues(draft)
    order = _topological(draft)
    position = {node: i for i, node in enumerate(order)}
    return Network(
        nodes=tuple(draft.nodes[node] for node in order),
        arcs=tuple(Arc(position[a], position[b], guard, relation) for a, b, guard, relation in draft.arcs),
        levers=tuple(catalogue.levers),
        calendar=calendar,
        position=position,
        capacities=dict(project.options.capacities),
        max_debts=project.options.max_debts,
    )


# --- milestones and works ---------------------------------------------------------------------------------------------


def _milestone(draft: Draft, milestone: str) -> None:
    rule = draft.catalogue.milestones[milestone]
    node = milestone_node(milestone)
    reached = draft.project.milestones.get(milestone)
    fixed = None
    release = 0 if _settled(draft, milestone) else draft.index(draft.as_of)
    if reached is not None:
        day = draft.index(reached)
        if reached <= draft.as_of or milestone in ("contact", "signed"):
            fixed = (day, day)
        release = max(release, day)
    draft.nodes[node] = Node(node, "milestone", None, (Variant(ALWAYS, Length(0), None),), release=release, fixed=fixed)
    for needed in rule.requires:
        _require(draft, needed, node, ALWAYS)
    stages = [m for m in rule.any_of if m in draft.matters]
    if stages:
        draft.wait(stages[0], node, draft.on("staged_permit"))
        draft.wait(stages[-1], node, draft.off("staged_permit"))


def _settled(draft: Draft, milestone: str) -> bool:
    """Whether everything a milestone waits for has ended: then it stands where the last of it ended, not at today."""
    rule, progress = draft.catalogue.milestones[milestone], draft.project.progress
    needs = [n for n in rule.requires if n in draft.catalogue.milestones or n in draft.matters]
    stages = [m for m in rule.any_of if m in draft.matters]

    def ended(needed: str) -> bool:
        if needed in draft.catalogue.milestones:
            reached = draft.project.milestones.get(needed)
            return (reached is not None and reached <= draft.as_of) or _settled(draft, needed)
        return needed in progress and progress[needed].finished is not None

    works = milestone != "completion"  # the end of the works is a fact of its own
    return works and bool(needs) and all(map(ended, needs)) and (not stages or any(map(ended, stages)))


def _works(draft: Draft) -> None:
    """The building works lie between construction start and completion; once begun they go on by themselves."""
    number = draft.catalogue.works
    length = Length(number.days, number.unit)
    begun = draft.project.milestones.get("construction_start")
    fixed = None
    if begun is not None and begun <= draft.as_of:
        start = draft.index(begun)
        fixed = (start, draft.halted(WORKS, finish_of(draft.calendar, length, start)))
    release = draft.release(WORKS, draft.as_of)
    variants = (Variant(ALWAYS, length, number),)
    draft.nodes["@works"] = Node("@works", "works", None, variants, release=release, fixed=fixed)
    draft.wait(milestone_node("construction_start"), "@works")
    draft.wait("@works", milestone_node("completion"))


def _require(draft: Draft, needed: str, node: str, guard: Guard, relation: Relation = Relation.FINISH_START) -> None:
    """A prerequisite that does not apply to the project counts as satisfied."""
    if needed in draft.catalogue.milestones:
        draft.wait(milestone_node(needed), node, guard, relation)
    elif needed in draft.matters:
        draft.wait(needed, node, guard, relation)


# --- one matter -------------------------------------------------------------------------------------------------------


def _matter(draft: Draft, matter: Matter) -> None:
    done_by = already_done(draft, matter)
    open_ = draft.off(done_by) if done_by else ALWAYS
    release = draft.release(matter.id, draft.project.milestones.get("contact", draft.as_of) if done_by else draft.as_of)
    _earliest(draft, matter, matter.id, open_)
    draft.nodes[matter.id] = Node(
        matter.id, "handle", matter.id, tuple(handling(draft, matter)), matter.unit, release, progress(draft, matter)
    )
    prepared = tuple(preparing(draft, matter))
    if any(variant.length.days or variant.length.plus for variant in prepared):
        first = prepare_node(matter.id)
        started = draft.project.progress.get(matter.id)
        fixed = (draft.index(started.started),) * 2 if started else None
        since = min(draft.project.preparing.get(matter.id, draft.as_of), draft.as_of)
        begun = since < draft.as_of  # nobody reports a preparation: it is held to have begun on the announced day
        early = draft.release(matter.id, since) if begun and not done_by else release
        draft.nodes[first] = Node(first, "prepare", matter.id, prepared, matter.unit, early, fixed)
        draft.wait(first, matter.id)
        for earlier in matter.prepare_after:
            _require(draft, earlier, first, open_)
        _earliest(draft, matter, first, open_, today=not begun)
    for needed in matter.requires:
        _require(draft, needed, matter.id, open_ & _softened(draft, matter, needed))
    for other in matter.starts_with:
        _require(draft, other, matter.id, open_, Relation.START_START)
    if matter.letter and not matter.hard_gate:
        _require(draft, matter.letter.by, matter.id, open_ & draft.on("letter"))


def _earliest(draft: Draft, matter: Matter, node: str, open_: Guard, *, today: bool = True) -> None:
    """Nothing begins before today or the first contact, and only a matter on one of the five fronts before the signing."""
    if today:
        draft.wait(TODAY, node, open_)
    draft.wait(milestone_node("contact"), node, open_)
    draft.wait(milestone_node("signed"), node, open_ & (draft.off("front_loading") if matter.front else ALWAYS))


def _softened(draft: Draft, matter: Matter, needed: str) -> Guard:
    """Under which levers a prerequisite still has to come first."""
    guard = ALWAYS
    if matter.front and needed in matter.front.waives:
        guard &= draft.off("front_loading")
    if matter.deferral and not matter.hard_gate and needed in matter.deferral.waives:
        guard &= draft.off("deferral")
    if matter.letter and not matter.hard_gate and needed == matter.letter.replaces:
        guard &= draft.off("letter")
    return guard


# --- one after another ------------------------------------------------------------------------------------------------


def _queues(draft: Draft) -> None:
    """Without `parallel`: stages one after another, and in a stage the matters of each phase one after another.

    A queue node carries the time at which its phase is free again; a matter that a lever has already settled does
    not stand in the queue.
    """
    serial = draft.off("parallel")
    last: dict[tuple[int, str], str] = {}
    gate: str | None = None
    stage = 0
    for matter in draft.matters.values():
        if matter.stage != stage:
            gate, stage = _gate(draft, matter.stage, tuple(last.values()), serial), matter.stage
            last.clear()
        done_by = already_done(draft, matter)
        standing = serial & draft.off(done_by) if done_by else serial
        first = prepare_node(matter.id) if prepare_node(matter.id) in draft.nodes else matter.id
        before = last.get((stage, matter.phase), gate)
        token = f"@after/{matter.id}"
        draft.nodes[token] = Node(token, "queue", None, (Variant(ALWAYS, Length(0), None),))
        if before:
            draft.wait(before, first, standing)
            draft.wait(before, token, serial)
        draft.wait(matter.id, token, standing)
        last[stage, matter.phase] = token


def _gate(draft: Draft, stage: int, tokens: tuple[str, ...], serial: Guard) -> str:
    node = f"@stage/{stage}"
    draft.nodes[node] = Node(node, "queue", None, (Variant(ALWAYS, Length(0), None),))
    for token in tokens:
        draft.wait(token, node, serial)
    return node


def _topological(draft: Draft) -> tuple[str, ...]:
    """Nodes so that every arc points forward; among free nodes the order in which they were drawn."""
    waiting = dict.fromkeys(draft.nodes, 0)
    after: dict[str, list[str]] = {node: [] for node in draft.nodes}
    for before, then, _, _ in draft.arcs:
        waiting[then] += 1
        after[before].append(then)
    free = [node for node, count in waiting.items() if count == 0]
    order: list[str] = []
    while free:
        node = free.pop(0)
        order.append(node)
        for then in after[node]:
            waiting[then] -= 1
            if waiting[then] == 0:
                free.append(then)
    if len(order) < len(draft.nodes):
        raise Refusal("cycle_in_network", nodes=sorted(set(draft.nodes) - set(order)))
    return tuple(order)
