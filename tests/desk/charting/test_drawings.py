"""The drawings by themselves: sound XML, and every mark means what the legend says."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from luodi.desk import ink
from luodi.desk.charting import gantt, matter_graph, scale, sheets, waterfall
from luodi.domain.catalogue.matters import Catalogue, Kind
from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.planning.levers import LeverWorth, worth
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import Text

SVG = "{http://www.w3.org/2000/svg}"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rules() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def shown(rules: Catalogue) -> Plan:
    answer = plan(samples.load("jinko", rules), rules, levers=("parallel",), start="signed")
    assert isinstance(answer, Plan)
    return answer


@pytest.fixture(scope="module")
def gain(rules: Catalogue) -> LeverWorth:
    return worth(samples.load("jinko", rules), rules)


def parsed(drawing: str) -> ET.Element:
    """The drawing as XML; a slip in escaping fails here."""
    return ET.fromstring(drawing)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("group", gantt.GROUPS)
@pytest.mark.parametrize("zoom", scale.ZOOMS)
def test_a_bar_for_every_step(shown: Plan, rules: Catalogue, language: str, group: str, zoom: str) -> None:
    tree = parsed(gantt.draw(shown, rules, gantt.Look(language=language, group=group, zoom=zoom)))
    bars = [box for box in tree.iter(f"{SVG}rect") if (box.get("class") or "").startswith("bar ")]
    assert len(bars) == len(shown.steps)
    assert len({link.get("href") for link in tree.iter(f"{SVG}a")}) == len(shown.steps)
    assert all(float(box.get("width", "0")) > 0 for box in bars)


def test_a_bar_looks_as_its_number_is(shown: Plan, rules: Catalogue) -> None:
    tree = parsed(gantt.draw(shown, rules))
    drawn = {link.get("href"): link for link in tree.iter(f"{SVG}a")}
    for step in shown.steps:
        bar = next(b for b in drawn[f"/handbook/{step.matter}/"].iter() if (b.get("class") or "").startswith("bar "))
        kind = "min" if step.limit.kind is Kind.MIN else "assumed" if gantt.assumed(step) else "solid"
        assert (bar.get("class") or "").split() == ["bar", kind, "critical" if step.critical else "float"]
        assert (bar.get("stroke-dasharray") is not None) is gantt.assumed(step)


def test_every_bar_says_why(shown: Plan, rules: Catalogue) -> None:
    for link in parsed(gantt.draw(shown, rules)).iter(f"{SVG}a"):
        title = link.find(f"{SVG}title")
        assert title is not None
        assert "适用理由" in (title.text or "")
        assert "来源" in (title.text or "")


def test_hostile_names_cannot_leave_the_drawing(shown: Plan, rules: Catalogue) -> None:
    evil = Text("</title><script>1</script>", '"><script>1</script>')
    steps = tuple(replace(step, name=evil, because=evil, matter='x"/><script>') for step in shown.steps)
    drawing = gantt.draw(replace(shown, name=evil, steps=steps), rules)
    parsed(drawing)
    assert "<script>" not in drawing


def test_an_empty_chart_is_a_drawing(shown: Plan, rules: Catalogue) -> None:
    parsed(gantt.draw(replace(shown, steps=()), rules))


def test_filters_do_not_move_the_axis(shown: Plan) -> None:
    assert gantt.axis(shown, gantt.Look()) == gantt.axis(shown, gantt.Look(unit="ecology", state="critical"))


@pytest.mark.parametrize("paper", sheets.PAPERS)
def test_no_row_is_lost_between_pages(shown: Plan, rules: Catalogue, paper: str) -> None:
    drawings = sheets.pages(shown, rules, gantt.Look(), sheets.PAPERS[paper])
    bars = [b for d in drawings for b in parsed(d).iter(f"{SVG}rect") if (b.get("class") or "").startswith("bar ")]
    assert len(bars) == len(shown.steps)


def test_the_waterfall_falls_from_before_to_after(gain: LeverWorth, rules: Catalogue) -> None:
    bars = waterfall.falls(gain, rules, "en")
    assert bars[0].high - bars[-1].high == gain.saved_days
    assert sum(gain.shares.values(), Fraction(0)) == gain.saved_days
    assert bars[1].high == gain.total_before
    parsed(waterfall.draw(gain, rules, "zh"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_matter_has_its_graph(rules: Catalogue, language: str) -> None:
    for matter in rules.matters.values():
        parsed(matter_graph.draw(matter, rules, language))


def test_days_stand_where_they_should() -> None:
    axis = scale.Scale(date(2023, 1, 1), date(2023, 1, 11), 100.0, 200.0, fluid=False)
    assert (axis.x(date(2023, 1, 6)), axis.length(date(2023, 1, 1), date(2023, 1, 6))) == ("200.00", "100.00")
    assert axis.length(date(2023, 1, 1), date(2023, 1, 1)) == "3"
    fluid = replace(axis, fluid=True)
    assert fluid.x(date(2023, 1, 6)) == "50.000%"


def test_attributes_are_escaped() -> None:
    assert ink.attributes(class_='a"b', stroke_width=1, gone=None) == ' class="a&quot;b" stroke-width="1"'
