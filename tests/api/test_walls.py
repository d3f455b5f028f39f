"""What leaders, colleagues and enterprises look at, through the interface: the wall, a colleague, one's own projects, charts."""

from typing import Any

import pytest
from tests.api.program import Program
from tests.cases.scene import SLUG, Scene, play
from tests.people import OTHER, OWN, hired

from luodi.papers.keys import SealKeys

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def scene() -> Scene:
    scene = play(plan=True)
    scene.granted("project_filing")
    scene.opened("energy_review")
    return scene


def test_the_wall_shows_the_cases_of_a_zone(scene: Scene) -> None:
    leader = Program(scene.leader)
    status, said = leader.get("/wall?weeks=10")
    assert (status, said["zone"], said["cut"]) == (200, OWN, False)
    assert "energy_review" in {one["row"]["matter"] for one in said["cases"]}
    assert leader.get("/wall?weeks=5")[0] == 422
    assert leader.get(f"/wall?zone={OTHER}")[0] == 404
    assert [one["project"] for one in leader.get("/late")[1]] == [SLUG]
    assert leader.get("/reforms") == (200, [])


def test_a_colleague_has_a_card(scene: Scene) -> None:
    status, said = Program(scene.leader).get(f"/colleagues/{scene.navigator.post}")
    assert (status, said["post"]["username"], list(said["projects"])) == (200, scene.navigator.username, [SLUG])
    assert Program(scene.leader).get("/colleagues/999999999")[0] == 404
    assert Program(hired("leader", OTHER)).get(f"/colleagues/{scene.navigator.post}")[0] == 404


def test_an_enterprise_follows_its_own_project(scene: Scene) -> None:
    agent = Program(scene.agent)
    status, mine = agent.get("/my")
    assert (status, [one["slug"] for one in mine]) == (200, [SLUG])
    assert agent.post(f"/projects/{SLUG}/requests", {"kind": "land", "text": "请协调"})[0] == 200
    status, said = agent.get(f"/my/{SLUG}")
    assert status == 200, said
    assert said["finish"]["promised"]
    assert [one["text"] for one in said["requests"]] == ["请协调"]
    assert [one["matter"] for one in said["ended"]] == ["project_filing"]
    case = said["ended"][0]["id"]
    assert agent.post(f"/projects/{SLUG}/ratings", {"case": case, "stars": 4})[0] == 200
    assert agent.get(f"/my/{SLUG}")[1]["stars"] == {str(case): 4}
    assert Program(scene.leader).get(f"/my/{SLUG}")[0] == 403
    assert Program(hired("enterprise_agent", code="stranger")).get(f"/my/{SLUG}")[0] in (403, 404)


def test_a_plan_with_other_reforms_is_tried(scene: Scene) -> None:
    leader = Program(scene.leader)
    announced = leader.get(f"/projects/{SLUG}/plan")[1]
    status, tried = leader.get(f"/projects/{SLUG}/plan?levers=")
    assert (status, tried["announced"]) == (200, None)
    assert tried["finish"] > announced["finish"]
    assert leader.get(f"/projects/{SLUG}/plan?levers=x")[1]["code"] == "unknown_lever"


def test_a_chart_is_printed_sealed_found_and_withdrawn(scene: Scene, settings: Any, tmp_path: Any) -> None:
    settings.SEALING_KEY, settings.STORE, settings.SEAL_KEYS = "only for tests", tmp_path, SealKeys(tmp_path / "seal")
    leader = Program(scene.leader)
    status, content = leader.get(f"/projects/{SLUG}/chart.pdf?paper=a1")
    assert (status, content[:5]) == (200, b"%PDF-")
    assert leader.get(f"/projects/{SLUG}/chart.pdf?paper=x")[1]["code"] == "unknown_switch"
    status, made = leader.post(f"/projects/{SLUG}/charts", {"size": "a1"})
    assert status == 200, made
    assert [one["code"] for one in leader.get(f"/projects/{SLUG}/charts")[1]] == [made["code"]]
    assert leader.get(f"/papers/codes/{made['code']}/file")[1][:5] == b"%PDF-"
    page = f"/projects/{SLUG}/charts/{made['document']}/withdraw"
    assert Program(scene.navigator).post(page, {"reason": "x"})[0] == 403
    assert leader.post(page, {"reason": "计划有误"})[1]["number"] == made["number"]
    assert [one["standing"] for one in leader.get(f"/projects/{SLUG}/charts")[1]] == ["revoked"]


def test_an_act_on_many_rows_is_weighed_before_it_is_begun(scene: Scene) -> None:
    navigator = Program(scene.navigator)
    sent = {"rows": {SLUG: 0}, "given": {"role": "navigator", "post": str(scene.navigator.post)}}
    status, said = navigator.post("/many/join/weigh", sent)
    assert (status, [one["row"] for one in said]) == (200, [SLUG])
    assert said[0]["able"] is (said[0]["why"] is None)
    assert navigator.post("/many/nothing/weigh", sent)[0] == 404
