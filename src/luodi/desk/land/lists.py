"""Land as files: parcels with the heads by which they are taken in again, buildings with their vacancy, idle land."""

from collections.abc import Iterator

from django.utils import timezone

from luodi.accounts.gate import SignedIn
from luodi.desk.land.telling import BUILDINGS as KINDS
from luodi.desk.tongue import language
from luodi.domain.land import states
from luodi.domain.land.corners import wkt
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.land import idling, readers
from luodi.zones import readers as zones

SIZE = 500
SYSTEM = Text("CGCS2000 经纬度", "CGCS2000")
LONGEST = 32_000
"""Characters of a cell; a longer boundary goes out as GeoJSON only."""

PARCELS = (
    Shown(Text("宗地号", "Number"), 16), Shown(Text("宗地名称", "Name"), 24), Shown(Text("开发区", "Zone"), 28),
    Shown(Text("界址点", "Corner points"), 40), Shown(Text("坐标系", "Coordinate system"), 18),
    Shown(Text("面积", "Area"), 14), Shown(Text("供地方式", "Tenure"), 12), Shown(Text("用途", "Use"), 12),
    Shown(Text("状态", "State"), 10), Shown(Text("起始价（万元/亩）", "Price (万元 a mu)"), 12),
    Shown(Text("主导产业代码", "Industry codes"), 16), Shown(Text("项目", "Project"), 24),
)  # fmt: skip
BUILDINGS = (
    Shown(Text("楼宇", "Building"), 24), Shown(Text("种类", "Kind"), 14), Shown(Text("宗地号", "Parcel"), 16),
    Shown(Text("建筑面积（平方米）", "Floor area (m²)"), 14), Shown(Text("空置（平方米）", "Vacant (m²)"), 14),
    Shown(Text("空置率（%）", "Vacant (%)"), 10),
)  # fmt: skip
IDLE = (
    Shown(Text("宗地号", "Number"), 16), Shown(Text("开发区", "Zone"), 28), Shown(Text("面积（亩）", "Area (mu)"), 12),
    Shown(Text("项目", "Project"), 24), Shown(Text("交地日期", "Delivered on"), 12), Shown(Text("满年数", "Years"), 8),
    Shown(Text("提示", "Band"), 24),
)  # fmt: skip


def parcels(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The parcels of `/land/`, by the same filters.  A query for every 500."""
    asked, rules = request.GET, states.rules()
    state = asked.get("state", "") if asked.get("state", "") in rules.states else ""
    tenure = asked.get("tenure", "") if asked.get("tenure", "") in rules.tenures else ""
    zone, words = asked.get("zone", "")[:64], asked.get("q", "")[:100]
    names, after = {one.id: one.name for one in zones.zones()}, 0
    reach = request.acting.reach
    while rows := readers.whole(reach, state=state, tenure=tenure, zone=zone, words=words, after=after, limit=SIZE):
        for row in rows:
            one = row.parcel
            shape = wkt(one.boundary.polygons)
            yield (
                one.number, one.name, names.get(one.zone, one.zone), shape if len(shape) < LONGEST else None, SYSTEM,
                one.declared[0] or f"{one.mu:.2f} 亩", rules.tenures[one.tenure], rules.uses[one.use],
                rules.states[one.state], one.price, "、".join(one.industries), one.project,
            )  # fmt: skip
        after = rows[-1].id


def buildings(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The buildings in reach, the most vacant first."""
    for one in readers.buildings(request.acting.reach):
        share = round(one.vacant / one.floor_area * 100, 1)
        name = f"{one.number} {one.name[language()]}"
        yield name, KINDS[one.kind], one.parcel_number, one.floor_area, one.vacant, share


def idle(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The delivered parcels of `/land/low-use/` without a start of works."""
    names = {one.id: one.name for one in zones.zones()}
    for one in idling.idling(request.acting.reach, timezone.localdate(request.now)):
        parcel = one.row.parcel
        zone = names.get(parcel.zone, parcel.zone)
        band = one.band.name if one.band else None
        yield parcel.number, zone, round(parcel.mu, 2), parcel.project, one.since, one.years, band
