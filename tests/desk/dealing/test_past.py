"""Talks and promises asked as of a moment, as files, and as the enterprise itself sees them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.dealings.talks import AT, owed, talk
from tests.ledgers.accounts import project, province
from tests.people import hired, sign_in

from luodi.dealings import actions, approaching, promises, readers
from luodi.dealings.promises import Finding, Former
from luodi.domain.dealings.terms import read
from luodi.projects.models import Project

pytestmark = pytest.mark.django_db
OWN = "zgsfq"
LATER = AT + timedelta(hours=1)


@pytest.fixture
def signed(client, signed_in):
    """Signed promises of both sides; an hour later one is kept and a former official's is taken over."""
    *_, _number = province(zone=OWN, size="1000 亩")
    found = project("p", OWN)
    who, firm = hired("investment_officer"), hired("enterprise_agent", code="firm")
    Project.objects.filter(slug="p").update(applicant=firm.organisation, live=True)
    talk(found, who, land="10 亩", investment="12 亿元")
    ours, theirs = owed(found, who.organisation)
    wanted = [actions.Owed(one.key, firm.organisation if one.key[0] == "investment" else who.organisation, one.due)
              for one in (ours, theirs)]  # fmt: skip
    actions.sign(project=found, after=1, on=AT.date(), document="投资协议", owed=wanted, by=who, at=AT)
    first = readers.clauses(project=found.id, today=AT.date())[0]
    finding = Finding("partly", "6 亿元", "统计报表", "")
    promises.find(project=found, clause=first.id, seen=0, finding=finding, by=who, at=LATER)
    promises.record_promise(
        project=found, term=read("facility", "", "专用铁路线"), owner=who.organisation, due=AT.date(), document="2019年纪要",
        former=Former("张某某", "时任主任"), by=who, at=LATER,
    )  # fmt: skip
    talked = timezone.localtime(AT + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    return firm, who, talked


def body(response):
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def rows(response):
    return b"".join(response).decode("utf-8-sig").splitlines()[1:]


def test_pages_show_what_stood_then(client, signed_in, signed):
    _firm, _who, then = signed
    signed_in(client, "investment_officer")
    for address in ("/promises/", "/projects/p/promises/"):
        assert "统计报表" in body(client.get(address))
        assert "统计报表" not in body(client.get(address, {"as_of": then}))
        assert "专用铁路线" not in body(client.get(address, {"as_of": then}))
    assert "项目p" not in body(client.get("/promises/", {"as_of": then, "state": "partly"}))
    assert "/promises/new/" not in body(client.get("/projects/p/promises/", {"as_of": then}))
    before = {"as_of": timezone.localtime(AT - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")}
    assert readers.rounds(project("p", OWN).id, AT - timedelta(minutes=1)) == ()
    assert "专用铁路线" not in body(client.get("/promises/", before))
    assert body(client.get("/projects/p/rounds/", {"as_of": then})).count("/rounds/new/") == 0


def test_lists_are_files_filtered_as_shown(client, signed_in, signed):
    signed_in(client, "navigator")
    assert len(rows(client.get("/sheets/list/promises/?as=csv"))) == 3
    (former,) = rows(client.get("/sheets/list/promises/?as=csv&show=former"))
    assert "张＊＊" in former
    assert len(rows(client.get("/sheets/list/promises/?as=csv&project=p&state=partly"))) == 1
    talks = rows(client.get("/sheets/list/rounds/?as=csv&project=p"))
    assert len(talks) == 2
    assert "签约" in talks[0]
    assert client.get("/sheets/list/approvals/?as=print&project=p").status_code == 200
    signed_in(client, "investment_officer", "pinglu")
    assert client.get("/sheets/list/rounds/?as=csv&project=p").status_code == 404
    assert rows(client.get("/sheets/list/promises/?as=csv")) == []


def test_promised_days_are_a_view_of_the_same_ledger(client, signed_in, signed):
    signed_in(client, "investment_officer")
    assert "12\u2009亿元" not in body(client.get("/promises/?show=dates"))


def test_an_enterprise_sees_both_sides_of_its_own_promises(client, signed_in, signed):
    firm, _who, then = signed
    sign_in(client, firm)
    assert 'href="/my/p/promises/"' in body(client.get("/my/p/"))
    page = body(client.get("/my/p/promises/"))
    for words in ("12\u2009亿元", "10\u2009亩", "统计报表", "专用铁路线", "时任主任", "张＊＊"):
        assert words in page
    assert "张某某" not in page
    assert "/projects/p/promises/" not in page, "nothing there that it may not open"
    assert "统计报表" not in body(client.get("/my/p/promises/", {"as_of": then}))
    assert len(rows(client.get("/sheets/list/own_promises/?as=csv&project=p"))) == 3
    assert client.get("/sheets/list/promises/?as=csv&project=p").status_code == 403
    due = approaching.approaching(since=AT.date(), until=date(2027, 12, 31))
    assert {(one.organisations[0] == firm.organisation, one.link) for one in due} == {
        (False, "/projects/p/promises/"), (True, "/my/p/promises/")
    }, "what it is told of leads where it may go"  # fmt: skip
    sign_in(client, hired("enterprise_agent", code="other"))
    assert client.get("/my/p/promises/").status_code in (403, 404)
