"""The pages of factors: the matrix, a project's needs, a request answered, nodes, money, power; and who may see them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factors.conftest import asked, node
from tests.people import OTHER, hired, sign_in

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors.life import State
from luodi.factors import funding, readers
from luodi.projects.actions import assign_member
from luodi.zones.models import Zone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def body(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def day(days):
    """A day from now, as browsers send it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def read(number):
    found = readers.request(number, timezone.localdate())
    assert found is not None
    return found


def test_the_board_shows_items_by_units_and_opens_the_rows(client, signed_in, jinko, officer):
    asked(jinko, officer)
    late = asked(
        jinko,
        officer,
        "demolition_clearing",
        "2300",
        guarantor="taiyuan",
        needed=timezone.localdate() - timedelta(days=9),
    )
    signed_in(client, "leader")
    page = body(client.get("/factors/"))
    assert "供电公司" in page
    assert "已过 9 天" in page
    assert 'href="?item=power_capacity&amp;by=power_grid"' in page
    assert "▲" in body(client.get("/factors/?by=taiyuan"))
    rows = body(client.get("/factors/?item=demolition_clearing&by=taiyuan"))
    assert f"/factors/requests/{late}/" in rows
    assert f"/factors/requests/{late}/" in body(client.get("/factors/?mark=late"))
    assert "2,300" not in body(client.get("/factors/?mark=met"))


def test_what_the_form_needs_is_asked_for_with_one_button(client, signed_in, jinko):
    signed_in(client, "investment_officer")
    page = body(client.get("/projects/jinko/factors/"))
    assert "427,350.43" in page
    assert "年最大负荷" in page or "最大负荷利用小时 6,500" in page
    sent = {"item": "power_capacity", "quantity": "427350.43", "basis": "derived", "key": "k1"}
    for _ in range(2):
        assert client.post("/projects/jinko/factors/ask/", sent).status_code == 302
    (row,) = readers.requests(zones=None, today=timezone.localdate())
    assert (row.guarantor, row.basis, row.needed_fixed) == ("power_grid", "derived", False)
    faults = (({"quantity": "many"}, "大于零的数量"), ({"item": "moon"}, "moon"), ({"needed": "soon"}, "soon"))
    for more, words in faults:
        answer = client.post("/projects/jinko/factors/ask/", sent | {"item": "gas_supply", "key": ""} | more)
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_the_unit_answers_and_the_node_never_promises_more_than_it_has(client, jinko, officer):
    sign_in(client, hired("bureau_officer", unit="power_grid"))
    number, place = asked(jinko, officer), node(SYSTEM, "300 MVA")
    address = f"/factors/requests/{number}/answer/"
    sent = {"seq": "1", "state": "scheduled", "promised": day(60), "document": "供电方案", "node": str(place)}
    refused = client.post(address, sent)
    assert refused.status_code == 400
    assert "只剩" in refused.content.decode()
    for _ in range(2):  # sent twice, done once
        assert client.post(address, sent | {"node": "", "key": "k"}).status_code == 302
    assert read(number).state is State.SCHEDULED
    assert client.post(address, sent).status_code == 400  # a stale page
    assert client.post(address, {"seq": "2", "state": "dance"}).status_code == 400
    sign_in(client, hired("bureau_officer", unit="ecology"))
    assert client.post(address, sent | {"seq": "2"}).status_code == 403
    assert client.post(f"/factors/requests/{number}/record/", sent | {"seq": "2"}).status_code == 403
    assert "供电方案" in body(client.get(f"/factors/requests/{number}/"))


def test_officers_write_down_what_a_unit_without_a_post_answers(client, signed_in, jinko, officer):
    number = asked(jinko, officer, "policy_loan", "466000", guarantor="s_cdb")
    signed_in(client, "zone_officer")
    sent = {"seq": "1", "state": "scheduled", "promised": day(9), "document": "贷款承诺函"}
    assert client.post(f"/factors/requests/{number}/record/", sent).status_code == 302
    assert "没有岗位" in body(client.get(f"/factors/requests/{number}/")) or read(number).organisation is None


def test_a_navigator_asks_for_their_own_projects_only(client, jinko):
    who = sign_in(client, hired("navigator"))
    sent = {"item": "gas_supply", "quantity": "10", "guarantor": "gas_company"}
    assert client.post("/projects/jinko/factors/ask/", sent).status_code == 403
    assign_member(
        project="jinko", post=who.post, role="navigator", starts=timezone.localdate() - timedelta(days=1), by=SYSTEM,
        at=timezone.now(),
    )  # fmt: skip
    assert client.post("/projects/jinko/factors/ask/", sent).status_code == 302


