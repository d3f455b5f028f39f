"""The pages of the three administrators, in both languages."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.people import hired, moment, organisation, person

from luodi.accounts import actions, readers
from luodi.accounts.acting import SYSTEM, Acting
from luodi.journal import readers as record

pytestmark = pytest.mark.django_db
Enter = Callable[..., Acting]
SYSTEM_PAGES = {
    "system_admin": (
        "/people/",
        "/people/?q=x&kind=leader&all=1",
        "/people/organisations/",
        "/zones/",
        "/zones/powers/",
    ),
    "security_admin": ("/security/", "/security/rights/"),
    "audit_admin": ("/audit/", "/audit/?kind=post.appointed&username=nobody&until=2026-01-01"),
    "province_officer": ("/zones/powers/", "/account/", "/account/second/", "/account/logout/"),
}


def body(client: Client, address: str) -> str:
    """A page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


@pytest.mark.parametrize(("kind", "address"), [(kind, one) for kind, found in SYSTEM_PAGES.items() for one in found])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_speaks_its_language(client: Client, signed_in: Enter, kind: str, address: str, language: str) -> None:
    signed_in(client, kind)
    client.cookies["luodi_language"] = language
    page = body(client, address)
    main = page.partition('<main id="main">')[2]
    assert "<h1>" in main
    assert "退出" in page or "Sign out" in page
    assert ("Handbook" in page) is (language == "en")


def test_somebody_is_recorded_appointed_and_ended(client: Client, signed_in: Enter) -> None:
    signed_in(client, "system_admin")
    page = client.post("/people/new/", {"username": "New.One", "name": "新人", "telephone": ""}).content.decode()
    told = page.partition("<code>")[2].partition("</code>")[0]
    assert Client().post("/account/login/", {"login": "new.one", "password": told}).status_code == 302
    unit = organisation("committee")
    form = {"username": "new.one", "organisation": unit, "kind": "leader", "starts": "2026-01-05", "document": "任1号"}
    assert client.post("/people/appoint/", form).status_code == 302
    (post,) = readers.posts(words="新人")
    assert (post.kind, str(post.contract_until)) == ("leader", "2029-01-05")
    ended = client.post(f"/people/posts/{post.id}/end/", {"ends": "2026-03-31", "reason": "调离"})
    assert ended.status_code == 302
    assert str(readers.post(post.id).ends) == "2026-03-31"


def test_what_is_wrong_stands_on_the_page_and_nothing_typed_is_lost(client: Client, signed_in: Enter) -> None:
    signed_in(client, "system_admin")
    who = person("both")
    unit = organisation("committee")
    form = {
        "username": "both",
        "organisation": unit,
        "kind": "leader",
        "starts": "5.1.2026",
        "document": "任〔2026〕9号",
    }
    answer = client.post("/people/appoint/", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "不是日期" in page
    assert "任〔2026〕9号" in page
    assert who


def test_the_system_administrator_cannot_become_another_administrator(client: Client, signed_in: Enter) -> None:
    me = signed_in(client, "system_admin")
    form = {"username": me.username, "organisation": me.organisation, "kind": "audit_admin", "starts": "2026-01-05",
            "document": "自任"}  # fmt: skip
    answer = client.post("/people/appoint/", form)
    assert answer.status_code == 400
    assert "互相独立" in answer.content.decode()


def test_the_committee_sees_its_people_only(client: Client, signed_in: Enter) -> None:
    hired("leader", "pinglu", username="far")
    hired("leader", "zgsfq", username="near")
    signed_in(client, "zone_officer")
    page = body(client, "/people/")
    assert "near" in page
    assert "far" not in page
    assert client.post("/people/new/", {"username": "x", "name": "x"}).status_code == 403


def test_reading_the_record_is_recorded(client: Client, signed_in: Enter) -> None:
    me = signed_in(client, "audit_admin")
    assert "任命" in body(client, "/audit/?kind=post.appointed")
    entry = record.entries(kinds=("page.read",)).records[0]
    assert (entry.person, json.loads(entry.payload)["subject"]) == (me.person, "kind=post.appointed")


def test_older_entries_come_on_the_next_page(client: Client, signed_in: Enter) -> None:
    for number in range(60):
        person(f"many{number}")
    signed_in(client, "audit_admin")
    page = body(client, "/audit/?kind=person.recorded")
    assert page.count("<time") >= 0
    assert "many59" in page
    assert "many0<" not in page
    link = page.partition("&amp;before=")[2].partition('"')[0] or page.partition("&before=")[2].partition('"')[0]
    assert "username: many0 " in body(client, f"/audit/?kind=person.recorded&before={link}").replace("<", " ")


def test_the_export_says_why_and_is_recorded(client: Client, signed_in: Enter) -> None:
    signed_in(client, "audit_admin")
    assert client.post("/audit/export/", {"reason": " "}).status_code == 400
    answer = client.post("/audit/export/", {"reason": "年度审计"})
    lines = [json.loads(one) for one in answer.getvalue().decode().splitlines()]
    assert {"person.recorded", "post.appointed"} <= {one["kind"] for one in lines}
    assert json.loads(record.entries(kinds=("record.exported",)).records[0].payload)["reason"] == "年度审计"


def test_the_security_administrator_ends_a_session(client: Client, signed_in: Enter) -> None:
    other = Client()
    victim = hired("bureau_officer", username="victim")
    password = actions.give_password(person=victim.person, reason="test", by=SYSTEM, at=moment())
    other.post("/account/login/", {"login": "victim", "password": password})
    assert other.get("/account/password/").status_code == 200
    signed_in(client, "security_admin")
    (session,) = readers.sessions(person=victim.person)
    form = {"person": victim.person, "session": session.id, "reason": "电脑遗失"}
    assert client.post("/security/sessions/end/", form).status_code == 302
    assert other.get("/account/password/").status_code == 302
    assert json.loads(record.entries(kinds=("session.ended",)).records[0].payload)["reason"] == "电脑遗失"


def test_an_organisation_is_recorded(client: Client, signed_in: Enter) -> None:
    signed_in(client, "system_admin")
    form = {
        "code": "force1",
        "kind": "task_force",
        "zh": "攻坚专班",
        "zone": "zgsfq",
        "starts": "2026-01-01",
        "ends": "",
    }
    assert client.post("/people/organisations/", form).status_code == 400
    assert client.post("/people/organisations/", form | {"ends": "2026-12-31"}).status_code == 302
    assert readers.organisation("force1").name.en == "攻坚专班"


def test_a_refusal_is_a_page_with_one_sentence(client: Client, signed_in: Enter) -> None:
    signed_in(client, "bureau_officer")
    answer = client.get("/people/")
    assert answer.status_code == 403
    assert "你现在的岗位是部门经办，不能查看人员和岗位" in answer.content.decode()


@pytest.mark.parametrize("address", ["/people/", "/security/", "/audit/", "/zones/powers/", "/account/"])
def test_a_list_asks_the_same_number_of_queries_however_long(
    client: Client, signed_in: Enter, address: str, django_assert_max_num_queries: object
) -> None:
    kind = {"/people/": "system_admin", "/security/": "security_admin", "/audit/": "audit_admin"}.get(address, "leader")
    signed_in(client, kind)
    for number in range(30):
        hired("leader", username=f"l{number}")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        body(client, address)
