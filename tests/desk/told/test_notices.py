"""The pages of notices and the calendar feeds, as people and calendar programs see them."""

import re
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from icalendar import Calendar
from tests.cases.scene import Scene, play
from tests.people import OTHER, hired, sign_in

from luodi.accounts.acting import Acting
from luodi.accounts.models import Post
from luodi.domain.vocabulary import Text
from luodi.notices import readers
from luodi.notices.actions import tell
from luodi.notices.models import Channel, Delivery, Feed

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def scene(settings: object) -> Scene:
    """A live project with its people; addresses can be sealed."""
    settings.SEALING_KEY = "a key for tests"  # type: ignore[attr-defined]
    return play()


def signed_in(acting: Acting, language: str = "zh-hans") -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    sign_in(client, acting)
    client.cookies["luodi_language"] = language
    return client


def told(scene: Scene, count: int = 1, text: str = "水") -> tuple[int, ...]:
    """The officer is told something."""
    return tuple(
        tell(
            people=[scene.officer.person], kind="request_asked", facts={"text": f"{text}{number}"}, at=scene.at,
            link="/handbook/",
        ).notices[0]
        for number in range(count)
    )  # fmt: skip


def made(client: Client, about: str, project: str = "") -> str:
    """The address of a new feed, as the page shows it."""
    answer = client.post("/notices/feeds/make/", {"about": about, "project": project})
    assert answer.status_code == HTTPStatus.OK
    assert answer["Cache-Control"] == "no-store"
    found = re.search(r'value="(http://testserver/feeds/[^"]+)"', answer.content.decode())
    assert found
    return found[1].removeprefix("http://testserver")


def days(content: bytes) -> dict[str, object]:
    """The events of a calendar: day by uid."""
    return {str(one["uid"]): one["dtstart"].dt for one in Calendar.from_ical(content).walk("VEVENT")}


def test_the_list_shows_ones_own_and_marks_what_was_read(scene: Scene) -> None:
    first, second = told(scene, 2, HOSTILE)
    client = signed_in(scene.officer)
    page = client.get("/notices/").content.decode()
    assert "2 条未读" in page
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") == 2
    assert client.get(f"/notices/{first}/")["Location"] == "/handbook/"
    assert client.post("/notices/read/", {"notice": second})["Location"] == "/notices/"
    assert readers.unread(scene.officer.person) == 0
    assert "没有未读通知" in client.get("/notices/?show=unread").content.decode()
    assert signed_in(scene.other).get(f"/notices/{first}/").status_code == HTTPStatus.NOT_FOUND


def test_the_list_has_pages_and_a_constant_number_of_queries(scene: Scene, django_assert_max_num_queries: type) -> None:
    told(scene, 60)
    client = signed_in(scene.officer, "en")
    with django_assert_max_num_queries(6):
        page = client.get("/notices/").content.decode()
    older = re.search(r'href="([^"]+after=\d+)"', page)
    assert older
    assert client.get(older[1]).content.decode().count("<tr class=") == 10
    assert client.get("/notices/?after=x").status_code == HTTPStatus.OK


def test_a_channel_is_set_up_and_refusals_stand_beside_their_field(scene: Scene) -> None:
    client = signed_in(scene.officer)
    wrong = client.post("/notices/channels/add/", {"kind": "wecom", "target": "https://127.0.0.1/?key=1"})
    assert wrong.status_code == HTTPStatus.BAD_REQUEST
    assert 'id="target-wrong"' in wrong.content.decode()
    assert "qyapi.weixin.qq.com/cgi-bin/webhook/send" in wrong.content.decode()
    sent = {"kind": "email", "target": "minli@example.cn"}
    assert client.post("/notices/channels/add/", sent)["Location"] == "/notices/channels/"
    row = Channel.objects.get()
    half = client.post(f"/notices/channels/{row.pk}/", {"quiet_from": "22:00"})
    assert "要同时填写" in half.content.decode()
    odd = client.post(f"/notices/channels/{row.pk}/", {"quiet_from": "late", "quiet_to": "8"})
    assert odd.status_code == HTTPStatus.BAD_REQUEST
    back = (datetime.now(tz=scene.at.tzinfo) + timedelta(days=7)).date()
    quiet = {"quiet_from": "22:00", "quiet_to": "08:00", "away_until": back.isoformat()}
    assert client.post(f"/notices/channels/{row.pk}/", quiet).status_code == HTTPStatus.FOUND
    page = client.get("/notices/channels/").content.decode()
    assert 'value="22:00"' in page
    assert f'value="{back}"' in page
    assert "minli@" not in page
    assert client.post(f"/notices/channels/{row.pk}/try/").status_code == HTTPStatus.FOUND
    assert "待发 1 条" in client.get("/notices/channels/").content.decode()
    assert signed_in(scene.other).post(f"/notices/channels/{row.pk}/off/").status_code == HTTPStatus.BAD_REQUEST
    assert client.post(f"/notices/channels/{row.pk}/off/").status_code == HTTPStatus.FOUND
    assert not Channel.objects.get().active


