"""What requests draw from utility nodes: a node is an account of the ledger, and never promises more than it has."""

from datetime import date, datetime, timedelta

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.factors.items import items, node_kinds
from luodi.domain.factors.life import State
from luodi.domain.factors.placing import LonLat
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.factors import placing
from luodi.factors.models import Node, Request
from luodi.journal.actions import append
from luodi.ledgers import actions as ledgers
from luodi.ledgers import promising
from luodi.ledgers.readers import find
from luodi.projects.readers import project as project_of
from luodi.zones.readers import zone as zone_of

OUTSIDE = Text("国家下达与市场取得", "State and market")
HOLD = timedelta(days=1)
"""A promise on a node is committed in the same transaction; it is reserved for a moment only."""


def open_node(
    *,
    zone: str, code: str, kind: str, name: Text, capacity: str, document: str, by: Acting, at: datetime,
    ready: date | None = None, place: LonLat | None = None, sample: bool = False, key: str | None = None,
) -> int:  # fmt: skip
    """Put a utility node in the ledger with its capacity, as officers write it (`360 MVA`), and where it stands; its number.

    The capacity comes in from outside and is passed on through the zone's account to the node's, in one act.  Raises
    `Refusal`: `node_kind`, `node_exists`, `zone_unknown`, `text_missing`, and those of `amount`.
    """
    rule, held_by = node_kinds().get(kind), zone_of(zone)
    if rule is None or held_by is None:
        raise Refusal("node_zone", field="zone") if rule else Refusal("node_kind", field="kind")
    paper, holder = written.line(document, "document"), written.line(code, "code")[:48]
    said = Text(written.line(name.zh, "name"), name.en.strip() or name.zh.strip())
    size = amount(capacity, kinds()[rule.quota], "capacity")
    with transaction.atomic():
        told = {"code": holder, "kind": kind, "name": said.zh, "capacity": capacity.strip()[:60], "document": paper}
        append(chain=f"zone:{zone}", kind="factor.node_opened", by=by, at=at, zone=zone, key=key, payload=told)
        if Node.objects.filter(code=holder).exists() or find(rule.quota, "", "node", holder):
            raise Refusal("node_exists", field="code", node=holder)
        steps: tuple[tuple[str, str, Text, str | None, str], ...] = (
            ("outside", "", OUTSIDE, None, ""),
            ("zone", zone, held_by.name, zone, ""),
            ("node", holder, said, zone, paper),
        )
        route = [_account(rule.quota, one, sample, by, at) for one in steps]
        row = Node.objects.create(
            zone_id=zone, code=holder, kind=kind, zh=said.zh[:120], en=said.en[:160], account_id=route[-1], ready=ready,
            sample=sample, at=at,
        )  # fmt: skip
        ledgers.allot(route=route, amount=size, document=paper, by=by, at=at)
        if place is not None:
            placing.place_node(node=row.pk, place=place, document=paper, by=by, at=at)
    return row.pk


def follow(row: Request, state: State, node: int | None, paper: str, by: Acting, at: datetime) -> int | None:
    """What a step of a request does to the ledger; the number of its promise there, None where there is none (any more).

    Promised on a node: drawn from it, what was drawn before given back first.  Met: used up.  Dropped: given back.
    """
    held = row.promise_id
    if state is State.DROPPED and held:
        promising.release(promises=[held], why=paper, by=by, at=at)
        return None
    if state is State.MET and held:
        promising.post(promises=[held], document=paper, by=by, at=at)
    if state is not State.SCHEDULED or node is None:
        return held
    if held:
        promising.release(promises=[held], why=paper, by=by, at=at)
    return _promised(row, node, paper, by, at)


def _promised(row: Request, node: int, paper: str, by: Acting, at: datetime) -> int:
    source = Node.objects.select_related("account").filter(pk=node, zone=row.zone_id).first()
    quota = items()[row.item].quota
    if source is None or quota is None or source.account.quota != quota:
        raise Refusal("node_of_another", field="node", item=items()[row.item].name)
    project = project_of(row.project.slug)
    if project is None:
        raise Refusal("factor_gone")
    wanted = promising.Wanted(source.account_id, amount(f"{row.quantity - row.met:f}", kinds()[quota], "node"))
    try:
        promises = promising.reserve(
            project=project, wanted=[wanted], expires=at + HOLD, document=paper, by=by, at=at
        )  # fmt: skip
    except Refusal as refused:
        raise Refusal(refused.code, **{**refused.facts, "field": "node"}) from None
    promising.commit(promises=promises, document=paper, by=by, at=at)
    return promises[0]


def _account(quota: str, step: tuple[str, str, Text, str | None, str], sample: bool, by: Acting, at: datetime) -> int:
    """The account of a step of the way down, opened where there is none."""
    level, holder, name, zone, paper = step
    found = find(quota, "", level, holder)
    if found is not None:
        return found.id
    return ledgers.open_account(
        quota=quota, period="", level=level, holder=holder, name=name, zone=zone, document=paper, sample=sample, by=by, at=at
    )  # fmt: skip
