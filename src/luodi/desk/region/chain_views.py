"""Chains of industry: chief, masters, firms up and down; what papers count beside the rows that are known."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.region import telling
from luodi.desk.region.asked import asked
from luodi.domain.vocabulary import Refusal
from luodi.zones import chaining, chains, readers
from luodi.zones.chains import NOW, ChainRow, Later


@require_GET
@needs("zone.read")
def region_chains(request: SignedIn) -> HttpResponse:
    """All chains with their masters and what is signed around them.  Four queries; five of the past."""
    return chains_page(request)


def chains_page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The page, with what was typed where beginning a chain was refused."""
    one, than, reach = asked(request), chains.later(request.as_of), request.acting.reach
    rows, listed, zones = chains.members(None, one.on, than), chains.chains(than), readers.zones()
    context = {
        "filters": one,
        "chains": listed,
        "members": {chain.id: [row for row in rows if row.chain == chain.id] for chain in listed},
        "claims": [chains.checked(claim, rows) for claim in chains.claims(None, than)],
        "zones": {row.id: row for row in zones},
        "choices": [(row.id, row.name) for row in zones if reach is None or row.id in reach],
        "may": verdict(request.acting, "region.write").allowed and request.as_of is None,
        "refused": refused,
        "typed": request.POST if refused else {"zone": request.acting.zone},
        "key": new_key(),
        "telling": telling,
        "roles": chaining.ROLES,
        "place": "region",
    }
    return render(request, "region/chains.html", context, status=status(refused))


@require_GET
@needs("zone.read")
def region_chain(request: SignedIn, key: str) -> HttpResponseBase:
    """One chain: who is in it, and a form to enter who joins.  Five queries; six of the past."""
    return chain_page(request, found(key, chains.later(request.as_of)))


def found(chain: str, than: Later = NOW) -> ChainRow:
    """The chain at an address.  Raises 404 where there is none, or was none.  One query."""
    row = next((one for one in chains.chains(than) if one.id == chain), None)
    if row is None:
        raise Http404(_("No such chain"))
    return row


def chain_page(request: SignedIn, row: ChainRow, refused: Refusal | None = None, about: str = "join") -> HttpResponse:
    """The page, with what was typed where an act was refused; `about`: which form that was."""
    than = chains.later(request.as_of)
    members = chains.members(row.id, None, than)
    zones = readers.zones()
    reach = request.acting.reach
    context = {
        "chain": row,
        "masters": [one for one in members if one.role == "master"],
        "chiefs": [one for one in members if one.role == "chief"],
        "sides": [(side, name, [one for one in members if one.role == "member" and one.side == side])
                  for side, name in chaining.SIDES.items()],
        "firms": [one for one in members if one.role == "member"],
        "claims": [chains.checked(claim, members) for claim in chains.claims(row.id, than)],
        "by_id": {one.id: one for one in members},
        "zones": {one.id: one for one in zones},
        "choices": [(one.id, one.name) for one in zones if reach is None or one.id in reach],
        "roles": list(chaining.ROLES.items()),
        "positions": [(side, name) for side, name in chaining.SIDES.items() if side],
        "may": verdict(request.acting, "region.write").allowed and request.as_of is None,
        "refused": refused,
        "about": about if refused else "",
        "filters": asked(request) if request.method == "GET" else None,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "region",
    }  # fmt: skip
    return render(request, "region/chain.html", context, status=status(refused))
