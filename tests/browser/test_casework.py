"""Casework in real browsers: an officer at the keyboard and on the phone, a navigator, the headquarters, an enterprise."""

import re
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect
from tests.browser import stage
from tests.browser.guests import PHONE, Enter, day

CHART = f"/projects/{stage.FIRST}/chart/"
BOARD = f"/projects/{stage.SECOND}/board/"
AT_ONCE = 2000
"""Milliseconds within which another browser shows what was done."""
WORKER = 60_000
"""Milliseconds the demo's worker gets for a plan of least change, on a busy machine."""


@pytest.fixture(scope="module", autouse=True)
def staged(demo: str, demo_folder: Path) -> None:
    """Two live projects in the demo."""
    stage.prepare(demo_folder)


def row(page: Page, project: str = stage.FIRST) -> str:
    """The selector of the rows of a project in an inbox."""
    return f".inbox tbody tr:has(a[href*='{project}'])"


def test_an_officer_works_the_inbox_by_keyboard(enter: Enter) -> None:
    page = enter("周宁", f"/inbox/?project={stage.FIRST}")
    expect(page.locator(row(page))).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator("[aria-selected] .matter a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#side .side-head")).to_be_visible()
    assert "case=" in page.url
    page.keyboard.press("a")
    first = page.locator("#side [data-key=a]")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=1"))
    expect(page.locator("#side .told")).to_be_visible()
    expect(page.locator("tr.here .state")).to_have_text("部门开始办理")
    page.keyboard.press("r")
    form = page.locator("#act-ask_correction")
    expect(form).to_have_attribute("open", "")
    form.locator("input[name=kind]").first.check()
    form.locator(".ticked:visible input").fill("营业执照复印件")
    form.locator("input[name=due]").fill(day(5))
    form.get_by_role("button", name="补正").click()
    page.wait_for_url(re.compile("done=1"))
    expect(page.locator("tr.here .state")).to_have_text("补正开始")
    expect(page.locator("#side .timeline li").first).to_contain_text("营业执照复印件")


def test_what_is_typed_stays_when_the_page_is_left(enter: Enter) -> None:
    page = enter("刘洋", f"/inbox/?project={stage.FIRST}&turn=window")
    page.keyboard.press("j")
    page.keyboard.press("r")
    note = page.locator("#act-ask_correction textarea[name=reason]")
    note.fill("宗地图与坐标不符")
    page.reload()
    expect(page.locator("#act-ask_correction textarea[name=reason]")).to_have_value("宗地图与坐标不符")
    expect(page.locator("#act-ask_correction")).to_have_attribute("open", "")


def test_a_correction_stands_on_the_wall_chart_of_another_browser_at_once(enter: Enter) -> None:
    wall, officer = enter("郭林", CHART), enter("刘洋", f"/inbox/?project={stage.FIRST}&turn=window")
    wall.evaluate("window.untouched = true")
    before = wall.locator(".figure .count").nth(1).inner_text()
    officer.locator(f"{row(officer)} .matter a").first.click()
    officer.locator("#side [data-key=r]").click()
    form = officer.locator("#act-ask_correction")
    form.locator("input[name=kind]").first.check()
    form.locator(".ticked:visible input").fill("土地评估报告")
    form.locator("input[name=due]").fill(day(75))
    form.get_by_role("button", name="补正").click()
    officer.wait_for_url(re.compile("done=1"))
    begun = monotonic()
    lost = wall.locator("#lost .needs li").first
    expect(lost).to_contain_text("土地评估报告", timeout=AT_ONCE)
    assert monotonic() - begun < AT_ONCE / 1000
    expect(lost).to_contain_text("补正")
    expect(lost).to_contain_text("刘洋")
    assert re.match(r"\+\d+", lost.locator("b").inner_text())
    assert wall.locator(".figure .count").nth(1).inner_text() != before
    assert wall.evaluate("window.untouched") is True, "the page was loaded again"


def test_headquarters_take_the_offered_plan(enter: Enter) -> None:
    page = enter("郭林", CHART)
    expect(page.locator("[id^=offer-] h2")).to_have_text("建议的新计划", timeout=WORKER)
    announced = page.locator(".figure .line").first.inner_text()
    page.get_by_role("button", name="采纳").click()
    page.wait_for_url(re.compile(f"{CHART}$"))
    expect(page.locator("[id^=offer-] h2")).to_have_count(0)
    assert page.locator(".figure .line").first.inner_text() != announced


def test_a_navigator_dispatches_and_an_officers_inbox_fills_by_itself(enter: Enter) -> None:
    officer, navigator = enter("高翔", f"/inbox/?project={stage.SECOND}"), enter("赵磊", "/board/")
    expect(officer.locator(".inbox")).to_have_count(0)
    navigator.get_by_role("link", name=stage.NAMES[stage.SECOND][0]).click()
    navigator.wait_for_url(re.compile(f"{BOARD}$"))
    ready = int(navigator.locator("#turn-window h2 span").inner_text())
    navigator.get_by_role("link", name="分发").first.click()
    expect(navigator.locator("input[name=matter]:checked")).to_have_count(ready)
    navigator.locator("main form button.first").click()
    expect(navigator.locator("h1")).to_contain_text(str(ready))
    expect(officer.locator(row(officer, stage.SECOND))).to_have_count(1, timeout=2 * AT_ONCE)
    navigator.goto(navigator.url.partition("/projects/")[0] + BOARD)
    expect(navigator.locator("#turn-window li .light")).to_have_count(ready)


def test_the_inbox_is_worked_with_one_hand(enter: Enter) -> None:
    page = enter("高翔", f"/inbox/?project={stage.FIRST}", phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(f"{row(page)} .matter a").first.tap()
    accept = page.locator("#side [data-key=a]")
    expect(accept).to_be_in_viewport(ratio=1)
    box = accept.bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["y"] > PHONE["height"] / 2, "within reach of the thumb"
    accept.tap()
    page.wait_for_url(re.compile("done=1"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".only-phone").tap()
    expect(page.locator(row(page))).to_be_visible()


def test_an_enterprise_asks_and_rates(enter: Enter) -> None:
    page = enter("祁业", f"/my/{stage.FIRST}/")
    page.locator("#requests select[name=kind]").select_option(index=1)
    page.locator("#requests textarea[name=text]").fill("厂区东门临时用电何时接通？")
    page.locator("#requests form button").click()
    expect(page.locator("#requests table")).to_contain_text("厂区东门临时用电何时接通？")
    page.get_by_role("button", name="4/5").first.click()
    expect(page.locator("span[title='4/5']")).to_have_text("★★★★☆")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("赵磊", "/board/"),
        ("赵磊", f"/projects/{stage.FIRST}/board/"),
        ("赵磊", f"/projects/{stage.FIRST}/dispatch/"),
        ("郭林", CHART),
        ("郭林", "/wall/?zone=zgsfq&unit=all"),
        ("田昊", "/wall/"),
    ],
)
def test_a_phone_scrolls_only_down(enter: Enter, name: str, address: str) -> None:
    page = enter(name, address, phone=True)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
