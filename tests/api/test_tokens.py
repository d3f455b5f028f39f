"""Tokens: made once, kept as a digest, good for one post while it holds, and no further than the limit."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from tests.api.program import Program
from tests.people import OTHER, hired, moment, sign_in

from luodi.accounts import actions as people
from luodi.accounts.acting import SYSTEM
from luodi.accounts.models import Person
from luodi.api import tokens
from luodi.api.models import ApiToken
from luodi.domain.vocabulary import Refusal
from luodi.journal import readers as record
from luodi.notices.readers import digest
from luodi.zones.models import Zone

NOW = datetime.now(UTC)
pytestmark = pytest.mark.django_db


def test_a_token_is_made_on_its_page_shown_once_and_kept_as_a_digest(client: Client) -> None:
    acting = sign_in(client, hired("data_officer"))
    answer = client.post("/account/tokens/make/", {"label": "报表程序", "days": "30"})
    shown = re.search(r'value="(luodi_[^"]+)"', answer.content.decode())
    assert shown
    assert answer.headers["Cache-Control"] == "no-store"
    row = ApiToken.objects.get()
    assert (row.digest, row.post_id, row.label) == (digest(shown[1]), acting.post, "报表程序")
    assert shown[1] not in client.get("/account/tokens/").content.decode()
    status, me = Program(token=shown[1]).get("/me")
    assert (status, me["post"], me["name"]) == (200, acting.post, acting.name)
    client.post(f"/account/tokens/{row.pk}/revoke/")
    assert Program(token=shown[1]).get("/me")[0] == 401
    kinds = [one.kind for one in record.entries(person=acting.person).records]
    assert [one for one in kinds if one.startswith("token.")] == ["token.revoked", "token.made"]


def test_days_and_number_of_tokens_are_limited() -> None:
    acting = hired("data_officer")
    for days in (0, 367):
        with pytest.raises(Refusal, match="token_days_wrong"):
            tokens.make(label="a", days=days, by=acting, at=NOW)
    for _ in range(tokens.MOST):
        tokens.make(label="a", days=1, by=acting, at=NOW)
    with pytest.raises(Refusal, match="tokens_too_many"):
        tokens.make(label="a", days=1, by=acting, at=NOW)
    tokens.make(label="a", days=1, by=acting, at=NOW + timedelta(days=2))


def test_nobody_revokes_what_is_not_theirs() -> None:
    made = tokens.make(label="a", days=9, by=hired("data_officer"), at=NOW)
    other = hired("data_officer")
    with pytest.raises(Refusal, match="token_gone"):
        tokens.revoke(token=made.id, by=other, at=NOW)
    assert tokens.found(made.token, at=NOW)


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "token_missing"), ("luodi_wrong", "token_unknown"), ("钥匙", "token_unknown"), ("x" * 9000, "token_unknown")],
)
def test_without_a_good_token_nothing_is_answered(token: str, code: str) -> None:
    try:
        program = Program(token=token)
        status, said = program.get("/me")
    except UnicodeEncodeError:  # a header that no client could send
        return
    assert (status, said["code"]) == (401, code)
    assert program.headers["WWW-Authenticate"].startswith("Bearer")
    assert said["title"]["zh"]
    assert said["title"]["en"]


def test_a_token_ends_with_its_day_and_with_its_post() -> None:
    acting = hired("data_officer")
    made = tokens.make(label="a", days=1, by=acting, at=NOW - timedelta(hours=25))
    assert tokens.found(made.token, at=NOW) is None
    program = Program(acting)
    assert program.get("/me")[0] == 200
    people.end_post(post=acting.post, ends=date(2026, 11, 20), reason="test", by=SYSTEM, at=moment())
    assert program.get("/me")[0] == 401


def test_a_token_waits_while_its_holders_password_is_somebody_elses() -> None:
    program = Program(acting := hired("data_officer"))
    Person.objects.filter(pk=acting.person).update(must_change=True)
    status, said = program.get("/me")
    assert (status, said["code"]) == (401, "token_waits")


def test_a_token_acts_as_its_own_post_whatever_the_session_says() -> None:
    """A session of the province opens nothing: cookies do not count here, so no other site can use them."""
    Zone.objects.create(pk=OTHER, zh="平鲁", en="Pinglu", kind="industrial", confidence="verified")
    program = Program(hired("enterprise_agent"))
    sign_in(program.client, hired("province_officer"))
    status, me = program.get("/me")
    assert (status, me["kind"]) == (200, "enterprise_agent")
    program.token = ""
    assert program.get("/me")[0] == 401


def test_too_many_requests_are_told_when_to_come_again(settings: Settings) -> None:
    settings.API_RATE = 3
    program = Program(hired("data_officer"))
    answers = [program.get("/me")[0] for _ in range(8)]  # a new minute may begin once while we ask
    assert 429 in answers
    assert answers[:3] == [200, 200, 200]
    assert 1 <= int(program.headers["Retry-After"]) <= 60
    assert Program(hired("data_officer")).get("/me")[0] == 200


def test_a_used_token_says_so_once_an_hour() -> None:
    program = Program(hired("data_officer"))
    program.get("/me")
    first = ApiToken.objects.get().used_at
    program.get("/me")
    assert first
    assert ApiToken.objects.get().used_at == first


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing", 404, "api_not_found"),
        ("/me?as_of=yesterday", 400, "as_of_unreadable"),
        ("/zones?as_of=2999-01-01", 400, "as_of_in_future"),
        ("/zones?as_of=0001-01-01", 400, "as_of_unreadable"),
        ("/cases?limit=0", 422, "api_request_unreadable"),
    ],
)
def test_every_refusal_is_json_with_words(path: str, status: int, code: str) -> None:
    found, said = Program(hired("data_officer")).get(path)
    assert (found, said["code"], said["status"]) == (status, code, status)
    assert said["title"]["zh"] != said["title"]["en"]


def test_another_method_is_refused_in_json() -> None:
    status, said = Program(hired("data_officer")).ask("DELETE", "/me")
    assert (status, said["code"]) == (405, "api_method_not_allowed")
