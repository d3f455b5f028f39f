"""Money, nodes and power through the interface: granted, drawn no further than it goes, placed, reckoned with one's numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.api.program import Program
from tests.factors.conftest import jinko
from tests.people import OTHER, OWN, hired

__all__ = ("jinko",)
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("jinko")]


def test_money_is_granted_and_drawn_no_further_than_it_goes() -> None:
    zone, far = Program(hired("zone_officer")), Program(hired("zone_officer", OTHER))
    later = (timezone.localdate() + timedelta(days=90)).isoformat()
    sent = {"kind": "loan", "name": "政策性贷款", "lender": "开行", "document": "合同",
            "parts": [{"amount": "1000"}, {"amount": "500", "planned": later, "condition": "主体封顶"}]}  # fmt: skip
    assert far.post("/projects/jinko/funding", sent)[0] == 404
    assert zone.post("/projects/jinko/funding", sent)[0] == 200
    (one,) = zone.get("/factors/money?project=jinko")[1]
    assert (one["amount"], [part["left"] for part in one["tranches"]]) == ("1500.00", ["1000.00", "500.00"])
    first, second = (f"/factors/tranches/{part['id']}/draw" for part in one["tranches"])
    drawn = {"amount": "400", "on": timezone.localdate().isoformat(), "document": "提款通知", "done": "20"}
    assert zone.post(first, drawn)[0] == 200
    assert zone.post(first, drawn | {"amount": "601"})[1]["code"] == "tranche_short"
    assert zone.post(second, drawn)[1]["code"] == "draw_early"
    assert far.post(first, drawn)[0] == 404
    (one,) = zone.get("/factors/money")[1]
    assert (one["drawn"], one["done"], one["pace"]) == ("400.00", "20.00", "even")
    assert far.get("/factors/money") == (200, [])


def test_a_node_is_opened_and_placed() -> None:
    zone = Program(hired("zone_officer"))
    sent = {
        "zone": OWN,
        "code": "xh-1",
        "kind": "substation",
        "name": "潇河站",
        "capacity": "360 MVA",
        "document": "投运",
    }
    status, made = zone.post("/factors/nodes", sent)
    assert status == 200
    assert zone.post("/factors/nodes", sent)[1]["code"] == "node_exists"
    assert zone.post("/factors/nodes", sent | {"zone": OTHER, "code": "b"})[0] in (400, 404)
    place = {"place": "112.55, 37.87", "document": "测绘"}
    assert zone.post(f"/factors/nodes/{made['id']}/place", place) == (200, {"done": True})
    swapped = place | {"place": "37.87, 112.55"}
    assert zone.post(f"/factors/nodes/{made['id']}/place", swapped)[1]["code"] == "node_place_swapped"
    (node,) = zone.get("/factors/nodes")[1]
    assert (node["capacity"], node["place"]) == ("360000", [112.55, 37.87])


def test_power_is_reckoned_with_the_callers_numbers() -> None:
    officer = Program(hired("investment_officer"))
    status, said = officer.get("/factors/power?kwh=100000000&price=0.6&preferential=0.5&years=2&kv=220&emerging=true")
    assert (status, said["ordinary"], said["preferential"], said["saved"]) == (200, "12000.00", "10000.00", "2000.00")
    assert [one["met"] for one in said["conditions"]] == [True, True]
    assert {one["id"]: one["value"] for one in said["given"]}["years"] == "2"
    wrong = officer.get("/factors/power?years=99")[1]
    assert (wrong["code"], wrong["facts"]["field"]) == ("number_out_of_range", "years")
    assert officer.get("/factors/power?project=jinko")[0] == 200


def test_what_follows_from_the_form_and_what_presses() -> None:
    zone = Program(hired("zone_officer"))
    late = {"item": "power_capacity", "quantity": "400000", "needed": "2026-01-01"}
    assert zone.post("/projects/jinko/factors", late)[0] == 200
    status, said = zone.get("/projects/jinko/factors")
    assert (status, [one["item"] for one in said["requests"]]) == (200, ["power_capacity"])
    assert [one["request"]["light"] for one in said["pressing"]] == ["late"]
    assert said["needs"]
    assert "power_capacity" not in {one["item"] for one in said["needs"]}
    assert len(zone.get("/factors/pressing")[1]) == 1
    assert Program(hired("zone_officer", OTHER)).get("/projects/jinko/factors")[0] == 404
