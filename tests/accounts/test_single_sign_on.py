"""Single sign-on against a real OIDC server: it says who somebody is, and never makes anybody."""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

import pytest
import requests
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread
from pytest_django import Settings
from tests.people import hired

from luodi.accounts.models import Person
from luodi.journal import readers as record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a sign-in server on this machine."""
    people = [
        User(sub="sub-wang", claims={"preferred_username": "wang"}),
        User(sub="sub-li", claims={"preferred_username": "li.zhi", "email": "Li@zgsfq.example"}),
        User(sub="sub-none", claims={"preferred_username": "nobody", "email": "nobody@zgsfq.example"}),
    ]
    with run_server_in_thread(require_client_registration=False, user_claims=people) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(autouse=True)
def configured(server: str, settings: Settings) -> None:
    """The settings that LUODI_OIDC_* give."""
    app = {
        "provider_id": "sso", "name": "省统一认证", "client_id": "luodi", "secret": "kept",
        "settings": {"server_url": server, "token_auth_method": "client_secret_basic"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.SINGLE_SIGN_ON = "省统一认证"


def through(client: Client, sub: str, after: str = "/handbook/") -> tuple[int, str]:
    """Go through the server as a browser would; status and address of the answer."""
    page = client.get(f"/account/login/?next={after}").content.decode()
    link = unescape(re.search(r'href="(/account/sso/login/[^"]*)"', page)[1])
    away = client.get(link)
    assert away.status_code == 302
    back = requests.post(away["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    address = urljoin("http://testserver", back.headers["Location"])
    answer = client.get(address.removeprefix("http://testserver"))
    return answer.status_code, answer.headers.get("Location", "")


def test_a_known_user_name_opens(client: Client) -> None:
    acting = hired("bureau_officer", username="wang")
    assert through(client, "sub-wang") == (302, "/handbook/")
    assert "部门经办" in client.get("/projects/").content.decode()
    assert json.loads(record.entries(kinds=("signin.entered",)).records[0].payload)["way"] == "socialaccount"
    assert client.session["_auth_user_id"] == str(acting.person)


def test_the_second_time_the_server_s_own_number_is_enough(client: Client) -> None:
    acting = hired("bureau_officer", username="wang")
    through(client, "sub-wang")
    Person.objects.filter(pk=acting.person).update(username="renamed")
    assert through(Client(), "sub-wang")[0] == 302


def test_an_address_only_one_person_has_opens(client: Client) -> None:
    acting = hired("bureau_officer", username="lizhi")
    Person.objects.filter(pk=acting.person).update(email="li@zgsfq.example")
    assert through(client, "sub-li") == (302, "/handbook/")


def test_an_address_two_people_share_opens_nothing(client: Client) -> None:
    for username in ("lizhi", "limin"):
        acting = hired("bureau_officer", username=username)
        Person.objects.filter(pk=acting.person).update(email="li@zgsfq.example")
    assert through(client, "sub-li")[0] == 403


def test_whoever_is_not_recorded_stays_outside(client: Client) -> None:
    hired("bureau_officer", username="wang")
    status, _ = through(client, "sub-none")
    assert status == 403
    assert not Person.objects.filter(username="nobody").exists()
    assert client.get("/projects/").status_code == 302


def test_somebody_who_left_stays_outside(client: Client) -> None:
    acting = hired("bureau_officer", username="wang")
    Person.objects.filter(pk=acting.person).update(is_active=False)
    assert through(client, "sub-wang")[0] == 403


def test_without_a_server_there_is_no_link(client: Client, settings: Settings) -> None:
    settings.SINGLE_SIGN_ON = ""
    assert "/account/sso/login/" not in client.get("/account/login/").content.decode()
