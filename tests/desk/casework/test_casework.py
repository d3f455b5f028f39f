"""The pages of casework: who sees and does what, what comes back when it cannot be done, and how little is asked."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cases.scene import SLUG, Scene, play
from tests.people import sign_in

from luodi.accounts.acting import Acting
from luodi.cases import actions
from luodi.domain.handling.corrections import correction_kinds
from luodi.plans import offering, readers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KIND = next(iter(correction_kinds()))
MANY = ("project_filing", "enterprise_establish", "land_price_evaluation", "temp_utilities")


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A live project with an announced plan; the pages' clock is the scene's."""
    played = play(plan=True)
    monkeypatch.setattr("luodi.config.who.timezone", SimpleNamespace(now=lambda: played.at))
    return played


@pytest.fixture
def as_(client: Client) -> Callable[[Acting], Client]:
    """The client, signed in as somebody of the scene."""

    def enter(who: Acting) -> Client:
        sign_in(client, who)
        return client

    return enter


def page(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:800]
    return answer.content.decode()


def number(scene: Scene, case: int) -> str:
    """The number of a case."""
    return scene.row(case).number


def send(client: Client, scene: Scene, case: int, verb: str, status: int = 302, **sent: object) -> str:
    """A form about a case, as its page showed it unless `seq` says otherwise; where it leads, or the page that comes back."""
    scene.wait(minutes=1)
    form = {"seq": scene.row(case).seq, "key": f"{verb}-{case}-{scene.at:%H%M%S}", **sent}
    answer = client.post(f"/cases/{number(scene, case)}/{verb}/", form)
    assert answer.status_code == status, answer.content[:800]
    return answer.headers.get("Location") or answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_opens_their_pages(scene: Scene, as_: Callable[[Acting], Client], language: str) -> None:
    case = scene.accepted()
    one = f"/cases/{number(scene, case)}/"
    theirs = {
        scene.officer: (
            "/inbox/",
            f"/inbox/?case={number(scene, case)}",
            "/inbox/?whose=zone&light=red",
            one,
            f"{one}side/",
            "/wall/?unit=all",
        ),
        scene.navigator: ("/board/", f"/projects/{SLUG}/board/", f"/projects/{SLUG}/dispatch/", one),
        scene.leader: (f"/projects/{SLUG}/chart/", "/wall/", f"/projects/{SLUG}/chart/?state=spared", "/inbox/?whose=zone"),
        scene.agent: ("/board/", f"/projects/{SLUG}/board/", f"/projects/{SLUG}/chart/", one),
    }  # fmt: skip
    for who, addresses in theirs.items():
        client = as_(who)
        client.cookies["luodi_language"] = language
        for address in addresses:
            shown = page(client, address)
            assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*\ssrc=)', shown), address


def test_the_province_chooses_a_zone(scene: Scene, client: Client, signed_in: Callable[..., Acting]) -> None:
    scene.opened()
    signed_in(client, "province_officer")
    assert 'href="/wall/?zone=zgsfq"' in page(client, "/wall/")
    assert "units-wall" in page(client, "/wall/?zone=zgsfq")


