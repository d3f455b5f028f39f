"""What the pages of results are asked: which zones, which month; from the address, so that a link shows the same."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from luodi.accounts.gate import SignedIn, require
from luodi.domain.indicators.periods import Month, month, month_of
from luodi.domain.vocabulary import Refusal, Text
from luodi.indicators import readers
from luodi.zones import readers as zones
from luodi.zones.readers import ZoneRow, subtree

EVERY = Text("全省", "The whole province")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    `zone` "": all that the post sees.  `tops`: the zones whose entered figures are added up (a park's stand in its zone's);
    `within`: those with their parks, None for the whole province; `choices`: the zones that may be chosen; `parameters`:
    what else the address says, the moment it asks for included.
    """

    zone: str
    tops: frozenset[str]
    within: frozenset[str] | None
    choices: tuple[ZoneRow, ...]
    names: dict[str, Text]
    parameters: dict[str, str]

    def query(self, **more: str) -> str:
        """The address's query with some of it changed; what is empty is left out."""
        return "?" + urlencode({key: value for key, value in (self.parameters | more).items() if value})


def asked(request: SignedIn, *names: str) -> Asked:
    """The zones of the address (`zone`), and what else it names.  One query.  Raises 404 for a zone out of reach."""
    reach = request.acting.reach
    registered = zones.zones(today_of(request))
    seen = [one for one in registered if reach is None or one.id in reach]
    wanted = request.GET.get("zone", "")[:64]
    if wanted and wanted not in {one.id for one in registered}:
        raise Refusal("figure_zone_unknown", zone=wanted)
    if wanted:
        require(request.acting, "indicator.read", zone=wanted)
    known = {one.id for one in seen}
    heads = frozenset(one.id for one in seen if one.parent is None or one.parent not in known)
    tops = frozenset((wanted,)) if wanted else heads
    everything = reach is None and not wanted
    within = None if everything else frozenset(part for zone in tops for part in subtree(zone))
    return Asked(
        wanted,
        tops,
        within,
        tuple(seen),
        {one.id: one.name for one in registered},
        _parameters(request, "as_of", "zone", *names),
    )


def month_asked(request: SignedIn, tops: frozenset[str]) -> Month:
    """The month of the address (`period`), else the last for which figures stand, else this one.  One query at most.

    Raises `Refusal` for what is no month.
    """
    written = request.GET.get("period", "").strip()
    if written:
        return month(written)
    last = readers.latest_month(tops, request.as_of)
    return month(last) if last else month_of(today_of(request))


def today_of(request: SignedIn) -> date:
    """Today, or the day of the moment that the address asks for, in Shanxi."""
    return timezone.localdate(request.as_of or request.now)


def _parameters(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: found[:64] for name in names if (found := request.GET.get(name, "").strip())}
