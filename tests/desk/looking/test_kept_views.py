"""The bar of kept views above a list."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.people import hired, sign_in

from luodi.desk.looking.kept_views import opens_usual
from luodi.finding.keeping import kept

pytestmark = pytest.mark.django_db
BAR = {"HX-Request": "true", "HX-Current-URL": "http://testserver/inbox/?light=red&after=7"}


def test_a_filter_is_kept_from_the_bar_and_shown_as_chosen(client: Client) -> None:
    mine = sign_in(client, hired("bureau_officer"))
    bar = client.get("/views/inbox/", headers=BAR).content.decode()
    assert '<main id="main">' not in bar
    assert 'name="query" value="light=red"' in bar
    sent = {"name": '<b>"红灯"', "query": "light=red", "usual": "on", "key": "k1"}
    for _ in range(2):  # the same form sent twice keeps one
        bar = client.post("/views/inbox/keep/", sent, headers=BAR).content.decode()
    (row,) = kept(page="inbox", by=mine)
    assert (row.name, row.query, row.usual, row.shared) == ('<b>"红灯"', "light=red", True, False)
    assert "&lt;b&gt;" in bar
    assert 'aria-current="true"' in bar
    refused = client.post("/views/inbox/keep/", sent | {"key": "k2", "query": "x=1"}, headers=BAR)
    assert (refused.status_code, 'role="alert"' in refused.content.decode()) == (200, True)
    assert client.post("/views/inbox/keep/", sent | {"key": "k3"}).status_code == 400


def test_removing_offers_undo(client: Client) -> None:
    mine = sign_in(client, hired("bureau_officer"))
    client.post("/views/inbox/keep/", {"name": "红灯", "query": "light=red"})
    (row,) = kept(page="inbox", by=mine)
    address, sent = f"/views/{row.id}/change/", {"page": "inbox", "query": "light=red"}
    page = client.post(address, sent | {"act": "remove"}).content.decode()
    assert 'name="act" value="restore"' in page
    assert kept(page="inbox", by=mine) == ()
    client.post(address, sent | {"act": "restore"})
    assert kept(page="inbox", by=mine) == (row,)


def test_a_list_that_the_post_has_not_has_no_views(client: Client) -> None:
    sign_in(client, hired("enterprise_agent"))
    assert client.get("/views/ledgers/").status_code == 404
    assert client.get("/views/nothing/").status_code == 404
    sign_in(client, hired("system_admin"))
    assert client.get("/views/projects/").status_code == 403


def test_a_list_opens_with_the_usual_view(client: Client, rf: RequestFactory) -> None:
    mine = sign_in(client, hired("bureau_officer"))
    client.post("/views/inbox/keep/", {"name": "红灯", "query": "light=red", "usual": "on"})

    def shown(address: str) -> HttpResponse:
        request: HttpRequest = rf.get(address)
        request.acting = mine  # type: ignore[attr-defined]
        answer = opens_usual("inbox")(lambda _request: HttpResponse("list"))(request)
        assert isinstance(answer, HttpResponse)
        return answer

    assert shown("/inbox/").headers["Location"] == "/inbox/?light=red"
    assert shown("/inbox/?view=").content == b"list"
