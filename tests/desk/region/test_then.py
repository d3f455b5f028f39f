"""The province's pages as of a moment; and a chain begun, joined, counted by a paper and left, on its pages."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk.region.test_region import body, province
from tests.people import moment
from tests.projects.test_outlines import recorded

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Text
from luodi.journal.readers import entries
from luodi.zones import chaining, profiling

__all__ = ("province",)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def said(at):
    """A moment as an address has it."""
    return timezone.localtime(at).replace(tzinfo=None).isoformat(timespec="seconds")


def test_sums_profile_and_chains_stand_as_they_stood(client, signed_in, province, monkeypatch):
    before = moment()
    later = before + timedelta(hours=2)
    monkeypatch.setattr("tests.projects.test_outlines.moment", lambda: later)
    recorded("one", ("contact", "signed", "construction_start"), zone="pinglu")
    recorded("four", ("contact",), zone="pinglu")
    line = profiling.Line(item="power_spare", value="12.5", about="", on=later.date(), source="供电公司函")
    profiling.enter(zone="pinglu", line=line, by=SYSTEM, at=later)
    joining = chaining.Joining(chain="pv", role="member", name=Text("丁公司", "D"), source="合同", zone="zgsfq")
    chaining.join(joining=joining, by=SYSTEM, at=later)
    signed_in(client, "province_officer")
    then = f"as_of={said(before + timedelta(hours=1))}"
    was, now = body(client.get(f"/region/?{then}")), body(client.get("/region/"))
    assert (figure(was), figure(now)) == ("3", "4")
    assert re.search(
        r'href="/projects/\?stage=signed&amp;as_of=|href="/projects/\?stage=signed&amp;on=[^"]*as_of=', was
    )
    assert "12.5" not in body(client.get(f"/region/zones/pinglu/?{then}"))
    assert "12.5" in body(client.get("/region/zones/pinglu/"))
    was = body(client.get(f"/region/chains/pv/?{then}"))
    assert ("丁公司" in was, 'id="join"' in was) == (False, False)
    assert "丁公司" in body(client.get("/region/chains/pv/"))
    for page in (f"/region/zones/?{then}", f"/region/compare/?zone=pinglu&{then}", f"/region/chains/?{then}"):
        assert 'class="restored"' in body(client.get(page))
    lines = b"".join(client.get(f"/sheets/list/region/?{then}&as=csv")).decode("utf-8-sig").splitlines()[1:]
    assert sum(int(row.split(",")[5]) for row in lines) == 3


def figure(page):
    return re.search(r'<span class="count ">([^<]+)<', page)[1].strip()


def test_a_chain_is_begun_once_by_its_zone(client, signed_in, province):
    signed_in(client, "zone_officer", "zgsfq")
    form = {"name": "碳纤维产业链", "code": "carbon", "zone": "zgsfq", "source": "工作方案"}
    for more, words in (
        ({"code": "碳 纤"}, 'id="code-wrong"'),
        ({"code": "pv"}, 'id="code-wrong"'),
        ({"zone": ""}, 'id="zone-wrong"'),
    ):
        refused = client.post("/region/chain-begin/", form | more)
        assert (refused.status_code, words in refused.content.decode()) == (400, True), more
    assert client.post("/region/chain-begin/", form | {"zone": "pinglu"}).status_code == 404
    assert client.post("/region/chain-begin/", form).status_code == 302
    signed_in(client, "navigator", "zgsfq")
    assert client.post("/region/chain-begin/", form).status_code == 403


def test_firms_gather_around_a_master_and_a_paper_counts_them(client, signed_in, province):
    signed_in(client, "zone_officer", "zgsfq")
    form = {"name": "碳纤维产业链", "code": "carbon", "zone": "zgsfq", "source": "工作方案"}
    assert client.post("/region/chain-begin/", form).status_code == 302
    at = "/region/chains/carbon/"
    master = {"role": "master", "name": "甲公司", "zone": "zgsfq", "source": "协议", "side": "midstream"}
    assert client.post(f"{at}join/", master).status_code == 302
    number = re.search(r'<option value="(\d+)"', body(client.get(at)).split('name="around"')[1])[1]
    firm = {
        "role": "member",
        "name": "乙公司",
        "zone": "zgsfq",
        "source": "合同",
        "around": number,
        "invested": "20,000",
    }
    assert client.post(f"{at}join/", firm).status_code == 302
    said = {
        "about": "签约36家",
        "on": "2023-09-26",
        "around": number,
        "firms": "36",
        "invested": "2,000,000",
        "source": "周刊",
    }
    for more in ({"firms": "", "invested": ""}, {"firms": "-1"}, {"around": "424242"}):
        assert client.post(f"{at}claim/", said | more).status_code == 400, more
    assert client.post(f"{at}claim/", said).status_code == 302
    page = body(client.get(at))
    assert "200\u2009亿元" in page
    assert "35" in page  # firms the paper counts and no row names
    leave = re.search(r"/region/chain-members/(\d+)/leave/", page)[0]
    assert client.post(leave, {"ends": timezone.localdate().isoformat(), "source": "函"}).status_code == 302
    kinds = [
        one.kind for one in entries(kinds=("chain.recorded", "chain.joined", "chain.claimed", "chain.left")).records
    ]
    assert kinds[:5] == ["chain.left", "chain.claimed", "chain.joined", "chain.joined", "chain.recorded"]
