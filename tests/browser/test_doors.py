"""The doors in and out, in a real browser: a ledger in and back, a list as a file, and a program with a token."""

from pathlib import Path

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from tests.browser.guests import Enter
from tests.exchange.sheets.made import book

HEADS = ("项目名称", "总投资（亿元）", "签约日期", "是否网上办理")
GOOD, BAD = ("门口测试甲项目", 5.6, "2026.3.5", "是"), ("门口测试乙项目", "很多", "2026.3.5", "是")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def had(page: Page, link: str) -> list[list[object]]:
    """The cells of the workbook that a link hands out."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link, exact=True).first.click()
    return CalamineWorkbook.from_path(Path(waiting.value.path())).get_sheet_by_index(0).to_python()  # type: ignore[return-value]


def test_a_ledger_goes_in_its_bad_rows_come_back_and_all_is_undone(enter: Enter) -> None:
    page = enter("王敏", "/sheets/")
    data = book(HEADS, GOOD, BAD)
    page.locator("input[type=file]").set_input_files({"name": "门口台账.xlsx", "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", name="已检查，未导入")).to_be_visible()
    expect(page.get_by_text("应填数量")).to_be_visible()
    rows = had(page, "下载标好原因的原表")
    assert rows[1][0] == GOOD[0]
    assert "应填数量" in str(rows[2])
    page.get_by_role("button", name="导入 1 行").click()
    expect(page.get_by_role("heading", name="已导入")).to_be_visible()
    page.goto(f"{page.url.split('/sheets')[0]}/projects/?q=门口测试")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()
    page.get_by_text("撤回整次导入").click()
    page.get_by_label("理由").fill("演示撤回")
    page.get_by_role("button", name="撤回", exact=True).click()
    expect(page.get_by_role("heading", name="已撤回")).to_be_visible()


def test_the_filtered_inbox_is_had_as_it_is_shown(enter: Enter) -> None:
    page = enter("方蓝", "/inbox/?state=8")
    shown = page.locator(".inbox tbody .matter a")
    expect(shown.first).to_be_visible()
    rows = had(page, "Excel")
    first = next(place for place, row in enumerate(rows) if row[0] == "办件编号") + 2
    numbers = {str(row[0]) for row in rows[first:]}
    assert len(numbers) == shown.count()
    assert all(any(number in (one.get_attribute("href") or "") for number in numbers) for one in shown.all())
    assert {row[4] for row in rows[first:]} == {"部门开始办理"}
    page.get_by_role("link", name="打印", exact=True).click()
    expect(page.locator("body.sheet-print")).to_contain_text("状态：部门开始办理")
    expect(page.locator("tbody tr")).to_have_count(len(numbers))


def test_a_program_acts_with_a_token_until_it_is_revoked(enter: Enter, demo: str) -> None:
    page = enter("方蓝", "/account/tokens/")
    page.get_by_label("用途").fill("浏览器里的测试")
    page.get_by_role("button", name="生成令牌").click()
    token = page.locator("#api-token").input_value()
    asked = {"Authorization": f"Bearer {token}"}
    me = page.request.get(f"{demo}/api/v1/me", headers=asked)
    assert me.ok
    assert me.json()["name"] == "方蓝"
    listed = page.request.get(f"{demo}/api/v1/lists/inbox?as=csv&state=8", headers=asked)
    assert listed.text().startswith("\ufeff办件编号")
    assert page.request.get(f"{demo}/api/v1/security", headers=asked).status == 403
    page.get_by_role("button", name="撤销令牌").first.click()
    expect(page.get_by_text("浏览器里的测试")).to_have_count(0)
    assert page.request.get(f"{demo}/api/v1/me", headers=asked).status == 401
