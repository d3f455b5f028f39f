"""Talks through the interface: a round, an approval, a promise found; nobody else's zone."""

import pytest
from tests.api.program import Program
from tests.dealings.talks import project, province
from tests.people import OTHER, OWN, hired

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_round_is_recorded_once_approved() -> None:
    province(zone=OWN, size="1000 亩")
    project("p", OWN)
    who, above, far = (Program(hired(*one)) for one in (("investment_officer",), ("leader",), ("leader", OTHER)))
    sent = {"after": 0, "on": "2026-11-01", "ours": "管委会", "theirs": "企业", "holds_until": "2099-01-01",
            "terms": [{"kind": "land", "value": "400 亩"}, {"kind": "jobs", "value": "600人"}]}  # fmt: skip
    assert who.post("/projects/p/rounds", sent)[1]["code"] == "dealing_over_authority"
    assert who.post("/projects/p/offers", {"kind": "land", "value": "400 亩", "document": "纪要"})[0] == 403
    assert above.post("/projects/p/offers", {"kind": "land", "value": "400 亩", "document": "纪要"})[0] == 200
    assert who.post("/projects/p/rounds", sent) == (200, {"number": 1})
    (row,) = who.get("/projects/p/rounds")[1]
    assert [one["said"]["zh"] for one in row["terms"]] == ["600\u2009个", "400\u2009亩"]
    assert far.get("/projects/p/rounds")[0] == 404
    assert who.get("/projects/p/promises") == who.get("/promises?late=true") == (200, [])
    assert who.post("/projects/p/promises/99/found", {"seen": 0, "state": "kept"})[0] == 404


def test_talks_are_compared_signed_and_their_promises_kept() -> None:
    province(zone=OWN, size="1000 亩")
    project("p", OWN)
    acting = hired("investment_officer")
    who, far = Program(acting), Program(hired("investment_officer", OTHER))
    base = {"on": "2026-11-01", "ours": "管委会", "theirs": "企业", "holds_until": "2099-01-01"}
    terms = [{"kind": "land", "value": "100 亩"}, {"kind": "first_product_by", "value": "2099-09-28"}]
    assert who.post("/projects/p/rounds", base | {"after": 0, "terms": terms})[0] == 200
    terms[0]["value"] = "120 亩"
    assert who.post("/projects/p/rounds", base | {"after": 1, "terms": terms})[0] == 200
    compared = who.get("/projects/p/rounds/2")[1]
    assert [(one["what"], one["moved"], one["now"]["kind"]) for one in compared["changes"]] == [
        ("changed", "zone", "land")
    ]
    assert who.get("/projects/p/rounds/2?against=9")[0] == 404
    assert who.get("/projects/p/rounds")[1][0]["ended"] is None
    owner = {"kind": "land", "owner": acting.organisation, "due": "2099-06-30"}
    sent = {"after": 2, "on": "2026-11-02", "document": "投资协议", "owed": [owner]}
    assert who.post("/projects/p/rounds/sign", sent)[1]["code"] == "dealing_owner_missing"
    wrong = sent | {"owed": [owner | {"owner": 10**9}]}
    assert who.post("/projects/p/rounds/sign", wrong)[1]["code"] == "dealing_no_such_owner"
    assert far.post("/projects/p/rounds/sign", sent)[0] == 404
    sent["owed"] = [owner, {"kind": "first_product_by", "owner": acting.organisation}]
    status, made = who.post("/projects/p/rounds/sign", sent)
    assert (status, len(made["promises"])) == (200, 2), made
    assert who.get("/projects/p/rounds")[1][0]["ended"]["document"] == "投资协议"
    assert {one["due"] for one in who.get("/projects/p/promises")[1]} == {"2099-06-30", "2099-09-28"}
    assert who.post("/projects/p/rounds/withdraw", {"after": 2, "why": "x"})[1]["code"] == "dealing_signed"
    assert acting.organisation in {one["id"] for one in who.get("/projects/p/owners")[1]}


def test_talks_are_withdrawn_and_an_old_promise_taken_over() -> None:
    province(zone=OWN, size="1000 亩")
    project("p", OWN)
    acting = hired("investment_officer")
    who, above = Program(acting), Program(hired("leader"))
    terms = [{"kind": "jobs", "value": "600人"}]
    sent = {"after": 0, "on": "2026-11-01", "ours": "管委会", "theirs": "企业", "terms": terms}
    assert who.post("/projects/p/rounds", sent)[0] == 200
    assert who.post("/projects/p/rounds/withdraw", {"after": 3, "why": "另有选择"})[1]["code"] == "dealing_changed"
    assert who.post("/projects/p/rounds/withdraw", {"after": 1, "why": "另有选择"}) == (200, {"done": True})
    assert who.get("/projects/p/rounds")[1][0]["ended"]["signed"] is False
    old = {
        "kind": "jobs", "value": "100人", "owner": acting.organisation, "due": "2026-01-31", "document": "备忘录",
        "official": "张建国", "office": "原主任",
    }  # fmt: skip
    assert who.post("/projects/p/promises", old | {"value": "许多"})[0] == 400
    assert Program(hired("navigator")).post("/projects/p/promises", old)[0] == 403
    assert who.post("/projects/p/promises", old)[0] == 200
    (mine,), (leaders,) = who.get("/promises?former=true")[1], above.get("/promises?late=true")[1]
    assert (mine["official"] != "张建国", leaders["official"]) == (True, "张建国")
    assert who.get("/promises/counts")[1]["former"] == 1
    assert who.get("/promises?as_of=2026-01-01") == who.get("/promises?dates=true") == (200, [])
    assert who.get("/projects/p/promises/own")[0] == 403
    assert who.get("/promises?soon=true")[1] == []


def test_saving_is_reckoned_exactly() -> None:
    who = Program(hired("investment_officer"))
    loan = "loan=1.5%E4%BA%BF%E5%85%83&rate=4.75&months=9"
    found = who.get(f"/saving?{loan}")[1]
    assert (found["interest"], found["fees"]) == ({"amount": "534.375", "exact": True}, None)
    assert who.get("/saving?loan=x")[1]["code"] == "saving_number"
    limits = {one["kind"]: one["limit"] for one in who.get("/dealings/kinds")[1]}
    assert limits["land"]["zh"]
    assert limits["jobs"] is None
