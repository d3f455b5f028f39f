"""The filters of the pipeline as they stand in an address, and back; a word nobody knows asks for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from luodi.accounts.gate import SignedIn
from luodi.domain.leads.lists import lists
from luodi.leads.readers import NONE, Sift

NAMES = ("q", "stage", "status", "sector", "area", "region", "channel", "programme", "owner", "due", "landed", "reason",
         "as_of")  # fmt: skip
OWNERS = ("mine", "none")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    stage: str = ""
    status: str = "open"
    sector: str = ""
    area: str = ""
    region: str = ""
    channel: str = ""
    programme: str = ""
    owner: str = ""
    due: str = ""
    landed: str = ""
    reason: str = ""
    as_of: str = ""

    def query(self, **changed: str) -> str:
        """The same question with something changed, as the end of an address."""
        one = replace(self, **changed)
        usual = Asked()
        pairs = [(name, getattr(one, name)) for name in NAMES if getattr(one, name) != getattr(usual, name)]
        return f"?{urlencode(pairs)}" if pairs else "?"


def asked(sent: Mapping[str, str]) -> Asked:
    """The filters of an address."""
    known = lists()
    choices: dict[str, tuple[str, ...]] = {
        "stage": tuple(known.stages), "status": ("open", "any", *known.statuses), "sector": (*known.sectors, NONE),
        "area": (*known.areas, NONE), "region": (*known.regions, NONE), "channel": (*known.channels, NONE),
        "programme": (*known.programmes, NONE), "owner": OWNERS, "due": ("late",), "landed": ("yes", "no"),
        "reason": tuple(known.reasons),
    }  # fmt: skip
    found = {name: sent.get(name, "") for name in choices}
    kept = {name: value for name, value in found.items() if value in choices[name]}
    return Asked(q=sent.get("q", "").strip()[:100], as_of=sent.get("as_of", "")[:40], **kept)


def sift(request: SignedIn, one: Asked, today: date) -> Sift:
    """The leads in reach that the address asks for."""
    owner = {"mine": request.acting.post, "none": 0}.get(one.owner)
    return Sift(
        zones=request.acting.reach, words=one.q, stage=one.stage, status=one.status, sector=one.sector, area=one.area,
        region=one.region, channel=one.channel, programme=one.programme, owner=owner,
        late=today if one.due == "late" else None, landed={"yes": True, "no": False}.get(one.landed), reason=one.reason,
    )  # fmt: skip
