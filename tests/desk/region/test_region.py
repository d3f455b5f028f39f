"""The province's pages: every number opens just its rows, zones of one class compare, profiles are entered by their zone."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import moment
from tests.projects.test_outlines import recorded
from tests.zones.some import some_zones

from luodi.accounts.acting import SYSTEM
from luodi.zones import profiles, region_samples

pytestmark = pytest.mark.django_db
LATER = "2026-11-01"


@pytest.fixture
def province(db):
    some_zones()
    region_samples.load(by=SYSTEM, at=moment())
    recorded("one", ("contact", "signed"), zone="pinglu")
    recorded("two", ("contact", "signed", "construction_start"), zone="pinglu", code="C3912")
    recorded("three", ("contact",), zone="zgsfq")


def body(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def listed(page):
    """The projects a list shows."""
    return re.findall(r'<a href="/projects/(\w+)/chart/"', page)


def test_every_number_of_the_province_opens_that_many_rows(client, signed_in, province):
    signed_in(client, "province_officer")
    page = body(client.get(f"/region/?on={LATER}"))
    links = set(re.findall(r'<td class="num"[^>]*><a href="(/projects/\?[^"]+)">(\d+)</a>', page))
    assert len(links) > 8
    for link, count in links:
        opened = listed(body(client.get(link.replace("&amp;", "&"))))
        assert len(opened) == int(count), link
    assert "stage=signed" in page
    assert "city=%E6%9C%94%E5%B7%9E" in page


def test_filters_hold_in_sums_list_and_file_and_a_bad_day_is_told(client, signed_in, province):
    signed_in(client, "province_officer")
    page = body(client.get(f"/region/?on={LATER}&industry=C39"))
    assert re.search(r'<span class="count ">1<', page)
    assert listed(body(client.get("/projects/?industry=C39"))) == ["two"]
    assert listed(body(client.get("/projects/?on=2025-01-15&stage=contact&kind=industrial"))) == ["three", "two", "one"]
    assert listed(body(client.get("/projects/?kind=agriculture"))) == []
    lines = b"".join(client.get("/sheets/list/region/?industry=C39&as=csv")).decode("utf-8-sig").splitlines()[1:]
    assert len(lines) == 1
    lines = b"".join(client.get("/sheets/list/projects/?zone=zgsfq&as=csv")).decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["three"]
    assert client.get("/region/?on=yesterday").status_code == 400
    assert client.get("/projects/?stage=nothing&city=%25").status_code == 200


def test_the_registry_says_what_was_published_on_a_day_and_invents_nothing(client, signed_in, province):
    signed_in(client, "province_officer")
    then, now = body(client.get("/region/zones/?on=2022-01-01")), body(client.get("/region/zones/"))
    assert (figure(then), figure(now)) == ("88", "93")
    assert len(re.findall(r'name="zone" value=', then)) == len(re.findall(r'name="zone" value=', now))
    before = body(client.get("/region/zones/?on=2018-12-31"))
    assert figure(before) == "—"
    assert 'value="yangqu_nongye"' not in before
    assert 'value="yangqu_nongye"' in then


def figure(page):
    return re.search(r'<span class="count ">([^<]+)<', page)[1].strip()


def test_one_class_stands_side_by_side_and_another_is_refused_kindly(client, signed_in, province):
    signed_in(client, "province_officer")
    page = body(client.get(f"/region/compare/?zone=pinglu&zone=zuoyun&on={LATER}"))
    assert "1.141" in page
    assert "60" in page
    refused = client.get("/region/compare/?zone=pinglu&zone=yangqu_nongye")
    assert refused.status_code == 400
    assert "现代农业类" in refused.content.decode() or "Modern agriculture" in refused.content.decode()
    many = "&".join(f"zone={one}" for one in ("pinglu", "zuoyun", "tunliu", "guxian", "yuxian"))
    assert client.get(f"/region/compare/?{many}").status_code == 400
    assert client.get("/region/compare/?zone=nowhere").status_code == 404
    line = b"".join(client.get("/sheets/list/region_compare/?zone=pinglu&zone=zuoyun&as=csv")).decode("utf-8-sig")
    assert "1.141" in line
    assert client.get("/sheets/list/region_compare/?zone=pinglu&zone=yangqu_nongye&as=csv").status_code == 400


def test_a_zone_sees_itself_and_not_another(client, signed_in, province):
    signed_in(client, "zone_officer", "pinglu")
    assert "3.2" in body(client.get("/region/zones/pinglu/"))
    assert client.get("/region/zones/zuoyun/").status_code == 404
    assert client.get("/region/compare/?zone=zuoyun").status_code == 404
    assert "three" not in body(client.get("/projects/"))


@pytest.mark.slow
def test_the_offer_sheet_is_two_pages_of_chinese(client, signed_in, province):
    signed_in(client, "zone_officer", "pinglu")
    answer = client.get("/region/zones/pinglu/offer.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", answer.content)) == 2


def test_a_line_is_entered_by_the_zone_with_its_refusal_beside_the_field(client, signed_in, province):
    signed_in(client, "data_officer", "pinglu")
    form = {"item": "power_spare", "value": "不少", "about": "", "on": "2026-10-01", "source": "供电公司函", "key": "k"}
    refused = client.post("/region/zones/pinglu/enter/", form)
    assert refused.status_code == 400
    assert 'id="value-wrong"' in refused.content.decode()
    assert "供电公司函" in refused.content.decode()  # what was typed is kept
    assert client.post("/region/zones/pinglu/enter/", form | {"value": "12.5"}).status_code == 302
    assert profiles.profiles(["pinglu"], date(2026, 10, 1))["pinglu"]["power_spare"].figure == "12.5"
    assert client.post("/region/zones/zuoyun/enter/", form).status_code == 404
    ended = {"item": "power_spare", "on": "2026-11-01", "source": "函", "key": "k2"}
    assert client.post("/region/zones/pinglu/end/", ended).status_code == 302
    signed_in(client, "navigator", "pinglu")
    assert client.post("/region/zones/pinglu/enter/", form).status_code == 403


def test_a_firm_joins_a_chain_and_leaves(client, signed_in, province):
    signed_in(client, "zone_officer", "zgsfq")
    assert "36" in body(client.get("/region/chains/"))
    form = {
        "role": "member",
        "name": "<b>丙</b>",
        "side": "upstream",
        "zone": "zgsfq",
        "invested": "1,200.5",
        "source": "合同",
    }
    wrong = client.post("/region/chains/pv/join/", form | {"invested": "lots"})
    assert 'id="invested-wrong"' in wrong.content.decode()
    assert client.post("/region/chains/pv/join/", form | {"zone": "pinglu"}).status_code == 404
    assert client.post("/region/chains/pv/join/", form).status_code == 302
    page = body(client.get("/region/chains/pv/"))
    assert "&lt;b&gt;丙" in page
    number = re.search(r"/region/chain-members/(\d+)/leave/", page)[1]
    assert (
        client.post(f"/region/chain-members/{number}/leave/", {"ends": "2026-11-01", "source": "函"}).status_code == 302
    )
    assert client.get("/region/chains/none/").status_code == 404


def test_pages_ask_the_same_few_questions_whatever_their_projects(client, signed_in, province):
    signed_in(client, "province_officer")
    counts = []
    for name in ("four", "five"):
        client.get("/region/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/region/")
        counts.append(len(asked))
        recorded(name, ("contact", "signed"), zone="zuoyun", code="C2511")
    assert counts[0] == counts[1] <= 10
