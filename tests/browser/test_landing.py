"""One case in a real browser, from the first phone call to production: nobody hands it over, and nothing is typed twice."""

from playwright.sync_api import Page, expect
from tests.browser.guests import Enter, day
from tests.exchange.sheets.made import book

COMPANY, TITLE, SLUG = "戏台第一通电话新能源有限公司", "戏台年产2GW组件项目", "first-call"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def recorded(page: Page) -> None:
    """A lead with its next step, which becomes a project under the same case."""
    page.get_by_label("企业", exact=False).first.fill(COMPANY)
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=contacted]").fill(day(-500))
    page.locator("[name=amount]").fill("2.4 亿元")
    page.locator("[name=step]").fill("请进来看地")
    page.locator("[name=due]").fill(day(7))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name=COMPANY)).to_be_visible()
    expect(page.locator("#next")).to_contain_text("请进来看地")
    page.get_by_text("转为项目").first.click()
    page.locator("[name=slug]").first.fill(SLUG)
    page.get_by_role("button", name="转为项目").click()
    expect(page.get_by_role("link", name=f"项目 {SLUG}")).to_be_visible()


def agreed(page: Page) -> None:
    """A round of talks, and the signature on its terms: each becomes a promise with an owner and a day."""
    terms = (("investment", "2.4 亿元"), ("jobs", "300 人"), ("utilities_by", day(-200)))
    page.locator("[name=on]").fill(day(-430))
    page.locator("[name=ours]").fill("李志强")
    page.locator("[name=theirs]").fill("示例负责人")
    for place, (kind, value) in enumerate(terms):
        page.locator(f"[name=kind_{place}]").select_option(kind)
        page.locator(f"[name=value_{place}]").fill(value)
    page.get_by_role("button", name="登记本轮").click()
    expect(page.get_by_text("300").first).to_be_visible()
    page.goto(page.url.replace("/rounds/", "/rounds/sign/"))
    page.locator("[name=on]").fill(day(-420))
    page.locator("[name=document]").fill("投资协议（示例）第1号")
    for place in range(len(terms)):
        page.locator(f"[name=owner_{place}]").select_option(index=1)
        page.locator(f"[name=due_{place}]").fill(day(-30))
    page.get_by_role("button", name="登记签约").click()
    expect(page.locator(".promises tbody tr[id]")).to_have_count(len(terms))


def built(page: Page) -> None:
    """The milestones come in as offices send them, in a workbook."""
    heads = ("项目名称", "项目编号", "供地日期", "开工日期", "完工日期", "投产日期")
    row = (TITLE, SLUG, day(-400), day(-360), day(-60), day(-20))
    page.locator("input[type=file]").set_input_files(
        {"name": "节点台账.xlsx", "mimeType": XLSX, "buffer": book(heads, row)}
    )
    page.get_by_role("button", name="检查").click()
    page.get_by_role("button", name="导入 1 行").click()
    expect(page.get_by_role("heading", name="已导入")).to_be_visible()


def test_one_case_from_the_first_call_to_production(enter: Enter) -> None:
    page = enter("李志强", "/pipeline/new/")
    recorded(page)
    home = page.url.split("/pipeline")[0]
    page.goto(f"{home}/projects/{SLUG}/rounds/new/")
    agreed(page)
    page.goto(f"{home}/sheets/")
    built(page)
    page.goto(f"{home}/pipeline/")  # the lead has followed its project at once
    expect(page.locator(".stage", has=page.locator("#stage-production"))).to_contain_text(COMPANY)
    page.goto(f"{home}/results/lags/")
    expect(page.locator("main")).to_contain_text(TITLE)
    page.goto(f"{home}/projects/{SLUG}/promises/")
    first = page.locator(".promises tbody tr[id]", has_text="总投资")
    first.get_by_text("登记兑现情况").click()
    first.locator("[name=state]").select_option("kept")
    first.locator("[name=actual]").fill("2.5 亿元")
    first.locator("[name=evidence]").fill("专项审计报告（示例）")
    first.get_by_role("button").last.click()
    expect(page.locator(".promises tbody tr[id]", has_text="总投资")).to_contain_text("2.5")
