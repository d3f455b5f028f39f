"""Ledgers by upload: what the pages say, the file that comes back, lists as files."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.exchange.sheets.made import book
from tests.people import OTHER, OWN, hired, sign_in

from luodi.accounts.acting import SYSTEM
from luodi.exchange.sheets import actions, readers, returning
from luodi.projects import readers as projects
from luodi.projects.actions import record_project
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
HEADS = ("项目名称", "总投资（亿元）", "签约日期")
GOOD, BAD = ("示例甲项目", 5.6, "2026.3.5"), ("示例乙项目", "x", "2026.3.5")
HOST = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}


@pytest.fixture
def office(client: Client) -> Client:
    for zone in (OWN, OTHER):
        Zone.objects.get_or_create(
            id=zone, defaults={"zh": zone, "en": zone, "kind": "industrial", "confidence": "verified"}
        )
    sign_in(client, hired("investment_officer"))
    return client


def sent(client: Client, data: bytes, name: str = "台账.xlsx", kind: str = "projects") -> str:
    """Hand a file in by the page; the address of what came of it."""
    answer = client.post("/sheets/", {"kind": kind, "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_ledger_is_tried_then_taken_in_then_taken_back(office: Client) -> None:
    page = sent(office, book(HEADS, GOOD, BAD))
    shown = office.get(page).content.decode()
    assert "应填数量" in shown
    assert "导入 1 行" in shown
    assert not projects.named()
    office.post(f"{page}take/")
    assert [one.name.zh for one in projects.named()] == ["示例甲项目"]
    shown = office.get(page).content.decode()
    assert "已导入" in shown
    office.post(f"{page}back/", {"reason": "导错了"})
    assert "登记不能抹去" in office.get(page).content.decode()


def test_the_marked_file_comes_back_under_its_name(office: Client) -> None:
    page = sent(office, book(HEADS, GOOD, BAD))
    answer = office.get(f"{page}returned/")
    assert "attachment" in answer["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][3] == returning.REASON.zh
    assert "应填数量" in str(rows[2][3])


def test_columns_are_settled_on_the_page(office: Client) -> None:
    page = sent(office, book(("叫法", *HEADS[1:]), GOOD))
    assert "缺少“项目名称”这一列" in office.get(page).content.decode()
    office.post(f"{page}columns/", {"column-0": "name", "column-1": "total_investment", "column-2": ""})
    assert "导入 1 行" in office.get(page).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"), [("a.xlsx", b"", "没有内容"), ("a.xlsm", book(HEADS), "宏"), ("a.pdf", b"%PDF-1", "PDF")]
)
def test_a_file_that_is_no_ledger_is_refused_on_the_page(office: Client, name: str, data: bytes, words: str) -> None:
    answer = office.post("/sheets/", {"kind": "projects", "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_another_office_does_not_know_of_it(office: Client) -> None:
    page = sent(office, book(HEADS, GOOD))
    stranger = Client()
    sign_in(stranger, hired("investment_officer", OTHER))
    assert [stranger.get(address).status_code for address in (page, f"{page}returned/")] == [404, 404]
    assert stranger.post(f"{page}take/").status_code == 404
    assert "台账.xlsx" not in stranger.get("/sheets/").content.decode()


def test_whoever_records_nothing_takes_no_ledger_in(office: Client) -> None:
    clerk = Client()
    sign_in(clerk, hired("window_clerk"))
    assert clerk.get("/sheets/").status_code == 403
    answer = office.post("/sheets/", {"kind": "people", "file": SimpleUploadedFile("a.xlsx", book(HEADS))})
    assert answer.status_code in (400, 403)


def test_a_page_in_the_workers_hands_asks_again(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    page = sent(office, book(HEADS, GOOD))
    office.post(f"{page}take/")
    answer = office.get(page)
    assert answer["Refresh"] == "3"
    assert "<progress" in answer.content.decode()


def test_an_empty_ledger_is_had(office: Client) -> None:
    answer = office.get("/sheets/blank/milestones/")
    assert answer.status_code == 200
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names[0] == "项目节点台账"


@pytest.fixture
def project(office: Client) -> str:
    page = sent(office, book((*HEADS, "是否网上办理"), (*GOOD, "是"), ("=1+1的项目", 1, "2026.3.5", "是")))
    office.post(f"{page}take/")
    return projects.named("示例甲")[0].slug


@pytest.mark.parametrize("name", ["projects", "inbox", "debts"])
@pytest.mark.parametrize("wanted", ["xlsx", "csv", "print"])
def test_lists_are_had_as_files(office: Client, project: str, name: str, wanted: str) -> None:
    answer = office.get(f"/sheets/list/{name}/", {"as": wanted})
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    if name == "projects" and wanted == "csv":
        text = content.decode("utf-8-sig")
        assert "示例甲项目" in text
        assert "'=1+1的项目" in text
    if name == "projects" and wanted == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert {"示例甲项目", "=1+1的项目"} <= {row[0] for row in rows}


def test_a_list_is_filtered_as_its_page_is(office: Client, project: str) -> None:
    answer = office.get("/sheets/list/projects/", {"as": "csv", "q": "示例甲"})
    text = b"".join(answer).decode("utf-8-sig")
    assert text.count("项目") >= 1
    assert "=1+1" not in text


def test_people_are_listed_for_those_who_may_see_them(office: Client) -> None:
    assert office.get("/sheets/list/people/").status_code == 403
    admin = Client()
    sign_in(admin, hired("system_admin", organisation_kind="province"))
    text = b"".join(admin.get("/sheets/list/people/", {"as": "csv"})).decode("utf-8-sig")
    assert "investment_officer" in text


def test_an_unknown_list_is_not_found(office: Client) -> None:
    assert office.get("/sheets/list/nothing/").status_code == 404


def test_the_project_of_another_zone_is_in_no_file(office: Client) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    text = '{"about": {"name": "他区项目"}, "form": {"project_name": "他区项目"}, "options": {"as_of": "2026-01-01"}}'
    record_project(slug="other", document=text, sample=False, by=SYSTEM, at=at, zone=OTHER, live=True)
    text = b"".join(office.get("/sheets/list/projects/", {"as": "csv"})).decode("utf-8-sig")
    assert "他区项目" not in text
    assert readers.imports(post=0, zones=frozenset()) == ()
