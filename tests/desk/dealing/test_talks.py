"""The pages of talks and promises: a round typed, refused, approved, signed; what came of it; nobody else's zone."""

import pytest
from tests.dealings.talks import AT, owed, talk
from tests.ledgers.accounts import project, province
from tests.people import sign_in

from luodi.dealings import actions, readers
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
OWN, OTHER = "zgsfq", "pinglu"


@pytest.fixture
def zone(db):
    """The zone's account of land, 1,000 mu, and a project that wants some."""
    *_, number = province(zone=OWN, size="1000 亩")
    project("p", OWN)
    return number


def body(response):
    return response.content.decode()


def typed(*lines, after=0, **more):
    """What the form of a round sends; every line: kind, subject, value."""
    sent = {"after": after, "on": "2026-11-20", "ours": "管委会", "theirs": "企业", "points": "地价\n交地时间",
            "holds_until": "2027-01-31", "key": f"k{after}", **more}  # fmt: skip
    for place, (kind, subject, value) in enumerate(lines):
        sent |= {f"kind_{place}": kind, f"subject_{place}": subject, f"value_{place}": value, f"note_{place}": ""}
    return sent


def test_talks_from_the_first_round_to_a_promise_kept(client, signed_in, zone):
    who = signed_in(client, "investment_officer")
    assert "/projects/p/rounds/new/" in body(client.get("/projects/p/rounds/"))
    assert client.get("/projects/p/rounds/new/").status_code == 200
    first = typed(("land", "", "100 亩"), ("investment", "", "12 亿元"), ("first_product_by", "", "2027-09-28"))
    for _ in range(2):  # sent twice, done once
        assert client.post("/projects/p/rounds/new/", first).status_code == 302
    form = body(client.get("/projects/p/rounds/new/"))
    assert 'value="100 亩"' in form
    later = typed(("land", "", "120 亩"), ("investment", "", "12 亿元"), after=1)
    assert client.post("/projects/p/rounds/new/", later).status_code == 302
    page = body(client.get("/projects/p/rounds/"))
    assert "120\u2009亩" in page
    assert "开发区让步" in page
    assert client.get("/projects/p/rounds/?round=1&against=2").status_code == 200
    assert client.get("/projects/p/rounds/?round=²").status_code == 200
    assert client.get("/projects/p/rounds/sign/").status_code == 200
    sent = {"after": 2, "on": "2026-11-20", "document": "投资协议", "key": "s"}
    refused = client.post("/projects/p/rounds/sign/", sent)
    assert refused.status_code == 400
    sent |= {"owner_0": who.organisation, "owner_1": who.organisation, "due_0": "2027-06-30", "due_1": "2027-06-30"}
    assert client.post("/projects/p/rounds/sign/", sent).headers["Location"] == "/projects/p/promises/"
    page = body(client.get("/projects/p/promises/"))
    assert "12\u2009亿元" in page
    (clause, _land) = readers.clauses(today=AT.date())
    finding = {"state": "partly", "actual": "6 亿元", "evidence": "统计报表", "seen": 0, "key": "f"}
    assert client.post(f"/projects/p/promises/{clause.id}/", finding).status_code == 302
    page = body(client.get("/projects/p/promises/"))
    assert "50%" in page
    assert "统计报表" in page
    waived = client.post(f"/projects/p/promises/{clause.id}/", finding | {"state": "waived", "seen": 1, "key": "g"})
    assert waived.status_code == 400  # without a reason
    assert "项目p" in body(client.get("/promises/?side=investor&state=partly"))
    assert "项目p" not in body(client.get("/promises/?state=kept"))


