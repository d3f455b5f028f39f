"""The pages of what is owed and of stops of works: who sees what, what can be done, and what a refusal keeps."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from tests.cases.scene import SLUG, Scene, play
from tests.cases.test_special import BUILDING, with_progress
from tests.debts.test_debts import owed
from tests.desk.opened import browser, page, same_clock
from tests.people import OTHER, hired

from luodi.cases.models import Halt
from luodi.debts import actions
from luodi.debts.models import Debt, DebtStep
from luodi.journal.readers import entries

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A live project whose clock the pages share."""
    return same_clock(play(), monkeypatch)


@pytest.mark.slow
def test_the_list_shows_what_is_due_first_to_those_it_concerns(scene: Scene) -> None:
    owed(scene, due=date(2026, 12, 20))
    late = owed(scene, "commitment", due=date(2026, 11, 5))
    scene.until(date(2026, 11, 6))
    said = page(browser(scene.officer), "/debts/")
    assert said.index(f"/debts/{late}/") < said.index("后补：住所使用证明", said.index(f"/debts/{late}/") + 200)
    assert "超期 1\u2009个工作日" in said
    for acting, sees in ((scene.agent, True), (hired("enterprise_agent"), False), (hired("leader", OTHER), False),
                         (hired("province_officer"), True)):  # fmt: skip
        assert (f"/debts/{late}/" in page(browser(acting), "/debts/")) is sees, acting.kind
    assert "超期" not in page(browser(scene.officer), "/debts/", kind="deferral")
    assert f"/debts/{late}/" not in page(browser(scene.officer), "/debts/", state="settled")
    assert browser(hired("leader", OTHER)).get(f"/debts/{late}/").status_code == 404
    assert browser(hired("leader", OTHER)).get(f"/projects/{SLUG}/debts/").status_code == 404


def test_the_number_of_queries_does_not_grow(scene: Scene, django_assert_max_num_queries: object) -> None:
    client = browser(scene.officer)
    for _ in range(3):
        owed(scene)
    page(client, "/debts/")
    with django_assert_max_num_queries(8) as few:  # type: ignore[operator]
        page(client, "/debts/")
    for number in range(20):
        owed(scene, due=date(2026, 12, 1 + number))
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        page(client, "/debts/")


@pytest.mark.slow
def test_a_list_goes_on_where_it_ended(scene: Scene) -> None:
    for number in range(53):
        owed(scene, due=date(2026, 12, 1 + number % 7))
    client = browser(scene.officer)
    first = page(client, "/debts/")
    more = re.search(r"after=([^\"&]+)", first)
    assert more
    second = page(client, "/debts/", after=unquote(more[1]))
    ids = [found for said in (first, second) for found in re.findall(r'href="/debts/(\d+)/"', said)]
    assert len(ids) == len(set(ids)) == 53
    assert "下一页" in first
    assert "下一页" not in second
    for broken in ("x", "2026-13-01~1", "2026-12-01~" + "9" * 40, "~"):
        assert client.get("/debts/", {"after": broken}).status_code == 200


def test_papers_are_handed_in_with_one_button_and_only_once(scene: Scene) -> None:
    debt = owed(scene)
    client = browser(scene.officer)
    for _ in range(2):
        answer = client.post(f"/debts/{debt}/hand_in/", {"note": "已收", "key": "one"})
        assert (answer.status_code, answer["Location"]) == (302, f"/debts/{debt}/")
    assert DebtStep.objects.filter(step="handed_in").count() == 1
    assert "已收" in page(client, f"/debts/{debt}/")


def test_another_unit_is_told_why_not_and_keeps_its_words(scene: Scene) -> None:
    debt = owed(scene, "commitment")
    client = browser(scene.other)
    answer = client.post(f"/debts/{debt}/check/", {"passed": "no", "result": HOSTILE, "key": "one"})
    said = answer.content.decode()
    assert answer.status_code == 403
    assert HOSTILE not in said
    assert Debt.objects.get().state == "open"
    mine = browser(scene.officer).post(f"/debts/{debt}/check/", {"passed": "", "result": HOSTILE, "key": "two"})
    assert mine.status_code == 400
    assert "&lt;script&gt;" in mine.content.decode(), "what was typed is kept"
    assert browser(scene.officer).post(f"/debts/{debt}/nothing/", {}).status_code == 404


