"""Factors through the interface: asked, promised from a node that has too little, promised without, and listed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.api.program import Program
from tests.factors.conftest import jinko, node
from tests.people import OTHER, hired

from luodi.accounts.acting import SYSTEM

__all__ = ("jinko",)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.usefixtures("jinko")
def test_a_request_is_asked_for_and_answered() -> None:
    unit, zone = Program(hired("bureau_officer", unit="power_grid")), Program(hired("zone_officer"))
    status, made = zone.post("/projects/jinko/factors", {"item": "power_capacity", "quantity": "400000"})
    assert status == 200
    place = node(SYSTEM, "300 MVA")
    sent = {"seq": 1, "state": "scheduled", "document": "供电方案", "node": place,
            "promised": (timezone.localdate() + timedelta(days=90)).isoformat()}  # fmt: skip
    assert unit.post(f"/factors/{made['id']}/answer", sent)[1]["code"] == "quota_short"
    assert unit.post(f"/factors/{made['id']}/answer", sent | {"node": None}) == (200, {"seq": 2})
    (row,) = zone.get("/factors?project=jinko")[1]
    assert (row["guarantor"], row["state"], row["light"], row["quantity"]) == (
        "power_grid",
        "scheduled",
        "set",
        "400000.00",
    )
    assert [one["state"] for one in zone.get(f"/factors/{made['id']}")[1]["steps"]] == ["requested", "scheduled"]
    assert zone.get("/factors/nodes")[1][0]["available"] == "300000"
    far = Program(hired("zone_officer", OTHER))
    assert far.get("/factors") == (200, [])
    assert far.get(f"/factors/{made['id']}")[0] == 404
    assert zone.post(f"/factors/{made['id']}/record", sent)[1]["code"] == "factor_changed"
