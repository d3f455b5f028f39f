"""The province through the interface: the registry on a day, a zone's profile, zones side by side, chains of industry."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.api.program import Program
from tests.indicators.scene import project, zones
from tests.people import OTHER, OWN, hired

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LINE = {"item": "road_km", "value": "12.5", "on": "2026-08-01", "source": "统计年报"}


@pytest.fixture
def office() -> Program:
    zones()
    return Program(hired("zone_officer"))


def test_the_province_is_added_up_and_the_registry_is_of_a_day(office: Program) -> None:
    project("a", signed=date(2026, 3, 1), construction_start=date(2026, 4, 28))
    status, said = office.get("/region?on=2026-11-01")
    assert (status, said["projects"], said["invested"], said["started"]["median"]) == (200, 1, 1_000_000_000, 58.0)
    assert {one["key"]: one["projects"] for one in said["stages"]}["construction_start"] == 1
    status, registry = office.get("/region/zones?on=2026-11-01")
    assert status == 200
    assert OWN in {one["id"] for one in registry["zones"]}
    assert office.get("/region?on=soon")[1]["code"] == "region_day_unreadable"


def test_a_profile_is_entered_ended_and_seen_as_it_was(office: Program) -> None:
    from luodi.domain.regions.resources import items

    item = next(one.id for one in items().items.values() if one.unit is not None)
    line = LINE | {"item": item}
    before = (datetime.now(UTC) - timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert office.post(f"/region/zones/{OWN}/profile", line)[0] == 200
    assert office.post(f"/region/zones/{OWN}/profile", line | {"item": "x"})[1]["code"] == "region_item_unknown"
    assert office.post(f"/region/zones/{OTHER}/profile", line)[0] == 404
    (kept,) = office.get(f"/region/zones/{OWN}")[1]["profile"]
    assert (kept["item"], kept["value"]) == (item, "12.5")
    assert office.get(f"/region/zones/{OWN}?as_of={before}")[1]["profile"] == []
    ended = {"item": item, "on": "2026-09-01", "source": "通知"}
    assert office.post(f"/region/zones/{OWN}/profile/end", ended)[0] == 200
    assert office.get(f"/region/zones/{OWN}")[1]["profile"] == []
    assert [one["gone"] for one in office.get(f"/region/zones/{OWN}/profile")[1]] == [True, False]


def test_zones_of_one_class_stand_side_by_side(office: Program) -> None:
    province = Program(hired("province_officer"))
    status, said = province.get(f"/region/compare?zone={OWN}&zone={OTHER}")
    assert (status, said["zones"]) == (200, [OWN, OTHER])
    assert all(len(row["cells"]) == 2 for row in said["rows"])
    assert province.get(f"/region/compare?zone={OWN}&zone=zg_park")[1]["code"] == "compare_other_class"
    assert office.get(f"/region/compare?zone={OTHER}")[0] == 404


def test_a_chain_is_begun_joined_counted_and_left(office: Program) -> None:
    chain = {"code": "pv", "name": "光伏", "zone": OWN, "source": "链长制文件"}
    assert office.post("/region/chains", chain) == (200, {"done": True})
    assert office.post("/region/chains", chain)[1]["code"] == "region_chain_taken"
    assert office.post("/region/chains", chain | {"code": "of", "zone": ""})[0] == 400, (
        "the province's are the province's"
    )
    join = {"role": "master", "name": "甲公司", "zone": OWN, "source": "x"}
    status, made = office.post("/region/chains/pv/members", join)
    assert status == 200
    assert office.post("/region/chains/pv/members", join)[1]["code"] == "region_member_already"
    firm = join | {"role": "member", "name": "乙公司", "around": made["id"], "invested": 5}
    assert office.post("/region/chains/pv/members", firm)[0] == 200
    claim = {"on": "2026-08-01", "about": "报道", "source": "报", "firms": 2, "around": made["id"]}
    assert office.post("/region/chains/pv/claims", claim)[0] == 200
    assert office.post("/region/chains/pv/claims", claim | {"firms": None})[1]["code"] == "region_claim_empty"
    (said,) = office.get("/region/chains")[1]
    assert [one["role"] for one in said["members"]] == ["master", "member"]
    assert [(one["firms"], one["known_firms"], one["agrees"]) for one in said["claims"]] == [(2, 1, False)]
    leave = {"ends": "2026-09-01", "source": "x"}
    assert office.post(f"/region/chain-members/{made['id']}/leave", leave)[0] == 200
    assert office.post(f"/region/chain-members/{made['id']}/leave", leave)[1]["code"] == "region_member_ended"
    assert [one["ends"] for one in office.get("/region/chains/pv")[1]["members"]] == ["2026-09-01", None]
    assert Program(hired("navigator")).post("/region/chains/pv/members", firm)[0] == 403
