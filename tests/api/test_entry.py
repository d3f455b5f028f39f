"""Entry reviews, fronts, gates and task forces for programs: by the same actions, behind the same gate."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.api.program import Program
from tests.entry.scene import recorded, units
from tests.people import OTHER, hired

from luodi.accounts.acting import Acting
from luodi.zones.models import Zone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def people(db: None) -> dict[str, Acting]:
    found = units()
    recorded()
    Zone.objects.get_or_create(
        pk=OTHER, defaults={"zh": "平鲁", "en": "Pinglu", "kind": "industrial", "confidence": "verified"}
    )
    return found


def soon(days: int = 3) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def today() -> str:
    return timezone.localdate().isoformat()


def test_a_review_is_opened_answered_and_read(people: dict[str, Acting]) -> None:
    officer, ecology = Program(hired("investment_officer")), Program(people["ecology"])
    far = Program(hired("investment_officer", OTHER))
    assert officer.get("/projects/p/entry") == (200, None)
    assert ecology.post("/projects/p/entry", {"subject": "年产一百万件"})[0] == 403
    assert far.post("/projects/p/entry", {"subject": "年产一百万件"})[0] == 404
    assert officer.post("/projects/p/entry", {"subject": "年产一百万件"})[0] == 200
    assert officer.post("/projects/p/entry", {"subject": "再来"})[1]["code"] == "entry_still_open"
    waiting = ecology.get("/entry")[1]
    assert {one["check"]["id"] for one in waiting} == {"environment"}
    asked = f"/entry/asked/{waiting[0]['asked']}/opinion"
    assert ecology.post(asked, {"view": "object"})[1]["code"] == "entry_blocking_missing"
    assert Program(people["natural_resources"]).post(asked, {"view": "agree"})[1]["code"] == "entry_asked_another"
    key = {"Idempotency-Key": "o1"}
    said = {"view": "object", "blocking": "离居民点太近", "papers": ["总图", "距离测绘"]}
    assert ecology.post(asked, said, **key) == (200, {"seq": 1})
    assert ecology.post(asked, said, **key)[1]["code"] == "already_done"
    review = officer.get("/projects/p/entry")[1]
    (mine,) = [one for one in review["asked"] if one["view"]]
    assert (review["answer"], mine["opinions"][0]["papers"]) == ("blocked", ["总图", "距离测绘"])
    gates = officer.get("/projects/p/gates")[1]
    assert all(one["open"] is not bool(one["missing"]) for one in gates)
    assert {one["kind"] for gate in gates for one in gate["missing"]} <= {"check", "task", "matter", "milestone"}
    assert officer.get("/projects/p/entry?as_of=2026-11-20")[1] is None
    assert {one["opinions"] == [] for one in review["asked"]} == {True, False}
    assert far.get("/projects/p/entry")[0] == far.get("/projects/p/gates")[0] == 404
    assert set(officer.get("/entry/rules")[1]["views"]) == {"agree", "conditions", "object"}


def test_a_link_of_an_expert_is_made_told_once_renewed_and_revoked(people: dict[str, Acting]) -> None:
    officer = Program(hired("investment_officer"))
    review = officer.post("/projects/p/entry", {"subject": "年产一百万件"})[1]["id"]
    sent = {"review": review, "check": "expert_review", "expert": "程工", "office": "设计院", "due": soon()}
    assert officer.post("/projects/p/entry/experts", sent | {"review": review + 1})[0] == 404
    assert officer.post("/projects/p/entry/experts", sent | {"due": soon(90)})[1]["code"] == "entry_link_too_long"
    status, issued = officer.post("/projects/p/entry/experts", sent)
    assert status == 200
    assert Client().get(issued["address"]).status_code == 200
    review = officer.get("/projects/p/entry")[1]
    (asked,) = [one for one in review["asked"] if one["links"]]
    assert issued["token"] not in str(review)
    assert asked["links"][0]["looks"] == [], "whoever stands at the door has not looked"
    status, newer = officer.post(f"/entry/asked/{asked['id']}/link", {"due": soon(5)}, **{"Idempotency-Key": "r"})
    assert status == 200
    assert officer.post(f"/entry/asked/{asked['id']}/link", {"due": soon(5)}, **{"Idempotency-Key": "r"})[0] == 409
    assert Client().get(issued["address"]).status_code == 404
    revoke = f"/entry/links/{newer['link']}/revoke"
    assert Program(people["ecology"]).post(revoke, {"why": "发错"})[0] == 403
    assert officer.post(revoke, {"why": "发错"}) == (200, {"done": True})
    assert officer.post(revoke, {"why": "发错"})[1]["code"] == "entry_link_revoked"
    assert Client().get(newer["address"]).status_code == 404


def test_a_shadow_task_is_begun_and_done(people: dict[str, Acting]) -> None:
    officer = Program(people["approval_bureau"])
    task = officer.get("/projects/p/fronts")[1]["fronts"][0]["tasks"][0]["id"]
    address, done = f"/projects/p/fronts/{task}", {"on": today(), "paper": "初稿"}
    assert officer.post(f"{address}/finish", done)[1]["code"] == "front_not_begun"
    assert officer.post(f"{address}/begin", {"on": today()}) == (200, {"done": True})
    assert officer.post(f"{address}/begin", {"on": today()})[1]["code"] == "front_step_twice"
    assert officer.post(f"{address}/finish", done)[0] == 200
    shown = officer.get("/projects/p/fronts")[1]
    assert (shown["fronts"][0]["tasks"][0]["done"], shown["clean"]) == (today(), True)
    assert Program(hired("data_officer")).post(f"{address}/begin", {"on": today()})[0] == 403
    assert Program(hired("zone_officer", OTHER)).post(f"{address}/begin", {"on": today()})[0] == 404


@pytest.fixture
def leader(people: dict[str, Acting]) -> Program:
    return Program(hired("leader"))


def founded(leader: Program) -> str:
    """The address of a task force of twenty days."""
    sent = {"name": "专班", "document": "示例1号", "starts": today(), "ends": soon(20)}
    return f"/force/{leader.post('/projects/p/force', sent)[1]['id']}"


def test_a_task_force_is_founded_joined_rostered_and_ended_early(people: dict[str, Acting], leader: Program) -> None:
    far = Program(hired("leader", OTHER))
    navigator, water = hired("navigator"), Program(people["ecology"])
    assert leader.get("/projects/p/force") == (200, None)
    sent = {"name": "专班", "document": "示例1号", "starts": today(), "ends": soon(20)}
    assert leader.post("/projects/p/force", sent | {"ends": soon(-1)})[1]["code"] == "force_ends_first"
    assert water.post("/projects/p/force", sent)[0] == 403
    force = founded(leader)
    member = {"post": navigator.post, "role": "navigator", "starts": today(), "ends": soon(20)}
    assert far.post(f"{force}/members", member)[0] == 404
    assert leader.post(f"{force}/members", member | {"post": 10**9})[1]["code"] == "choice_missing"
    assert leader.post(f"{force}/members", member) == (200, {"done": True})
    assert leader.post(f"{force}/members", member)[1]["code"] == "force_member_already"
    duty = {"post": navigator.post, "since": today(), "until": soon(2)}
    assert leader.post(f"{force}/duty", duty) == (200, {"days": 3})
    assert leader.post(f"{force}/duty", duty | {"until": soon(-2)})[1]["code"] == "date_unreadable"
    (third,) = leader.get("/projects/p/force")[1]["duty"][2]["held"]
    assert (
        leader.post(f"/force/duty/{third['id']}/change", {"to": 10**9, "why": "病"})[1]["code"] == "force_duty_stranger"
    )
    assert leader.post(f"/force/duty/{third['id']}/change", {"to": None, "why": "病"}) == (200, {"done": True})
    shown = leader.get("/projects/p/force")[1]
    assert [[each["post"] for each in one["held"]] for one in shown["duty"][:3]] == [[navigator.post]] * 2 + [[]]
    assert [one["off_why"] for one in shown["taken_off"]] == ["病"]
    (row,) = shown["members"]
    leave = f"/force/members/{row['id']}/leave"
    assert far.post(leave, {"ends": today(), "why": "回原单位"})[0] == 404
    assert leader.post(leave, {"ends": soon(30), "why": "回原单位"})[1]["code"] == "force_leave_later"
    assert leader.post(leave, {"ends": today(), "why": "回原单位"}) == (200, {"done": True})
    moved = {"ends": soon(10), "why": "提前完成", "document": "示例2号"}
    assert leader.post(f"{force}/end", moved) == (200, {"done": True})
    assert leader.post(f"{force}/end", moved)[1]["code"] == "force_end_same"
    shown = leader.get("/projects/p/force")[1]
    assert [(one["name"], one["was"], one["ends"]) for one in shown["moves"]] == [
        ("", soon(20), soon(10)), ("navigator", soon(20), today()),
    ]  # fmt: skip
    assert leader.get("/projects/p/force?as_of=2026-11-21")[1] is None


def test_support_is_arranged_and_an_obstacle_solved(people: dict[str, Acting], leader: Program) -> None:
    force, water = founded(leader), Program(people["ecology"])
    wanted = {"service": "lodging", "text": "十人", "people": 10, "wanted": soon()}
    service = leader.post(f"{force}/services", wanted)[1]["id"]
    assert leader.post(f"{force}/services", wanted | {"service": "gold"})[1]["code"] == "force_service_unknown"
    assert leader.post(f"/force/services/{service}/answer", {"answer": "已订"}) == (200, {"done": True})
    assert leader.post(f"/force/services/{service}/answer", {"answer": "再订"})[1]["code"] == "force_service_answered"
    day = {"on": today(), "done": "平场", "obstacle": "渠", "due": soon()}
    assert leader.post(f"{force}/log", day)[1]["code"] == "force_obstacle_without_solver"
    log = leader.post(f"{force}/log", day | {"solver": people["ecology"].organisation})[1]["id"]
    assert leader.post(f"/force/log/{log}/solved", {"result": "改道"})[1]["code"] == "force_log_of_another"
    assert water.post(f"/force/log/{log}/solved", {"result": "改道"}) == (200, {"done": True})
    shown = leader.get("/projects/p/force")[1]
    assert (shown["services"][0]["answer"], shown["log"][0]["result"]) == ("已订", "改道")
    assert Program(hired("leader", OTHER)).get("/projects/p/force")[0] == 404
    assert "lodging" in leader.get("/force/rules")[1]["services"]


def test_an_opinion_comes_with_the_files_that_show_it(
    people: dict[str, Acting], settings: Settings, tmp_path: Path
) -> None:
    settings.STORE = tmp_path
    officer, ecology = Program(hired("investment_officer")), Program(people["ecology"])
    officer.post("/projects/p/entry", {"subject": "年产一百万件"})
    asked = f"/entry/asked/{ecology.get('/entry')[1][0]['asked']}/opinion/files"
    said = {"view": "conditions", "conditions": "距离另测", "papers": ["总图", "测绘"]}
    assert send(ecology, asked, "总图.pdf", b"no pdf", said)[1]["code"] == "file_not_a_paper"
    assert send(ecology, asked, "总图.pdf", PDF, said) == (200, {"seq": 1})
    review = officer.get("/projects/p/entry")[1]
    ((opinion,),) = [one["opinions"] for one in review["asked"] if one["view"]]
    (file,) = opinion["files"]
    assert (file["name"], file["kind"], opinion["papers"]) == ("总图.pdf", "pdf", ["总图", "测绘"])
    assert officer.get(f"/entry/files/{file['id']}") == (200, PDF)
    assert officer.get(f"/entry/files/{file['id'] + 1}")[0] == 404
    assert Program(hired("investment_officer", OTHER)).get(f"/entry/files/{file['id']}")[0] == 404
    task = officer.get("/projects/p/fronts")[1]["fronts"][0]["tasks"][0]["id"]
    address = f"/projects/p/fronts/{task}"
    assert officer.post(f"{address}/begin", {"on": today()})[0] == 200
    assert send(officer, f"{address}/finish/files", "初稿.pdf", PDF, {"on": today(), "paper": "初稿"})[0] == 200
    shown = officer.get("/projects/p/fronts")[1]["fronts"][0]["tasks"][0]
    assert [one["name"] for one in shown["files"]] == ["初稿.pdf"]


def send(program: Program, path: str, name: str, data: bytes, fields: dict[str, Any]) -> tuple[int, Any]:
    """A form with one file under `files`."""
    sent = {"Authorization": f"Bearer {program.token}"}
    answer = program.client.post(f"/api/v1{path}", fields | {"files": SimpleUploadedFile(name, data)}, headers=sent)
    return answer.status_code, answer.json()
