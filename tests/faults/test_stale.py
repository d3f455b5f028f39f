"""A stale page, a form sent twice, a session that ended mid-form, a link of another zone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.cases.scene import Scene
from tests.faults.conftest import browser, number, seen
from tests.faults.theatre import forms
from tests.people import OTHER, hired, sign_in

from luodi.accounts import actions as accounts
from luodi.accounts import locking
from luodi.accounts.acting import SYSTEM, Acting
from luodi.accounts.models import Person
from luodi.cases.models import CaseEvent
from luodi.journal.models import Entry
from luodi.journal.readers import entries

pytestmark = pytest.mark.django_db
WORDS = "不属于本单位职责范围：" + "选址位于两区交界处，" * 40
PASSWORD = "eine-lange-Losung-9"  # noqa: S105
FIELD = re.compile(
    r'<(?:input|textarea)[^>]* name="(\w+)"(?: rows="\d+">(.*?)</textarea>|[^>]* value="([^"]*)")', re.DOTALL
)


@pytest.fixture(autouse=True)
def our_days(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask for the time: it is that of the scene."""
    monkeypatch.setattr("luodi.config.who.timezone.now", lambda: scene.at)


def form_of(client: Client, scene: Scene, case: int, verb: str) -> dict[str, str]:
    """A form as the page has it: its seq and key."""
    return forms(client.get(f"/cases/{number(scene, case)}/").content.decode())[verb]


def test_a_stale_page_is_told_who_what_and_when_and_keeps_the_words(scene: Scene, case: int) -> None:
    client = browser(scene.officer)
    form = form_of(client, scene, case, "refuse") | {"outside": "yes", "reason": WORDS}
    scene.on(case, scene.second).accept()
    scene.wait(minutes=7)
    answer = client.post(f"/cases/{number(scene, case)}/refuse/", form)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    (told,) = re.findall(r"刚刚变了：(.{,200}?)。", page)
    assert told.startswith(scene.second.label), "who"
    assert told.endswith("受理"), "what: the act, not what the rules wrote beside it"
    assert f"{seen(scene, case).history[1].at.astimezone(scene.at.tzinfo):%m-%d %H:%M}" in told, "when"
    assert "decide" in forms(page), "the case as it is now"
    assert forms(page)["decide"]["seq"] == str(scene.row(case).seq)
    assert WORDS in page
    assert not Entry.objects.filter(key=form["key"])


def test_a_form_sent_twice_says_that_it_was_done(scene: Scene, case: int) -> None:
    client = browser(scene.officer)
    form = form_of(client, scene, case, "accept")
    scene.wait(minutes=1)
    for _ in range(2):
        answer = client.post(f"/cases/{number(scene, case)}/accept/", form)
        assert answer["Location"] == f"/cases/{number(scene, case)}/?done=1"
        assert 'role="status">已办理并留痕' in client.get(answer["Location"]).content.decode()
    assert Entry.objects.filter(key=form["key"]).count() == 1
    assert CaseEvent.objects.filter(case=case, kind="case.accepted").count() == 1


def test_a_dispatch_sent_twice_is_done_once(scene: Scene) -> None:
    client, path = browser(scene.navigator), f"/projects/{scene.slug}/dispatch/"
    page = client.get(path).content.decode()
    matters = re.findall(r'name="matter" value="(\w+)"', page)
    form = {"matter": matters, "key": "same-form"}
    assert [client.post(path, form).status_code for _ in range(2)] == [200, 302]
    assert Entry.objects.filter(kind="case.dispatched").count() == 1
    assert CaseEvent.objects.filter(kind="case.opened").count() == len(matters)


def ended(how: str, client: Client, acting: Acting, scene: Scene) -> None:
    """The session ends while its person types."""
    if how == "expired":
        Session.objects.update(expire_date=timezone.now() - timedelta(days=400))
    elif how == "forgotten":
        del client.cookies["luodi_session"]
    elif how == "ended by security":
        locking.end_sessions(person=acting.person, reason="x", by=SYSTEM, at=scene.at)
        Session.objects.all().delete()
    else:
        accounts.give_password(person=acting.person, reason="手机遗失", by=SYSTEM, at=scene.at)
        Person.objects.update(must_change=False)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["expired", "forgotten", "ended by security", "password changed"])
def test_what_was_typed_outlives_the_session(scene: Scene, case: int, how: str, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    client = Client(enforce_csrf_checks=True)
    Person.objects.update(password=make_password(PASSWORD))
    sign_in(client, scene.officer)
    path = f"/cases/{number(scene, case)}/refuse/"
    form = form_of(client, scene, case, "refuse") | {"outside": "yes", "reason": WORDS, "basis": "第三十二条"}
    ended(how, client, scene.officer, scene)

    def send(address: str, fields: dict[str, str]) -> tuple[int, str]:
        answer = client.post(address, fields | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
        return answer.status_code, answer.get("Location", "")

    assert send(path, form) == (302, "/account/login/?next=%2Faccount%2Funsent%2F")
    assert CaseEvent.objects.filter(case=case).count() == 1
    Person.objects.update(password=make_password(PASSWORD))
    client.get("/account/login/")
    username = Person.objects.get(pk=scene.officer.person).username
    assert send("/account/login/", {"login": username, "password": PASSWORD, "next": "/account/unsent/"}) == (
        302, "/account/unsent/",
    )  # fmt: skip
    page = unescape(client.get("/account/unsent/").content.decode())
    assert WORDS in page
    kept = {name: (area or value) for name, area, value in FIELD.findall(page.partition(f'action="{path}"')[2])}
    kept.pop("csrfmiddlewaretoken", None)
    assert kept.items() >= form.items(), kept
    assert send(path, kept) == (302, f"/cases/{number(scene, case)}/?done=1")
    assert CaseEvent.objects.filter(case=case).latest("seq").reason == WORDS.strip()
    assert Entry.objects.filter(key=form["key"]).count() == 1


OTHERS = ("/cases/{number}/", "/cases/{number}/side/", "/inbox/?case={number}", "/projects/{slug}/board/",
          "/projects/{slug}/chart/", "/projects/{slug}/", "/inbox/bulk/?verb=accept&case={number}")  # fmt: skip


@pytest.mark.parametrize("link", OTHERS)
def test_a_link_of_another_zone_leads_nowhere_and_is_recorded(scene: Scene, case: int, link: str) -> None:
    stranger = hired("bureau_officer", OTHER, unit="approval_bureau")
    client, path = browser(stranger), link.format(number=number(scene, case), slug=scene.slug)
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "没有找到" in page
    assert seen(scene, case).row.project_name.zh not in page
    (entry,) = entries(kinds=("reach.refused",)).records
    assert (entry.person, entry.post, entry.zone) == (stranger.person, stranger.post, scene.officer.zone)
    assert path.partition("?")[0] in entry.payload


@pytest.mark.parametrize("verb", ["accept", "refuse", "withdraw"])
def test_a_form_sent_to_another_zone_does_nothing_and_is_recorded(scene: Scene, case: int, verb: str) -> None:
    stranger = hired("bureau_officer", OTHER, unit="approval_bureau")
    path = f"/cases/{number(scene, case)}/{verb}/"
    assert browser(stranger).post(path, {"seq": "1", "key": "k", "reason": "x"}).status_code == 404
    assert CaseEvent.objects.filter(case=case).count() == 1
    assert [path in one.payload for one in entries(kinds=("reach.refused",)).records] == [True]
