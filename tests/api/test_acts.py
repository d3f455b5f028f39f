"""Acts through the interface: the same actions, the same gate, once under a key, and never on a stale case."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.api.program import Program
from tests.cases.scene import SLUG, Scene, play, text_of_project
from tests.people import organisation

from luodi.api.acts.cases import BODIES
from luodi.api.acts.owed import DEBTS, HALTS
from luodi.cases.models import Case, CaseEvent
from luodi.desk.casework import acts
from luodi.desk.owing import acts as debt_acts
from luodi.desk.owing import halt_views
from luodi.journal import readers as record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()


@pytest.fixture
def scene() -> Scene:
    return play(plan=True)


def opened(scene: Scene, matter: str = "project_filing") -> tuple[str, int]:
    """A case just received: its number and its seq."""
    row = Case.objects.get(pk=scene.opened(matter))
    return row.number, row.seq


def test_every_verb_of_the_pages_is_an_operation() -> None:
    assert set(BODIES) == set(acts.VERBS)
    assert set(DEBTS) == set(debt_acts.VERBS)
    assert set(HALTS) == set(halt_views.STEPS)


def test_a_case_goes_its_whole_way(scene: Scene) -> None:
    officer = Program(scene.officer)
    number, seq = opened(scene)
    wanted: list[tuple[str, dict[str, Any], int]] = [
        ("ask_correction", {"papers": [{"kind": "add", "name": "申请表"}], "due": LATER}, 6),
        ("receive_correction", {"note": "已补"}, 7),
        ("accept", {}, 8),
        ("pause", {"pause": "hearing", "reason": "听证"}, 9),
        ("resume", {}, 10),
        ("decide", {"result": "2026-1", "reason": ""}, 11),
    ]
    from luodi.domain.handling.corrections import correction_kinds

    wanted[0][1]["papers"][0]["kind"] = next(iter(correction_kinds()))
    for verb, body, state in wanted:
        status, done = officer.post(f"/cases/{number}/{verb}", {"seq": seq, **body})
        assert (status, done.get("state")) == (200, state), (verb, done)
        assert done["seq"] > seq
        assert record.entry(done["entry"], project=SLUG)
        seq = done["seq"]
    assert officer.get(f"/cases/{number}")[1]["row"]["open"] is False


def test_a_stale_act_is_told_who_was_faster(scene: Scene) -> None:
    officer, second = Program(scene.officer), Program(scene.second)
    number, seq = opened(scene)
    assert officer.post(f"/cases/{number}/accept", {"seq": seq})[0] == 200
    status, said = second.post(f"/cases/{number}/accept", {"seq": seq})
    assert (status, said["code"]) == (409, "case_changed")
    assert scene.officer.name in said["facts"]["who"]
    assert said["facts"]["what"]["zh"]
    assert said["facts"]["when"]


def test_the_same_key_is_done_once_and_another_body_is_refused(scene: Scene) -> None:
    officer = Program(scene.officer)
    number, seq = opened(scene)
    key = {"Idempotency-Key": "job-17"}
    first = officer.post(f"/cases/{number}/accept", {"seq": seq}, **key)
    events = CaseEvent.objects.count()
    again = officer.post(f"/cases/{number}/accept", {"seq": seq}, **key)
    assert (first[0], again[0], again[1]["repeated"], CaseEvent.objects.count()) == (200, 200, True, events)
    assert again[1]["entry"] == first[1]["entry"]
    status, said = officer.post(f"/cases/{number}/accept", {"seq": seq + 1}, **key)
    assert (status, said["code"]) == (409, "idempotency_key_reused")
    status, said = Program(scene.second).post(f"/cases/{number}/accept", {"seq": seq}, **key)
    assert said["code"] == "case_changed", "another post's key is another key"


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("other", 403), ("clerk", 403), ("head", 200)])
def test_whoever_may_not_by_the_page_may_not_by_the_interface(scene: Scene, who: str, status: int) -> None:
    number, seq = opened(scene)
    assert Program(getattr(scene, who)).post(f"/cases/{number}/accept", {"seq": seq})[0] == status


def test_an_act_without_seq_or_with_unknown_fields_is_unreadable(scene: Scene) -> None:
    officer = Program(scene.officer)
    number, seq = opened(scene)
    wrong: tuple[object, ...] = ({}, {"seq": seq, "sec": 1}, {"seq": "x"}, {"seq": 2**70}, [])
    for body in wrong:
        status, said = officer.post(f"/cases/{number}/start_handling", body)
        assert (status, said["code"]) == (422, "api_request_unreadable")
        assert said["errors"]


def test_a_project_is_recorded_opened_and_dispatched(scene: Scene) -> None:
    zone = Program(scene.navigator)
    status, said = zone.post(f"/projects/{SLUG}/cases", {"matter": "project_filing"})
    assert status == 200
    assert said["state"] == 1
    status, said = zone.post(f"/projects/{SLUG}/dispatch", {"matters": None})
    assert status in (200, 400), said
    data = Program(data_officer())
    status, said = data.ask("PUT", "/projects/neu", {"document": text_of_project(), "live": True})
    assert (status, said.get("created")) == (200, True), said
    assert data.get("/projects/neu")[1]["digest"] == said["digest"]
    status, said = data.ask("PUT", "/projects/neu", {"document": "slug: ["})
    assert status == 400
    assert said["errors"]


def data_officer() -> Any:
    from tests.people import hired

    return hired("data_officer")


def test_orders_requests_and_ratings(scene: Scene) -> None:
    leader, agent, navigator = Program(scene.leader), Program(scene.agent), Program(scene.navigator)
    unit = organisation("bureau", unit="approval_bureau")
    order = {"meeting": "调度会", "decision": "一周内办结", "owner": unit, "due": LATER, "project": SLUG}
    key = {"Idempotency-Key": "o-1"}
    status, made = leader.post("/orders", order, **key)
    assert status == 200, made
    assert leader.post("/orders", order, **key)[1]["code"] == "already_done"
    assert Program(scene.officer).post(f"/orders/{made['id']}/prove", {"evidence": "已办"})[0] == 200
    assert leader.post(f"/orders/{made['id']}/close")[0] == 200
    status, asked = agent.post(f"/projects/{SLUG}/requests", {"kind": "land", "text": "请协调用地"})
    assert status == 200
    assert navigator.post(f"/requests/{asked['id']}/answer", {"text": "已联系", "close": True})[0] == 200
    visit = {"project": SLUG, "on": date(2026, 11, 4).isoformat(), "problem": "缺水", "solver": unit, "due": LATER}
    status, made = leader.post("/visits", visit)
    assert status == 200
    assert Program(scene.officer).post(f"/visits/{made['id']}/solve", {"result": "已通水"})[0] == 200
    assert agent.post(f"/projects/{SLUG}/ratings", {"case": 1, "stars": 5})[1]["code"] == "nothing_to_rate"


def test_a_halt_is_found_and_taken_on_its_steps(scene: Scene) -> None:
    head = Program(scene.head)
    status, made = head.post(f"/projects/{SLUG}/halts", {"found": "古墓"})
    assert status == 200, made
    for step, body in (("stopped", {}), ("reported", {"to": "文物局"}), ("measures", {"text": "考古"})):
        assert head.post(f"/halts/{made['id']}/{step}", body)[0] == 200
    status, said = Program(scene.officer).post(f"/halts/{made['id']}/resumed", {"document": "文物函〔2026〕1号"})
    assert status == 403, said
    assert head.post(f"/halts/{made['id']}/resumed", {"document": "文物函〔2026〕1号"})[0] == 200


def test_an_offer_of_another_project_is_not_decided_here(scene: Scene) -> None:
    status, said = Program(scene.leader).post(f"/projects/{SLUG}/offers/99/accept", {})
    assert (status, said["code"]) == (400, "offer_unknown")
