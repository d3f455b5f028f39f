"""Every page answers in both languages, says nothing untranslated, and asks the database little."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.desk.conftest import SAMPLES, record

from luodi.accounts.acting import Acting

PAGES = (
    "/reforms/",
    "/projects/",
    "/projects/jinko/",
    "/projects/jinko/chart/",
    "/projects/jinko/chart/?levers=&group=unit&zoom=day&until=all",
    "/handbook/",
    "/handbook/eia_report/",
    "/search/?q=环境",
)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def somebody(client: Client, signed_in: Callable[..., Acting]) -> None:
    """Somebody of the province is signed in: they may see every project."""
    signed_in(client, "province_officer")


def body(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_answers_in_both_languages(
    client: Client, province: tuple[str, ...], address: str, language: str
) -> None:
    client.cookies["luodi_language"] = language
    page = body(client, address)
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in page
    assert ("Command room" in page) is (language == "en")
    assert ("指挥室" in page) is (language != "en")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_database_little(client: Client, province: tuple[str, ...], address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        body(client, address)
    lists = address == "/projects/"  # the usual view, the live ones with how late they are, and the planned ones
    assert len(queries) <= (7 if lists else 5), "the session, who acts, the project and its team, how many notices wait"


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_written_inline(client: Client, province: tuple[str, ...], address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*\ssrc=)|javascript:', page)
    assert not re.search(r'(src|href)="(https?:)?//[^"]*\.(js|css|woff2|png)', page)


def test_the_browsers_own_language_does_not_decide(client: Client, province: tuple[str, ...]) -> None:
    answer = client.get("/projects/", headers={"accept-language": "en-US,en;q=0.9"})
    assert "指挥室" in answer.content.decode()


def test_the_switch_keeps_the_page_and_remembers(client: Client, province: tuple[str, ...]) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/handbook/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/handbook/")
    assert "Handbook" in body(client, "/handbook/")


def test_the_switch_leads_to_no_other_site(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("address", ["/nothing/", "/projects/nobody/", "/projects/nobody/chart/", "/handbook/nothing/"])
def test_what_is_not_there_is_said_in_the_same_look(client: Client, db: None, address: str) -> None:
    page = body(client, address, 404)
    assert "没有找到" in page
    assert "dist/app.css" in page


def test_an_empty_desk_says_how_to_begin(client: Client, db: None) -> None:
    assert "luodi demo" in body(client, "/reforms/")
    assert "luodi demo" in body(client, "/projects/")


@pytest.mark.parametrize(
    "address", ["/reforms/", "/projects/", "/projects/hostile/", "/projects/hostile/chart/", "/search/?q=script"]
)
def test_hostile_words_stay_words(client: Client, hostile: str, address: str) -> None:
    page = body(client, address)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_a_hostile_search_stays_words(client: Client, db: None) -> None:
    page = body(client, "/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


def test_search_finds_matters_and_projects(client: Client, province: tuple[str, ...]) -> None:
    assert "/handbook/eia_report/" in body(client, "/search/?q=环境影响报告书")
    assert "/handbook/eia_report/" in body(client, "/search/?q=环评")
    assert "/projects/jinko/" in body(client, "/search/?q=jinko")
    assert "没有找到" in body(client, "/search/?q=xyzzy")


def test_the_command_room_counts_from_signing_to_start(client: Client, province: tuple[str, ...]) -> None:
    page = body(client, "/reforms/")
    assert "示例" in page
    assert page.count('class="figure"') <= 5


def test_the_project_page_shows_claim_and_calendar(client: Client, db: None) -> None:
    record("sany", (SAMPLES / "sany.yaml").read_text(encoding="utf-8"))
    page = body(client, "/projects/sany/")
    claims = page.partition("文章怎么说")[2].partition("</table>")[0]
    assert "140\u2009天" in claims
    assert "143\u2009日历日" in claims
    assert 'id="facts"' in page
    assert 'class="waterfall"' in page
