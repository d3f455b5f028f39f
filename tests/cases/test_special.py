"""Commitments, deferrals, letters, staged permits, halts, a changed calendar, a day without acts."""

from datetime import date, timedelta

import pytest
from tests.cases.recount import check_all
from tests.cases.scene import START, Scene, play, text_of_project

from luodi.cases import actions, nightly
from luodi.cases.models import Case, CaseEvent, Halt
from luodi.debts import actions as debts
from luodi.debts.models import Debt
from luodi.domain import workdays
from luodi.domain.clock.reproject import Edit, edited
from luodi.domain.handling.staging import stage_conditions
from luodi.domain.vocabulary import Refusal, Text
from luodi.notices.models import Notice
from luodi.plans.readers import current, delays

READY = ("enterprise_establish", "project_filing", "land_price_evaluation", "land_supply_plan")
BUILDING = (*READY, "land_auction_notice", "land_listing", "land_deal_confirm", "land_contract", "land_payment_tax",
            "land_use_planning_permit", "real_estate_land_reg", "design_scheme_review", "contractor_determination",
            "quality_safety_supervision", "hazchem_safety_design", "emission_quota", "eia_report", "energy_review",
            "swc_report")  # fmt: skip


def with_progress(*matters: str, milestones: str = "") -> str:
    """The sample with matters done before it came here."""
    lines = "".join(f"  {one}: {{started: 2026-10-12, finished: 2026-10-20}}\n" for one in matters)
    text = text_of_project()
    if milestones:
        text = text.replace("  signed: 2026-10-09\n", f"  signed: 2026-10-09\n{milestones}")
    return text.replace("\noptions:", f"\nprogress:\n{lines}options:")


@pytest.fixture
def building(db: None) -> Scene:
    """A project just before its first construction permit."""
    return play(document=with_progress(*BUILDING).replace("as_of: 2026-09-01", "as_of: 2026-11-03"))


def evidence(matter: str) -> dict[str, str]:
    return {one.id: "见附件" for one in stage_conditions(matter)}


def test_a_commitment_is_granted_at_once_and_owed(db: None) -> None:
    scene = play(document=with_progress(*READY).replace("as_of: 2026-09-01", "as_of: 2026-11-03"), plan=True)
    case = scene.opened("swc_report")
    assert scene.row(case).mode == "commitment"
    with pytest.raises(Refusal, match="text_missing"):
        scene.on(case).commit(text=" ", due=date(2027, 6, 1))
    scene.on(case).commit(text="按方案落实水土保持措施", due=date(2027, 6, 1))
    assert list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("state", flat=True)) == [1, 3, 8, 11]
    debt = Debt.objects.get()
    assert (debt.kind, debt.due, debt.checker) == ("commitment", date(2027, 6, 1), scene.officer.organisation_code)
    assert debt.standard, "what is checked comes from the catalogue"
    with pytest.raises(Refusal, match="no_commitment_here"):
        scene.on(scene.opened("emission_quota")).commit(text="承诺", due=date(2027, 6, 1))
    check_all(scene.slug)


def test_a_withdrawn_commitment_closes_the_route(db: None) -> None:
    scene = play(document=with_progress(*READY).replace("as_of: 2026-09-01", "as_of: 2026-11-03"))
    scene.on(scene.opened("swc_report")).commit(text="承诺", due=date(2027, 6, 1))
    Debt.objects.update(rung=4)
    with pytest.raises(Refusal, match="commitment_lost"):
        scene.on(scene.opened("energy_review")).commit(text="承诺", due=date(2027, 6, 1))


def test_deferred_papers_are_owed_before_the_decision_and_named_in_it(scene: Scene) -> None:
    case = scene.opened("enterprise_establish")
    with pytest.raises(Refusal, match="deferral_not_listed"):
        scene.on(case).accept(deferred=["公司章程"])
    scene.on(case).accept(deferred=["住所使用证明"])
    assert Debt.objects.get().papers == '["住所使用证明"]'
    with pytest.raises(Refusal, match="papers_still_owed"):
        scene.on(case).decide(outcome="granted")
    scene.on(case).decide(outcome="granted_deferred")
    assert scene.row(case).state == 12
    plain = scene.accepted("land_price_evaluation")
    with pytest.raises(Refusal, match="nothing_deferred"):
        scene.on(plain).decide(outcome="granted_deferred")


