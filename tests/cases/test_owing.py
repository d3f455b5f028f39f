"""What is owed and what handling makes of it: papers that never came, works on an expired letter, works that stand still."""

from datetime import date

import pytest
from tests.cases.scene import Scene, play
from tests.cases.test_special import BUILDING, READY, evidence, scene_project, with_progress

from luodi.cases import actions
from luodi.cases.readers import halted
from luodi.debts import actions as debts
from luodi.debts.models import Debt
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal
from luodi.notices.models import Notice
from luodi.plans.readers import current, delays

NOW = ("as_of: 2026-09-01", "as_of: 2026-11-03")
STARTED = "  construction_start: 2026-10-26\n"
ALL = (*BUILDING, "permit_foundation", "construction_planning_permit", "drawing_review", "fire_design_review",
       "permit_below_zero")  # fmt: skip


def test_papers_that_never_came_forbid_the_grant(scene: Scene) -> None:
    case = scene.opened("enterprise_establish")
    scene.on(case).accept(deferred=["住所使用证明"])
    debt = Debt.objects.get()
    scene.until(date(2027, 1, 4))
    debts.advance(at=scene.at)
    scene.until(date(2027, 2, 1))
    debts.give_back(debt=debt.pk, reason="宽限期满未补", by=scene.officer, at=scene.at)
    for outcome in ("granted", "granted_deferred"):
        with pytest.raises(Refusal, match="papers_given_back"):
            scene.on(case).decide(outcome=outcome)
    scene.on(case).decide(outcome="denied", reason="材料未补齐", basis="行政许可法第三十八条")
    again = scene.accepted("enterprise_establish")
    assert scene.on(again).decide(outcome="granted").state == 11, "a new application owes nothing of the old one"


def test_nothing_may_be_missing_in_a_hard_gate(db: None) -> None:
    scene = play(document=with_progress(*READY, "emission_quota").replace(*NOW))
    case = scene.opened("eia_report")
    with pytest.raises(Refusal, match="deferral_hard_gate"):
        scene.on(case).accept(deferred=["任何材料"])
    assert not Debt.objects.exists()


def test_works_on_an_expired_letter_wait_for_the_certificate(db: None) -> None:
    """The pit was begun on a letter; once that has expired, nothing that needs the start goes on."""
    scene = play(document=with_progress(*BUILDING, milestones=STARTED).replace(*NOW))
    debts.issue_letter(
        project=scene_project(scene), zone="zgsfq", replaces="construction_planning_permit",
        accepted_by=["permit_foundation"], text="设计方案意见函", expires=date(2026, 11, 20), by=scene.officer, at=scene.at,
    )  # fmt: skip
    scene.on(scene.accepted("permit_foundation")).decide(outcome="granted", conditions=evidence("permit_foundation"))
    scene.until(date(2026, 11, 20))
    scene.on(scene.opened("migrant_wage_account"), scene.navigator).withdraw(reason="重报")
    scene.until(date(2026, 11, 21))
    with pytest.raises(Refusal, match="not_its_turn") as refused:
        scene.opened("migrant_wage_account")
    assert "建设工程规划许可证" in str(refused.value.facts["needs"])
    scene.granted("construction_planning_permit")
    assert scene.opened("migrant_wage_account")


def finish(scene: Scene) -> date:
    """The end of the project by its plan."""
    saved = current(scene.slug)
    assert saved
    assert saved.finish
    return saved.finish


def test_a_find_moves_the_plan_until_works_may_go_on(db: None) -> None:
    scene = play(document=with_progress(*ALL, milestones=STARTED).replace(*NOW), plan=True)
    halt = actions.find(project=scene.slug, found="3号基坑见砖室墓", by=scene.navigator, at=scene.at)
    for step, said in (("stop", {"note": "围挡"}), ("report", {"to": "市文物局"})):
        scene.wait(minutes=5)
        getattr(actions, step)(halt=halt, by=scene.navigator, at=scene.at, **said)
    before = finish(scene)
    scene.wait(days=1)
    until = date(2026, 12, 31)
    actions.measures(halt=halt, text="发掘", until=until, by=scene.other, at=scene.at)
    after, saved = finish(scene), current(scene.slug)
    assert saved
    frozen = set(halted.halts(scene.slug, now=scene.at)[0].freezes)
    waiting = [one for one in saved.plan.steps if one.matter in frozen and one.start > day_of(scene.at)]
    assert waiting
    assert all(one.start >= until for one in waiting)
    assert after > before
    lost = delays(slug=scene.slug)[0]
    assert (lost.cause, lost.days) == ("halt", (after - before).days)
    scene.wait(days=1)
    actions.resume_work(halt=halt, document="晋文物函〔2026〕9号", by=scene.head, at=scene.at)
    assert before <= finish(scene) < after, "what was frozen goes on at once; the days it stood still stay lost"


def test_a_halt_tells_its_steps_and_how_late_they_are(db: None) -> None:
    scene = play(document=with_progress(*ALL, milestones=STARTED).replace(*NOW))
    halt = actions.find(project=scene.slug, found="见陶片", by=scene.agent, at=scene.at)
    found_at = scene.at
    scene.wait(days=2)
    (row,) = halted.halts(scene.slug, now=scene.at)
    assert row.next
    assert (row.next.rule.id, row.next.due, row.late) == ("stopped", day_of(found_at), True), "at once means that day"
    actions.stop(halt=halt, by=scene.agent, at=scene.at)
    stopped = halted.halt(halt, now=scene.at)
    assert stopped
    assert [(one.rule.id, one.late) for one in stopped.steps if one.at] == [("found", 0), ("stopped", 2)]
    assert stopped.next
    assert stopped.next.rule.id == "reported"
    then = halted.halt(halt, now=scene.at, as_of=found_at)
    assert then
    assert then.next
    assert then.next.rule.id == "stopped"
    assert halted.halts(scene.slug, now=scene.at, open_only=False) == ()
    assert Notice.objects.filter(kind="halt_ordered", person=scene.agent.person).count() == 1
    with pytest.raises(Refusal, match="no_halt_kind"):
        actions.find(project=scene.slug, found="x", kind="nothing", by=scene.agent, at=scene.at)
