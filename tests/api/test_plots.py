"""Land by file, standard land and sites through the interface: whole files or none, each act behind the same gate."""

import json
from typing import Any

import pytest
from tests.api.program import Program
from tests.domain.land.plots import feature, file, parcel, ring
from tests.factors.conftest import jinko
from tests.land.conftest import officer
from tests.land.test_land import CHECKLIST, NOW, one, prove, taken
from tests.people import hired

from luodi.accounts.acting import Acting

__all__ = ["jinko", "officer"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_parcels_come_in_and_go_out_as_the_same_file(officer: Acting) -> None:
    program, far = Program(officer), Program(hired("data_officer"))
    data = file(parcel("A"), parcel("B", 0.01)).encode()
    assert far.upload("/parcels", "p.geojson", data)[0] == 400, "another zone's"
    assert program.upload("/parcels", "p.geojson", data) == (200, {"new": 2, "revised": 0, "same": 0})
    status, said = program.upload("/parcels", "p.geojson", file(parcel("C", 0.02), parcel("C", 0.03)).encode())
    assert (status, bool(said["errors"])) == (400, True)
    status, content = program.get("/parcels.geojson?zone=tunliu")
    assert status == 200
    sent: dict[str, Any] = json.loads(content)
    assert [each["properties"]["number"] for each in sent["features"]] == ["A", "B"]
    assert program.upload("/parcels", "p.geojson", content) == (200, {"new": 0, "revised": 0, "same": 2})


def test_a_parcel_moves_with_its_proofs_only(officer: Acting) -> None:
    taken(officer, parcel("A"))
    program, held = Program(officer), one()
    step = {"seq": held.seq, "to": "net", "on": NOW.date().isoformat(), "evidence": "验收单"}
    assert program.post(f"/parcels/{held.id}/move", step)[1]["code"] == "parcel_not_ready"
    prove(officer, *CHECKLIST)
    assert program.post(f"/parcels/{held.id}/move", step)[1]["code"] == "parcel_changed"
    assert program.post(f"/parcels/{held.id}/move", step | {"seq": one().seq}) == (200, {"done": True})
    assert program.get(f"/parcels/{held.id}")[1]["state"] == "net"
    assert Program(hired("data_officer")).post(f"/parcels/{held.id}/move", step)[0] == 404


def test_bars_promises_and_checks_of_a_parcel(officer: Acting) -> None:
    taken(officer, parcel("A"))
    program, held = Program(officer), one()
    page = f"/parcels/{held.id}"
    bars = {"seq": held.seq, "values": {"tax_per_mu": 20}}
    assert program.post(f"{page}/conditions", bars | {"values": {"x": 1}})[1]["code"] == "indicator_unknown"
    assert program.post(f"{page}/conditions", bars) == (200, {"done": True})
    assert program.post(f"{page}/promise", {"seq": one().seq, "values": {"tax_per_mu": 15}})[0] == 200
    (short,) = program.get("/low-use")[1]
    assert [(each["indicator"], each["bar"], each["value"]) for each in short["short"]] == [("tax_per_mu", 20, 15)]
    check = {"seq": one().seq, "values": {}, "stage": "completion", "on": NOW.date().isoformat(), "evidence": "验收"}
    assert program.post(f"{page}/check", check)[1]["code"] == "check_before_delivery"
    plant = {"number": "1#", "name": "厂房", "kind": "plant", "floor_area": 1000, "vacant": 400}
    assert program.post(f"{page}/building", plant)[0] == 200
    assert program.post(f"{page}/building", plant | {"vacant": 2000})[1]["code"] == "vacancy_out_of_range"
    assert [each["vacant"] for each in program.get("/buildings")[1]] == [400]
    assert program.post(f"{page}/take-out", {"seq": one().seq, "reason": "重复录入"}) == (200, {"done": True})
    assert program.get("/parcels")[1]["rows"] == []
    assert Program(hired("navigator", "tunliu")).post(f"{page}/conditions", bars)[0] == 403


def test_a_layer_is_loaded_and_withdrawn(officer: Acting) -> None:
    program = Program(officer)
    corners = ring(112.9, 36.3, 0.01, 0.01)
    data = json.dumps(
        {"type": "FeatureCollection", "features": [AREA | {"geometry": {"type": "Polygon", "coordinates": [corners]}}]}
    )
    fields = {"zone": "tunliu", "layer": "heritage", "paper": "文物函1号", "on": "2026-01-01"}
    assert program.upload("/layers", "h.geojson", data.encode(), fields) == (200, {"version": 1})
    assert program.upload("/layers", "h.geojson", data.encode(), fields | {"layer": "x"})[1]["code"] == "layer_unknown"
    assert [(each["layer"], each["areas"]) for each in program.get("/layers")[1]] == [("heritage", 1)]
    back = {"zone": "tunliu", "layer": "heritage", "version": 1, "reason": "导错"}
    assert Program(hired("data_officer")).post("/layers/withdraw", back)[0] == 404
    assert program.post("/layers/withdraw", back) == (200, {"done": True})
    assert program.post("/layers/withdraw", back)[1]["code"] == "no_such_version"


@pytest.mark.usefixtures("jinko")
def test_sites_are_explained() -> None:
    acting = hired("data_officer")
    big = feature("A", ring(112.5, 37.7, 0.02, 0.02), zone="zgsfq")
    taken(acting, big)
    program = Program(acting)
    status, said = program.get("/projects/jinko/sites?budget=1")
    assert (status, [each["number"] for each in said["candidates"]]) == (200, ["A"])
    assert said["mu"] > 0
    assert program.get("/projects/nothing/sites")[0] == 404
    assert program.get("/projects/jinko/sites?budget=-1")[0] == 422


AREA: dict[str, Any] = {"type": "Feature", "properties": {"class": "avoid", "name": "墓群"}}