def test_a_notice_period_cannot_be_cut(db: None) -> None:
    scene = play(document=with_progress(*READY).replace("as_of: 2026-09-01", "as_of: 2026-11-03"))
    case = scene.accepted("land_auction_notice")
    row = scene.row(case)
    assert (row.budget, row.due) == (None, None), "a minimum is no deadline"
    assert row.expected
    with pytest.raises(Refusal, match="minimum_period_runs"):
        scene.on(case).decide(outcome="granted")
    scene.until(row.expected)
    scene.on(case).decide(outcome="granted")


def test_a_start_resting_on_an_expired_letter_is_blocked(building: Scene) -> None:
    scene = building
    with pytest.raises(Refusal, match="not_its_turn"):
        scene.opened("permit_foundation")
    project = scene_project(scene)
    debts.issue_letter(
        project=project, zone="zgsfq", replaces="construction_planning_permit", accepted_by=["permit_foundation"],
        text="设计方案意见函", expires=date(2026, 11, 20), by=scene.officer, at=scene.at,
    )  # fmt: skip
    case = scene.opened("permit_foundation")
    scene.until(date(2026, 11, 21))
    with pytest.raises(Refusal, match="letter_expired_blocks"):
        scene.on(case).accept()
    debts.advance(at=scene.at)
    assert Debt.objects.get(kind="letter").state == "expired"
    debts.issue_letter(
        project=project, zone="zgsfq", replaces="construction_planning_permit", accepted_by=["permit_foundation"],
        text="延期函", expires=date(2026, 12, 20), by=scene.officer, at=scene.at,
    )  # fmt: skip
    scene.on(case).accept()


def test_every_condition_of_a_stage_needs_its_evidence(building: Scene) -> None:
    scene = building
    debts.issue_letter(
        project=scene_project(scene), zone="zgsfq", replaces="construction_planning_permit",
        accepted_by=["permit_foundation"], text="函", expires=date(2026, 12, 20), by=scene.officer, at=scene.at,
    )  # fmt: skip
    case = scene.accepted("permit_foundation")
    wanted = evidence("permit_foundation")
    assert wanted
    missing = dict(list(wanted.items())[1:])
    with pytest.raises(Refusal, match="conditions_unmet"):
        scene.on(case).decide(outcome="granted", conditions=missing)
    scene.on(case).decide(outcome="granted", conditions=wanted)
    assert "见附件" in CaseEvent.objects.filter(case=case).latest("seq").details


def test_relics_found_freeze_what_depends_on_building(db: None) -> None:
    text = with_progress(*BUILDING, "permit_foundation", "construction_planning_permit", "drawing_review",
                         "fire_design_review", "permit_below_zero", milestones="  construction_start: 2026-10-26\n")  # fmt: skip
    scene = play(document=text.replace("as_of: 2026-09-01", "as_of: 2026-11-03"))
    case = scene.accepted("migrant_wage_account")
    halt = actions.find(project=scene.slug, found="3号基坑见砖室墓", by=scene.agent, at=scene.at)
    with pytest.raises(Refusal, match="frozen_by_halt"):
        scene.on(case).decide(outcome="granted")
    with pytest.raises(Refusal, match="halt_step_out_of_order"):
        actions.report(halt=halt, to="市文物局", by=scene.agent, at=scene.at)
    actions.stop(halt=halt, note="已停工", by=scene.agent, at=scene.at)
    actions.report(halt=halt, to="市文物局", by=scene.agent, at=scene.at)
    actions.measures(halt=halt, text="原址保护，避让后可继续", until=date(2026, 11, 30), by=scene.other, at=scene.at)
    with pytest.raises(Refusal, match="resume_needs_head"):
        actions.resume_work(halt=halt, document="晋文物函〔2026〕9号", by=scene.agent, at=scene.at)
    actions.resume_work(halt=halt, document="晋文物函〔2026〕9号", by=scene.head, at=scene.at)
    row = Halt.objects.get()
    assert row.resumed_at
    assert row.reported_to == "市文物局"
    scene.on(case).decide(outcome="granted")


