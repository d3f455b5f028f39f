"""What every page asks first is not asked again while nothing is written, and at once when something was, by whom ever."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people import hired, sign_in

from luodi.accounts import still
from luodi.accounts.models import Person
from luodi.notices import readers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def anew() -> None:
    """Nothing is known from another test."""
    still.forget()


def elsewhere(sql: str, *values: str | int | None) -> None:
    """Committed by another connection, as another worker does."""

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
        connection.close()

    other = Thread(target=write)
    other.start()
    other.join()


def test_a_question_is_asked_once_until_something_is_written() -> None:
    person = hired("bureau_officer")
    asked = []

    def ask() -> int:
        asked.append(1)
        return Person.objects.filter(name="别处").count()

    def read() -> int:
        with still.reading("GET"):
            return still.kept("people", ask)

    assert (read(), read(), len(asked)) == (0, 0, 1)
    elsewhere("UPDATE accounts_person SET name = '别处' WHERE id = %s", person.person)
    assert (read(), read(), len(asked)) == (1, 1, 2)
    Person.objects.filter(pk=person.person).update(name="此处")  # by this connection
    assert (read(), read(), len(asked)) == (0, 0, 3)


def test_an_act_and_a_transaction_always_ask() -> None:
    asked = []
    for method in ("POST", "DELETE", None):
        with still.reading(method):
            still.kept("x", lambda: asked.append(1))
            still.kept("x", lambda: asked.append(1))
    with still.reading("GET"), transaction.atomic():
        still.kept("x", lambda: asked.append(1))
        still.kept("x", lambda: asked.append(1))
    still.kept("x", lambda: asked.append(1))
    assert len(asked) == 9


def test_a_page_asked_again_sees_a_notice_a_revoked_session_and_an_ended_person(client: Client) -> None:
    who = sign_in(client, hired("bureau_officer"))
    with CaptureQueriesContext(connection) as first:
        assert client.get("/inbox/").status_code == 200
    with CaptureQueriesContext(connection) as second:
        page = client.get("/inbox/").content.decode()
    assert len(second) < len(first)
    assert readers.unread(who.person) == 0
    elsewhere("UPDATE accounts_person SET name = '改名' WHERE id = %s", who.person)
    changed = client.get("/inbox/").content.decode()
    assert ("改名" in page, "改名" in changed) == (False, True)
    elsewhere("UPDATE accounts_person SET is_active = %s WHERE id = %s", False, who.person)
    assert client.get("/inbox/").status_code == 302


def test_a_session_taken_away_elsewhere_ends_with_the_next_page(client: Client) -> None:
    sign_in(client, hired("bureau_officer"))
    assert [client.get("/inbox/").status_code for _ in range(2)] == [200, 200]
    elsewhere("DELETE FROM django_session WHERE session_key = %s", client.session.session_key)
    assert client.get("/inbox/").status_code == 302


def test_a_session_ends_by_the_clock_though_nothing_was_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, hired("bureau_officer"))
    assert client.get("/inbox/").status_code == 200
    ends = client.session.get_expiry_date()
    monkeypatch.setattr("luodi.accounts.sessions.timezone.now", lambda: ends)
    assert client.get("/inbox/").status_code == 302
