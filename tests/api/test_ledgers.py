"""Quota accounts through the interface: their statement, promises prolonged and used up, quota passed on and taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.api.program import Program
from tests.ledgers.accounts import opened, province
from tests.ledgers.accounts import project as recorded_project
from tests.people import OTHER, OWN, hired

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = datetime.now(UTC).date()
SOON, LATER = ((TODAY + timedelta(days=days)).isoformat() for days in (20, 60))


def test_a_promise_is_prolonged_and_used_up_and_its_account_tells_every_step() -> None:
    *_, account = province(size="100 亩", zone=OWN)
    recorded_project("p", OWN)
    program, far = Program(hired("zone_officer")), Program(hired("zone_officer", OTHER))
    ask = {"wanted": [{"account": account, "amount": "60 亩"}], "expires": SOON, "document": "洽谈"}
    (promise,) = program.post("/projects/p/reservations", ask)[1]["promises"]
    page = f"/quotas/promises/{promise}"
    assert program.post(f"{page}/prolong", {"expires": "2026-01-01", "document": "x"})[0] == 400
    assert far.post(f"{page}/prolong", {"expires": LATER, "document": "x"})[0] == 404
    assert program.post(f"{page}/prolong", {"expires": LATER, "document": "会议纪要"}) == (200, {"done": True})
    assert program.get("/quotas/promises")[1][0]["expires"][:10] >= LATER[:8]
    before = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    assert program.post(f"{page}/post", {"document": "批复", "amount": "50 亩"}) == (200, {"done": True})
    assert program.post(f"{page}/post", {"document": "批复"})[0] == 400, "used up already"
    status, said = program.get(f"/quotas/accounts/{account}")
    assert (status, said["used"], said["available"], said["zone"]) == (200, "50", "50", OWN)
    assert program.get(f"/quotas/accounts/{account}?as_of={before}")[1]["used"] == "0"
    assert far.get(f"/quotas/accounts/{account}")[0] == 404
    assert program.get("/quotas/accounts/999999")[0] == 404
    status, page_of = program.get(f"/quotas/accounts/{account}/statement?limit=1")
    assert (status, page_of["rows"][0]["phase"]) == (200, "post")
    older = program.get(f"/quotas/accounts/{account}/statement?after={page_of['next']}")[1]["rows"]
    assert (older[-1]["phase"], older[-1]["amount"], older[-1]["inbound"]) == ("move", "100", True)
    assert far.get(f"/quotas/accounts/{account}/statement")[0] == 404


def test_quota_is_passed_on_and_a_mistake_is_taken_back() -> None:
    _outside, above, city, _zone = province(size="100 亩", zone=OWN)
    other = opened("new_construction_land", "city", "ty")
    program = Program(hired("province_officer"))
    sent = {"target": other, "amount": "30 亩", "document": "调剂1号"}
    status, said = program.post(f"/quotas/accounts/{above}/allot", sent)
    assert (status, said["code"]) == (400, "quota_short"), "all of it was passed on"
    assert city
    zone = _zone
    back = {"target": city, "amount": "30 亩", "document": "收回1号"}
    assert program.post(f"/quotas/accounts/{zone}/allot", back) == (200, {"done": True})
    (line, *_) = program.get(f"/quotas/accounts/{zone}/statement")[1]["rows"]
    wrong = {"step": line["step"] + 999, "reason": "误操作"}
    assert program.post(f"/quotas/accounts/{zone}/reverse", wrong)[1]["code"] == "no_such_step"
    assert program.post(f"/quotas/accounts/{zone}/reverse", wrong | {"step": line["step"]}) == (200, {"done": True})
    assert program.get(f"/quotas/accounts/{zone}")[1]["available"] == "100"
    assert Program(hired("navigator")).post(f"/quotas/accounts/{zone}/allot", back)[0] == 403


def test_a_paper_stands_beside_the_ledger() -> None:
    *_, account = province(size="100 亩", zone=OWN)
    program = Program(hired("zone_officer"))
    says = {"on": (TODAY - timedelta(days=1)).isoformat(), "figure": "inward", "amount": "90 亩", "document": "年报"}
    assert program.post(f"/quotas/accounts/{account}/assert", says) == (200, {"holds": False})
    ahead = says | {"on": TODAY.isoformat(), "figure": "available"}
    assert program.post(f"/quotas/accounts/{account}/assert", ahead)[1]["code"] == "assertion_ahead"
    (one,) = program.get("/quotas/assertions")[1]
    assert (one["said"], one["found"], one["holds"]) == ("90", "100", False)
    assert Program(hired("zone_officer", OTHER)).get("/quotas/assertions") == (200, [])


def test_an_emission_takes_what_it_must_replace_and_a_trial_takes_nothing() -> None:
    *_, account = province(quota="so2", size="10 吨", zone=OWN)
    recorded_project("p", OWN)
    program = Program(hired("zone_officer"))
    ask = {
        "wanted": [{"account": account, "amount": "2 吨"}],
        "statuses": ["pm25"],
        "expires": SOON,
        "document": "环评",
    }
    status, said = program.post("/projects/p/reservations", ask | {"try_only": True})
    (takes,) = said["takes"]
    assert (status, said["promises"], takes["need"], takes["takes"], takes["left"]) == (200, [], "2", "4", "6")
    assert program.get(f"/quotas/accounts/{account}")[1]["reserved"] == "0"
    assert len(program.post("/projects/p/reservations", ask)[1]["promises"]) == 1
    assert program.get(f"/quotas/accounts/{account}")[1]["reserved"] == "4", "as the page reserves"
