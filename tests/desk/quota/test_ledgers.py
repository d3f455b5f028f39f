"""The pages of the quota ledgers: seen by the zone, previewed, reserved, signed; every refusal beside its field."""

from datetime import UTC, datetime

import pytest
from tests.ledgers.accounts import DUE, LAND, mu, opened, project, province, reserved

from luodi.ledgers import readers
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
OWN, OTHER = "zgsfq", "pinglu"


@pytest.fixture
def zone(db):
    """The zone's account of land, 100 mu, and a project that wants some."""
    *_, number = province(zone=OWN)
    project("p", OWN)
    return number


def body(response):
    return response.content.decode()


def asking(zone, size="60 亩", **more):
    """What the form of a reservation sends."""
    return {"project": "p", "expires": "2027-01-31", f"amount_{zone}": size, "key": "k1", **more}


def test_the_list_and_the_statement_show_what_is_left(client, signed_in, zone):
    signed_in(client, "navigator")
    reserved(zone, "60 亩", due=datetime(2027, 1, 31, tzinfo=UTC))
    page = body(client.get("/ledgers/"))
    assert "新增建设用地计划指标" in page
    assert '<rect class="reserved" x="0.0" width="60.0"' in page
    page = body(client.get(f"/ledgers/{zone}/"))
    assert "省厅〔2026〕1号" in page
    assert "预留至 2027-01-31" in page or "reserved until 2027-01-31" in page
    assert "/reverse/" not in page  # a navigator reads only
    assert client.get("/ledgers/?group=land&holder=zone:zgsfq").status_code == 200
    assert client.get(f"/ledgers/{zone}/?before=²").status_code == 200
    assert client.get("/ledgers/999999/").status_code == 404
    earlier = body(client.get(f"/ledgers/{zone}/?as_of=2026-11-02T08:59"))
    assert "省厅〔2026〕1号" not in earlier
    assert "预留至" not in earlier


def test_another_zone_sees_nothing(client, signed_in, zone):
    Zone.objects.get_or_create(
        id=OTHER, defaults={"zh": "平鲁", "en": "P", "kind": "industrial", "confidence": "verified"}
    )
    signed_in(client, "zone_officer", OTHER)
    assert client.get(f"/ledgers/{zone}/").status_code == 404
    assert "新增建设用地" not in body(client.get("/ledgers/"))
    number = reserved(zone, "1 亩", due=DUE)
    assert client.post(f"/ledgers/promises/{number}/release/", {"document": "x"}).status_code == 404
    assert client.post("/ledgers/reserve/", asking(zone, do="reserve")).status_code in (400, 404)
    assert readers.account(zone).sums.reserved == mu(1)


def test_reserving_is_seen_first_and_done_once(client, signed_in, zone):
    signed_in(client, "investment_officer")
    assert client.get("/ledgers/reserve/?project=p").status_code == 200
    seen = body(client.post("/ledgers/reserve/", asking(zone, do="preview")))
    assert "40\u2009亩" in seen
    assert readers.promises() == ()
    for _ in range(2):
        assert client.post("/ledgers/reserve/", asking(zone, do="reserve")).status_code == 302
    (promise,) = readers.promises()
    assert (promise.amount, promise.project) == (mu(60), "p")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"size": "60 千克"}, "千克"),
        ({"size": "1e9 亩"}, "上限"),
        ({"size": "0.00001"}, "小数点后 4 位"),
        ({"size": ""}, "至少填写一种"),
        ({"size": "1 亩", "expires": "2020-01-01"}, "2020-01-01 已经过去"),
        ({"size": "1 亩", "expires": "soon"}, "soon"),
        ({"size": "1 亩", "project": "nobody"}, "nobody"),
        ({"size": "100.5 亩"}, "还差 0.5\u2009亩"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, signed_in, zone, sent, words):
    signed_in(client, "investment_officer")
    size = sent.pop("size", "1 亩")
    page = client.post("/ledgers/reserve/", asking(zone, size, **sent, do="reserve"))
    assert page.status_code == 400
    assert words in body(page)
    assert readers.promises() == ()


def test_all_faults_are_said_at_once(client, signed_in, zone):
    signed_in(client, "investment_officer")
    page = body(client.post("/ledgers/reserve/", asking(zone, "60 千克", expires="soon", project="nobody")))
    assert all(word in page for word in ("千克", "soon", "nobody"))


def test_emissions_are_replaced_twice_where_the_county_fails(client, signed_in, zone):
    *_, dust = province("pm", "90 吨", OWN)
    signed_in(client, "investment_officer")
    sent = {"project": "p", "expires": "2027-01-31", f"amount_{dust}": "10 吨", "pm25": "1"}
    assert "20\u2009吨/年" in body(client.post("/ledgers/reserve/", sent | {"do": "preview"}))
    client.post("/ledgers/reserve/", sent | {"do": "reserve"})
    (promise,) = readers.promises()
    assert (promise.amount, promise.need) == (mu(20, "pm"), mu(10, "pm"))


def test_the_steps_of_a_promise(client, signed_in, zone):
    signed_in(client, "zone_officer")
    number = reserved(zone, "60 亩", due=datetime(2027, 1, 31, tzinfo=UTC))
    refused = client.post(f"/ledgers/promises/{number}/commit/", {"document": ""})
    assert refused.status_code == 400
    steps = (
        ("prolong", {"expires": "2027-03-01"}), ("commit", {"document": "合同", "amount": "55 亩"}),
        ("post", {"document": "批复"}),
    )  # fmt: skip
    for verb, sent in steps:
        assert client.post(f"/ledgers/promises/{number}/{verb}/", sent).status_code == 302, verb
    assert readers.account(zone).sums.outward == mu(55)
    assert client.post(f"/ledgers/promises/{number}/release/", {"document": "x"}).status_code == 400
    assert client.post(f"/ledgers/promises/{number}/dance/", {}).status_code == 404


def test_the_province_passes_on_and_takes_back_and_papers_are_compared(client, signed_in, zone):
    signed_in(client, "province_officer")
    top = readers.find(LAND, "2026", "province")
    assert top is not None
    sent = {"target": zone, "amount": "10 亩", "document": "通知"}
    assert "只剩" in body(client.post(f"/ledgers/{top.id}/allot/", sent))  # the province has passed all of it on
    other = opened("so2", "province")
    assert client.post(f"/ledgers/{other}/allot/", sent).status_code == 400
    step = readers.statement(zone)[0].step
    assert client.post(f"/ledgers/{zone}/reverse/", {"step": "424242", "document": "错"}).status_code == 400
    assert client.post(f"/ledgers/{zone}/reverse/", {"step": step, "document": "错"}).status_code == 302
    assert readers.account(zone).sums.inward == 0
    paper = {"document": "省厅通知", "figure": "inward", "amount": "3500 亩", "on": "2026-11-03"}
    assert client.post(f"/ledgers/{zone}/assert/", paper).status_code == 302
    assert "▲ 台账为" in body(client.get(f"/ledgers/{zone}/"))
    assert "省厅通知" in body(client.get("/ledgers/"))
