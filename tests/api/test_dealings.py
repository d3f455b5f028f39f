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
