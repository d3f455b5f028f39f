"""Land and quotas through the interface: what is listed, who may act, and that a stale page or a lack is told."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.api.program import Program
from tests.domain.land.plots import parcel
from tests.land.conftest import officer
from tests.land.test_land import CHECKLIST, NOW, one, prove, taken
from tests.ledgers.accounts import project as recorded_project
from tests.ledgers.accounts import province
from tests.people import hired

from luodi.accounts.acting import Acting

__all__ = ["officer"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(days=40)).isoformat()


def test_parcels_are_read_proved_and_listed(officer: Acting) -> None:
    taken(officer, parcel("A", state="net"), parcel("B", 0.01, tenure="allocated"))
    program = Program(officer)
    status, found = program.get("/parcels?tenure=transferred&limit=1")
    assert (status, [row["number"] for row in found["rows"]], found["next"]) == (200, ["A"], None)
    prove(officer, *CHECKLIST[1:])
    held = one("A")
    body = {"seq": held.seq, "what": CHECKLIST[0], "on": NOW.date().isoformat(), "evidence": "验收单"}
    assert program.post(f"/parcels/{held.id}/prove", body)[0] == 200
    assert program.post(f"/parcels/{held.id}/prove", body)[1]["code"] == "parcel_changed"
    status, whole = program.get(f"/parcels/{held.id}")
    assert (status, len(whole["proofs"]), len(whole["rings"][0][0])) == (200, 4, 5)
    batch = {
        "zone": "tunliu", "name": "第一批", "paper": "告1号", "announced": TODAY.isoformat(), "starts": LATER,
        "ends": (TODAY + timedelta(days=60)).isoformat(), "parcels": [{"parcel": held.id, "seq": one("A").seq}],
    }  # fmt: skip
    assert program.post("/batches", batch)[0] == 200
    assert program.get("/batches")[1][0]["members"][0]["state"] == "listed"
    assert program.get("/idle-land")[0] == program.get("/buildings")[0] == 200
    assert Program(hired("bureau_officer", "tunliu")).post("/batches", batch)[0] == 403


def test_quota_is_reserved_signed_and_never_more_than_there_is(officer: Acting) -> None:
    *_, account = province(size="100 亩", zone="tunliu")
    recorded_project("p", "tunliu")
    program = Program(hired("zone_officer", "tunliu"))
    ask = {"wanted": [{"account": account, "amount": "60 亩"}], "expires": LATER, "document": "洽谈"}
    status, made = program.post("/projects/p/reservations", ask)
    assert status == 200
    assert program.post("/projects/p/reservations", ask)[1]["code"] == "quota_short"
    assert (
        program.post("/projects/p/reservations", ask | {"wanted": [{"account": account, "amount": "6 吨"}]})[0] == 400
    )
    (promise,) = made["promises"]
    assert program.post(f"/quotas/promises/{promise}/commit", {"document": "协议", "amount": "50 亩"})[0] == 200
    found = program.get(f"/quotas/accounts/{account}")[1]
    assert (found["committed"], found["available"], found["unit"]["zh"]) == ("50", "50", "亩")
    assert [row["state"] for row in program.get("/quotas/promises")[1]] == ["commit"]
    assert program.post(f"/quotas/promises/{promise}/release", {"reason": "不来了"})[0] == 200
    assert program.get("/quotas/accounts?quota=new_construction_land&level=zone")[1][0]["available"] == "100"
    assert Program(officer).post("/projects/p/reservations", ask)[0] == 403
