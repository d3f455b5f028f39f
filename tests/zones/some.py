"""Some zones of the registry for tests, without the eighty entries that recording all of it writes."""

from luodi.zones.models import Zone
from luodi.zones.registry import registry

WANTED = (
    "pinglu", "zgsfq", "zg_jinzhong", "zg_tanghuai", "zuoyun", "wusu", "yangcheng", "cz_gxq", "dt_jkq", "tunliu", "guxian",
    "yuxian", "yangqu_nongye",
)  # fmt: skip


def some_zones() -> None:
    """Zones of every class that the samples speak of."""
    Zone.objects.bulk_create(
        Zone(
            id=one.id, zh=one.name.zh, en=one.name.en, kind=one.kind, city=one.city, level=one.level,
            parent_id=one.parent, starts=one.starts, ends=one.ends, confidence=one.confidence, source=one.source,
        )
        for one in registry().zones
        if one.id in WANTED
    )  # fmt: skip
