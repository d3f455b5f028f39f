"""Forms, documents, ledgers, people, the calendar and the exchange by the interface: as their pages do it."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pydantic
import pytest
from python_calamine import CalamineWorkbook
from tests.api.program import Program
from tests.cases.scene import Scene, play
from tests.exchange.sheets.made import book
from tests.papers.test_forms import words
from tests.people import OWN, hired, person

from luodi.accounts.models import Person
from luodi.api.operations import rooms
from luodi.domain.workdays import official
from luodi.papers.keys import SealKeys
from luodi.projects import readers as projects
from luodi.zones.models import Zone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADS = ("项目名称", "总投资（亿元）", "签约日期", "是否网上办理")
GOOD, BAD = ("示例甲项目", 5.6, "2026.3.5", "是"), ("示例乙项目", "x", "2026.3.5", "是")
SOON = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()


@pytest.fixture(autouse=True)
def ground(db: None, settings: Any, tmp_path: Path) -> None:
    """A zone, a key that seals, a store of its own."""
    settings.SEALING_KEY, settings.STORE, settings.SEAL_KEYS = "only for tests", tmp_path, SealKeys(tmp_path / "seal")
    Zone.objects.get_or_create(
        id=OWN, defaults={"zh": "综改示范区", "en": "Demo zone", "kind": "provincial", "confidence": "verified"}
    )


def test_no_two_shapes_have_one_name() -> None:
    """The description knows shapes by name alone: of two with one name it would tell of the wrong one."""
    known: dict[str, type] = {}

    def look(shape: Any) -> None:
        if isinstance(shape, type) and issubclass(shape, pydantic.BaseModel):
            name = shape.__name__
            if known.setdefault(name, shape) is shape:
                for field in shape.model_fields.values():
                    look(field.annotation)
            elif name not in ("NinjaResponseSchema", "JsonBody"):
                pytest.fail(f"{name}: {shape.__module__} and {known[name].__module__}")
        for part in getattr(shape, "__args__", ()):
            look(part)

    for view in rooms().path_operations.values():
        for one in view.operations:
            for hint in one.view_func.__annotations__.values():
                look(hint)
            for answer in one.response_models.values():
                for field in getattr(answer, "model_fields", {}).values():
                    look(field.annotation)
    assert len(known) > 80


def test_a_form_is_begun_typed_confirmed_and_handed_in() -> None:
    agent = Program(hired("enterprise_agent"))
    key = {"Idempotency-Key": "form-1"}
    status, begun = agent.post("/forms", {"zone": OWN}, **key)
    assert status == 200, begun
    assert agent.post("/forms", {"zone": OWN}, **key)[1]["code"] == "already_done"
    slug = begun["slug"]
    assert [one["slug"] for one in agent.get("/forms")[1]] == [slug]
    status, saved = agent.ask("PUT", f"/forms/{slug}", {"seq": 0, "words": words()})
    assert (status, saved["others"]) == (200, {}), saved
    status, form = agent.get(f"/forms/{slug}")
    assert (status, form["wrong"], form["seq"]) == (200, [], saved["seq"])
    assert form["matters"]
    assert form["affected"]["first"]
    status, said = agent.post(f"/forms/{slug}/submit", {"seq": saved["seq"] - 1})
    assert (status, said["code"]) == (400, "form_changed")
    status, sent = agent.post(f"/forms/{slug}/submit", {"seq": saved["seq"]})
    assert (status, set(sent["affected"]["first"])) == (200, set(form["affected"]["first"])), sent
    project = projects.project(slug)
    assert project is not None
    applied = agent.get(f"/forms/{slug}/applications")[1]
    assert {one["matter"] for one in applied} == set(sent["affected"]["first"])
    stranger = Program(hired("enterprise_agent", code="another"))
    assert [stranger.get(f"/forms/{slug}{rest}")[0] for rest in ("", "/applications", "/attachments")] == [404] * 3


def test_what_is_wrong_with_a_form_is_told_at_its_place() -> None:
    agent = Program(hired("enterprise_agent"))
    slug = agent.post("/forms", {"zone": OWN})[1]["slug"]
    agent.ask("PUT", f"/forms/{slug}", {"seq": 0, "words": {"total_investment": "viel"}})
    wrong = {one["place"]: one for one in agent.get(f"/forms/{slug}")[1]["wrong"]}
    assert wrong["total_investment"]["words"]["zh"]
    assert "project_name" in wrong
    assert len(agent.get("/form-fields")[1]) == 28


def test_a_paper_of_a_form_is_one_however_often_it_is_handed_in() -> None:
    agent = Program(hired("enterprise_agent"))
    slug = agent.post("/forms", {"zone": OWN})[1]["slug"]
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    status, kept = agent.upload(f"/forms/{slug}/attachments", "证明.pdf", data, {"matters": ["project_filing"]})
    assert (status, kept["again"], kept["matters"]) == (200, False, ["project_filing"]), kept
    again = agent.upload(f"/forms/{slug}/attachments", "证明2.pdf", data)[1]
    assert (again["id"], again["again"]) == (kept["id"], True)
    assert agent.get(f"/forms/{slug}/attachments/{kept['id']}") == (200, data)
    status, said = agent.upload(f"/forms/{slug}/attachments", "x.exe", b"MZ\x90\x00")
    assert (status, bool(said["title"]["zh"])) == (400, True)
    assert agent.post(f"/forms/{slug}/attachments/{kept['id']}/remove")[0] == 200
    assert agent.get(f"/forms/{slug}/attachments")[1] == []


def test_a_ledger_is_tried_taken_in_and_taken_back() -> None:
    office = Program(hired("investment_officer"))
    data, key = book(HEADS, GOOD, BAD), {"Idempotency-Key": "ledger-1"}
    status, tried = office.upload("/sheets", "台账.xlsx", data, {"kind": "projects"}, **key)
    assert (status, tried["row"]["new"], tried["row"]["refused"]) == (200, 1, 1), tried
    assert tried["lines"][0]["number"] == 3
    assert "应填数量" in tried["lines"][0]["faults"][0]["words"]["zh"]
    assert projects.named() == ()
    number = tried["row"]["id"]
    status, said = office.upload("/sheets", "台账.xlsx", data, {"kind": "projects"}, **key)
    assert (status, said["code"]) == (409, "already_done")
    status, said = office.upload("/sheets", "台账.xlsx", book(HEADS, GOOD), {"kind": "projects"}, **key)
    assert (status, said["code"]) == (409, "idempotency_key_reused")
    status, marked = office.get(f"/sheets/{number}/returned")
    assert "应填数量" in str(CalamineWorkbook.from_filelike(io.BytesIO(marked)).get_sheet_by_index(0).to_python()[2])
    assert office.post(f"/sheets/{number}/take")[1]["row"]["state"] == "taken"
    assert [one.name.zh for one in projects.named()] == ["示例甲项目"]
    status, listed = office.get("/lists/projects?as=csv&q=示例甲")
    assert "示例甲项目" in listed.decode("utf-8-sig")
    assert office.post(f"/sheets/{number}/back", {"reason": "导错了"})[1]["row"]["state"] == "undone"
    assert [one["id"] for one in office.get("/sheets")[1]["rows"]] == [number]
    stranger = Program(hired("investment_officer", "pinglu"))
    assert stranger.post(f"/sheets/{number}/take")[0] == 404


def test_a_file_may_be_larger_than_a_json_body(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    office = Program(hired("investment_officer"))
    rows = [(f"示例项目{i}号，名称较长以便文件够大{i * 7919}", i, "2026.3.5", "是") for i in range(1, 900)]
    data = book(HEADS, *rows)
    assert len(data) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert office.upload("/sheets", "台账.xlsx", data, {"kind": "projects"})[1]["row"]["length"] >= 899
    status, said = office.post("/forms", {"zone": "x" * 30_000})
    assert (status, said["code"]) == (413, "api_too_large")


def test_people_are_recorded_appointed_and_ended_once() -> None:
    admin = Program(hired("system_admin", organisation_kind="province"))
    key, sent = {"Idempotency-Key": "p-1"}, {"username": "Li.Si", "name": "李四"}
    status, made = admin.post("/people", sent, **key)
    assert (status, Person.objects.get(pk=made["person"]).check_password(made["password"])) == (200, True)
    status, said = admin.post("/people", sent, **key)
    assert (status, said["code"]) == (409, "already_done")
    assert made["password"] not in json.dumps(said)
    status, unit = admin.post(
        "/organisations", {"code": "o1", "kind": "bureau", "zh": "示例局", "starts": "2026-01-01"}
    )
    assert status == 200, unit
    post = {
        "username": "li.si",
        "organisation": unit["id"],
        "kind": "bureau_officer",
        "starts": "2026-01-01",
        "document": "任1号",
    }
    status, given = admin.post("/people/posts", post)
    assert status == 200, given
    assert [one["username"] for one in admin.get("/people?q=李四")[1]["rows"]] == ["li.si"]
    assert admin.post(f"/people/posts/{given['post']}/end", {"ends": SOON, "reason": "调离"})[0] == 200
    assert admin.post("/people", {"username": "li.si", "name": "李四"})[1]["code"] == "username_taken"


def test_security_and_audit_keep_to_their_own() -> None:
    security = Program(hired("security_admin", organisation_kind="province"))
    who = person("wang.wu", "王五")
    status, made = security.post("/security/passwords", {"username": "wang.wu", "reason": "忘记"})
    assert (status, made["person"]) == (200, who)
    assert security.get("/security")[1]["failures"] > 0
    assert security.post(f"/security/locks/{who}/lift", {"reason": "核实"})[1]["code"] == "not_locked"
    assert security.get("/audit")[0] == 403
    auditor = Program(hired("audit_admin", organisation_kind="province"))
    status, page = auditor.get("/audit?kind=password.given")
    assert (status, [one["payload"]["username"] for one in page["rows"]]) == (200, ["wang.wu"])
    status, lines = auditor.post("/audit/export", {"reason": "年度审计"})
    kinds = [json.loads(line)["kind"] for line in lines.decode().splitlines()]
    assert "password.given" in kinds
    assert auditor.get("/audit?kind=record.exported")[1]["rows"], "that it was taken is recorded"


def test_the_calendar_is_tried_and_then_edited_once() -> None:
    province, year = Program(hired("province_officer")), official().published.year + 1
    notice = {
        "title": "放假通知",
        "year": year,
        "holidays": [{"zh": "元旦", "first": f"{year}-01-01", "last": f"{year}-01-03"}],
    }
    status, tried = province.post("/calendar/notices", {**notice, "try_only": True})
    assert (status, tried["edit"], bool(tried["days"])) == (200, None, True), tried
    key = {"Idempotency-Key": "c-1"}
    status, made = province.post("/calendar/notices", notice, **key)
    assert (status, made["edit"] is not None) == (200, True), made
    assert province.post("/calendar/notices", notice, **key)[1]["repeated"] is True
    assert [one["id"] for one in province.get(f"/calendar/{year}")[1]["edits"]] == [made["edit"]]
    assert Program(hired("leader")).post("/calendar/notices", notice)[0] == 403


def test_a_document_is_issued_verified_and_revoked() -> None:
    scene: Scene = play(plan=True)
    number = scene.row(scene.accepted("project_filing")).number
    officer, head = Program(scene.officer), Program(scene.head)
    status, made = officer.post(f"/cases/{number}/papers", {"kind": "acceptance"})
    assert (status, made["repeated"]) == (200, False), made
    assert officer.post(f"/cases/{number}/papers", {"kind": "acceptance"})[1]["repeated"] is True
    assert officer.post(f"/cases/{number}/papers", {"kind": "nothing"})[0] == 400
    assert Program(scene.other).post(f"/cases/{number}/papers", {"kind": "acceptance"})[0] == 403
    (row,) = officer.get(f"/cases/{number}/papers")[1]
    status, pdf = officer.get(f"/cases/{number}/papers/{row['id']}")
    assert pdf.startswith(b"%PDF")
    status, said = officer.upload("/papers/verify", "a.pdf", pdf)
    assert (said["outcome"], said["document"]["number"]) == ("valid", made["number"])
    assert officer.upload("/papers/verify", "a.pdf", pdf[:900] + b"\0" + pdf[901:])[1]["good"] is False
    status, said = head.post(f"/cases/{number}/papers/{row['id']}/withdraw", {"reason": "笔误"})
    assert (status, said["replaced_by"]) == (200, None), said
    assert officer.get(f"/papers/codes/{row['code']}")[1]["outcome"] == "revoked"


def test_the_exchange_says_what_would_be_refused(settings: Any, tmp_path: Path) -> None:
    settings.EXCHANGE_URL = f"sqlite:///{tmp_path}/staging.sqlite3"
    play(plan=True)
    data = Program(hired("data_officer"))
    status, found = data.get("/exchange/national/check?since=2020-01-01")
    assert status == 200, found
    assert found["objections"][0]["words"]["zh"]
    assert data.get("/exchange/national") == (200, {"tables": [], "failed": [], "more": None})
    status, said = data.post("/exchange/national/resend", {"table": "x", "key": "x", "number": 1})
    assert (status, said["code"]) == (400, "national_row_gone")
