"""The one form in real browsers: typed, kept, gone on with, prefilled and confirmed, drawn, handed in; and a paper verified."""

import json
import re

from playwright.sync_api import Locator, Page, Position, expect
from tests.browser.guests import PHONE, Enter
from tests.papers.test_forms import words

KEPT = 12_000
"""Milliseconds within which what was typed is kept; the page promises ten seconds."""
WORKER = 120_000
"""Milliseconds the demo's worker gets to issue a document, on a busy machine."""


def begin(page: Page, applicant: str = "") -> str:
    """Begin a form; its address."""
    if applicant:
        page.locator("select[name=applicant]").select_option(label=applicant)
    page.locator("select[name=zone]").select_option("zgsfq")
    page.get_by_role("button", name="开始填报").click()
    page.wait_for_url(re.compile(r"/forms/[^/]+/\d/$"))
    return re.sub(r"\d/$", "", page.url)


def kept(page: Page) -> None:
    """Wait until the page says that what was typed is kept."""
    expect(page.locator("[data-saved-at]")).to_contain_text("已保存", timeout=KEPT)


def value(page: Page) -> list[list[float]]:
    """The corners of the boundary as they will be sent, the first repeated at the end."""
    text = page.locator("textarea[name=site_boundary]").input_value()
    return json.loads(text)["coordinates"][0] if text else []


def at(sheet: Locator, x: float, y: float) -> Position:
    """A place on the sheet by its share of width and height."""
    box = sheet.bounding_box()
    assert box
    return {"x": box["width"] * x, "y": box["height"] * y}


def test_what_is_typed_is_kept_and_found_again_and_its_meaning_said(enter: Enter) -> None:
    page = enter("祁业", "/forms/")
    form = begin(page)
    page.locator("[name=contact_name]").fill("李示例")
    kept(page)
    page.goto(form + "5/")
    page.locator("[name='annual_water.amount']").fill("30000")
    page.locator("[name='annual_water.source']").select_option("自备地下水")
    expect(page.locator("#answer .change")).to_contain_text("增加", timeout=KEPT)
    expect(page.locator("#answer")).to_contain_text("取水许可")
    kept(page)
    page.goto(form)
    page.wait_for_url(re.compile("/1/$"))
    expect(page.locator("[name=contact_name]")).to_have_value("李示例")
    page.locator("[name=contact_phone]").fill("12")
    expect(page.locator("#note-contact_phone .wrong")).to_be_visible(timeout=KEPT)
    expect(page.locator("[name=contact_phone]")).to_have_attribute("aria-invalid", "true")


def test_a_navigator_prefills_and_the_enterprise_confirms(enter: Enter) -> None:
    navigator = enter("赵磊", "/forms/")
    form = begin(navigator, "示例新能源有限公司")
    navigator.locator("[name=contact_name]").fill("赵代填")
    kept(navigator)
    expect(navigator.locator("#note-contact_name")).to_contain_text("赵磊", timeout=KEPT)
    page = enter("祁业", "/forms/")
    page.goto(form + "1/")
    note = page.locator("#note-contact_name")
    expect(note).to_contain_text("赵磊")
    expect(note).to_contain_text("◆")
    page.locator("#contact_name").get_by_role("button").click()
    expect(page.locator("#note-contact_name")).not_to_contain_text("◆")
    navigator.goto(form + "check/")
    expect(navigator.get_by_role("button", name="提交")).to_have_count(0)


def test_a_boundary_is_drawn_with_the_mouse(enter: Enter) -> None:
    page = enter("祁业", "/forms/")
    page.goto(begin(page) + "3/")
    sheet = page.locator("svg.sheet")
    for x, y in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)):
        sheet.click(position=at(sheet, x, y))
    assert len(value(page)) == 5
    sheet.click(position=at(sheet, 0.3, 0.3))
    expect(page.get_by_role("button", name="继续加点")).to_be_visible()
    said = page.locator("[data-said]")
    expect(said).to_contain_text("亩")
    square = value(page)
    page.locator("[data-corner='2']").drag_to(sheet, target_position=at(sheet, 0.2, 0.45))
    expect(said).to_contain_text("自相交")
    expect(page.locator(".sheet .faulty")).to_have_count(2)
    expect(page.locator("#note-site_boundary")).to_contain_text("自相交", timeout=KEPT)
    page.get_by_role("button", name="撤销").click()
    assert value(page) == square
    expect(said).not_to_contain_text("自相交")
    expect(page.locator("#note-site_boundary .wrong")).to_have_count(0, timeout=KEPT)
    sheet.click(position=at(sheet, 0.5, 0.3))
    assert len(value(page)) == 6, "a corner on the edge that was clicked"
    kept(page)
    page.reload()
    assert len(value(page)) == 6
    expect(page.locator("[data-corners] tbody tr")).to_have_count(6)


