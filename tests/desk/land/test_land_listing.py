"""Pages of land beside the list: listing in batches, idle land, what the map asks for, and parcels as a file and back."""

import gzip
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.desk.land.test_land import number, officer, page
from tests.domain.land.plots import file, parcel
from tests.domain.land.test_tiles import tile_of
from tests.domain.land.tile_reading import Drawn, opened
from tests.people import hired, moment, sign_in

from luodi.accounts.acting import Acting
from luodi.exchange.sheets import actions as sheets
from luodi.exchange.sheets import readers as imports
from luodi.land import moving, readers, taking
from luodi.land.models import Batch, Parcel

__all__ = ["officer"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def days(announced: date) -> dict[str, str]:
    return {
        "announced": announced.isoformat(), "starts": (announced + timedelta(20)).isoformat(),
        "ends": (announced + timedelta(30)).isoformat(),
    }  # fmt: skip


def test_ripe_parcels_are_listed_from_their_page(client: Client, officer: Acting) -> None:
    text = page(client, "/land/batches/")
    ripe = number("TL-11")
    ticked = f"tunliu:{ripe.id}:{ripe.seq}"
    assert ticked in text
    assert "书面承诺" in text, "what the others lack is said"
    sent = {"name": "第一批", "paper": "告〔2026〕1号", "parcels": [ticked], **days(moment().date())}
    early = client.post("/land/batches/announce/", sent | {"starts": sent["announced"]})
    assert (early.status_code, Batch.objects.count()) == (400, 0)
    assert "公告至少20日" in early.content.decode()
    assert f'value="{ticked}" checked' in early.content.decode()
    assert client.post("/land/batches/announce/", sent).status_code == 302
    assert number("TL-11").parcel.state == "listed"
    assert "第一批" in page(client, "/land/batches/")
    again = client.post("/land/batches/announce/", sent | {"name": "第二批"})
    assert (again.status_code, Batch.objects.count()) == (400, 1)


@pytest.mark.parametrize("ticked", [["x"], ["tunliu:9999999:1"], ["tunliu:1:1", "zgsfq:2:1"], []])
def test_what_was_not_offered_is_refused(client: Client, officer: Acting, ticked: list[str]) -> None:
    sent = {"name": "批", "paper": "告", "parcels": ticked, **days(moment().date())}
    assert client.post("/land/batches/announce/", sent).status_code in (400, 404)
    assert not Batch.objects.exists()


def drawn(client: Client, **asked: str) -> dict[int, Drawn]:
    """The parcels of the tile of zoom 9 in which the sample land of Tunliu lies, as the map is given them."""
    x, y = tile_of(112.76, 36.32, 9)
    answer = client.get(
        f"/land/atlas/tiles/9/{x}/{y}/", {"zone": "tunliu", **asked}, headers={"Accept-Encoding": "gzip"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    return {one.id: one for one in opened(gzip.decompress(answer.content)).get("parcels", ())}


def test_the_map_gets_parcels_in_their_state_of_a_day(client: Client, officer: Acting) -> None:
    assert 'data-zone="tunliu"' in page(client, "/land/atlas/")
    found = drawn(client)
    held = found[number("TL-07").id]
    assert len(found) == 11
    assert held.told == {"s": "delivered", "i": held.told["i"], "v": "vacant", "n": "TL-07"}
    today, before = moment().date(), (moment() - timedelta(days=2)).date()
    assert drawn(client, day=before.isoformat()) == {}
    assert drawn(client, as_of=before.isoformat()) == {}
    assert drawn(client, day=today.isoformat()).keys() == found.keys()
    over = json.loads(page(client, "/land/atlas/over.json", zone="tunliu", day=today.isoformat()))["features"]
    assert {one["properties"]["e"] for one in over if "e" in one["properties"]} >= {"blocks", "adds"}
    assert not json.loads(page(client, "/land/atlas/over.json", zone="tunliu", day="2020-01-01"))["features"]
    for wrong in ({"day": "2026-13-40"}, {"day": "x"}):
        page(client, "/land/atlas/tiles/9/1/1/", 404, zone="tunliu", **wrong)
    for beyond in ("9/512/1", "9/1/512", "16/1/1"):
        page(client, f"/land/atlas/tiles/{beyond}/", 404)
    assert drawn(client, zone="zgsfq") == {}, "out of reach"


def test_an_act_on_land_is_on_the_map_at_once(client: Client, officer: Acting) -> None:
    text = page(client, "/land/atlas/")
    before = drawn(client)
    ripe = number("TL-01")
    moving.take_out(parcel=ripe.id, seq=ripe.seq, reason="误登", by=officer, at=moment())
    assert drawn(client).keys() == before.keys() - {ripe.id}
    again = page(client, "/land/atlas/")
    versions = [re.search(r'data-version="(\w+)"', one) for one in (text, again)]
    assert len({one[1] for one in versions if one}) == 2


def test_no_sheet_is_drawn_unasked_of_very_many_parcels(
    client: Client, officer: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luodi.desk.land.sheet.MOST", 5)
    text = page(client, "/land/atlas/")
    assert "<svg" not in text
    assert "data-print-sheet" in text
    assert "sheet=1" in text
    assert "<svg" in page(client, "/land/atlas/", sheet="1")


def test_land_that_was_handed_over_and_stands_empty_is_listed(client: Client, officer: Acting) -> None:
    text = page(client, "/land/low-use/")
    assert "TL-07" in text
    assert "2024-03-20" in text
    assert "假定" in text
    assert client.get("/sheets/list/idle/", {"as": "csv"}).status_code == 200


def test_sold_and_allocated_land_are_kept_apart(client: Client, officer: Acting) -> None:
    taking.take(text=file(parcel("H", 0.5, tenure="allocated")), name="h", by=officer, at=moment())
    assert [row.number for row in readers.listed(officer.reach, tenure="allocated")] == ["TL-09", "H"]
    text = page(client, "/land/", tenure="allocated")
    assert text.count('<th scope="row"><a href="/land/') == 2


def test_parcels_go_out_as_excel_and_come_in_the_same(client: Client, officer: Acting) -> None:
    answer = client.get("/sheets/list/parcels/", {"as": "xlsx"})
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()) == 11 + 3
    handed = imports.handed(sheets.hand_in(data=data, name="地块.xlsx", kind="parcels", by=officer, at=moment()))
    assert handed is not None
    assert (handed.new, handed.refused) == (0, 0)
    assert handed.same + handed.changed == 11


def test_accounts_and_buildings_go_out(client: Client, officer: Acting) -> None:
    for kind in ("accounts", "buildings"):
        assert client.get(f"/sheets/list/{kind}/", {"as": "csv"}).status_code == 200
    sign_in(client, hired("window_clerk", "tunliu"))
    assert client.get("/sheets/list/accounts/", {"as": "csv"}).status_code == 403
    assert Parcel.objects.count() == 18
