"""Each verb does what its name says, writes what the exchange wants, and moves clock, turn and record."""

from datetime import date, timedelta

import pytest
from tests.cases.scene import DOCUMENT, Scene

from luodi.cases import actions
from luodi.cases.actions import Paper
from luodi.cases.models import Asking, CaseEvent, Part
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import entries
from luodi.notices.models import Notice

PAPERS = (Paper("missing", "营业执照"), Paper("unclear", "总平面图", "第3页看不清"))


def states(case: int) -> list[int]:
    return list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("state", flat=True))


def kind_of_correction(place: int) -> str:
    from luodi.domain.handling.corrections import correction_kinds

    return list(correction_kinds())[place]


def papers() -> tuple[Paper, ...]:
    return tuple(Paper(kind_of_correction(i), one.name, one.note) for i, one in enumerate(PAPERS))


def test_one_office_accepts_and_begins_a_second_later(scene: Scene) -> None:
    case = scene.opened()
    done = scene.on(case).accept()
    rows = list(CaseEvent.objects.filter(case=case).order_by("seq"))
    assert [one.state for one in rows] == [1, 3, 8]
    assert rows[2].at - rows[1].at == timedelta(seconds=1)
    row = scene.row(case)
    assert (row.turn, row.handler_id, row.seq, done.state) == ("unit", scene.officer.post, 3, State.HANDLING)
    assert row.due
    assert row.runs_out == min(row.due, row.promise_due or date.max)


def test_a_window_accepts_for_the_unit_which_then_begins(scene: Scene) -> None:
    case = scene.opened()
    scene.on(case, scene.clerk).accept()
    assert states(case) == [1, 3]
    assert scene.row(case).handler_id is None
    scene.on(case).start_handling()
    assert states(case) == [1, 3, 8]
    assert scene.row(case).handler_id == scene.officer.post


def test_the_decision_names_the_paper_that_gives_the_power(scene: Scene) -> None:
    case = scene.accepted()
    scene.on(case).decide(outcome="granted", result="晋备〔2026〕1号")
    last = CaseEvent.objects.filter(case=case).latest("seq")
    assert DOCUMENT in last.details
    assert "晋备〔2026〕1号" in last.details
    row = scene.row(case)
    assert (row.open, row.turn, row.state, row.expected) == (False, "nobody", 11, None)


def test_who_has_no_power_does_not_decide(scene: Scene) -> None:
    case = scene.accepted()
    with pytest.raises(Refusal, match="case_of_another_unit"):
        scene.on(case, scene.other).decide(outcome="granted")
    from luodi.zones.models import Power

    Power.objects.filter(matter="project_filing").update(ends=date(2026, 11, 2))
    with pytest.raises(Refusal, match="no_power_to_decide"):
        scene.on(case).decide(outcome="granted")
    assert states(case) == [1, 3, 8]


def test_a_denial_needs_reason_and_basis_and_before_acceptance_it_is_a_refusal(scene: Scene) -> None:
    case = scene.opened()
    with pytest.raises(Refusal, match="text_missing"):
        scene.on(case).decide(outcome="denied", reason="不属于本单位")
    scene.on(case).decide(outcome="denied", reason="不属于本单位", basis="行政许可法 第32条")
    assert states(case) == [1, 5]
    again = scene.opened()
    assert scene.row(again).round == 2


def test_a_correction_at_the_window_and_back(scene: Scene) -> None:
    case = scene.opened("enterprise_establish")
    scene.on(case).ask_correction(papers=papers(), due=date(2026, 11, 12))
    row = scene.row(case)
    assert (row.turn, row.state, row.corrections, row.pause) == ("applicant", 6, 1, "correction")
    assert row.expected
    assert row.expected > date(2026, 11, 12), "the forecast waits for the applicant's day"
    scene.on(case, scene.agent).receive_correction(note="已补")
    assert scene.row(case).turn == "window"
    assert Notice.objects.filter(kind="correction_asked", person=scene.agent.person).count() == 1


def test_a_second_notice_needs_a_reason_and_is_counted(scene: Scene) -> None:
    case = scene.accepted()
    scene.on(case).ask_correction(papers=papers(), due=date(2026, 11, 12))
    scene.on(case, scene.agent).receive_correction()
    with pytest.raises(Refusal, match="second_notice_needs_reason"):
        scene.on(case).ask_correction(papers=papers(), due=date(2026, 11, 20))
    scene.on(case).ask_correction(papers=papers(), due=date(2026, 11, 20), reason="补来的图纸与申报面积不符")
    assert scene.row(case).corrections == 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"papers": (), "due": date(2026, 11, 12)}, "correction_without_papers"),
        ({"papers": (Paper("nonsense", "x"),), "due": date(2026, 11, 12)}, "no_correction_kind"),
        ({"due": date(2026, 11, 3)}, "correction_due_passed"),
    ],
)
def test_a_notice_must_say_what_and_until_when(scene: Scene, asked: dict[str, object], code: str) -> None:
    case = scene.opened()
    with pytest.raises(Refusal, match=code):
        scene.on(case).ask_correction(**{"papers": papers(), **asked})


def test_a_hearing_stops_the_clock_and_a_site_survey_does_not(scene: Scene) -> None:
    case = scene.accepted("enterprise_establish")
    due = scene.row(case).due
    scene.on(case).pause(kind="hearing", reason="利害关系人申请听证")
    row = scene.row(case)
    assert (row.due, row.pause, row.turn, row.state) == (None, "hearing", "other", 9)
    assert row.paused_since
    scene.wait(days=7)
    scene.on(case).resume()
    after = scene.row(case).due
    assert after
    assert due
    assert after > due
    scene.on(case).pause(kind="site_survey", reason="踏勘")
    assert scene.row(case).due == after
    with pytest.raises(Refusal, match="pause_not_special"):
        scene.on(scene.accepted("land_price_evaluation")).pause(kind="payment", reason="等缴费")


