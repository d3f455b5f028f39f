"""The desk in a real browser: bars move, nothing is complained of, nothing leaves the machine, Chinese is drawn."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext, Page, expect

CHART = "/projects/jinko/chart/"
PAGES = ("/", "/projects/", "/projects/jinko/", CHART, "/handbook/", "/handbook/eia_report/", "/search/?q=环境")


@dataclass
class Watch:
    """What a page complained of, and what it asked of others."""

    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture
def watched(page: Page, demo: str) -> Iterator[Watch]:
    """Fails at the end when the page complained or asked another machine."""
    watch = Watch()
    page.on("console", lambda said: watch.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((demo, "data:")) else watch.foreign.append(asked.url))
    yield watch
    assert not watch.complaints
    assert not watch.foreign


def bars(page: Page) -> list[float]:
    """Where the bars end, in pixels."""
    ends = page.eval_on_selector_all(".gantt .bar", "all => all.map(bar => bar.getBoundingClientRect().right)")
    return [float(end) for end in ends]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_quiet(page: Page, demo: str, watched: Watch, address: str) -> None:
    page.goto(demo + address, wait_until="networkidle")
    expect(page.locator("h1")).to_be_visible()


def test_a_lever_moves_the_bars(page: Page, demo: str, watched: Watch) -> None:
    page.goto(demo + CHART, wait_until="networkidle")
    before, figure = bars(page), page.locator(".figure .count").first.inner_text()
    lever = page.locator("#lever-standard_land")
    expect(lever).to_have_attribute("aria-checked", "true")
    page.evaluate("window.untouched = true")
    lever.click()
    expect(page.locator("#lever-standard_land")).to_have_attribute("aria-checked", "false")
    assert page.evaluate("window.untouched") is True, "the whole page was loaded again"
    assert bars(page) != before
    assert page.locator(".figure .count").first.inner_text() != figure
    assert "levers=" in page.url
    assert "standard_land" not in page.url
    page.reload(wait_until="networkidle")
    expect(page.locator("#lever-standard_land")).to_have_attribute("aria-checked", "false")
    page.go_back(wait_until="networkidle")
    expect(page.locator("#lever-standard_land")).to_have_attribute("aria-checked", "true")


def test_the_keyboard_is_enough(page: Page, demo: str, watched: Watch) -> None:
    page.goto(demo + "/handbook/", wait_until="networkidle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == page.locator("tbody tr:not(.group) a").first.get_attribute("href")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/handbook/.+/"))
    page.keyboard.press("Control+k")
    page.keyboard.type("环评")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    page.goto(demo + CHART, wait_until="networkidle")
    page.locator("#lever-parallel").focus()
    page.keyboard.press("Space")
    expect(page.locator("#lever-parallel")).to_have_attribute("aria-checked", "false")
    expect(page.locator("#lever-parallel")).to_be_focused()


def test_a_menu_filters_and_the_address_says_so(page: Page, demo: str, watched: Watch) -> None:
    page.goto(demo + CHART, wait_until="networkidle")
    every = page.locator("svg.gantt a").count()
    page.get_by_text("全部单位", exact=True).first.click()
    page.locator(".menu[open] a", has_text="生态环境局").click()
    page.wait_for_url(re.compile("unit=ecology"))
    page.wait_for_function("every => document.querySelectorAll('svg.gantt a').length < every", arg=every)
    labels = page.locator("svg.gantt a").evaluate_all("bars => bars.map(bar => bar.getAttribute('aria-label'))")
    assert labels
    assert all("生态环境局" in label for label in labels)


def test_the_switch_of_language(page: Page, demo: str, watched: Watch) -> None:
    page.goto(demo + CHART, wait_until="networkidle")
    expect(page.locator("header nav")).to_contain_text("指挥室")
    page.get_by_label("Switch to English").click()
    expect(page.locator("header nav")).to_contain_text("Command room")
    assert page.url.rstrip("?").endswith(CHART)
    page.get_by_label("切换为中文").click()
    expect(page.locator("header nav")).to_contain_text("指挥室")


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_scrolls_only_down(page: Page, demo: str, watched: Watch, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(demo + address, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_chinese_is_drawn_by_our_own_font(page: Page, demo: str, watched: Watch) -> None:
    fonts: list[str] = []
    page.on("response", lambda got: fonts.append(got.url) if got.url.endswith(".woff2") and got.ok else None)
    page.goto(demo + "/", wait_until="networkidle")
    assert fonts
    assert page.evaluate("document.fonts.check('14px \"Noto Sans SC Variable\"', '指挥室落地')")
    # A glyph nobody has is a box as wide as any other; different words of one length then look the same.
    drawn = page.evaluate(
        """() => ['落', '地'].map(word => {
            const paper = document.createElement('canvas').getContext('2d');
            paper.font = '40px "Noto Sans SC Variable"';
            paper.fillText(word, 5, 45);
            return paper.getImageData(0, 0, 60, 60).data.join();
        })"""
    )
    assert drawn[0] != drawn[1]


def test_it_works_without_a_script(new_context: Callable[..., BrowserContext], demo: str) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo + CHART)
    page.locator("#lever-standard_land").click()
    expect(page.locator("#lever-standard_land")).to_have_attribute("aria-checked", "false")
    assert "levers=" in page.url
