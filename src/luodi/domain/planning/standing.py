"""What a plan leaves standing: the debts its levers made, and the dates it moved against a baseline."""

from collections.abc import Iterator, Mapping
from datetime import date

from luodi.domain.catalogue.matters import Catalogue, Letter
from luodi.domain.catalogue.wording import period
from luodi.domain.planning.building import milestone_node, prepare_node
from luodi.domain.planning.result import Debt, Move, Step
from luodi.domain.planning.timetable import Timetable
from luodi.domain.vocabulary import DayUnit, Text

DEFERRAL_DAYS = 30
"""A deferred paper is due within the matter's own limit, at most 30 days (assumption after published city rules)."""


def debts(table: Timetable, catalogue: Catalogue) -> Iterator[Debt]:
    """Every paper, letter and check that the chosen levers left for later, with its last day."""
    position = {node.id: i for i, node in enumerate(table.selection.nodes)}
    calendar = table.network.calendar
    completion = table.finish(position[milestone_node("completion")])
    letters = table.selection.mask & table.network.mask(["letter"]) if "letter" in table.network.levers else 0
    for node_id, i in position.items():
        matter = catalogue.matters.get(table.selection.nodes[i].matter or "")
        if matter is None or table.selection.nodes[i].fixed:
            continue
        debt = table.variant(i).debt
        if debt == "commitment" and matter.commitment:
            due = max(completion, table.finish(i))
            yield Debt(matter.id, debt, matter.commitment.check, due, calendar.projected(due))
        elif debt == "deferral" and matter.deferral and node_id == prepare_node(matter.id):
            accepted = table.start(position[matter.id])
            due = calendar.due(accepted, DEFERRAL_DAYS, DayUnit.CALENDAR)
            papers = matter.deferral.papers
            named = Text(
                "后补：" + "、".join(paper.zh for paper in papers),
                "to be supplied: " + "; ".join(paper.en for paper in papers),
            )
            yield Debt(matter.id, debt, named, due, calendar.projected(due))
        if letters and matter.letter and node_id == matter.id and table.variant(i).mode != "merged":
            yield _letter(table, catalogue, matter.id, matter.letter, position)


def _letter(
    table: Timetable, catalogue: Catalogue, matter_id: str, letter: Letter, position: Mapping[str, int]
) -> Debt:
    """A letter stands for a certificate until it expires; whoever builds on it must have exchanged it by then."""
    calendar = table.network.calendar
    issued = table.start(position[matter_id])
    due = calendar.due(issued, letter.expires.days, letter.expires.unit)
    by, replaces = catalogue.matters[letter.by].name, catalogue.matters[letter.replaces].name
    exchanged = table.finish(position[letter.replaces]) if letter.replaces in position else due
    late = exchanged > due
    return Debt(
        matter_id,
        "letter",
        Text(
            f"以“{by.zh}”函代“{replaces.zh}”，到期前换领正式证件" + ("；按本计划将逾期，到期须停工" if late else ""),
            f"letter from “{by.en}” stands for “{replaces.en}” until exchanged"
            + ("; under this plan it expires first, works must stop then" if late else ""),
        ),
        due,
        calendar.projected(due),
    )


def moves(steps: tuple[Step, ...], baseline: Mapping[str, tuple[date, date]], catalogue: Catalogue) -> Iterator[Move]:
    """The steps whose start or finish is no longer the announced one, in the order of time, each with its reason."""
    moved = [s for s in steps if s.matter in baseline and (s.start, s.finish) != baseline[s.matter]]
    for step in sorted(moved, key=lambda s: (s.start, s.finish)):
        was_start, was_finish = baseline[step.matter]
        by_start = step.start != was_start
        was, now = (was_start, step.start) if by_start else (was_finish, step.finish)
        yield Move(step.matter, was, now, (now - was).days, _why(step, by_start, catalogue))


def _why(step: Step, by_start: bool, catalogue: Catalogue) -> Text:
    if step.state != "planned":
        return Text("已按实际进展记录", "recorded as it happened")
    if not by_start:
        length = period(step.limit.days, step.limit.unit)
        return Text(f"办理时限为 {length.zh}（{step.limit.source}）", f"its limit is {length.en} ({step.limit.source})")
    if step.driver == "as_of":
        return Text(
            "原定日期已过，未开始的事项不能早于今天",
            "its announced day has passed; nothing unfinished starts before today",
        )
    other = catalogue.matters.get(step.driver) or catalogue.milestones.get(step.driver)
    name = other.name if other else Text("本事项材料准备", "its own preparation")
    return Text(f"须等待“{name.zh}”", f"waits for “{name.en}”")
