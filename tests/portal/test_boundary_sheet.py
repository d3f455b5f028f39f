"""The boundary drawn by hand: the table of its corners does without JavaScript what the drawing does with it."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from tests.papers.test_forms import NOW, ground, held, words
from tests.people import OWN, hired, sign_in

from luodi.domain.facts.typed import check
from luodi.domain.regions.resources import places
from luodi.papers import drafting
from luodi.portal import boundary_sheet

__all__ = ["ground"]
SQUARE = [(112.5, 37.9), (112.504, 37.9), (112.504, 37.903), (112.5, 37.903)]


def polygon(*corners: tuple[float, float]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [[*corners, corners[0]]]}, separators=(",", ":"))


def sent(*rows: tuple[object, object], **more: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.setlist("corner_x", [str(x) for x, _ in rows])
    data.setlist("corner_y", [str(y) for _, y in rows])
    data.update(more)
    return data


def test_the_table_shows_the_corners_of_one_ring_alone() -> None:
    assert boundary_sheet.corners(polygon(*SQUARE)) == tuple((str(x), str(y)) for x, y in SQUARE)
    feature = {"type": "Feature", "geometry": json.loads(polygon(*SQUARE))}
    assert len(boundary_sheet.corners(json.dumps(feature))) == 4
    two = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    for none in ("", "[]", "1", '{"type": "Polygon"}', json.dumps(two), polygon(*SQUARE * 60)):
        assert boundary_sheet.corners(none) == ()
    assert boundary_sheet.corners("112.5 37.9\n112.6") == (("112.5", "37.9"), ("112.6", ""))


def test_a_changed_table_becomes_the_boundary() -> None:
    moved = [*SQUARE[:3], (112.499, 37.903)]
    stood = polygon(*SQUARE)
    typed = boundary_sheet.with_corners({"site_boundary": stood}, sent(*moved, ("", "")), stood)
    assert typed["site_boundary"] == polygon(*moved)
    assert boundary_sheet.with_corners({}, sent(*SQUARE), "")["site_boundary"] == stood
    assert boundary_sheet.with_corners({"site_boundary": stood}, sent(("", "")), stood)["site_boundary"] == ""


def test_the_text_counts_where_it_was_changed_or_the_table_was_not() -> None:
    stood, other = polygon(*SQUARE), polygon(*SQUARE[:3])
    assert boundary_sheet.with_corners({"site_boundary": other}, sent(*SQUARE[1:]), stood)["site_boundary"] == other
    assert boundary_sheet.with_corners({"site_boundary": stood}, sent(*SQUARE), stood)["site_boundary"] == stood
    kept = json.dumps({"type": "Feature", "geometry": json.loads(stood)}, indent=1)
    assert boundary_sheet.with_corners({"site_boundary": kept}, sent(*SQUARE), kept)["site_boundary"] == kept
    assert boundary_sheet.with_corners({"land_area": "1"}, QueryDict(), stood) == {"land_area": "1"}


@pytest.mark.parametrize("rows", [[("112.5", "37.9"), ("112.6", "")], [("a", "b")] * 4, [("1e999", "NaN")] * 4])
def test_what_is_no_corner_is_kept_as_typed_and_said(rows: list[tuple[str, str]]) -> None:
    typed = boundary_sheet.with_corners({}, sent(*rows), "")["site_boundary"]
    assert boundary_sheet.corners(typed) == tuple(rows)
    assert [one.code for one in check({"site_boundary": typed}).wrong["site_boundary"]] == ["boundary_not_geojson"]


def test_the_sheet_opens_at_the_city_of_the_zone() -> None:
    assert len(places()) == 11
    found = boundary_sheet.sheet("太原、晋中", "", check({"land_area": "80 亩"}).values)
    assert (found.lon, found.lat) == places()["太原"]
    assert round(found.declared or 0) == 53333
    assert len(found.corners) == boundary_sheet.LEAST
    assert (boundary_sheet.sheet("", "", {}).lon, boundary_sheet.sheet("", "", {}).declared) == (112.5, None)
    metric = boundary_sheet.sheet("", polygon((612000.0, 4172000.0), (612200.0, 4172000.0), (612200.0, 4172300.0)), {})
    assert metric.metric


@pytest.mark.django_db
def test_corners_are_typed_kept_and_refused_kindly_without_javascript(client: Client) -> None:
    agent = sign_in(client, hired("enterprise_agent", code="test_enterprise"))
    slug = drafting.begin(zone=OWN, applicant=agent.organisation, by=agent, at=NOW)

    def post(corners: list[tuple[float, float]], **more: str) -> Any:
        data = {"corner_x": [x for x, _ in corners], "corner_y": [y for _, y in corners], "seen": "99", **more}
        return client.post(f"/forms/{slug}/3/", data)

    assert post(SQUARE, keep="1", site_boundary="").status_code == 302
    assert held(slug).words["site_boundary"] == polygon(*SQUARE)
    page = client.get(f"/forms/{slug}/3/").content.decode()
    assert page.count('name="corner_x"') == 5
    assert 'class="plot"' in page
    crossed = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    answer = post(crossed, on="1", site_boundary=polygon(*SQUARE))
    assert answer.status_code == 200
    assert "自相交" in answer.content.decode()
    full = words() | {"site_boundary": polygon(*crossed)}
    drafting.save(slug=slug, sent=full, seen=99, by=agent, at=NOW)
    refused = client.post(f"/forms/{slug}/check/", {"seen": held(slug).seq, "key": "k" * 32})
    assert refused.status_code == 400
    assert held(slug).sent_at is None
