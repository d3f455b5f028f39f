"""The sample land of the demo: invented plots near Tunliu and Taiyuan with invented layers, recorded once, marked sample."""

from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.domain.source.reading import packaged
from luodi.land import building, overlaying, readers, taking

ZONES = ("tunliu", "zgsfq")
LAYERS = (
    ("tunliu", "heritage", "heritage", date(2023, 5, 1), "示例文物〔2023〕1号 区域文物保护评估图"),
    ("tunliu", "geohazard", "geohazard", date(2023, 3, 1), "示例自然资〔2023〕2号 易发区图"),
    ("tunliu", "assessment", "assessment", date(2023, 3, 1), "示例管委会〔2023〕3号 区域评估成果"),
    ("zgsfq", "heritage", "heritage_zgsfq", date(2024, 6, 1), "示例文物〔2024〕8号 区域文物保护评估图"),
    ("zgsfq", "forest", "forest_zgsfq", date(2024, 6, 1), "示例林〔2024〕5号 林地范围图"),
)
"""Zone, layer, file, first day in effect, paper."""
BUILDINGS = (
    ("TL-07", "1", "1号标准厂房", "Standard plant 1", "plant", 12_000.0, 0.0),
    ("TL-07", "2", "2号标准厂房", "Standard plant 2", "plant", 9_000.0, 3_500.0),
    ("TL-10", "K1", "孵化楼", "Incubator", "incubator", 6_000.0, 2_400.0),
    ("ZG-05", "A", "A座标准厂房", "Standard plant A", "plant", 20_000.0, 8_000.0),
)


def load(*, by: Acting, at: datetime) -> int:
    """Record the sample land where none is recorded yet; how many parcels were new.  The zones must be recorded before."""
    if readers.zones_with_parcels(ZONES):
        return 0
    taken = taking.take(text=_file("parcels"), name="parcels.geojson", by=by, at=at, sample=True)
    for zone, layer, file, on, paper in LAYERS:
        overlaying.load(
            zone=zone,
            layer=layer,
            text=_file(file),
            name=f"{file}.geojson",
            paper=paper,
            on=on,
            by=by,
            at=at,
            sample=True,
        )
    ids = {row.number: row.id for row in readers.listed(ZONES)}
    for number, code, zh, en, kind, floor, vacant in BUILDINGS:
        building.record(
            parcel=ids[number], number=code, name=zh, en=en, kind=kind, floor_area=floor, vacant=vacant, by=by, at=at,
            sample=True,
        )  # fmt: skip
    return taken.new


def _file(name: str) -> str:
    return packaged(f"samples_land/{name}.geojson").read_text(encoding="utf-8")
