"""Chains of industry: chief, masters, firms up and down; what papers count beside the rows that are known."""

from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, day, given, key, new_key, number, status
from luodi.desk.region import telling
from luodi.desk.region.asked import asked
from luodi.domain.vocabulary import Refusal, Text
from luodi.zones import chaining, chains, readers
from luodi.zones.chains import ChainRow, Member


@require_GET
@needs("zone.read")
def region_chains(request: SignedIn) -> HttpResponse:
    """All chains with their masters and what is signed around them.  Four queries."""
    one = asked(request)
    rows = chains.members(on=one.on)
    context = {
        "filters": one,
        "chains": chains.chains(),
        "members": {chain.id: [row for row in rows if row.chain == chain.id] for chain in chains.chains()},
        "claims": [chains.checked(claim, rows) for claim in chains.claims()],
        "zones": {row.id: row for row in readers.zones()},
        "may": verdict(request.acting, "region.write"),
        "telling": telling,
        "roles": chaining.ROLES,
        "place": "region",
    }
    return render(request, "region/chains.html", context)


@require_GET
@needs("zone.read")
def region_chain(request: SignedIn, key: str) -> HttpResponseBase:
    """One chain: who is in it, and a form to enter who joins.  Five queries."""
    return chain_page(request, found(key))


def found(chain: str) -> ChainRow:
    """The chain at an address.  Raises 404 where there is none.  One query."""
    row = next((one for one in chains.chains() if one.id == chain), None)
    if row is None:
        raise Http404(_("No such chain"))
    return row


def chain_page(request: SignedIn, row: ChainRow, refused: Refusal | None = None) -> HttpResponse:
    """The page, with what was typed where an act was refused."""
    members = chains.members(row.id)
    zones = readers.zones()
    reach = request.acting.reach
    context = {
        "chain": row,
        "masters": [one for one in members if one.role == "master"],
        "chiefs": [one for one in members if one.role == "chief"],
        "sides": [(side, name, [one for one in members if one.role == "member" and one.side == side])
                  for side, name in chaining.SIDES.items()],
        "firms": [one for one in members if one.role == "member"],
        "claims": [chains.checked(claim, members) for claim in chains.claims(row.id)],
        "by_id": {one.id: one for one in members},
        "zones": {one.id: one for one in zones},
        "choices": [(one.id, one.name) for one in zones if reach is None or one.id in reach],
        "roles": list(chaining.ROLES.items()),
        "positions": [(side, name) for side, name in chaining.SIDES.items() if side],
        "may": verdict(request.acting, "region.write"),
        "refused": refused,
        "typed": request.POST if refused else {},
        "key": new_key(),
        "telling": telling,
        "place": "region",
    }  # fmt: skip
    return render(request, "region/chain.html", context, status=status(refused))


@require_POST
@needs("region.write")
def chain_join(request: SignedIn, key: str) -> HttpResponseBase:
    """Enter who joins a chain."""
    row = found(key)
    refused = attempt(lambda: _join(request, row))
    return chain_page(request, row, refused) if refused else redirect("region_chain", key=row.id)


def _join(request: SignedIn, row: ChainRow) -> None:
    sent = request.POST
    zone = sent.get("zone", "").strip()[:64]
    if not zone or readers.zone(zone) is None:
        raise Refusal("region_zone_unknown", field="zone", zone=zone)
    require(request.acting, "region.write", zone=zone)
    joining = chaining.Joining(
        chain=row.id, role=sent.get("role", ""), name=Text(sent.get("name", ""), sent.get("name_en", "")),
        source=sent.get("source", ""), side=sent.get("side", ""), zone=zone, project=sent.get("project", "").strip(),
        around=number(sent, "around") if given(sent, "around") else None,
        signed=day(sent, "signed") if given(sent, "signed") else None, invested=yuan(sent.get("invested", "")),
    )  # fmt: skip
    chaining.join(joining=joining, by=request.acting, at=request.now, key=key(sent))


@require_POST
@needs("region.write")
def chain_leave(request: SignedIn, member: int) -> HttpResponseBase:
    """End somebody's part in a chain."""
    mine = next((one for one in chains.members() if one.id == member), None)
    if mine is None:
        raise Http404(_("No such row"))
    require(request.acting, "region.write", zone=mine.zone)
    row = found(mine.chain)
    refused = attempt(lambda: _leave(request, mine))
    return chain_page(request, row, refused) if refused else redirect("region_chain", key=row.id)


def _leave(request: SignedIn, mine: Member) -> None:
    sent = request.POST
    chaining.leave(
        member=mine.id, ends=day(sent, "ends"), source=sent.get("source", ""), by=request.acting, at=request.now
    )


def yuan(text: str) -> int | None:
    """An amount typed in 万元, in yuan; None for nothing.  Raises `Refusal` beside its field."""
    typed = text.replace(",", "").replace("，", "").strip()
    if not typed:
        return None
    try:
        found = Decimal(typed)
    except InvalidOperation:
        raise Refusal("region_value_unreadable", field="invested", value=text[:40]) from None
    if not found.is_finite() or found != round(found, 4) or not 0 <= found <= chaining.GREATEST:
        raise Refusal("region_value_unreadable", field="invested", value=text[:40])
    return int(found * telling.WAN)
