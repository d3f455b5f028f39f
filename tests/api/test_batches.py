"""Rounds of three batches, events, firms near the scale, and what stands behind a figure, through the interface."""

from datetime import date

import pytest
from tests.api.program import Program
from tests.indicators.scene import project
from tests.people import OTHER, OWN, hired

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE = "91140100MA0GTEST0X"


def test_a_round_is_opened_entered_and_left() -> None:
    project("a", signed=date(2026, 3, 1))
    project("b")
    zone, far = Program(hired("zone_officer")), Program(hired("zone_officer", OTHER))
    status, made = zone.post("/results/rounds", {"zone": OWN, "name": "第三批", "on": "2026-09-01"})
    assert status == 200
    assert (
        zone.post("/results/rounds", {"zone": OWN, "name": "第三批", "on": "2026-09-01"})[1]["code"]
        == "batch_name_taken"
    )
    assert far.post("/results/rounds", {"zone": OWN, "name": "x", "on": "2026-09-01"})[0] == 404
    page = f"/results/rounds/{made['id']}"
    status, said = zone.get(page)
    assert (status, said["projects"], said["proposed"]["signed"]) == (200, [], ["a"])
    entry = {"project": "a", "group": "signed", "evidence": "合同"}
    wrong = [entry, entry | {"project": "b"}]
    assert zone.post(f"{page}/enter", {"entries": wrong})[1]["code"] == "batch_not_reached"
    assert zone.get(page)[1]["projects"] == [], "all of them or none"
    status, done = zone.post(f"{page}/enter", {"entries": [entry]})
    assert status == 200
    (row,) = zone.get(page)[1]["projects"]
    assert (row["entered"], row["project"], row["group"]) == (done["entered"][0], "a", "signed")
    left = {"entered": row["entered"], "why": "误录"}
    assert far.post(f"{page}/withdraw", left)[0] == 404
    assert zone.post(f"{page}/withdraw", left) == (200, {"done": True})
    assert zone.post(f"{page}/withdraw", left)[1]["code"] == "batch_not_in_class"


def test_only_the_province_enters_its_own_rounds() -> None:
    project("a", signed=date(2026, 3, 1))
    province, zone = Program(hired("province_officer")), Program(hired("zone_officer"))
    status, made = province.post("/results/rounds", {"name": "全省第一批", "on": "2026-09-01"})
    assert status == 200
    entry = {"entries": [{"project": "a", "group": "signed", "evidence": "合同"}]}
    assert zone.post(f"/results/rounds/{made['id']}/enter", entry)[1]["code"] == "batch_of_province"
    assert province.post(f"/results/rounds/{made['id']}/enter", entry)[0] == 200


def test_events_and_what_stands_behind_a_figure() -> None:
    project("a", signed=date(2026, 3, 1), construction_start=date(2026, 4, 28))
    data = Program(hired("data_officer"))
    sent = {"project": "a", "event": "trial", "on": "2026-09-01", "source": "照片"}
    assert data.post("/results/events", sent | {"event": "signed"})[1]["code"] == "figure_event_in_file"
    status, said = data.post("/results/events", sent)
    assert status == 200, said
    status, said = data.get("/results/figures/started_projects?period=2026-08")
    assert (status, [one["project"] for one in said["projects"]], said["rows"]) == (200, ["a"], [])
    figure = {
        "zone": OWN,
        "indicator": "industrial_investment",
        "period": "2026-08",
        "amount": "80.5",
        "source": "月报",
    }
    data.post("/results/figures", figure)
    rows = data.get("/results/figures/industrial_investment?period=2026-08")[1]["rows"]
    assert [(one["amount"], one["source"]) for one in rows] == [("80.5000", "月报")]
    assert data.get("/results/figures/nothing")[0] == 404
    assert data.get("/results/sizes?period=2026-08")[0] == 200


def test_a_firm_is_watched_and_noted() -> None:
    project("a", signed=date(2026, 3, 1), construction_start=date(2026, 4, 28))
    data, far = Program(hired("data_officer")), Program(hired("data_officer", OTHER))
    assert (
        data.post("/results/enrolment/firms", {"uscc": CODE, "name": "甲", "zone": OWN})[1]["code"] == "firm_code_wrong"
    )
    good = {"uscc": "91350100M000100Y43", "name": "甲", "zone": OWN}
    status, made = data.post("/results/enrolment/firms", good)
    assert status == 200, made
    page = f"/results/enrolment/firms/{made['id']}/notes"
    note = {"kind": "revenue", "on": "2025-12-31", "amount": "2500", "source": "年报"}
    assert data.post(page, note | {"amount": None})[1]["code"] == "firm_revenue_out_of_range"
    assert far.post(page, note)[0] == 404
    assert data.post(page, note)[0] == 200
    (firm,) = data.get("/results/enrolment/firms")[1]
    assert (firm["state"], firm["revenue"]) == ("ready", "2500.00")
    (waits,) = data.get("/results/enrolment/projects")[1]["rows"]
    assert (waits["project"], bool(waits["missing"])) == ("a", True)
    assert far.get("/results/enrolment/firms") == (200, [])