@pytest.mark.parametrize(
    ("lines", "more", "words"),
    [
        ([("land", "", "30 MVA")], {}, "MVA"),
        ([("start_by", "", "soon"), ("jobs", "", "x")], {}, "“x”不是数量"),
        ([("", "", "12")], {}, "请从列表中选择"),
        ([("jobs", "", "5"), ("jobs", "", "6")], {}, "写了两次"),
        ([("land", "", "1001 亩")], {}, "超出谈判权限"),
        ([("land", "", "10 亩")], {"holds_until": ""}, "报价有效期"),
        ([("jobs", "", "5")], {"on": "2030-01-01"}, "还没有到"),
        ([("jobs", "", "5")], {"after": "3"}, "刷新页面"),
        ([("jobs", "", "5")], {"ours": " "}, "必填"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(client, signed_in, zone, lines, more, words):
    signed_in(client, "investment_officer")
    answer = client.post("/projects/p/rounds/new/", typed(*lines, **more))
    assert answer.status_code == 400
    assert words in body(answer) or "ours" in more
    assert f'value="{lines[0][2]}"' in body(answer)
    assert not readers.rounds(project("p", OWN).id)


def test_an_offer_above_authority_is_approved_by_a_higher_post(client, signed_in, zone):
    who = signed_in(client, "investment_officer")
    big = typed(("land", "", "400 亩"))
    assert "不超过 200\u2009亩" in body(client.post("/projects/p/rounds/new/", big))
    approval = {"kind": "land", "value": "400 亩", "document": "会议纪要3号", "key": "a"}
    assert client.post("/projects/p/rounds/approve/", approval).status_code == 403
    signed_in(client, "zone_officer")
    beyond = client.post("/projects/p/rounds/approve/", approval | {"value": "501 亩"})
    assert beyond.status_code == 400
    assert "超出您的批准权限" in body(beyond)
    assert client.post("/projects/p/rounds/approve/", approval).status_code == 302
    assert "会议纪要3号" in body(client.get("/projects/p/rounds/"))
    sign_in(client, who)
    assert client.post("/projects/p/rounds/new/", big).status_code == 302


def test_former_officials_names_are_masked_for_whoever_need_not_know(client, signed_in, zone):
    who = signed_in(client, "zone_officer")
    sent = {"kind": "facility", "value": "专用铁路线", "document": "2019年纪要", "official": "张某某", "office": "时任主任",
            "owner": who.organisation, "due": "2026-10-01", "key": "n"}  # fmt: skip
    assert client.get("/projects/p/promises/new/").status_code == 200
    assert client.post("/projects/p/promises/new/", sent | {"owner": "999999"}).status_code == 400
    assert client.post("/projects/p/promises/new/", sent).status_code == 302
    assert "张某某" in body(client.get("/promises/?show=former"))
    signed_in(client, "navigator")
    page = body(client.get("/promises/?show=former"))
    assert "张＊＊" in page
    assert "张某某" not in page
    assert "超期" in page


def test_another_zone_finds_nothing_and_a_bureau_records_its_own_only(client, signed_in, zone):
    Zone.objects.get_or_create(
        id=OTHER, defaults={"zh": "平", "en": "P", "kind": "industrial", "confidence": "verified"}
    )
    who = signed_in(client, "investment_officer")
    found = project("p", OWN)
    talk(found, who, land="10 亩", jobs="5")
    bureau = signed_in(client, "bureau_officer", unit="natural_resources")
    some = owed(found, who.organisation)
    some[1] = actions.Owed(some[1].key, bureau.organisation, some[1].due)
    theirs, ours = actions.sign(
        project=found, after=1, on=AT.date(), document="协议", owed=some, by=who, at=AT
    )  # fmt: skip
    finding = {"state": "kept", "evidence": "交地单", "seen": 0}
    assert client.post(f"/projects/p/promises/{ours}/", finding | {"key": "1"}).status_code == 302
    assert client.post(f"/projects/p/promises/{theirs}/", finding | {"key": "2"}).status_code == 403
    assert client.post("/projects/p/rounds/new/", typed(("jobs", "", "5"))).status_code == 403
    signed_in(client, "investment_officer", OTHER)
    assert client.get("/projects/p/rounds/").status_code == 404
    assert client.get("/projects/p/promises/").status_code == 404
    assert "项目p" not in body(client.get("/promises/"))
    assert client.post(f"/projects/p/promises/{ours}/", finding).status_code == 404


def test_talks_that_end_say_so(client, signed_in, zone):
    who = signed_in(client, "investment_officer")
    talk(project("p", OWN), who, land="10 亩")
    assert client.post("/projects/p/rounds/withdraw/", {"after": 1, "why": ""}).status_code == 400
    assert client.post("/projects/p/rounds/withdraw/", {"after": 1, "why": "企业转投他处"}).status_code == 302
    page = body(client.get("/projects/p/rounds/"))
    assert "企业转投他处" in page
    assert "/rounds/withdraw/" not in page


def test_the_calculator_shows_ruihu_and_says_what_is_no_number(client, signed_in):
    signed_in(client, "navigator")
    assert "534.375" in body(client.get("/saving/"))
    page = body(
        client.get("/saving/?loan=3亿元&rate=4&months=7&reports=7&fee=4.5&book_fee=12&days=32.5&people=2&day_cost=400")
    )
    for figure in ("700", "19.5", "2.6", "722.1"):
        assert figure in page
    wrong = client.get("/saving/?loan=abc&rate=4&months=7&reports=1.5")
    assert wrong.status_code == 400
    assert "“abc”不是可用的数" in body(wrong)
    assert "“1.5”不是可用的数" in body(wrong)