def test_only_a_head_extends_and_only_once(scene: Scene) -> None:
    case = scene.accepted("enterprise_establish")
    due, budget = scene.row(case).due, scene.row(case).budget or 0
    with pytest.raises(Refusal, match="extension_needs_head"):
        scene.on(case).extend(days=2, reason="复杂")
    with pytest.raises(Refusal, match="extension_too_long"):
        scene.on(case, scene.head).extend(days=11, reason="复杂")
    scene.on(case, scene.head).extend(days=3, reason="复杂")
    row = scene.row(case)
    assert row.budget == budget + 3
    assert row.due
    assert due
    assert row.due > due
    with pytest.raises(Refusal, match="extension_twice"):
        scene.on(case, scene.head).extend(days=1, reason="还是复杂")


def test_withdrawn_before_and_after_acceptance_and_revoked(scene: Scene) -> None:
    first, second = scene.opened(), scene.accepted("land_price_evaluation")
    scene.on(first, scene.agent).withdraw(reason="重新申报")
    scene.on(second, scene.agent).withdraw(reason="地块变更")
    assert (scene.row(first).state, scene.row(second).state) == (2, 14)
    third = scene.accepted("enterprise_establish")
    scene.on(third).decide(outcome="granted")
    scene.on(third, scene.head).revoke(reason="材料虚假", basis="行政许可法 第69条")
    assert scene.row(third).state == 15
    assert "enterprise_establish" not in actions_progress(scene)


def actions_progress(scene: Scene) -> dict[str, object]:
    from luodi.cases.readers import progress_of

    return dict(progress_of(scene.row(1).project_id, today=scene.at.date()))


def test_whoever_takes_over_finds_the_case_in_every_state(scene: Scene) -> None:
    from luodi.cases.readers import inbox

    case = scene.accepted()
    scene.on(case).pause(kind="hearing", reason="听证")
    scene.on(case, scene.head).assign(role="owner", post=scene.second.post)
    assert [row.id for row in inbox(now=scene.at, posts=[scene.second.post]).rows] == [case]
    assert not inbox(now=scene.at, posts=[scene.officer.post]).rows
    assert scene.row(case).handler_id == scene.second.post
    scene.on(case, scene.leader).assign(role="supervisor", post=scene.leader.post)
    for role, post, code in (
        ("owner", scene.other.post, "post_of_another_unit"),
        ("linked", scene.officer.post, "post_of_this_unit"),
        ("supervisor", scene.other.post, "supervisor_must_lead"),
        ("supervisor", scene.leader.post, "part_held_already"),
    ):
        with pytest.raises(Refusal, match=code):
            scene.on(case, scene.head).assign(role=role, post=post)
    scene.on(case, scene.head).release(role="supervisor", post=scene.leader.post)
    assert Part.objects.filter(case=case, until=None).count() == 1


def test_another_unit_is_asked_and_answers(scene: Scene) -> None:
    case = scene.accepted()
    scene.on(case).ask(organisation=scene.other.organisation, kind="consultation", question="用地是否涉及水源地？")
    asking = Asking.objects.get(case=case)
    assert Notice.objects.filter(kind="consultation_asked", person=scene.other.person).exists()
    with pytest.raises(Refusal, match="asking_of_another_unit"):
        actions.answer(asking=asking.pk, opinion="agree", answer="不涉及", by=scene.officer, at=scene.at)
    actions.answer(asking=asking.pk, opinion="agree", answer="不涉及", by=scene.other, at=scene.at)
    with pytest.raises(Refusal, match="answered_already"):
        actions.answer(asking=asking.pk, opinion="object", answer="又变了", by=scene.other, at=scene.at)


def test_a_review_pauses_until_the_last_answer(scene: Scene) -> None:
    case = scene.accepted()
    due = scene.at.date() + timedelta(days=14)
    scene.on(case).ask(organisation=scene.other.organisation, kind="expert_review", question="专家评审", due=due)
    scene.on(case).ask(organisation=scene.leader.organisation, kind="expert_review", question="专家评审", due=due)
    assert scene.row(case).pause == "expert_review"
    first, second = Asking.objects.filter(case=case).order_by("id")
    actions.answer(asking=first.pk, opinion="agree", answer="可行", by=scene.other, at=scene.at)
    assert scene.row(case).state == 9
    actions.answer(asking=second.pk, opinion="agree", answer="可行", by=scene.leader, at=scene.at)
    assert scene.row(case).state == 10
    assert scene.row(case).due


def test_every_act_has_its_entry(scene: Scene) -> None:
    case = scene.accepted()
    scene.on(case).decide(outcome="granted")
    kept = {one.hash for one in entries(project=scene.slug, limit=200).records}
    assert set(CaseEvent.objects.filter(case=case).values_list("entry", flat=True)) <= kept


def test_numbers_are_unbroken_whatever_fails(scene: Scene) -> None:
    first = scene.opened("project_filing")
    with pytest.raises(Refusal, match="case_open_already"):
        scene.opened("project_filing")
    with pytest.raises(Refusal, match="not_its_turn"):
        scene.opened("permit_main")
    second = scene.opened("enterprise_establish")
    assert [scene.row(one).number[-6:] for one in (first, second)] == ["000001", "000002"]
