"""A zone with a park, and projects whose milestones are known, for tests of indicators."""

from datetime import UTC, date, datetime

from tests.people import OTHER, OWN

from luodi.accounts.acting import SYSTEM
from luodi.projects.models import Outline, Project
from luodi.zones import readers
from luodi.zones.models import Zone

AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PARK = "zg_park"


def zones() -> None:
    """The zone, its park, and another zone."""
    for id_, zh, parent in ((OWN, "示例开发区", None), (PARK, "示例园区", OWN), (OTHER, "平鲁", None)):
        kind = "sub_park" if parent else "industrial"
        Zone.objects.get_or_create(
            id=id_, defaults={"zh": zh, "en": id_, "kind": kind, "confidence": "verified", "parent_id": parent}
        )
    readers.forget()


def project(slug: str, zone: str = OWN, *, invested: int | None = 1_000_000_000, **days: date) -> int:
    """A live project with milestones; `invested` in yuan.  Its number."""
    zones()
    row = Project.objects.create(
        slug=slug, document="{}", recorded_by=SYSTEM.label, created=AT, changed=AT, zh=f"项目{slug}", en=f"Project {slug}",
        zone_id=zone, live=True,
    )  # fmt: skip
    Outline.objects.create(project=row, invested=invested, **days)
    return row.pk
