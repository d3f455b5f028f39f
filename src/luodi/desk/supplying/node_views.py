"""Utility nodes: what each can give, what is promised on it, and entering one."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, given, key, new_key, number, status
from luodi.desk.quota import telling as ledger_telling
from luodi.desk.supplying import telling
from luodi.desk.supplying.reaching import reached
from luodi.domain.factors.placing import place
from luodi.domain.vocabulary import Refusal, Text
from luodi.factors import placing, readers, reserving
from luodi.zones import readers as zones


@require_GET
@needs("factor.read")
def nodes(request: SignedIn) -> HttpResponse:
    """The nodes in reach.  Four queries; six of the past."""
    return nodes_page(request)


def nodes_page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The page of the nodes, with what was typed where one was refused."""
    reach = reached(request)
    rows = readers.nodes(zones=frozenset() if reach.slugs is not None else reach.zones, as_of=request.as_of)
    held = readers.promised_on_all(rows, request.as_of)
    may = request.as_of is None and verdict(request.acting, "factor.write", zone=request.acting.zone).allowed
    context = {
        "rows": [(one, held.get(one.account.id, ())) for one in rows],
        "full": [one for one in rows if not one.account.sums.available],
        "may": may,
        "zones": [(one.id, one.name) for one in zones.zones() if request.acting.reaches(one.id)] if may else [],
        "kinds": [(one.id, one.name) for one in telling.node_kinds().values()],
        "refused": refused,
        "placed": request.method == "POST" and "node" in request.POST,
        "known": [(str(one.id), Text(f"{one.code} {one.name.zh}", f"{one.code} {one.name.en}")) for one in rows],
        "typed": request.POST if refused else {"zone": request.acting.zone},
        "key": new_key(),
        "telling": telling,
        "quotas": ledger_telling,
        "place": "factor_board",
    }
    return render(request, "supplying/nodes.html", context, status=status(refused))


@require_POST
@needs("factor.write")
def open_node(request: SignedIn) -> HttpResponseBase:
    """Enter a node with its capacity."""
    sent = request.POST

    def act() -> None:
        zone = sent.get("zone", "").strip()
        if zones.zone(zone) is None:
            raise Refusal("node_zone", field="zone")
        require(request.acting, "factor.write", zone=zone)
        name = sent.get("name", "")
        reserving.open_node(
            zone=zone, code=sent.get("code", ""), kind=sent.get("kind", ""), name=Text(name, name),
            capacity=sent.get("capacity", ""), document=sent.get("document", ""),
            ready=day(sent, "ready") if given(sent, "ready") else None, place=place(sent.get("place", "")),
            by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return nodes_page(request, refused) if refused else redirect("factor_nodes")


@require_POST
@needs("factor.write")
def place_node(request: SignedIn) -> HttpResponseBase:
    """Say where a node stands."""
    sent = request.POST

    def act() -> None:
        row = readers.node(number(sent, "node"))
        if row is None:
            raise Refusal("node_gone", field="node")
        require(request.acting, "factor.write", zone=row.zone)
        where = place(sent.get("place", ""))
        if where is None:
            raise Refusal("text_missing", field="place")
        placing.place_node(
            node=row.id, place=where, document=sent.get("document", ""), by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return nodes_page(request, refused) if refused else redirect("factor_nodes")