def test_empty_pages_say_what_will_be_here(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    client = as_(scene.officer)
    client.cookies["luodi_language"] = "en"
    assert "as soon as a window dispatches a project" in page(client, "/inbox/")
    assert "A head assigns them" in page(client, "/inbox/?whose=mine")
    assert "No case passes these filters" in page(client, "/inbox/?light=red")
    assert "as soon as a window dispatches a project" in page(client, "/wall/")
    assert "No day was lost yet" in page(client, f"/projects/{SLUG}/chart/")


def test_accepting_takes_two_clicks_and_leads_back_to_the_list(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    case, client = scene.opened(), as_(scene.officer)
    assert f'hx-get="/cases/{number(scene, case)}/side/"' in page(client, "/inbox/")
    side = page(client, f"/inbox/?light=none&case={number(scene, case)}")
    assert 'data-key="a"' in side
    back = send(client, scene, case, "accept", back="?light=none")
    assert back == f"/inbox/?light=none&case={number(scene, case)}&done=1"
    assert scene.row(case).state == 8, "one office: accepted and handled"
    assert "已办理" in page(client, back) or "已经办理" in page(client, back)


def test_a_form_sent_twice_is_done_once(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    case, client = scene.opened(), as_(scene.officer)
    seq = scene.row(case).seq
    send(client, scene, case, "accept", seq=seq, key="the-same-form")
    done = scene.row(case).seq
    send(client, scene, case, "accept", seq=seq, key="the-same-form")
    assert scene.row(case).seq == done > seq


def test_a_stale_page_says_who_was_faster_and_keeps_what_was_typed(
    scene: Scene, as_: Callable[[Acting], Client]
) -> None:
    case, client = scene.accepted(), as_(scene.officer)
    seq = scene.row(case).seq
    scene.on(case, scene.second).pause(kind="expert_review", reason="评审")
    shown = send(client, scene, case, "pause", 409, seq=seq, pause="hearing", reason="听证 <b>下周</b>")
    assert scene.second.name in shown
    assert "听证 &lt;b&gt;下周&lt;/b&gt;" in shown
    other = send(client, scene, case, "ask", 409, seq=seq, organisation=scene.other.organisation, question="有无意见？")
    assert 'id="act-ask" open' in other, "what can still be done has its words in its form"


def test_what_is_missing_is_said_beside_the_form(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    case, client = scene.accepted(), as_(scene.officer)
    shown = send(client, scene, case, "ask_correction", 422, due="2026-11-12", reason="请补齐")
    assert 'class="refused"' in shown
    assert ">请补齐</textarea>" in shown
    send(client, scene, case, "ask_correction", 422, kind=KIND, due="soon")
    send(client, scene, case, "ask_correction", kind=KIND, due="2026-11-12", **{f"paper-{KIND}": "可研报告 😀"})  # type: ignore[arg-type]
    assert (scene.row(case).state, scene.row(case).turn) == (6, "applicant")
    assert "可研报告 😀" in page(client, f"/cases/{number(scene, case)}/")


def test_what_cannot_be_done_says_why(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    case = scene.opened()
    shown = page(as_(scene.other), f"/cases/{number(scene, case)}/")
    assert 'data-key="a"' not in shown
    said = re.findall(r"<li><span>[^<]+</span><span>([^<]*)</span></li>", shown)
    assert len(said) > 10
    assert all(len(words) > 3 for words in said)
    send(as_(scene.other), scene, case, "accept", 403)
    assert scene.row(case).state == 1


def test_another_zone_has_no_such_case(
    scene: Scene, as_: Callable[[Acting], Client], signed_in: Callable[..., Acting], client: Client
) -> None:
    case = scene.opened()
    signed_in(client, "bureau_officer", zone="pinglu", unit="ecology")
    assert client.get(f"/cases/{number(scene, case)}/").status_code == 404
    assert client.get(f"/wall/now/?zone={scene.row(case).zone}").status_code == 404


def test_a_bulk_act_is_shown_first_and_done_case_by_case(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    ready, busy = scene.opened(), scene.accepted("enterprise_establish")
    client, both = as_(scene.officer), [number(scene, ready), number(scene, busy)]
    chosen = "&".join(f"case={one}" for one in both)
    shown = page(client, f"/inbox/bulk/?verb=accept&{chosen}&back=%3Flight%3Dnone")
    assert shown.count('type="hidden" name="case"') == 1
    assert scene.row(ready).state == 1, "nothing is done yet"
    scene.wait(minutes=1)
    form = {"case": both, "key": "bulk", **{f"seq-{one}": 1 for one in both}}
    done = client.post("/inbox/bulk/accept/", form).content.decode()
    assert scene.row(ready).state == 8
    assert done.count("light-done") == 1
    assert done.count('class="seal">▲') == 1


def test_dispatch_is_shown_first_and_tells_where_each_goes(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    client = as_(scene.navigator)
    shown = page(client, f"/projects/{SLUG}/dispatch/")
    wanted = re.findall(r'name="matter" value="(\w+)"', shown)
    assert len(wanted) > 3
    scene.wait(minutes=1)
    done = client.post(f"/projects/{SLUG}/dispatch/", {"matter": wanted[:3], "key": "d1"}).content.decode()
    assert len(set(re.findall(r"/cases/([\w-]+)/", done))) == 3
    again = client.post(f"/projects/{SLUG}/dispatch/", {"matter": wanted[:3], "key": "d1"})
    assert again.status_code == 302, "the same form again dispatches nothing"


def test_the_enterprises_own_matter_needs_what_shows_it(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    scene.granted("project_filing")
    client = as_(scene.navigator)
    found = re.search(rf"/projects/{SLUG}/done/(\w+)/", page(client, f"/projects/{SLUG}/board/"))
    assert found
    form = {"on": f"{scene.at:%Y-%m-%d}", "key": "k1"}
    refused = client.post(found[0], {**form, "note": ""})
    assert refused.status_code == 422
    assert f'value="{form["on"]}"' in refused.content.decode()
    scene.wait(minutes=1)
    assert client.post(found[0], {**form, "note": "合同已签"}).status_code == 302
    assert found[0] not in page(client, f"/projects/{SLUG}/board/")


def test_a_correction_stands_on_the_chart_as_days_lost_by_whom_and_why(
    scene: Scene, as_: Callable[[Acting], Client]
) -> None:
    case = scene.opened()
    paper = actions.Paper(kind=KIND, name="项目备案申请表")
    scene.on(case).ask_correction(papers=(paper,), due=scene.at.date() + timedelta(days=60))
    shown = page(as_(scene.leader), f"/projects/{SLUG}/chart/").partition('id="lost"')[2]
    assert re.search(r'<b class="seal"><span[^>]*>\+\d+\u2009天</span></b> 补正', shown)
    assert scene.officer.label in shown
    assert "项目备案申请表" in shown
    assert f"/cases/{number(scene, case)}/" in shown


def test_headquarters_take_the_offered_plan(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    case = scene.opened()
    scene.on(case).ask_correction(
        papers=(actions.Paper(kind=KIND, name="申请表"),), due=scene.at.date() + timedelta(days=60)
    )
    newest = readers.offers(SLUG)[0]
    scene.wait(minutes=1)
    offering.find(offer=newest.id, at=scene.at, seconds=1.0)
    accept = f"/projects/{SLUG}/offers/{newest.id}/accept/"
    assert accept not in page(as_(scene.officer), f"/projects/{SLUG}/chart/"), (
        "an officer may not decide, and is told why"
    )
    client = as_(scene.leader)
    assert accept in page(client, f"/projects/{SLUG}/chart/")
    scene.wait(minutes=1)
    refused = client.post(accept.replace("accept", "reject"), {"reason": "", "key": "o1"})
    assert refused.status_code == 422
    assert client.post(accept, {"key": "o2"}).status_code == 302
    assert readers.offers(SLUG)[0].state == "accepted"


@pytest.mark.parametrize(
    ("who", "address", "now"),
    [
        ("officer", "/inbox/", "/inbox/rows/"),
        ("navigator", f"/projects/{SLUG}/board/", f"/projects/{SLUG}/board/now/"),
        ("leader", f"/projects/{SLUG}/chart/", f"/projects/{SLUG}/chart/now/"),
        ("leader", "/wall/", "/wall/now/"),
    ],
)
def test_an_open_page_hears_of_a_change_and_of_nothing_else(
    scene: Scene, as_: Callable[[Acting], Client], who: str, address: str, now: str
) -> None:
    case = scene.opened()
    client = as_(getattr(scene, who))
    etag = re.search(r'data-live-etag="([^"]+)"', page(client, address))
    assert etag
    mark = etag[1].replace("&#34;", '"')
    asked = {"if-none-match": mark, "hx-request": "true"}
    with CaptureQueriesContext(connection) as queries:
        assert client.get(now, headers=asked).status_code == 304
    assert len(queries) <= 4, "the session, who acts, and the mark"
    scene.on(case).accept()
    fresh = client.get(now, headers=asked)
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != mark
    assert "<html" not in fresh.content.decode()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("officer", "/inbox/"),
        ("navigator", f"/projects/{SLUG}/board/"),
        ("leader", f"/projects/{SLUG}/chart/"),
        ("leader", "/wall/?unit=all"),
    ],
)
def test_queries_do_not_grow_with_the_cases(
    scene: Scene, as_: Callable[[Acting], Client], who: str, address: str
) -> None:
    def count() -> int:
        client = as_(getattr(scene, who))
        page(client, address)
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        return len(queries)

    few = [scene.opened(matter) for matter in MANY[:2]]
    paper = actions.Paper(kind=KIND, name="申请表")
    scene.on(few[1]).ask_correction(papers=(paper,), due=scene.at.date() + timedelta(days=60))
    scene.on(few[0]).accept()
    before = count()
    for matter in MANY[2:]:
        scene.on(scene.opened(matter)).accept()
    assert count() == before


def test_notices_wait_in_the_header(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    assert 'class="badge"' not in page(as_(scene.agent), f"/projects/{SLUG}/board/")
    scene.on(scene.opened()).ask_correction(papers=(actions.Paper(kind=KIND, name="表"),), due=date(2026, 11, 20))
    assert 'class="badge"' in page(as_(scene.agent), f"/projects/{SLUG}/board/")


def test_an_asked_unit_sees_it_in_its_inbox_and_answers(scene: Scene, as_: Callable[[Acting], Client]) -> None:
    case, client = scene.accepted(), as_(scene.other)
    asked = "是否涉及饮用水源保护区？"
    scene.on(case).ask(organisation=scene.other.organisation, kind="consultation", question=asked)
    assert asked in page(client, "/inbox/")
    one = re.search(r'name="asking" value="(\d+)"', page(client, f"/cases/{number(scene, case)}/"))
    assert one
    send(client, scene, case, "answer", asking=one[1], opinion="agree", answer="不涉及")
    assert asked not in page(client, "/inbox/")
