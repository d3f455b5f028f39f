"""The atlas in a browser: squares that count from afar, parcels near, other colours, an earlier day, and no WebGL at all."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.slow
ADDRESS = "/land/atlas/?zone=tunliu"
COUNTED = """
([layer, zoom]) => new Promise((done) => {
  const map = document.querySelector("[data-map]").luodiMap;
  const found = () => map.queryRenderedFeatures({ layers: [layer] }).map((one) => [one.id, one.properties.c ?? 1]);
  const count = () => done(Object.fromEntries(found()));
  map.once("idle", count);
  map.jumpTo({ zoom });
  map.triggerRepaint();
})
"""


def opened(page: Page, address: str) -> None:
    """A map with its letters on it."""
    page.goto(address)
    page.wait_for_selector("[data-lettered]", state="attached")


def test_every_parcel_is_on_the_map_far_and_near(page: Page, demo: str) -> None:
    opened(page, demo + ADDRESS)
    assert sum(page.evaluate(COUNTED, ["cells", 7]).values()) == 11
    assert len(page.evaluate(COUNTED, ["parcels", 13])) == 11
    page.select_option("[data-map-by]", "vacancy")
    assert page.locator('[data-legend="vacancy"]').is_visible()
    assert page.locator('[data-legend="state"]').is_hidden()
    page.locator("[data-map-slider]").fill("0")
    first = page.get_attribute("[data-map-slider]", "data-first")
    assert page.locator("[data-map-day]").inner_text() == first


def test_a_parcel_says_what_it_is_and_opens(page: Page, demo: str) -> None:
    opened(page, demo + ADDRESS)
    at = page.evaluate(
        """() => {
          const map = document.querySelector("[data-map]").luodiMap, { x, y } = map.project([112.7605, 36.3205]);
          const box = map.getCanvas().getBoundingClientRect();
          return { x: box.left + x, y: box.top + y };
        }"""
    )
    page.mouse.move(at["x"], at["y"])
    page.wait_for_function("document.querySelector('[data-map-told]').textContent.startsWith('TL-01')")
    page.mouse.click(at["x"], at["y"])
    page.wait_for_url(lambda address: "/land/atlas/" not in address)
    assert "TL-01" in page.locator("h1").inner_text()


def test_without_webgl_the_sheet_stays(page: Page, demo: str) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(demo + ADDRESS)
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-atlas] svg").is_visible()
    assert page.locator("[data-map]").is_hidden()
