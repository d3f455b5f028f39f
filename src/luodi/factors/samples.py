"""The sample factors (`data/factors/samples.yaml`): figures of the articles where there are any, all else marked sample."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.factors.items import guarantors, items, node_kinds
from luodi.domain.factors.life import State
from luodi.domain.factors.needs import needs
from luodi.domain.factors.placing import place
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text
from luodi.factors import actions, funding, readers, reserving
from luodi.factors.actions import Answer
from luodi.journal.readers import recorded
from luodi.projects import readers as projects
from luodi.projects.readers import Recorded
from luodi.zones import readers as zones

FILE = "factors/samples.yaml"
KEY = "factors:samples"
PAPER = "示例凭证"


def load(*, by: Acting, at: datetime) -> int:
    """Enter nodes, requests and money of the sample project where nothing of them is there; how many rows were new."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    slug, zone = ask.text(root, "project"), ask.text(root, "zone")
    rows = [ask.children(root, name) for name in ("nodes", "requests", "money")]
    project = projects.project(slug)
    if project is None or not project.zone or zones.zone(zone) is None or recorded(KEY):
        return 0
    today = day_of(at)
    with transaction.atomic():
        for place, row in enumerate(rows[0]):
            _node(row, zone, KEY if not place else None, by, at)
        placed = {one.code: one.id for one in readers.nodes(zones=frozenset({zone}))}
        stated = {one.item: one.quantity for one in needs(project.file)}
        for row in rows[1]:
            _request(row, project, stated, placed, by, at)
        for row in rows[2]:
            _money(row, project, today, by, at)
        faults.settle()
    return sum(map(len, rows))


def _node(row: ask.Row, zone: str, key: str | None, by: Acting, at: datetime) -> None:
    reserving.open_node(
        zone=zone, code=ask.text(row, "code"), kind=ask.choice(row, "kind", node_kinds()),
        name=Text(ask.text(row, "zh"), ask.text(row, "en")), capacity=ask.text(row, "capacity"),
        document=ask.text(row, "document"), place=place(ask.text(row, "place", "")), sample=True, by=by, at=at, key=key,
    )  # fmt: skip


def _request(
    row: ask.Row, project: Recorded, stated: dict[str, Decimal], placed: dict[str, int], by: Acting, at: datetime
) -> None:
    item, state = ask.choice(row, "item", items()), State(ask.choice(row, "state", [one.value for one in State]))
    basis = ask.choice(row, "basis", actions.BASES)
    size = stated.get(item, Decimal(1)) if basis == "derived" else Decimal(str(ask.number(row, "amount")))
    number = actions.ask(
        project=project, item=item, quantity=size, guarantor=ask.choice(row, "by", guarantors()), basis=basis,
        sample=True, by=by, at=at,
    )  # fmt: skip
    words, node = ask.text(row, "words", ""), ask.text(row, "node", "")
    promised = day_of(at) + timedelta(days=ask.whole(row, "days", 0, low=0))
    met = Decimal(str(ask.number(row, "met", 0)))
    for seq, step in enumerate(_way(state), 1):
        day = promised if step is State.SCHEDULED else None
        said = words if step is state else ""
        given = Answer(step, day, met, said or PAPER, PAPER, placed.get(node))
        actions.answer(request=number, seq=seq, given=given, by=by, at=at)


def _way(state: State) -> tuple[State, ...]:
    """The steps that lead to a state."""
    if state is State.REQUESTED:
        return ()
    if state in (State.ACCEPTED, State.BLOCKED, State.DROPPED):
        return (State.ACCEPTED,) if state is State.ACCEPTED else (State.ACCEPTED, state)
    return (State.ACCEPTED, State.SCHEDULED) if state is State.SCHEDULED else (State.ACCEPTED, State.SCHEDULED, state)


def _money(row: ask.Row, project: Recorded, today: date, by: Acting, at: datetime) -> None:
    parts = [
        funding.Part(
            Decimal(str(ask.number(one, "amount"))), today + timedelta(days=ask.whole(one, "days")),
            ask.text(one, "condition", ""),
        )
        for one in ask.children(row, "parts")
    ]  # fmt: skip
    number = funding.grant(
        project=project, kind=ask.text(row, "kind"), name=ask.text(row, "name"), lender=ask.text(row, "lender"),
        parts=parts, document=ask.text(row, "document"), sample=True, by=by, at=at,
    )  # fmt: skip
    (found,) = (one for one in funding.fundings(zones=None, today=today, project=project.slug) if one.id == number)
    for one in ask.children(row, "draws"):
        funding.draw(
            tranche=found.tranches[ask.whole(one, "part", low=1) - 1].id, amount=Decimal(str(ask.number(one, "amount"))),
            on=today + timedelta(days=ask.whole(one, "days")), done=Decimal(str(ask.number(one, "done"))),
            document=PAPER, by=by, at=at,
        )  # fmt: skip
