"""The pages of land: what they show, what they take in, and how they say no."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.domain.land.plots import file, parcel
from tests.people import AT, hired, moment, sign_in

import luodi
from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain.vocabulary import Text
from luodi.factors import reserving
from luodi.land import readers, samples, taking
from luodi.land.models import Building, Overlay, Parcel
from luodi.projects.actions import record_project
from luodi.zones import registry

pytestmark = pytest.mark.django_db
TONGFU = Path(luodi.__file__).parent / "data/samples/tongfu.yaml"


@pytest.fixture
def officer(db: None, client: Client) -> Acting:
    """The data officer of Tunliu, signed in, with the sample land recorded."""
    registry.load(by=SYSTEM, at=AT)
    samples.load(by=SYSTEM, at=moment())
    return sign_in(client, hired("data_officer", "tunliu"))


def sent(text: str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile("地块.geojson", text.encode(), "application/geo+json")


def page(client: Client, address: str, status: int = 200, **asked: str) -> str:
    """The text of a page."""
    answer = client.get(address, asked)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def number(name: str) -> readers.Recorded:
    """A sample parcel."""
    found = readers.parcel(Parcel.objects.get(number=name).pk)
    assert found is not None
    return found


def test_the_list_shows_what_is_recorded(client: Client, officer: Acting) -> None:
    text = page(client, "/land/")
    assert text.count('<th scope="row"><a href="/land/') == 11
    assert "示例" in text
    assert "TL-09" not in page(client, "/land/", state="net")
    assert "TL-07" in page(client, "/land/", q="中三")
    assert "已入账" not in page(client, "/land/", after="x", state="nonsense", taken="1-2")
    assert samples.load(by=SYSTEM, at=moment()) == 0


@pytest.mark.parametrize("name", ["TL-01", "TL-03", "TL-04", "TL-07", "TL-08"])
def test_a_parcel_says_what_forbids_and_allows_it(client: Client, officer: Acting, name: str) -> None:
    text = page(client, f"/land/{number(name).id}/")
    said = {
        "TL-01": ("书面承诺", "释放区"), "TL-03": ("避让区", "不得供应"), "TL-04": ("地质灾害", "起失效，不再计入"),
        "TL-07": ("限期整改", "不足"), "TL-08": ("2026-12-01",),
    }[name]  # fmt: skip
    assert all(one in text for one in said)
    assert "<svg" in text
    assert "Traceback" not in text


def test_a_good_file_goes_in_and_a_bad_one_changes_nothing(client: Client, officer: Acting) -> None:
    answer = client.post("/land/take/", {"file": sent(file(parcel("N-1", 0.05, area="59.8 亩")))})
    assert (answer.status_code, answer["Location"]) == (302, "/land/?taken=1-0-0")
    assert "新增 1 宗" in page(client, answer["Location"])
    bad = file(parcel("N-2", 0.06), parcel("N-3", 0.07, area="59.8 公顷"), parcel("N-4", 0.0701))
    answer = client.post("/land/take/", {"file": sent(bad)})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "1 处要改" in text
    assert "2 宗没有问题" in text
    assert "把亩写成了公顷" in text
    assert not Parcel.objects.filter(number="N-2").exists()
    assert client.post("/land/take/").status_code == 400
    assert client.post("/land/take/", {"file": sent("{")}).status_code == 400
    assert client.post("/land/take/", {"file": SimpleUploadedFile("x", b"\xff\xfe\x00")}).status_code == 400


def test_what_goes_out_comes_in_again(client: Client, officer: Acting) -> None:
    out = client.get("/land/parcels.geojson").content.decode()
    answer = client.post("/land/take/", {"file": sent(out)})
    assert answer["Location"] == "/land/?taken=0-0-11"


def test_acts_are_done_and_refusals_stand_beside_their_field(client: Client, officer: Acting) -> None:
    held = number("TL-03")
    address = f"/land/{held.id}"
    wanted = {"seq": held.seq, "what": "clearing", "on": "2026-11-02", "evidence": "验收单"}
    assert client.post(f"{address}/prove/", wanted).status_code == 302
    stale = client.post(f"{address}/prove/", wanted)
    assert stale.status_code == 400
    assert "刚刚被别人改过" in stale.content.decode()
    wanted |= {"seq": number("TL-03").seq}
    assert "还没有到" in client.post(f"{address}/prove/", wanted | {"on": "2099-01-01"}).content.decode()
    assert "不是数字" in client.post(f"{address}/conditions/", wanted | {"far": "一"}).content.decode()
    assert client.post(f"{address}/conditions/", wanted | {"far": "1.2"}).status_code == 302
    assert (
        "净地清单"
        in client.post(f"{address}/move/", wanted | {"seq": number("TL-03").seq, "to": "net"}).content.decode()
    )
    told = {"number": "9", "name": "九号", "kind": "plant", "floor_area": "9,000", "vacant": "100"}
    assert client.post(f"{address}/building/", told).status_code == 302
    assert Building.objects.get(number="9").floor_area == 9000
    assert (
        client.post(f"{address}/promise/", wanted | {"seq": number("TL-03").seq, "tax_per_mu": "4"}).status_code == 302
    )
    assert client.post(f"{address}/take_out/", {"seq": number("TL-03").seq, "reason": "误登"}).status_code == 302
    assert client.get(f"{address}/").status_code == 404
    assert client.post(f"{address}/explode/", wanted).status_code == 404


def test_a_layer_is_loaded_and_taken_back(client: Client, officer: Acting) -> None:
    wanted = {"zone": "tunliu", "layer": "heritage", "on": "2026-11-01", "paper": "文物〔2026〕9号"}
    answer = client.post("/land/layers/load/", wanted | {"file": sent(file(parcel("x", 类别="避让区")))})
    assert answer.status_code == 302
    assert "文物〔2026〕9号" in page(client, "/land/layers/")
    answer = client.post("/land/layers/load/", wanted | {"file": sent(file(parcel("x", 类别="神区")))})
    assert answer.status_code == 400
    assert Overlay.objects.filter(layer="heritage", version=3).count() == 0
    gone = {"zone": "tunliu", "layer": "heritage", "version": "2", "reason": "误载"}
    assert client.post("/land/layers/withdraw/", gone).status_code == 302
    assert client.post("/land/layers/withdraw/", gone).status_code == 400
    assert client.post("/land/layers/load/", wanted | {"zone": "pinglu", "file": sent("{}")}).status_code == 404


@pytest.mark.parametrize("by", ["state", "intensity", "vacancy", "nonsense"])
def test_the_atlas_draws_every_parcel(client: Client, officer: Acting, by: str) -> None:
    text = page(client, "/land/atlas/", by=by)
    assert text.count('class="patch ') == 11
    assert 'class="veil blocks"' in text


def test_the_list_of_low_use_names_what_falls_short(client: Client, officer: Acting) -> None:
    text = page(client, "/land/low-use/")
    assert "TL-07" in text
    assert "TL-10" in text
    assert "6.5" in text
    assert "TL-01" not in text


@pytest.mark.slow
def test_siting_explains_every_parcel(client: Client, officer: Acting) -> None:
    record_project(
        slug="tongfu", document=TONGFU.read_text("utf-8"), sample=True, by=SYSTEM, at=moment(), zone="tunliu"
    )
    text = page(client, "/land/siting/", project="tongfu")
    assert all(f"TL-{place:02}" in text for place in range(1, 12))
    assert "◆" in text
    for reason in ("避让区", "已经是“已供地”", "用途是“公用设施”", "需要50.00亩", "投资强度"):
        assert reason in text
    assert "投资强度" in text
    assert page(client, "/land/siting/", 400, project="nobody")
    assert "不是数字" in page(client, "/land/siting/", 400, project="tongfu", budget="many")
    assert "超过" in page(client, "/land/siting/", project="tongfu", budget="700")
    assert "≈" not in text
    taking.take(text=file(parcel("N-1", 0.2, 0.2, state="net")), name="f", by=officer, at=moment())
    assert "≈" not in page(client, "/land/siting/", project="tongfu"), "nothing to measure to"
    for kind, size in (("substation", "100 MVA"), ("water_works", "6万立方米/日"), ("gas_main", "6000万立方米/年")):
        reserving.open_node(
            zone="tunliu", code=kind, kind=kind, name=Text(kind, kind), capacity=size, document="文",
            place=(112.75, 36.32), by=SYSTEM, at=moment(),
        )  # fmt: skip
    assert "≈" in page(client, "/land/siting/", project="tongfu"), "parcels without stated lengths are measured"


def test_another_zone_sees_nothing_of_it(client: Client, officer: Acting) -> None:
    held = number("TL-01")
    sign_in(client, hired("data_officer", "pinglu"))
    assert client.get(f"/land/{held.id}/").status_code == 404
    assert "TL-01" not in page(client, "/land/")
    assert "TL-01" not in client.get("/land/parcels.geojson").content.decode()
    assert "TL-01" not in page(client, "/land/atlas/", zone="tunliu")
    assert client.post(f"/land/{held.id}/prove/", {"seq": 1}).status_code == 404
    answer = client.post("/land/take/", {"file": sent(file(parcel("N-9", 0.2)))})
    assert "没有您能登记的开发区" in answer.content.decode()


def test_names_cannot_break_out_of_the_page(client: Client, officer: Acting) -> None:
    bad = '"><script>alert(1)</script>'
    client.post("/land/take/", {"file": sent(file(parcel("H-1", 0.1, name=bad, name_en=bad)))})
    for address in ("/land/", f"/land/{number('H-1').id}/", "/land/atlas/"):
        assert "<script>alert" not in page(client, address)
