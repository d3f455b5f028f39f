"""Looking up, kept views, acts on many rows, channels and feeds: what the pages do, for programs."""

import pytest
from tests.api.program import Program
from tests.finding.test_looking import AT, thing
from tests.people import OTHER, hired

from luodi.finding.actions import note
from luodi.finding.models import Job

pytestmark = pytest.mark.django_db


def test_a_program_finds_what_its_post_may_see() -> None:
    note([thing("jinko", "晶科能源", codes=("2026-1",)), thing("far", "晶科材料", zone=OTHER)], at=AT)
    officer = Program(hired("bureau_officer"))
    status, said = officer.get("/search?q=jkny")
    assert (status, [one["key"] for one in said]) == (200, ["jinko"])
    assert said[0]["title"]["zh"] == "晶科能源"
    assert [one["key"] for one in officer.get("/search?q=jk&kind=project")[1]] == ["jinko"]
    assert officer.get("/search?q=jk&kind=case") == (200, [])
    status, said = officer.get("/search?q=jk&kind=nothing")
    assert (status, said["code"]) == (400, "finding_kind_unknown")


def test_views_are_kept_changed_and_brought_back() -> None:
    officer = Program(hired("bureau_officer"))
    status, made = officer.post(
        "/views", {"page": "inbox", "name": "红灯", "query": "?light=red&after=1", "usual": True}
    )
    assert status == 200
    (row,) = officer.get("/views?page=inbox")[1]
    assert (row["id"], row["query"], row["own"]) == (made["id"], "light=red", True)
    assert officer.ask("PUT", f"/views/{made['id']}", {"name": "逾期", "shared": True, "usual": False})[0] == 200
    colleague = Program(hired("bureau_officer"))
    assert [(one["name"], one["own"]) for one in colleague.get("/views")[1]] == [("逾期", False)]
    assert officer.post(f"/views/{made['id']}/remove", {})[0] == 200
    assert officer.get("/views")[1] == []
    assert officer.post(f"/views/{made['id']}/restore", {})[0] == 200
    assert colleague.post(f"/views/{made['id']}/remove", {})[1]["code"] == "view_gone"


def test_an_act_on_many_rows_is_begun_and_told() -> None:
    navigator = hired("navigator")
    program = Program(navigator)
    rows = {"rows": {"a": 0, "b": 0}, "given": {"role": "navigator", "post": str(navigator.post)}}
    status, made = program.post("/many/join", rows)
    assert status == 200
    status, said = program.get(f"/jobs/{made['id']}")
    assert (status, said["running"], [one["state"] for one in said["steps"]]) == (200, True, ["waiting", "waiting"])
    assert program.post(f"/jobs/{made['id']}/undo", {})[1]["code"] == "bulk_running"
    assert program.post("/many/join", {"rows": {}, "given": rows["given"]})[1]["code"] == "bulk_nothing_chosen"
    assert Job.objects.count() == 1


def test_channels_and_feeds(settings: object) -> None:
    settings.SEALING_KEY = "a key for tests"  # type: ignore[attr-defined]
    officer = Program(hired("bureau_officer"))
    status, made = officer.post("/notices/channels", {"kind": "email", "target": "officer@example.cn"})
    assert status == 200
    sent = {"quiet_from": "22:00:00", "quiet_to": "07:00:00", "away_until": None}
    assert officer.ask("PUT", f"/notices/channels/{made['id']}", sent)[0] == 200
    (row,) = officer.get("/notices/channels")[1]
    assert (row["address"], row["quiet_from"]) == ("o…@example.cn", "22:00:00")
    assert officer.post(f"/notices/channels/{made['id']}/off", {})[0] == 200
    assert officer.get("/notices/failed") == (200, [])
    status, feed = officer.post("/feeds", {"about": "person"})
    assert status == 200
    assert "/feeds/" in feed["address"] or "/feed/" in feed["address"]
    assert [one["id"] for one in officer.get("/feeds")[1]] == [feed["id"]]
    assert officer.post(f"/feeds/{feed['id']}/revoke", {})[0] == 200
    assert officer.get("/feeds")[1] == []
    assert officer.post("/feeds", {"about": "project", "project": "nothing"})[1]["code"] == "project_unknown"
