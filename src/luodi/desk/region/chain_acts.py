"""Acting on chains of industry: beginning one, who joins and who leaves, and what a paper counts."""

import re
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.asked import attempt, day, given, key, number
from luodi.desk.region import telling
from luodi.desk.region.chain_views import chain_page, chains_page, found
from luodi.domain.vocabulary import Refusal, Text
from luodi.zones import chaining, chains, readers
from luodi.zones.chains import ChainRow, Member

CODE = re.compile(r"[a-z0-9](?:[_-]?[a-z0-9])*", re.ASCII)
MANY = 100_000
"""Firms that no paper counts around one master: more is a slip of the pen."""


@require_POST
@needs("region.write")
def chain_begin(request: SignedIn) -> HttpResponseBase:
    """Begin a chain: of a zone in reach, or of the province where the post is the province's."""
    sent = request.POST
    code = sent.get("code", "").strip().lower()

    def act() -> None:
        if not CODE.fullmatch(code) or len(code) > 64:
            raise Refusal("region_chain_code", field="code", given=code[:64])
        zone = sent.get("zone", "").strip()[:64]
        if zone or request.acting.reach is not None:
            _reached(request, zone)
        name = Text(sent.get("name", ""), sent.get("name_en", ""))
        if not chaining.record_chain(
            chain=code,
            name=name,
            zone=zone or None,
            basis="zone",
            source=sent.get("source", ""),
            by=request.acting,
            at=request.now,
        ):
            raise Refusal("region_chain_taken", field="code", given=code)  # fmt: skip

    refused = attempt(act)
    return chains_page(request, refused) if refused else redirect("region_chain", key=code)


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
    _reached(request, zone)
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


@require_POST
@needs("region.write")
def chain_claim(request: SignedIn, key: str) -> HttpResponseBase:
    """Keep what a paper counts around a master: so many firms, so much money."""
    row = found(key)
    refused = attempt(lambda: _claim(request, row))
    return chain_page(request, row, refused, "claim") if refused else redirect("region_chain", key=row.id)


def _claim(request: SignedIn, row: ChainRow) -> None:
    require(request.acting, "region.write", zone=row.zone or None)
    sent = request.POST
    firms, invested = number(sent, "firms") if given(sent, "firms") else None, yuan(sent.get("invested", ""))
    if firms is None and invested is None:
        raise Refusal("region_claim_empty", field="firms")
    if firms is not None and not 0 <= firms <= MANY:
        raise Refusal("region_value_unreadable", field="firms", value=str(firms)[:40])
    master = number(sent, "around") if given(sent, "around") else None
    if master is not None and not any(one.id == master and one.role == "master" for one in chains.members(row.id)):
        raise Refusal("region_master_unknown", field="around")
    said = sent.get("about", "")
    chaining.claim(
        chain=row.id, master=master, on=day(sent, "on"), about=Text(said, said), firms=firms, invested=invested,
        basis="zone", source=sent.get("source", ""), by=request.acting, at=request.now,
    )  # fmt: skip


def _reached(request: SignedIn, zone: str) -> None:
    """Raises `Refusal` for a zone that stands in no register, and 404 for one out of reach."""
    if not zone or readers.zone(zone) is None:
        raise Refusal("region_zone_unknown", field="zone", zone=zone)
    require(request.acting, "region.write", zone=zone)


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
