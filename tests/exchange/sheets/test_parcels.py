"""Parcels from Excel: each row a parcel, every slip told with its reason, nothing doubled, an import taken back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.domain.land.plots import SOUTH, WEST, ring
from tests.exchange.sheets.made import Cell, book
from tests.people import AT as HIRED
from tests.people import hired

from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain.land import gauss, offset
from luodi.domain.land.corners import wkt
from luodi.domain.land.plane import centre
from luodi.exchange.sheets import actions, readers
from luodi.exchange.sheets.readers import Handed
from luodi.land import moving
from luodi.land import readers as land
from luodi.zones import registry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
HEADS = ("宗地号", "宗地名称", "所属开发区", "界址点坐标", "坐标系", "宗地面积", "土地用途", "起始价（万元/亩）")
ZONE, MU = "屯留经济技术开发区", "59.8 亩"


@pytest.fixture
def officer(db: None) -> Acting:
    registry.load(by=SYSTEM, at=HIRED)
    return hired("data_officer", "tunliu")


def corners(west: float = 0.0, size: float = 0.002, south: float = 0.0) -> str:
    return "; ".join(f"{x:.6f},{y:.6f}" for x, y in ring(WEST + west, SOUTH + south, size, size)[:-1])


def row(number: str, west: float = 0.0, **told: Cell) -> tuple[Cell, ...]:
    given: dict[str, Cell] = {
        "corners": corners(west),
        "system": "CGCS2000",
        "area": MU,
        "use": "工业",
        "price": 12.0,
        "zone": ZONE,
    }
    given |= told
    return (
        number, told.get("name", f"地块{number}"), given["zone"], given["corners"], given["system"], given["area"],
        given["use"], given["price"],
    )  # fmt: skip


def given(officer: Acting, *rows: Sequence[Cell], at: datetime = AT) -> Handed:
    data = book(HEADS, *rows)
    found = readers.handed(actions.hand_in(data=data, name="地块.xlsx", kind="parcels", by=officer, at=at))
    assert found is not None
    return found


def taken(officer: Acting, *rows: Sequence[Cell], at: datetime = AT) -> Handed:
    handed = given(officer, *rows, at=at)
    assert actions.take_in(number=handed.id, by=officer, at=at)
    found = readers.handed(handed.id)
    assert found is not None
    assert (found.new, found.changed, found.same, found.refused) == (
        handed.new, handed.changed, handed.same, handed.refused,
    ), "the dry run foresaw it"  # fmt: skip
    return found


def numbers() -> list[str]:
    return [one.number for one in land.listed(None)]


def told(handed: Handed) -> list[list[str]]:
    return [[one.code for one in line.told] for line in readers.lines(handed.id)]


def test_rows_become_parcels_once(officer: Acting) -> None:
    east, north = zip(*(gauss.metres(x, y, 114) for x, y in ring(WEST + 0.01, SOUTH, 0.002, 0.002)), strict=True)
    survey = "；".join(
        f"J{n}，{y:.3f}，{x + 38e6:.3f}" for n, (x, y) in enumerate(zip(east, north, strict=True), start=1)
    )
    rows = (
        row("甲-1"),
        row("甲-2", corners=survey, system="", area="3.987 公顷"),
        row("甲-3", 0.02, area="39870 平方米"),
    )
    assert taken(officer, *rows).new == 3
    assert numbers() == ["甲-1", "甲-2", "甲-3"]
    whole = {one.parcel.number: one.parcel for one in land.whole(None)}
    assert all(one.mu == pytest.approx(59.8, abs=0.01) for one in whole.values())
    assert (whole["甲-1"].price, whole["甲-1"].use, whole["甲-1"].state) == (12, "industrial", "raw")
    again = taken(officer, *rows, at=LATER)
    assert (again.new, again.changed, again.same) == (0, 0, 3)


def test_what_a_row_leaves_empty_stays(officer: Acting) -> None:
    taken(officer, row("甲-1"))
    one = land.listed(None)[0]
    moving.prove(parcel=one.id, seq=1, what="clearing", on=date(2026, 11, 20), evidence="单", by=officer, at=AT)
    assert taken(officer, row("甲-1", corners=None, area=None, use=None, price=15.0), at=LATER).changed == 1
    (kept,) = land.whole(None)
    assert (kept.parcel.price, kept.parcel.declared[0], set(kept.parcel.proofs)) == (15, MU, {"clearing"})


BOW = "112.98,36.30; 112.99,36.31; 112.99,36.30; 112.98,36.31"
WRONG = (
    (row("自相交", corners=BOW), ["parcel_crosses_itself"]),
    (row("经纬反", corners="36.3,112.9; 36.3,112.902; 36.302,112.902; 36.302,112.9"), ["parcel_axes_swapped"]),
    (row("火星", system="GCJ-02"), ["parcels_consumer_map"]),
    (row("笔误", 0.03, area="1000000000 亩"), ["parcel_area_impossible"]),
    (row("公顷", 0.04, area="59.8 公顷"), ["parcel_area_unit"]),
    (row("平方米", 0.05, area="59.8 平方米"), ["parcel_area_unit"]),
    (row("无单位", 0.06, area=59.8), ["cell_unit_missing"]),
    (row("小数点", 0.07, area="598 亩"), ["parcel_area_digits"]),
    (row("别处", 0.08, zone="没有的区"), ["sheet_zone_unknown"]),
    (row("邻区", 0.09, zone="山西转型综合改革示范区"), ["sheet_zone_outside"]),
    (row("没有界址", corners=None), ["parcel_corners_missing"]),
    (row("已供", 0.1, use="月球"), ["unknown_choice"]),
    (row("带号", corners="512345,4192345; 512445,4192345; 512445,4192445"), ["corners_zone_unstated"]),
    (row("压盖", 0.0, area=None), ["parcel_overlaps_recorded"]),
    (row("压前行", 0.201, area=None), ["parcels_overlap"]),
)


def test_every_slip_is_told_and_the_good_row_goes_in(officer: Acting) -> None:
    taken(officer, row("甲-0", area=None))
    handed = given(officer, row("好", 0.2), *(one for one, _ in WRONG))
    assert told(handed) == [codes for _, codes in WRONG]
    assert (handed.new, handed.refused) == (1, len(WRONG))
    assert numbers() == ["甲-0"], "a dry run writes nothing"
    assert actions.take_in(number=handed.id, by=officer, at=AT)
    assert numbers() == ["甲-0", "好"]


def test_corners_from_a_consumer_map_are_known_by_the_recorded_place(officer: Acting) -> None:
    taken(officer, row("甲-1", area=None))
    here = centre(land.whole(None)[0].parcel.boundary)
    shown = offset.moved(here)
    moved = row("甲-1", area=None, corners=corners(shown[0] - here[0], south=shown[1] - here[1]))
    assert told(given(officer, moved)) == [["parcel_offset_like_consumer_map"]]


def test_an_import_is_taken_back_but_not_what_was_changed_since(officer: Acting) -> None:
    taken(officer, row("甲-1"))
    second = taken(officer, row("甲-1", price=20.0), row("甲-2", 0.01), row("甲-3", 0.02), at=LATER)
    held = next(one for one in land.listed(None) if one.number == "甲-3")
    moving.prove(parcel=held.id, seq=1, what="clearing", on=date(2026, 11, 20), evidence="单", by=officer, at=LATER)
    assert actions.take_back(number=second.id, reason="底图有误", by=officer, at=LATER)
    assert numbers() == ["甲-1", "甲-3"]
    assert {one.parcel.number: one.parcel.price for one in land.whole(None)}["甲-1"] == 12
    assert told(second) == [["parcel_changed"]]
    assert taken(officer, row("甲-2", 0.01), at=LATER).new == 1


def test_what_goes_out_as_wkt_comes_in_the_same(officer: Acting) -> None:
    taken(officer, row("甲-1"))
    (kept,) = land.whole(None)
    assert taken(officer, row("甲-1", corners=wkt(kept.parcel.boundary.polygons)), at=LATER).same == 1
