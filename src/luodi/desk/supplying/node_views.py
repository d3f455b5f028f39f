"""Utility nodes: what each can give, what is promised on it, and entering one."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, given, key, new_key, status
from luodi.desk.quota import telling as ledger_telling
from luodi.desk.supplying import telling
from luodi.desk.supplying.reaching import reached
from luodi.domain.vocabulary import Refusal, Text
from luodi.factors import readers, reserving
from luodi.zones import readers as zones


@require_GET
@needs("factor.read")
def nodes(request: SignedIn) -> HttpResponse:
    """The nodes in reach.  Three queries, and one for each node."""
    return nodes_page(request)


def nodes_page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The page of the nodes, with what was typed where one was refused."""
    reach = reached(request)
    rows = readers.nodes(zones=frozenset() if reach.slugs is not None else reach.zones)
    may = verdict(request.acting, "factor.write", zone=request.acting.zone)
    context = {
        "rows": [(one, readers.promised_on(one)) for one in rows],
        "full": [one for one in rows if not one.account.sums.available],
        "may": may,
        "zones": [(one.id, one.name) for one in zones.zones() if request.acting.reaches(one.id)] if may.allowed else [],
        "kinds": [(one.id, one.name) for one in telling.node_kinds().values()],
        "refused": refused,
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
            ready=day(sent, "ready") if given(sent, "ready") else None, by=request.acting, at=request.now, key=key(sent),
        )  # fmt: skip

    refused = attempt(act)
    return nodes_page(request, refused) if refused else redirect("factor_nodes")
