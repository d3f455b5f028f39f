"""A page kept whole shows each person their own: token, address, unread notices, post; and never a case as it was."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.cases.scene import SLUG, Scene, play
from tests.people import hired, sign_in

from luodi.accounts.acting import SYSTEM
from luodi.desk import painting
from luodi.desk.leading.command_views import sums
from luodi.journal.actions import append

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ETAG, DRAWN = re.compile(r'data-live-etag="([^"]+)"'), re.compile(r"<svg.*?</svg>", re.DOTALL)
KEY, MAIN = re.compile(r'(?<=name="key" value=")[^"]+'), re.compile(r'<main id="main">.*</main>', re.DOTALL)
READ = {"page": "powers", "subject": "zgsfq"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def scene(db: None) -> Scene:
    """A project with an announced plan."""
    return play(plan=True)


def body(client: Client, path: str = "/inbox/?whose=zone") -> str:
    """The page, which must be there."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_answer_has_its_own_address_and_no_mark_is_left(client: Client) -> None:
    sign_in(client, hired("zone_officer"))
    first, again = body(client), body(client, "/inbox/?whose=zone&_=%22%3Cb%3E")
    assert 'name="next" value="/inbox/?whose=zone"' in first
    assert 'name="next" value="/inbox/?whose=zone&amp;_=%22%3Cb%3E"' in again
    assert "\ue000" not in first + again


def test_the_token_of_a_form_is_its_browsers_own_opens_its_door_and_does_not_stay_the_same() -> None:
    mine, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    who = hired("zone_officer")
    tokens = []
    for browser in (mine, other):
        sign_in(browser, who)
        tokens.append([TOKEN.findall(body(browser))[0] for _ in range(3 * painting.SHARED)])
    assert not set(tokens[0]) & set(tokens[1])
    assert [len(set(one)) for one in tokens] == [3, 3]

    def sent(token: str) -> int:
        return mine.post("/language/", {"csrfmiddlewaretoken": token, "language": "en"}).status_code

    assert [sent(token) for token in tokens[0][:: painting.SHARED]] == [302, 302, 302]
    assert sent(tokens[1][0]) == 403


def test_two_people_never_see_each_others_page(client: Client) -> None:
    other = Client()
    one, two = sign_in(client, hired("zone_officer")), sign_in(other, hired("zone_officer", "pinglu"))
    mine, theirs = body(client), body(other)
    assert one.organisation_name.zh in mine
    assert two.organisation_name.zh in theirs
    assert two.organisation_name.zh not in mine


def test_an_act_shows_at_the_next_asking(client: Client, scene: Scene) -> None:
    case = scene.opened("project_filing")
    sign_in(client, hired("province_officer"))
    before = body(client)
    assert f'id="case-{case}"' in before
    scene.on(case).accept()
    after = body(client)
    assert row(before, case) != row(after, case)


def test_a_chart_is_painted_once_until_something_happens_to_its_project(client: Client, scene: Scene) -> None:
    case = scene.opened("project_filing")
    sign_in(client, hired("zone_officer"))
    path = f"/projects/{SLUG}/chart/"
    with CaptureQueriesContext(connection) as made:
        before = body(client, path)
    with CaptureQueriesContext(connection) as again:
        assert ETAG.findall(body(client, f"{path}?_=1")) != ETAG.findall(before)
    assert len(again) <= len(made) - 5
    scene.wait(days=9)
    scene.on(case).accept()
    after = body(client, path)
    assert ETAG.findall(after) != ETAG.findall(before)
    assert DRAWN.findall(after) != DRAWN.findall(before)


def test_a_chart_in_english_is_another(client: Client, scene: Scene) -> None:
    sign_in(client, hired("zone_officer"))
    path = f"/projects/{SLUG}/chart/"
    assert "挂图" in body(client, path)
    client.cookies["luodi_language"] = "en"
    assert "Wall chart" in body(client, path)


@pytest.mark.parametrize("path", [f"/projects/{SLUG}/board/", "/wall/?zone=zgsfq&unit=all", "/room/"])
def test_board_wall_and_room_are_painted_once_until_something_is_recorded_here_or_about_no_project(
    client: Client, scene: Scene, path: str
) -> None:
    case = scene.opened("project_filing")
    sign_in(client, hired("zone_officer"))
    body(client, path)  # what a process keeps for some seconds is there
    painting.forget()
    with CaptureQueriesContext(connection) as made:
        before = MAIN.findall(KEY.sub("", body(client, path)))
    with CaptureQueriesContext(connection) as again:
        assert MAIN.findall(KEY.sub("", body(client, path))) == before
    assert len(again) <= 6 < len(made)
    scene.wait(days=9)
    scene.on(case).accept()
    after = MAIN.findall(KEY.sub("", body(client, path)))
    assert after != before
    append(chain="zone:zgsfq", kind="page.read", by=SYSTEM, at=scene.at, zone="zgsfq", payload=READ)
    with CaptureQueriesContext(connection) as anew:
        body(client, path)
    assert len(anew) > len(again)


def test_a_form_that_counts_once_has_a_key_of_its_own_in_every_answer(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = '<input type="hidden" name="key" value="one"><input type="hidden" name="key" value="two">'
    monkeypatch.setattr(painting, "page", lambda *_: forms)
    request = rf.get("/")
    vars(request).update(acting=None, standing=None)
    answers = [painting.whole(request, "charting/chart.html", "keys", dict).content.decode() for _ in range(2)]
    keys = [key for answer in answers for key in KEY.findall(answer)]
    assert len(set(keys)) == 4
    assert not {"one", "two"} & set(keys)


def test_the_sums_of_the_command_room_are_kept_until_an_act(scene: Scene) -> None:
    reach, today = frozenset({"zgsfq"}), scene.at.date()
    before = sums(reach, today)
    assert sums(reach, today) is before
    scene.opened("project_filing")
    assert sums(reach, today).counts.open == before.counts.open + 1
    assert sums(reach, today, as_of=scene.at) is not sums(reach, today, as_of=scene.at)


def row(page: str, case: Any) -> str:
    """The row of a case."""
    found = re.search(rf'<tr id="case-{case}".*?</tr>', page, re.DOTALL)
    assert found is not None
    return found[0]
