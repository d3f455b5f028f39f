"""A live project with the units of its zone, for tests of entry reviews, fronts and task forces."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.people import OWN, hired

import luodi
from luodi.accounts.acting import Acting
from luodi.projects.actions import record_project
from luodi.projects.readers import Recorded, project
from luodi.zones.models import Zone

SAMPLES = Path(luodi.__file__).parent / "data" / "samples"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
UNITS = ("development_reform", "ecology", "natural_resources", "approval_bureau")
TEXT = (SAMPLES / "tongfu.yaml").read_text(encoding="utf-8")


def recorded(slug: str = "p", zone: str = OWN) -> Recorded:
    """A live project of a zone, first met on 8 May 2023 or so, as the sample has it."""
    Zone.objects.get_or_create(
        id=zone, defaults={"zh": "示范区", "en": "Z", "kind": "industrial", "confidence": "verified"}
    )
    by = hired("zone_officer", zone)
    record_project(slug=slug, document=TEXT, sample=True, by=by, at=NOW, zone=zone, live=True)
    found = project(slug)
    assert found is not None
    return found


def units(zone: str = OWN) -> dict[str, Acting]:
    """An officer of each unit that looks at a check; `committee` is the zone's own."""
    found = {unit: hired("bureau_officer", zone, unit=unit) for unit in UNITS}
    return found | {"zone_committee": hired("zone_officer", zone, unit="zone_committee", organisation_kind="committee")}
