"""The pages of results: what stands on them, filters in the address, acts with refusals beside their fields, and reach."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests.indicators.scene import AT, PARK, project, zones
from tests.people import OTHER, OWN

from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain.facts.codes import uscc_check_character
from luodi.domain.vocabulary import Text
from luodi.indicators import actions, batched, batching, readers

Enter = Callable[..., Acting]
pytestmark = pytest.mark.django_db
SIGNED, BEGUN = date(2026, 3, 1), date(2026, 4, 28)


def body(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def figure(amount: str, period: str = "2026-08", zone: str = OWN, indicator: str = "industrial_investment") -> None:
    actions.record_figure(
        zone=zone, indicator_id=indicator, period_text=period, amount=Decimal(amount), source="月报",
        target=len(period) == 4, by=SYSTEM, at=AT,
    )  # fmt: skip


@pytest.mark.slow
def test_the_monthly_table_its_red_list_and_the_rows_behind(client: Client, signed_in: Enter) -> None:
    zones()
    figure("80")
    figure("150", "2026")
    figure("33", zone=OTHER)
    signed_in(client, "zone_officer")
    page = body(client.get("/results/?period=2026-08"))
    assert 'id="red"' in page
    assert "/results/figures/industrial_investment/?period=2026-08" in page
    assert ">33<" not in page  # the other zone's
    assert "figures/high_tech_firms" not in body(client.get("/results/?dimension=greenness"))
    rows = body(client.get("/results/figures/industrial_investment/?period=2026-08"))
    assert "月报" in rows
    assert client.get("/results/figures/nothing/").status_code == 404
    assert client.get("/results/?period=soon").status_code == 400
    assert client.get(f"/results/?zone={OTHER}").status_code == 404
    assert client.get("/results/?zone=nowhere").status_code == 400


@pytest.mark.slow
def test_the_province_adds_zones_up(client: Client, signed_in: Enter) -> None:
    zones()
    figure("80")
    figure("33", zone=OTHER)
    signed_in(client, "province_officer")
    assert ">113<" in body(client.get("/results/?period=2026-08"))
    assert ">33<" in body(client.get(f"/results/?period=2026-08&zone={OTHER}"))


def entry(**more: str) -> dict[str, str]:
    return {"zone": OWN, "indicator": "industrial_investment", "period": "2026-08", "amount": "1,080.5", "source": "月报",
            "key": "k", **more}  # fmt: skip


@pytest.mark.slow
def test_a_figure_is_entered_once_and_what_is_wrong_stands_beside_its_field(client: Client, signed_in: Enter) -> None:
    zones()
    signed_in(client, "data_officer")
    for _ in range(2):
        assert client.post("/results/enter/", entry()).status_code == 302
    (kept,) = readers.revisions(zones=[OWN], indicator="industrial_investment", period="2026-08")
    assert kept.amount == Decimal("1080.5")
    for sent, words in (
        ({"amount": "many"}, "“many”不是数"), ({"period": "soon"}, "“soon”不是月份"), ({"source": ""}, "▲"),
        ({"indicator": "signed_projects"}, "由记录算出"), ({"zone": "x"}, "没有“x”"),
    ):  # fmt: skip
        refused = client.post("/results/enter/", entry(key="", **sent))
        assert refused.status_code == 400
        assert words in body(refused)
    assert client.post("/results/enter/", entry(zone=OTHER, key="")).status_code == 404
    assert len(readers.revisions(zones=[OWN], indicator="industrial_investment", period="2026-08")) == 1


@pytest.mark.slow
def test_the_clock_names_ends_unit_and_source(client: Client, signed_in: Enter) -> None:
    project("a", signed=SIGNED, construction_start=BEGUN)
    project("b", PARK, signed=SIGNED, construction_start=SIGNED)
    signed_in(client, "navigator")
    page = body(client.get("/results/clock/"))
    assert 'href="/projects/a/"' in page  # its mark opens it
    assert page.count('class="one"') == 2
    for words in ("签约 → 开工", "日历日", "项目文件的节点", ">143<", ">140<", ">62<", ">238<", ">58<"):
        assert words in page, words
    assert "节点日期都登记" in body(client.get("/results/clock/?span=start_production"))


@pytest.mark.slow
def test_a_round_from_proposal_to_withdrawal(client: Client, signed_in: Enter) -> None:
    project("a", signed=SIGNED)
    signed_in(client, "investment_officer")
    sent = {"zone": OWN, "name": "第四轮", "on": "2026-10-30", "key": "k"}
    assert client.post("/results/batches/open/", sent).status_code == 302
    again = client.post("/results/batches/open/", sent | {"key": "l"})
    assert (again.status_code, "已经有一批" in body(again)) == (400, True)
    (row,) = batched.rounds(None)
    at = f"/results/batches/{row.id}/"
    assert 'value="signed:a"' in body(client.get(at))
    assert client.post(f"{at}enter/", {"evidence": "合同"}).status_code == 400
    assert client.post(f"{at}enter/", {"chosen": "signed:a", "evidence": "合同", "key": "m"}).status_code == 302
    twice = client.post(f"{at}enter/", {"project": "a", "group": "signed", "evidence": "合同"})
    assert (twice.status_code, "同一类只进一次" in body(twice)) == (400, True)
    (entered,) = batched.rows(None, AT.date())
    assert client.post(f"{at}withdraw/", {"entered": entered.id, "why": ""}).status_code == 400
    assert client.post(f"{at}withdraw/", {"entered": entered.id, "why": "重复"}).status_code == 302
    assert batched.rows(None, AT.date()) == ()


@pytest.mark.slow
def test_rounds_of_others(client: Client, signed_in: Enter) -> None:
    zones()
    other, whole = (
        batching.open_batch(zone=zone, name=Text("轮", ""), on=SIGNED, by=SYSTEM, at=AT) for zone in (OTHER, "")
    )
    signed_in(client, "zone_officer")
    assert client.get(f"/results/batches/{other}/").status_code == 404
    assert client.get(f"/results/batches/{whole}/").status_code == 200
    assert client.post(f"/results/batches/{whole}/enter/", {"project": "x"}).status_code == 400
    sent = {"zone": "", "name": "省轮", "on": "2026-10-30"}
    assert client.post("/results/batches/open/", sent).status_code == 400  # a zone opens its own only
    page = body(client.get("/results/batches/"))
    assert all(words in page for words in ("58.82", "29.82", "72.17", "301.7 ÷ 418.12"))


@pytest.mark.slow
def test_what_lags_and_the_event_that_ends_it(client: Client, signed_in: Enter) -> None:
    project("a", production=SIGNED)
    signed_in(client, "zone_officer")
    page = body(client.get("/results/lags/"))
    assert "投产未达效" in page
    assert "今天没有人负责" in page
    assert "项目a" not in body(client.get("/results/lags/?wait=land"))
    sent = {"project": "a", "event": "full_output", "on": "2026-11-01", "source": "用电量"}
    assert client.post("/results/lags/reach/", sent | {"on": "soon"}).status_code == 400
    assert client.post("/results/lags/reach/", sent).status_code == 302
    assert "项目a" in body(client.get("/results/lags/?wait=enrol"))


@pytest.mark.slow
def test_the_radar_and_a_firm_from_watch_to_reward(client: Client, signed_in: Enter) -> None:
    project("a", construction_start=BEGUN)
    signed_in(client, "data_officer")
    firm = {"uscc": "91140100MA0GT0A11A", "name": "甲公司", "zone": OWN, "strategic": "on"}
    refused = client.post("/results/enrolment/firms/", firm | {"uscc": "123"})
    assert (refused.status_code, "不是统一社会信用代码" in body(refused)) == (400, True)
    good = firm["uscc"][:17] + uscc_check_character(firm["uscc"][:17])
    assert client.post("/results/enrolment/firms/", firm | {"uscc": good}).status_code == 302
    page = body(client.get("/results/enrolment/"))
    assert "甲公司" in page
    assert "项目a" in page
    found = re.search(r'action="(/results/enrolment/firms/\d+/)"', page)
    assert found
    at = found[1]
    said = {"kind": "revenue", "on": "2025-12-31", "amount": "2380", "source": "报表"}
    assert client.post(at, said | {"amount": ""}).status_code == 400
    assert client.post(at, said).status_code == 302
    assert "已达标、未入统" in body(client.get("/results/enrolment/"))
    assert client.post(at, {"kind": "enrolled", "on": "2026-10-01", "source": "批"}).status_code == 302
    assert "390,000" in body(client.get("/results/enrolment/"))
    assert client.post("/results/enrolment/firms/424242/", said).status_code == 404


@pytest.mark.slow
def test_investment_by_size_beside_yangcheng(client: Client, signed_in: Enter) -> None:
    project("a")
    actions.record_figure(
        zone=OWN, indicator_id="project_invested", period_text="2026-08", amount=Decimal("3.5"), source="月报", project="a",
        by=SYSTEM, at=AT,
    )  # fmt: skip
    signed_in(client, "leader")
    page = body(client.get("/results/sizes/?period=2026-08"))
    assert all(words in page for words in ("项目a", "13.9", "13.3", "13.71 – 14.15", "3.5"))
    assert "项目a" not in body(client.get("/results/sizes/?period=2026-08&size=below_1"))