def test_another_zone_sees_nothing_and_an_enterprise_its_own(client, signed_in, jinko, officer):
    Zone.objects.get_or_create(
        id=OTHER, defaults={"zh": "平鲁", "en": "P", "kind": "industrial", "confidence": "verified"}
    )
    number = asked(jinko, officer)
    node(SYSTEM)
    signed_in(client, "zone_officer", OTHER)
    for address in (f"/factors/requests/{number}/", "/projects/jinko/factors/"):
        assert client.get(address).status_code == 404
    assert "潇河" not in body(client.get("/factors/nodes/"))
    assert "power_capacity" not in body(client.get("/factors/"))
    sign_in(client, hired("enterprise_agent"))
    assert "power_capacity" not in body(client.get("/factors/"))
    assert client.get("/projects/jinko/factors/").status_code == 404


def test_nodes_are_entered_beside_their_faults(client, signed_in, jinko):
    signed_in(client, "zone_officer")
    sent = {"zone": "zgsfq", "kind": "substation", "code": "a", "name": "甲站", "capacity": "100 MVA", "document": "文"}
    for more, words in (({"capacity": "9 亩"}, "亩"), ({"zone": "moon"}, "选择开发区"), ({"kind": ""}, "节点种类")):
        answer = client.post("/factors/nodes/open/", sent | more)
        assert (answer.status_code, words in answer.content.decode()) == (400, True)
    assert client.post("/factors/nodes/open/", sent).status_code == 302
    assert "100,000" in body(client.get("/factors/nodes/"))
    (node,) = readers.nodes(zones=None)
    where = {"node": str(node.id), "document": "规划图"}
    for place, words in (
        ("37.8, 112.5", "经纬度写反"),
        ("116, 39", "不在山西省内"),
        ("", "必填"),
        ("甲", "看不出位置"),
    ):
        answer = client.post("/factors/nodes/place/", where | {"place": place})
        assert (answer.status_code, words in answer.content.decode()) == (400, True)
    assert client.post("/factors/nodes/place/", where | {"place": "112.5, 37.8"}).status_code == 302
    assert readers.nodes(zones=None)[0].place == (112.5, 37.8)
    assert client.post("/factors/nodes/place/", where | {"node": "99", "place": "112.5, 37.8"}).status_code == 400
    assert client.get(f"/ledgers/{readers.nodes(zones=None)[0].account.id}/").status_code == 200


def test_money_is_granted_in_tranches_and_drawn(client, signed_in, jinko):
    signed_in(client, "zone_officer")
    sent = {"kind": "loan", "name": "国开行贷款", "lender": "国开行", "document": "合同", "amount_1": "200000",
            "amount_2": "266000", "planned_2": "2027-06-01", "key": "m"}  # fmt: skip
    assert client.post("/projects/jinko/factors/money/", sent | {"amount_1": "x"}).status_code == 400
    assert client.post("/projects/jinko/factors/money/", sent).status_code == 302
    (loan,) = funding.fundings(zones=None, today=timezone.localdate())
    first = loan.tranches[0].id
    draw = {"amount": "120,000", "on": day(0), "done": "5", "document": "提款"}
    assert client.post(f"/factors/money/{first}/draw/", draw | {"amount": "900000"}).status_code == 400
    assert client.post(f"/factors/money/{first}/draw/", draw).status_code == 302
    page = body(client.get("/factors/money/"))
    assert "466,000" in page
    assert "提款快于工程" in page
    assert "国开行贷款" in body(client.get("/projects/jinko/factors/"))


def test_power_shows_its_assumptions_and_takes_others(client, signed_in, jinko):
    signed_in(client, "leader")
    page = body(client.get("/factors/power/"))
    assert "438,000,000" in page
    assert "240,900" in page  # 4.38 × 10⁸ kWh × 0.55 yuan × 10 years
    own = body(client.get("/factors/power/?project=jinko"))
    assert "220" in own
    assert "2,500,000,000" in own
    cheap = body(client.get("/factors/power/?kwh=1000000&price=1&preferential=0.5&years=2&emerging=yes&kv=35"))
    assert "35 千伏，要求 110 千伏及以上" in cheap
    assert "1e99" in body(client.get("/factors/power/?kwh=1e99&kv=x"))
    assert client.get("/factors/power/?project=nothing").status_code == 404