def test_what_did_not_arrive_says_why_and_is_sent_again(scene: Scene) -> None:
    client = signed_in(scene.officer, "en")
    client.post("/notices/channels/add/", {"kind": "email", "target": "minli@example.cn"})
    told(scene)
    Delivery.objects.update(given_up_at=scene.at, error="refused|45009 often", tries=7)
    page = client.get("/notices/channels/").content.decode()
    assert "Refused by the other side: 45009 often" in page
    again = re.search(r'action="(/notices/deliveries/\d+/again/)"', page)
    assert again
    assert client.post(again[1]).status_code == HTTPStatus.FOUND
    assert client.post(again[1]).status_code == HTTPStatus.BAD_REQUEST
    assert Delivery.objects.get().given_up_at is None


def test_a_feed_of_a_person_and_a_unit_shows_what_is_due(scene: Scene) -> None:
    case = scene.accepted()
    row = scene.row(case)
    client, anybody = signed_in(scene.officer), Client()
    mine, unit = made(client, "person"), made(client, "unit")
    answer = anybody.get(unit)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    on = min(day for day in (row.due, row.promise_due) if day)
    assert days(answer.content) == {f"case-{row.number}@luodi": on}
    assert days(anybody.get(mine).content) in ({}, days(answer.content))
    assert days(anybody.get(made(signed_in(scene.other), "unit")).content) == {}
    same = anybody.get(unit, headers={"If-None-Match": answer["ETag"]})
    assert same.status_code == HTTPStatus.NOT_MODIFIED
    scene.on(case).pause(kind="hearing", reason="听证")
    moved = anybody.get(unit, headers={"If-None-Match": answer["ETag"]})
    assert days(moved.content) == {}
    assert anybody.head(unit).status_code == HTTPStatus.OK
    assert anybody.post(unit).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.slow
def test_a_feed_of_a_project_shows_its_plan() -> None:
    planned = play(plan=True)
    client, anybody = signed_in(planned.officer), Client()
    address = made(client, "project", planned.slug)
    first = anybody.get(address)
    assert len(days(first.content)) > 30
    assert anybody.get(address, headers={"If-None-Match": first["ETag"]}).status_code == HTTPStatus.NOT_MODIFIED
    refused = client.post("/notices/feeds/make/", {"about": "project", "project": "nothing"})
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert 'id="project-wrong"' in refused.content.decode()
    elsewhere = signed_in(hired("bureau_officer", OTHER))
    hidden = elsewhere.post("/notices/feeds/make/", {"about": "project", "project": planned.slug})
    assert hidden.status_code == HTTPStatus.NOT_FOUND


def test_a_feed_ends_when_it_is_revoked_or_its_post_is(scene: Scene) -> None:
    client, anybody = signed_in(scene.officer), Client()
    first, second = made(client, "person"), made(client, "unit")
    assert anybody.get(first).status_code == HTTPStatus.OK
    row = Feed.objects.earliest("pk")
    assert signed_in(scene.other).post(f"/notices/feeds/{row.pk}/revoke/").status_code == HTTPStatus.BAD_REQUEST
    assert client.post(f"/notices/feeds/{row.pk}/revoke/").status_code == HTTPStatus.FOUND
    assert anybody.get(first).status_code == HTTPStatus.NOT_FOUND
    assert anybody.get(second).status_code == HTTPStatus.OK
    Post.objects.filter(pk=scene.officer.post).update(ends="2026-01-01", starts="2025-01-01")
    assert anybody.get(second).status_code == HTTPStatus.NOT_FOUND
    assert anybody.get("/feeds/x.ics").status_code == HTTPStatus.NOT_FOUND


def test_english_is_spoken_too(scene: Scene) -> None:
    tell(people=[scene.officer.person], kind="case_paused", at=scene.at,
         facts={"project": Text("晶科", "Jinko"), "matter": Text("环评", "EIA"), "reason": "听证"})  # fmt: skip
    page = signed_in(scene.officer, "en").get("/notices/").content.decode()
    assert "Jinko: the clock of EIA is paused: 听证" in page
    assert "1 unread" in page
