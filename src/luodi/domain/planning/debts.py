"""What the levers left owing: deferred papers, letters to be exchanged, commitments to be checked, each with its last day."""

from collections.abc import Iterator, Mapping

from luodi.domain.catalogue import limits
from luodi.domain.catalogue.matters import Catalogue, Letter
from luodi.domain.clock.deferral import deferral_due
from luodi.domain.planning.building import milestone_node, prepare_node
from luodi.domain.planning.result import Debt
from luodi.domain.planning.timetable import Timetable
from luodi.domain.vocabulary import Text


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
            due = deferral_due(accepted, limits.terms(matter, table.project.facts, accepted), calendar)
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
