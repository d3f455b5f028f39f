"""The ground of the maps: towns, a zone's own borders by version, utility nodes; on the sheet, in the browser, on paper."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk.land.test_land import page
from tests.domain.land.plots import SOUTH, WEST, feature, file, parcel, ring
from tests.people import AT, hired, moment, sign_in

from luodi.accounts.acting import SYSTEM, Acting
from luodi.desk.land import sheet
from luodi.domain.land.offset import moved
from luodi.domain.vocabulary import BadInput, Text
from luodi.factors import reserving
from luodi.journal.models import Entry
from luodi.land import overlaying, readers, samples, taking
from luodi.land.models import Overlay
from luodi.zones import registry

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
PLACE = (WEST + 0.01, SOUTH + 0.01)


@pytest.fixture
def officer(db: None, client: Client) -> Acting:
    """The data officer of Tunliu, signed in, with the sample land recorded."""
    registry.load(by=SYSTEM, at=AT)
    samples.load(by=SYSTEM, at=moment())
    return sign_in(client, hired("data_officer", "tunliu"))


def bordered(officer: Acting, size: float, on: date, paper: str = "晋政函〔2026〕1号") -> int:
    """A version of the borders of the zone, a square."""
    text = file(feature("", ring(WEST - 0.01, SOUTH - 0.01, size, size)))
    return overlaying.load(
        zone="tunliu", layer="boundary", text=text, name="b.geojson", paper=paper, on=on, by=officer, at=moment()
    )


def substation() -> int:
    """A utility node with a place."""
    return reserving.open_node(
        zone="tunliu", code="tl-110", kind="substation", name=Text("余吾变电站", "Yuwu substation"), capacity="100 MVA",
        document="投运通知", place=PLACE, by=SYSTEM, at=moment(),
    )  # fmt: skip


def features(client: Client, **asked: str) -> list[dict[str, Any]]:
    """What lies beneath the map."""
    text = client.get("/land/atlas/base.json", {"zone": "tunliu"} | asked).content
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return found


def of(kind: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The features of a kind."""
    return [one for one in found if one["properties"]["kind"] == kind]


def test_the_base_has_towns_borders_and_nodes(client: Client, officer: Acting) -> None:
    bare = features(client)
    assert (len(of("city", bare)), len(of("county", bare)) > 80, of("boundary", bare), of("node", bare)) == (
        11, True, [], [],
    )  # fmt: skip
    bordered(officer, 0.05, DAY)
    number = substation()
    found = features(client)
    (border,), (node,) = of("boundary", found), of("node", found)
    assert "晋政函〔2026〕1号" in border["properties"]["name"]
    assert node["geometry"]["coordinates"] == list(PLACE)
    assert node["properties"]["href"] == f"/factors/nodes/#node-{number}"
    assert "容量 100000" in node["properties"]["told"].replace(",", "")
    assert not of("boundary", features(client, day="2026-04-30")), "not in effect on that day"
    assert not of("node", features(client, day="2020-01-01")), "not entered by that day"


def test_the_sheet_draws_them_too(client: Client, officer: Acting) -> None:
    bordered(officer, 0.05, DAY)
    number = substation()
    drawn = page(client, "/land/atlas/sheet.svg", zone="tunliu")
    assert 'class="border"' in drawn
    assert f'href="/factors/nodes/#node-{number}"' in drawn
    assert "屯留" in drawn
    assert "°E" in drawn
    assert "GeoNames，CC BY 4.0" in drawn
    page(client, "/land/atlas/sheet.svg", 404, zone="tunliu", day="x")
    assert page(client, "/land/atlas/sheet.svg", zone="zgsfq") == "", "out of reach"


@pytest.mark.parametrize("by", sheet.WAYS)
def test_very_many_parcels_are_drawn_together(
    client: Client, officer: Acting, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    each = page(client, "/land/atlas/sheet.svg", zone="tunliu", by=by)
    monkeypatch.setattr(sheet, "MOST", 5)
    monkeypatch.setattr("luodi.desk.land.quilt.LARGE", 4)
    together = page(client, "/land/atlas/sheet.svg", zone="tunliu", by=by)
    assert each.count('<path class="patch') == 11
    assert 0 < together.count('<path class="patch') < 8
    assert together.count("h4v4") + together.count("M") > 4
    assert "/land/1/" not in together, "drawn together: no parcel opens its page"


def test_borders_have_versions_with_day_and_paper(client: Client, officer: Acting) -> None:
    assert (bordered(officer, 0.05, DAY), bordered(officer, 0.06, DAY + timedelta(30), "晋政函〔2026〕9号")) == (1, 2)
    for day, paper in ((DAY, "晋政函〔2026〕1号"), (DAY + timedelta(30), "晋政函〔2026〕9号")):
        (one,) = readers.boundaries(("tunliu",), day)
        assert one.document == paper
    assert not readers.boundaries(("tunliu",), DAY, moment() - timedelta(1)), "not known by then"
    assert not [one for one in readers.overlays_over(None, DAY) if one.layer == "boundary"], "no effect on a parcel"
    entries = Entry.objects.filter(kind="overlay.loaded", payload__contains='"boundary"')
    assert entries.count() == 2
    text = page(client, "/land/layers/")
    assert "开发区范围" in text
    assert "晋政函〔2026〕9号" not in page(client, "/land/layers/", as_of="2020-01-01T00:00")
    assert "晋政函〔2026〕9号" in text


def test_a_bad_file_of_borders_is_told_whole_and_changes_nothing(client: Client, officer: Acting) -> None:
    bordered(officer, 0.05, DAY)
    swapped = [[y, x] for x, y in ring(WEST, SOUTH, 0.05, 0.05)]
    twisted = [[WEST, SOUTH], [WEST + 0.05, SOUTH + 0.05], [WEST + 0.05, SOUTH], [WEST, SOUTH + 0.05], [WEST, SOUTH]]
    shifted = [list(moved((x, y))) for x, y in ring(WEST - 0.01, SOUTH - 0.01, 0.05, 0.05)]
    bad = file(feature("甲", swapped), feature("乙", twisted), feature("丙", shifted))
    sent = SimpleUploadedFile("b.geojson", bad.encode(), "application/geo+json")
    form = {"zone": "tunliu", "layer": "boundary", "paper": "文", "on": "2026-06-01"}
    answer = client.post("/land/layers/load/", form | {"file": sent})
    text = answer.content.decode()
    assert answer.status_code == 400
    for words in ("经纬度写反", "自相交", "GCJ-02"):
        assert words in text
    heavy = SimpleUploadedFile("b.geojson", b" " * 2_000_001, "application/geo+json")
    assert "2" in client.post("/land/layers/load/", form | {"file": heavy}).content.decode()
    assert Overlay.objects.filter(layer="boundary").count() == 1
    named = file(parcel("丁"), crs={"type": "name", "properties": {"name": "GCJ-02"}})
    with pytest.raises(BadInput):
        overlaying.load(
            zone="tunliu", layer="boundary", text=named, name="b", paper="文", on=DAY, by=officer, at=moment()
        )


def test_parcels_stay_as_they_were_beside_borders(officer: Acting) -> None:
    bordered(officer, 0.05, DAY)
    assert taking.check(file(parcel("N-1", 0.2, 0.2)), "f", reach=None).problems == ()