def test_the_ladder_stands_on_the_page_and_only_a_head_climbs_it(scene: Scene) -> None:
    debt = owed(scene, "commitment", due=date(2026, 11, 5))
    scene.until(date(2026, 11, 6))
    assert "act-climb" not in page(browser(scene.officer), f"/debts/{debt}/")
    head = browser(scene.head)
    assert "逾期告知" in page(head, f"/debts/{debt}/")
    form = {"to": "2", "reason": "", "key": "one"}
    assert head.post(f"/debts/{debt}/climb/", form).status_code == 400
    assert head.post(f"/debts/{debt}/climb/", form | {"reason": "截水沟未建", "key": "two"}).status_code == 302
    assert Debt.objects.get().rung == 2
    scene.wait(days=1)
    then = page(browser(scene.head), f"/debts/{debt}/", as_of="2026-11-05T12:00")
    assert "act-climb" not in then
    assert "截水沟未建" in page(browser(scene.head), f"/debts/{debt}/")
    assert "截水沟未建" not in then


def test_a_letter_is_issued_by_the_unit_of_the_certificate(scene: Scene) -> None:
    form = {"replaces": "construction_planning_permit", "accepted_by": ["permit_foundation"], "text": "意见函",
            "expires": "2026-12-04", "key": "one"}  # fmt: skip
    address = f"/projects/{SLUG}/letters/"
    assert 'id="letter"' in page(browser(scene.officer), f"/projects/{SLUG}/debts/")
    assert 'id="letter"' not in page(browser(scene.other), f"/projects/{SLUG}/debts/")
    assert browser(scene.other).post(address, form).status_code == 403
    past = browser(scene.officer).post(address, form | {"expires": "2026-01-01"})
    assert past.status_code == 400
    assert "意见函" in past.content.decode()
    assert browser(scene.officer).post(address, form).status_code == 302
    assert Debt.objects.get().checker == scene.officer.organisation_code
    debt = Debt.objects.get().pk
    assert "有效" in page(browser(scene.officer), f"/debts/{debt}/")


def test_an_expired_letter_is_red(scene: Scene) -> None:
    actions.issue_letter(
        project=owed_project(scene), zone="zgsfq", replaces="construction_planning_permit",
        accepted_by=["permit_foundation"], text="函", expires=date(2026, 11, 5), by=scene.officer, at=scene.at,
    )  # fmt: skip
    scene.until(date(2026, 11, 6))
    actions.advance(at=scene.at)
    assert "已失效" in page(browser(scene.officer), "/debts/", state="settled")


def owed_project(scene: Scene) -> int:
    owed(scene)
    return Debt.objects.get().project_id


@pytest.fixture
def building(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A project whose works have begun."""
    text = with_progress(*BUILDING, milestones="  construction_start: 2026-10-26\n")
    return same_clock(play(document=text.replace("as_of: 2026-09-01", "as_of: 2026-11-03")), monkeypatch)


@pytest.mark.slow
def test_a_find_is_recorded_on_the_spot_and_followed_step_by_step(building: Scene) -> None:
    scene, agent = building, browser(building.agent)
    found = {"kind": "heritage", "found": "3号基坑见砖室墓", "key": "one"}
    assert agent.post(f"/projects/{SLUG}/halts/found/", found | {"found": " ", "key": "x"}).status_code == 400
    assert agent.post(f"/projects/{SLUG}/halts/found/", found).status_code == 302
    halt = Halt.objects.get().pk
    assert browser(hired("leader", OTHER)).get(f"/halts/{halt}/").status_code == 404
    assert f"/halts/{halt}/" in page(browser(scene.officer), "/halts/")
    assert f"/halts/{halt}/" not in page(browser(scene.officer), "/halts/", state="over")
    scene.wait(minutes=5)
    assert agent.post(f"/halts/{halt}/reported/", {"to": "市文物局", "key": "two"}).status_code == 400, "stop first"
    assert agent.post(f"/halts/{halt}/stopped/", {"note": "围挡", "key": "three"}).status_code == 302
    assert agent.post(f"/halts/{halt}/reported/", {"to": "市文物局", "key": "four"}).status_code == 302
    assert agent.post(f"/halts/{halt}/measures/", {"text": "避让", "key": "five"}).status_code == 302
    refused = agent.post(f"/halts/{halt}/resumed/", {"document": "晋文物函9号", "key": "six"})
    assert (refused.status_code, Halt.objects.get().resumed_at) == (403, None)
    assert (
        browser(scene.head).post(f"/halts/{halt}/resumed/", {"document": "晋文物函9号", "key": "six"}).status_code
        == 302
    )
    kinds = [one.kind for one in entries(project=SLUG).records if one.kind.startswith("halt.")]
    assert kinds[::-1] == ["halt.found", "halt.stopped", "halt.reported", "halt.measures", "halt.resumed"]
    assert f"/halts/{halt}/" in page(browser(scene.officer), "/halts/", state="over")
