"""Signing in: password, lock-out, second factor, sessions, one's posts — over the pages."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests.people import AT, STARTS, hired, moment, organisation, sign_in

from luodi.accounts import actions, locking, readers
from luodi.accounts.acting import SYSTEM, Acting
from luodi.accounts.models import Person
from luodi.accounts.policy import policy
from luodi.journal import readers as record

pytestmark = pytest.mark.django_db
PASSWORD = "eine-lange-Losung-9"  # noqa: S105
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Hashing costs a tenth of a second on purpose; not here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def wang() -> Acting:
    """王敏, bureau officer, with a password."""
    acting = hired("bureau_officer", username="wang")
    Person.objects.filter(pk=acting.person).update(password=make_password(PASSWORD))
    return acting


def enter(client: Client, password: str = PASSWORD, username: str = "wang", **more: str) -> int:
    """The status of an attempt to sign in: 302 is in."""
    return client.post(LOGIN, {"login": username, "password": password} | more).status_code


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_nothing_is_shown_before_sign_in(client: Client) -> None:
    answer = client.get("/projects/?a=1")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Fprojects%2F%3Fa%3D1")
    assert client.get("/projects/", headers={"HX-Request": "true"})["HX-Redirect"].startswith(LOGIN)
    assert client.get("/handbook/").status_code == 200


def test_the_right_password_opens_and_is_recorded(client: Client, wang: Acting) -> None:
    assert "登录" in client.get(LOGIN).content.decode()
    assert enter(client, next="/projects/") == 302
    page = client.get("/projects/").content.decode()
    assert "部门经办" in page
    entry = record.entries(kinds=("signin.entered",)).records[0]
    assert json.loads(entry.payload) == {"username": "wang", "way": "password"}


def test_upper_case_is_the_same_person(client: Client, wang: Acting) -> None:
    assert enter(client, username="WANG") == 302


def test_an_open_redirect_is_not_followed(client: Client, wang: Acting) -> None:
    answer = client.post(LOGIN, {"login": "wang", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/start/"


def test_wrong_passwords_lock_and_the_security_administrator_lifts(client: Client, wang: Acting) -> None:
    for _ in range(policy().failures):
        assert enter(client, "wrong") == 200
    answer = client.post(LOGIN, {"login": "wang", "password": PASSWORD})
    assert answer.status_code == 200
    assert "已锁定" in answer.content.decode()
    assert [one.username for one in readers.locked(record.entries().records[0].at)] == ["wang"]
    assert record.entries(kinds=("signin.locked",)).records

    guard = Client()
    sign_in(guard, hired("security_admin"))
    assert "wang" in guard.get("/security/").content.decode()
    assert guard.post("/security/lift/", {"person": wang.person, "reason": "本人核实"}).status_code == 302
    assert enter(client) == 302


def test_a_lock_out_ends_by_itself(wang: Acting) -> None:
    for _ in range(policy().failures):
        until = locking.note_failure(username="wang", at=AT)
    assert until == AT + policy().locked
    assert locking.locked_until("wang", AT + policy().locked - timedelta(seconds=1))
    assert locking.locked_until("wang", AT + policy().locked) is None


def test_failures_long_ago_do_not_count(wang: Acting) -> None:
    for number in range(policy().failures * 2):
        assert locking.note_failure(username="wang", at=AT + number * (policy().within + timedelta(seconds=1))) is None


def test_an_unknown_name_says_no_more_than_a_wrong_password(client: Client, wang: Acting) -> None:
    def said(username: str) -> str:
        page = client.post(LOGIN, {"login": username, "password": "wrong"}).content.decode()
        return page.partition('role="alert">')[2].partition("<")[0]

    assert said("wang") == said("nobody") != ""


def test_nobody_signs_up(client: Client) -> None:
    assert "账号" in client.get("/account/signup/").content.decode()
    client.post("/account/signup/", {"username": "new", "password1": PASSWORD})
    assert readers.person("new") is None


def test_a_person_without_a_post_is_told_so(client: Client) -> None:
    acting = hired("bureau_officer")
    client.force_login(Person.objects.get(pk=acting.person))
    actions.end_post(post=acting.post, ends=STARTS, reason="调离", by=SYSTEM, at=AT)
    answer = client.get("/projects/")
    assert answer.status_code == 403
    assert "没有岗位" in answer.content.decode()


def test_a_second_factor_is_asked_for(client: Client, wang: Acting) -> None:
    enter(client)
    again = client.get("/account/second/on/")["Location"]
    assert again.startswith("/account/reauthenticate/")
    assert client.post(again, {"password": PASSWORD})["Location"] == "/account/second/on/"
    assert "data:image/svg" in client.get("/account/second/on/").content.decode()
    secret = client.session["mfa.totp.secret"]
    assert client.post("/account/second/on/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/account/codes/").status_code == 200

    cache.clear()  # the same code may not be used twice
    other = Client()
    assert other.post(LOGIN, {"login": "wang", "password": PASSWORD})["Location"].startswith("/account/second/enter/")
    assert other.get("/projects/").status_code == 302
    assert other.post("/account/second/enter/", {"code": "000000"}).status_code == 200
    assert other.post("/account/second/enter/", {"code": code_of(secret)}).status_code == 302
    assert other.get("/projects/").status_code == 200
    assert json.loads(record.entries(kinds=("signin.entered",)).records[0].payload)["way"] == "password, mfa"


def test_sessions_are_listed_and_ended(client: Client, wang: Acting) -> None:
    enter(client)
    other = Client(headers={"user-agent": "Another browser"})
    enter(other)
    page = client.get("/account/").content.decode()
    assert "Another browser" in page
    foreign = next(one for one in readers.sessions(person=wang.person) if one.browser == "Another browser")
    assert client.post("/account/sessions/end/", {"session": foreign.id}).status_code == 302
    assert other.get("/projects/").status_code == 302
    assert client.get("/projects/").status_code == 200


def test_nobody_ends_the_session_of_another(client: Client, wang: Acting) -> None:
    enter(client)
    stranger = Client()
    sign_in(stranger, hired("bureau_officer"))
    stranger.post("/account/sessions/end/", {"session": readers.sessions(person=wang.person)[0].id})
    assert client.get("/projects/").status_code == 200


def test_a_password_given_by_somebody_else_must_be_changed(client: Client, wang: Acting) -> None:
    given = actions.give_password(person=wang.person, reason="忘记密码", by=SYSTEM, at=AT)
    assert enter(client, given) == 302
    assert client.get("/projects/")["Location"] == "/account/password/"
    changed = {"oldpassword": given, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/account/password/", changed).status_code == 302
    assert client.get("/projects/").status_code == 200


def test_a_new_password_ends_every_other_session(client: Client, wang: Acting) -> None:
    enter(client)
    actions.give_password(person=wang.person, reason="手机遗失", by=SYSTEM, at=moment())
    assert client.get("/projects/").status_code == 302


def test_a_form_sent_after_the_session_ended_is_not_lost(client: Client, wang: Acting) -> None:
    typed = "整整一页说明\n" * 20
    answer = client.post("/account/post/", {"post": "1", "note": typed})
    assert answer["Location"].startswith("/account/login/?next=%2Faccount%2Funsent%2F")
    enter(client, next="/account/unsent/")
    page = client.get("/account/unsent/").content.decode()
    assert typed.strip() in page.replace("\r", "")
    assert 'action="/account/post/"' in page


def test_one_acts_as_one_post_at_a_time(client: Client, wang: Acting) -> None:
    unit = organisation("committee")
    second = actions.appoint(
        person=wang.person, organisation=unit, kind="zone_officer", starts=STARTS, document="任", by=SYSTEM, at=AT
    )
    sign_in(client, wang)
    assert client.get("/people/").status_code == 403
    assert client.post("/account/post/", {"post": second.post}).status_code == 302
    assert client.get("/people/").status_code == 200
    assert record.entries(kinds=("post.switched",)).records
    assert client.post("/account/post/", {"post": hired("system_admin").post}).status_code == 400


def test_the_demo_lists_invented_people_and_nothing_else_does(client: Client, settings: Settings) -> None:
    acting = hired("leader")
    real = hired("leader", zone="pinglu")
    Person.objects.filter(pk=acting.person).update(sample=True, password=make_password(PASSWORD), username="guolin")
    assert client.post("/account/demo/", {"post": acting.post}).status_code == 404
    assert enter(client, username="guolin") == 403

    settings.DEMO = True
    page = client.get(LOGIN).content.decode()
    assert f'value="{acting.post}"' in page
    assert f'value="{real.post}"' not in page
    assert client.post("/account/demo/", {"post": real.post}).status_code == 404
    assert client.post("/account/demo/", {"post": acting.post}).status_code == 302
    assert client.get("/start/").status_code == 302


def test_the_header_costs_three_queries(client: Client, wang: Acting, django_assert_num_queries: object) -> None:
    """The session, the person with their posts, the unread notices: no page pays more for knowing who asks."""
    sign_in(client, wang)
    client.get("/handbook/")
    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get("/handbook/")


def test_a_moment_that_is_none_is_refused(client: Client) -> None:
    assert client.get("/handbook/?as_of=yesterday").status_code == 400
    assert client.get("/handbook/?as_of=2099-01-01").status_code == 400
    assert client.get("/handbook/?as_of=2026-01-01").status_code == 200
