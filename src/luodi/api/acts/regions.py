"""What is entered about the province: lines of a zone's resource profile, and who joins or leaves a chain of industry."""

from typing import Annotated, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.cases import Day, Line, Word
from luodi.api.acts.projects import Happened, Made
from luodi.api.shapes import Number, Numbered, Slug
from luodi.desk.region import chain_acts, chain_views, zone_views
from luodi.domain.vocabulary import Refusal, Text
from luodi.zones import chaining, chains, profiling, readers

TAG = "regions"
DONE = {"done": True}
Written = Annotated[str, Field(max_length=40)]


class ProfileEntry(BaseModel, extra="forbid"):
    """A line in force from a day.  `value`: digits in the item's unit; of a text nothing, and the text in `about`."""

    item: Word
    value: Written = ""
    about: Annotated[str, Field(max_length=500)] = ""
    on: Day
    source: Line


class ProfileEnd(BaseModel, extra="forbid"):
    """A line that no longer holds from a day on, and the paper that says so."""

    item: Word
    on: Day
    source: Line


class ChainJoin(BaseModel, extra="forbid"):
    """Who joins a chain.  `around`: the number of the master; `invested`: whole yuan."""

    role: Literal["chief", "master", "member"]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    name_en: Annotated[str, Field(max_length=160)] = ""
    zone: Word
    source: Line
    side: Literal["", "upstream", "midstream", "downstream"] = ""
    project: Word = ""
    around: Number | None = None
    signed: Day | None = None
    invested: Annotated[int, Field(ge=0, le=chaining.GREATEST)] | None = None


class ChainLeave(BaseModel, extra="forbid"):
    """The last day in a chain, and the paper that says so."""

    ends: Day
    source: Line


class ChainBegun(BaseModel, extra="forbid"):
    """A chain of a zone; without `zone` one of the province, which only the province begins."""

    code: Annotated[str, Field(pattern=f"^{chain_acts.CODE.pattern}$", max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    name_en: Annotated[str, Field(max_length=160)] = ""
    zone: Word = ""
    source: Line


class ChainCounted(BaseModel, extra="forbid"):
    """What a paper counts around a master, or around any: so many firms, so many yuan, one of them at least."""

    on: Day
    about: Line
    source: Line
    around: Number | None = None
    firms: Annotated[int, Field(ge=0, le=chain_acts.MANY)] | None = None
    invested: Annotated[int, Field(ge=0, le=chaining.GREATEST)] | None = None


@doors.acts(TAG, "/region/zones/{slug:zone}/profile", "region.write", Made)
def enter_profile(request: SignedIn, zone: Slug, sent: ProfileEntry) -> dict[str, int]:
    """Enter a line of a zone's resource profile; the one before stays readable."""
    row = zone_views.seen(request, zone, "region.write")
    line = profiling.Line(item=sent.item, value=sent.value, about=sent.about, on=sent.on, source=sent.source)
    made = profiling.enter(zone=row.id, line=line, by=request.acting, at=request.now, key=doors.key(request))
    return {"id": made}


@doors.acts(TAG, "/region/zones/{slug:zone}/profile/end", "region.write", Made)
def end_profile(request: SignedIn, zone: Slug, sent: ProfileEnd) -> dict[str, int]:
    """Say that a line of a zone's resource profile no longer holds."""
    row = zone_views.seen(request, zone, "region.write")
    made = profiling.end(
        zone=row.id, item=sent.item, on=sent.on, source=sent.source, by=request.acting, at=request.now,
        key=doors.key(request),
    )  # fmt: skip
    return {"id": made}


@doors.acts(TAG, "/region/chains/{slug:key}/members", "region.write", Made)
def join_chain(request: SignedIn, key: Slug, sent: ChainJoin) -> dict[str, int]:
    """Enter who joins a chain of industry."""
    row = chain_views.found(key)
    _reached(request, sent.zone)
    joining = chaining.Joining(
        chain=row.id, role=sent.role, name=Text(sent.name, sent.name_en), source=sent.source, side=sent.side,
        zone=sent.zone, project=sent.project, around=sent.around, signed=sent.signed, invested=sent.invested,
    )  # fmt: skip
    return {"id": chaining.join(joining=joining, by=request.acting, at=request.now, key=doors.key(request))}


@doors.acts(TAG, "/region/chain-members/{int:member}/leave", "region.write", Happened)
def leave_chain(request: SignedIn, member: Numbered, sent: ChainLeave) -> dict[str, bool]:
    """End somebody's part in a chain."""
    mine = next((one for one in chains.members() if one.id == member), None)
    if mine is None:
        raise Http404(_("No such row"))
    require(request.acting, "region.write", zone=mine.zone)
    with doors.once(request):
        chaining.leave(member=mine.id, ends=sent.ends, source=sent.source, by=request.acting, at=request.now)
    return DONE


@doors.acts(TAG, "/region/chains", "region.write", Happened)
def begin_chain(request: SignedIn, sent: ChainBegun) -> dict[str, bool]:
    """Begin a chain of industry."""
    if sent.zone or request.acting.reach is not None:
        _reached(request, sent.zone)
    with doors.once(request):
        if not chaining.record_chain(
            chain=sent.code,
            name=Text(sent.name, sent.name_en),
            zone=sent.zone or None,
            basis="zone",
            source=sent.source,
            by=request.acting,
            at=request.now,
        ):
            raise Refusal("region_chain_taken", field="code", given=sent.code)  # fmt: skip
    return DONE


@doors.acts(TAG, "/region/chains/{slug:key}/claims", "region.write", Made)
def claim_chain(request: SignedIn, key: Slug, sent: ChainCounted) -> dict[str, int]:
    """Keep what a paper counts around a master, to be seen beside the firms known here."""
    row = chain_views.found(key)
    require(request.acting, "region.write", zone=row.zone or None)
    if sent.firms is None and sent.invested is None:
        raise Refusal("region_claim_empty", field="firms")
    masters = {one.id for one in chains.members(row.id) if one.role == "master"}
    if sent.around is not None and sent.around not in masters:
        raise Refusal("region_master_unknown", field="around")
    with doors.once(request):
        made = chaining.claim(
            chain=row.id, master=sent.around, on=sent.on, about=Text(sent.about, sent.about), firms=sent.firms,
            invested=sent.invested, basis="zone", source=sent.source, by=request.acting, at=request.now,
        )  # fmt: skip
    return {"id": made}


def _reached(request: SignedIn, zone: str) -> None:
    """Raises `Refusal` for a zone that stands in no register, and 404 for one out of reach."""
    if not zone or readers.zone(zone) is None:
        raise Refusal("region_zone_unknown", field="zone", zone=zone)
    require(request.acting, "region.write", zone=zone)