def test_dispatch_opens_everything_that_may_begin_in_one_act(scene: Scene) -> None:
    sent = actions.dispatch(project=scene.slug, by=scene.navigator, at=scene.at)
    rows = list(Case.objects.order_by("id"))
    assert {one.matter for one in sent.opened} == {row.matter for row in rows} >= {"project_filing", "temp_utilities"}
    assert len(set(CaseEvent.objects.values_list("entry", flat=True))) == 1, "one act, one entry"
    waiting = {one.matter: one.needs for one in sent.waiting}
    assert waiting["land_supply_plan"] == ("land_price_evaluation",)
    assert Notice.objects.filter(kind="case_opened", person=scene.officer.person).count() == 1
    with pytest.raises(Refusal, match="nothing_to_dispatch"):
        actions.dispatch(project=scene.slug, by=scene.navigator, at=scene.at)
    check_all(scene.slug)


def test_the_enterprise_records_its_own_matters(scene: Scene) -> None:
    scene.granted("enterprise_establish", "project_filing")
    scene.wait(minutes=1)
    done = actions.record_done(
        project=scene.slug, matter="contractor_determination", on=date(2026, 11, 2), note="施工合同", by=scene.agent,
        at=scene.at,
    )  # fmt: skip
    assert scene.row(done.case).organisation_id == scene.agent.organisation
    with pytest.raises(Refusal, match="matter_not_owners"):
        actions.record_done(
            project=scene.slug, matter="swc_report", on=date(2026, 11, 2), note="x", by=scene.agent, at=scene.at
        )
    check_all(scene.slug)


def test_every_act_moves_the_plan(planned: Scene) -> None:
    """A correction asked on a day shows the same day as days lost, by whom and why."""
    scene = planned
    before = current(scene.slug)
    assert before
    matter = "land_price_evaluation"
    case = scene.opened(matter)
    far = scene.at.date() + timedelta(days=120)
    from luodi.domain.handling.corrections import correction_kinds

    kind = next(iter(correction_kinds()))
    done = scene.on(case).ask_correction(papers=(actions.Paper(kind, "方案"),), due=far)
    after = current(scene.slug)
    assert after
    assert done.moved_days > 0
    assert after.finish
    assert before.finish
    assert (after.finish - before.finish).days == done.moved_days
    lost = delays(slug=scene.slug)[0]
    assert (lost.cause, lost.matter, lost.days) == ("correction", matter, done.moved_days)
    check_all(scene.slug)


def test_an_edited_calendar_moves_deadlines_and_says_why(scene: Scene) -> None:
    one, other = scene.accepted("enterprise_establish"), scene.accepted("land_price_evaluation")
    before = workdays.official(projected=True)
    after = edited(before, [Edit(date(2026, 11, 4), False, Text("临时放假", "day off"))])
    was = {case: (scene.row(case).due, scene.row(case).promise_due) for case in (one, other)}
    scene.wait(minutes=1)
    found = actions.reproject(before=before, after=after, why="省政府通知", by=scene.leader, at=scene.at)
    assert found.projects == 1
    assert found.cases >= 1
    assert any((scene.row(case).due, scene.row(case).promise_due) != was[case] for case in (one, other))
    notice = Notice.objects.get(kind="calendar_edited", person=scene.officer.person)
    assert f'"count": {found.cases}' in notice.facts or f'"count":{found.cases}' in notice.facts
    again = actions.reproject(before=before, after=after, why="省政府通知", by=scene.leader, at=scene.at)
    assert again.cases == 0
    check_all(scene.slug)


def test_a_day_without_acts_rolls_on(planned: Scene) -> None:
    scene = planned
    case = scene.accepted("enterprise_establish")
    seq = scene.row(case).seq
    scene.wait(days=30)
    first = nightly.roll_on(at=scene.at)
    assert first.projects == 1
    saved = current(scene.slug)
    assert saved
    step = next(one for one in saved.plan.steps if one.matter == "enterprise_establish")
    assert step.finish >= scene.at.date(), "what is overdue cannot end before today"
    assert scene.row(case).seq == seq, "time alone is no event"
    assert nightly.roll_on(at=scene.at).cases == 0


def scene_project(scene: Scene) -> int:
    from luodi.projects.models import Project

    return Project.objects.get(slug=scene.slug).pk


def test_the_scene_starts_on_a_working_day() -> None:
    assert workdays.official().is_workday(START.date())
