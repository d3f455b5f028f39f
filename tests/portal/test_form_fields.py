"""The one form in words: units as each language writes them."""

from luodi.domain.facts.fields import the_form
from luodi.portal.form_fields import unit_shown, units_of


def test_units_are_said_in_the_readers_language() -> None:
    fields = the_form().fields
    assert units_of(fields["land_area"], "zh-hans") == "m²、平方米、万平方米、亩、公顷、平方公里"
    assert units_of(fields["land_area"], "en") == "m², 亩 (mu), ha, hm², km²"
    assert units_of(fields["total_investment"], "en") == ("万元 (10,000 yuan), 亿元 (100 million yuan), 元 (yuan)")
    assert "立方米" in units_of(fields["earthwork_volume"], "zh-hans")
    assert units_of(fields["project_name"], "en") == ""


def test_a_unit_is_shown_as_people_write_it() -> None:
    assert [unit_shown(one) for one in ("m2", "m3/a", "万元", None)] == ["m²", "m³/a", "万元", ""]
