"""The search box: what it shows to whom, as page and as list under the box."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cases.scene import play
from tests.finding.test_looking import AT, thing
from tests.people import OTHER, hired, sign_in

from luodi.finding.actions import note
from luodi.finding.people import catch_up

pytestmark = pytest.mark.django_db


def lines(client: Client, words: str, address: str = "/search/box/", **more: str) -> list[str]:
    """The addresses under the box."""
    answer = client.get(address, {"q": words, **more})
    assert answer.status_code == 200
    main = answer.content.decode().partition("<footer")[0]
    return re.findall(r'<a[^>]* href="([^"]+)"', main.partition('class="found"')[2]) if 'class="found"' in main else []


def test_records_matters_and_pages_stand_together(client: Client) -> None:
    note([thing("jinko", "晶科能源电池片"), thing("far", "晶科材料", zone="pinglu")], at=AT)
    sign_in(client, hired("bureau_officer"))
    assert lines(client, "jkny") == ["/projects/jinko/"]
    assert lines(client, "晶科", "/search/") == ["/projects/jinko/"]
    assert lines(client, "sjx") == ["/inbox/"]
    assert "/handbook/eia_report/" in lines(client, "环评")
    assert "/handbook/eia_report/" in lines(client, "hjyx", "/search/")


def test_what_lies_elsewhere_is_never_shown(client: Client) -> None:
    note([thing("jinko", "晶科能源电池片")], at=AT)
    for kind, zone, found in (("bureau_officer", OTHER, []), ("province_officer", OTHER, ["/projects/jinko/"])):
        sign_in(client, hired(kind, zone))
        assert lines(client, "jkny") == found
    sign_in(client, hired("enterprise_agent"))
    assert lines(client, "jkny") == []
    sign_in(client, hired("system_admin"))
    assert client.get("/search/box/", {"q": "jkny"}).status_code == 403


def test_hostile_words_stay_words(client: Client) -> None:
    note([thing("x", '"><script>alert(1)</script>')], at=AT)
    sign_in(client, hired("leader"))
    for address in ("/search/", "/search/box/"):
        page = client.get(address, {"q": 'script"><script>alert(2)</script>', "kind": '"><script>'}).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_more_of_one_kind_opens_the_page_of_it(client: Client) -> None:
    note([thing(f"p{one}", f"新材料{one}号") for one in range(9)], at=AT)
    sign_in(client, hired("leader"))
    assert lines(client, "xcl")[-1].startswith("/search/?q=xcl&amp;kind=project")
    assert len(lines(client, "xcl", "/search/", kind="project")) == 9


def test_a_colleague_is_found_and_told_apart_from_strangers(client: Client) -> None:
    near, far = hired("bureau_officer"), hired("leader", OTHER)
    catch_up(at=AT)
    sign_in(client, hired("leader"))
    assert f"/colleagues/{near.post}/" in lines(client, "bureau_officer")
    assert f"/colleagues/{far.post}/" not in lines(client, "leader")
    assert "bureau_officer" in client.get(f"/colleagues/{near.post}/").content.decode()
    assert client.get(f"/colleagues/{far.post}/").status_code == 404
    assert client.get("/colleagues/999999999/").status_code == 404


def test_a_colleague_is_shown_as_of_a_moment_and_the_search_says_that_it_cannot(client: Client) -> None:
    scene = play()
    case = scene.row(scene.accepted()).number
    before = (scene.at - timedelta(days=1)).isoformat()
    sign_in(client, scene.head)
    card = f"/colleagues/{scene.officer.post}/"
    assert f"/cases/{case}/" in client.get(card).content.decode()
    then = client.get(card, {"as_of": before}).content.decode()
    assert f"/cases/{case}/" not in then
    assert "只显示今天" not in then
    assert 'class="restored"' in client.get("/search/", {"q": "jk", "as_of": before}).content.decode()