def test_a_boundary_is_drawn_with_the_keyboard_and_corrected_in_the_table(enter: Enter) -> None:
    page = enter("祁业", "/forms/")
    form = begin(page)
    page.goto(form + "3/")
    page.locator("[name=land_area]").fill("80 亩")
    kept(page)
    page.locator("svg.sheet").focus()
    for key in ("Enter", "Enter", "Enter", "Shift+ArrowDown", "Enter", "Shift+ArrowLeft", "Shift+ArrowLeft", "c"):
        page.keyboard.press(key)
    corners = value(page)
    assert len(corners) == 5
    assert corners[0][1] == corners[1][1]
    assert corners[2][1] < corners[1][1]
    assert corners[3][0] < corners[2][0]
    page.keyboard.press("Delete")
    assert len(value(page)) == 4
    page.keyboard.press("Control+z")
    assert value(page) == corners
    expect(page.locator("[data-said]")).to_contain_text("申报用地 80 亩")
    first = page.locator("[data-corners] tbody tr").first.locator("input")
    first.nth(1).fill("37.9011")
    first.nth(1).press("Tab")
    assert value(page)[0] == [corners[0][0], 37.9011]
    kept(page)
    page.reload()
    assert value(page)[0] == [corners[0][0], 37.9011]


def test_a_boundary_is_tapped_on_a_phone(enter: Enter) -> None:
    page = enter("祁业", "/forms/", phone=True)
    page.goto(begin(page) + "3/")
    sheet = page.locator("svg.sheet")
    sheet.scroll_into_view_if_needed()
    for x, y in ((0.25, 0.3), (0.75, 0.3), (0.5, 0.7), (0.25, 0.3)):
        sheet.tap(position=at(sheet, x, y))
    expect(page.get_by_role("button", name="继续加点")).to_be_visible()
    assert len(value(page)) == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_whole_form_is_typed_and_handed_in(enter: Enter) -> None:
    page = enter("祁业", "/forms/")
    form = begin(page)
    full = words(**{"legal_rep.id_no": "11010519491231002X", "project_name": "浏览器里填成的示例项目"})
    corners = json.loads(full.pop("site_boundary"))["coordinates"][0][:-1]
    for number in range(1, 6):
        page.goto(f"{form}{number}/")
        for place, text in full.items():
            field = page.locator(f".one-form [name='{place}']:not([type=hidden])")
            if field.count() and field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(text)
            elif field.count() and field.get_attribute("type") != "checkbox":
                field.fill(text)
        if number == 3:
            for row, corner in enumerate(corners):
                cells = page.locator("[data-corners] tbody tr").nth(row).locator("input")
                cells.nth(0).fill(str(corner[0]))
                cells.nth(1).fill(str(corner[1]))
                cells.nth(1).press("Tab")
            expect(page.locator("[data-said]")).to_contain_text("相符", timeout=KEPT)
        page.get_by_role("button", name="保存并继续").click()
        page.wait_for_url(re.compile(r"/(check|\d)/$"))
    expect(page.locator(".needed")).to_have_count(0)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("/papers/$"), timeout=WORKER)
    expect(page.locator("main")).to_contain_text("企业投资项目备案")


def test_an_officer_decides_a_paper_is_issued_and_the_public_verifies_it(enter: Enter) -> None:
    officer = enter("方蓝", "/inbox/")
    officer.locator(".inbox tbody tr .matter a").first.click()
    officer.locator("#side [data-key=a]").click()
    officer.wait_for_url(re.compile("done=1"))
    number = re.search(r"case=([\w-]+)", officer.url)
    assert number
    page = officer.url.partition("/inbox/")[0] + f"/papers/{number[1]}/"
    link = officer.locator("main td.act a[href*='/verify/']")

    def issued() -> bool:
        officer.goto(page)
        return link.count() > 0

    for _ in range(WORKER // 2000):
        if issued():
            break
        officer.wait_for_timeout(2000)
    expect(link).to_have_count(1)
    paper = officer.locator("main td[data-label='文号']").inner_text()
    code = str(link.get_attribute("href")).split("/")[2]
    with officer.expect_download() as sealed:
        officer.locator("main tbody th a").first.click()
    public = enter("", "/verify/")
    public.locator("[name=number]").fill(paper)
    public.locator("[name=code]").fill(code.lower())
    public.get_by_role("button", name="核验").first.click()
    expect(public.locator("h1.verdict")).to_contain_text("有效")
    expect(public.locator("main")).to_contain_text(paper)
    public.goto(public.url.partition("/verify/")[0] + "/verify/")
    public.locator("input[type=file]").set_input_files(sealed.value.path())
    public.get_by_role("button", name="核验").last.click()
    expect(public.locator("h1.verdict")).to_contain_text("有效")
