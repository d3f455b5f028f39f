"""Leads for tests: a zone, an officer, and leads in it."""

from datetime import UTC, date, datetime

from luodi.accounts.acting import SYSTEM, Acting
from luodi.leads import actions
from luodi.leads.actions import Facts
from luodi.zones.models import Zone

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SEEN = date(2026, 10, 8)
USCC = "91140000MA0KWX5C5H"


def zone(id_: str = "zgsfq") -> str:
    """A zone."""
    Zone.objects.get_or_create(
        id=id_, defaults={"zh": f"{id_}开发区", "en": id_, "kind": "industrial", "confidence": "verified"}
    )
    return id_


def lead(company: str = "三一硅能科技有限公司", by: Acting = SYSTEM, where: str = "zgsfq", **more: object) -> int:
    """A lead."""
    facts = {"company": company, "title": "5GW 单晶硅", "contacted": SEEN} | more
    return actions.record_lead(zone=zone(where), facts=Facts(**facts), by=by, at=NOW)  # type: ignore[arg-type]
