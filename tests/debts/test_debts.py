"""What is owed: each kind from its first day to its last, and no step without a person."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cases.scene import Scene

from luodi.accounts.acting import Acting
from luodi.debts import actions, readers
from luodi.debts.models import Debt, DebtStep
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import entries
from luodi.notices.models import Notice

DUE = date(2026, 11, 20)


def owed(scene: Scene, kind: str = "deferral", due: date = DUE) -> int:
    from luodi.projects.models import Project

    return actions.owe(
        project=Project.objects.get(slug=scene.slug).pk, zone="zgsfq", matter="enterprise_establish", kind=kind,
        text="后补：住所使用证明", due=due, papers=["住所使用证明"], checker=scene.officer.organisation_code,
        by=scene.officer, at=scene.at,
    )  # fmt: skip


def light(scene: Scene) -> tuple[int | None, str]:
    (row,) = readers.owed(today=scene.at.date(), slug=scene.slug, settled=None)
    return row.days_left, row.light


def test_papers_come_in_time(scene: Scene) -> None:
    debt = owed(scene)
    assert light(scene) == (13, "green")
    scene.until(date(2026, 11, 19))
    assert light(scene) == (1, "amber")
    actions.hand_in(debt=debt, note="已交", by=scene.agent, at=scene.at)
    assert light(scene) == (None, "none")
    with pytest.raises(Refusal, match="debt_settled"):
        actions.hand_in(debt=debt, note="再交", by=scene.agent, at=scene.at)


def test_the_day_passes_then_grace_then_a_person_gives_it_back(scene: Scene) -> None:
    debt = owed(scene)
    scene.until(date(2026, 11, 21))
    assert actions.advance(at=scene.at).grace == 1
    assert actions.advance(at=scene.at).grace == 0, "told once"
    row = Debt.objects.get()
    assert (row.state, row.grace_until) == ("grace", date(2026, 12, 11)), "15 working days after 20 November"
    assert Notice.objects.filter(kind="debt_grace", person=scene.agent.person).count() == 1
    with pytest.raises(Refusal, match="grace_still_runs"):
        actions.give_back(debt=debt, reason="未补", by=scene.officer, at=scene.at)
    scene.until(date(2026, 12, 14))
    assert actions.advance(at=scene.at).grace == 0
    assert Debt.objects.get().state == "grace", "nothing decides but a person"
    actions.give_back(debt=debt, reason="宽限期满未补", by=scene.officer, at=scene.at)
    assert Debt.objects.get().state == "returned"


def test_a_commitment_is_checked_by_its_checker(scene: Scene) -> None:
    debt = owed(scene, "commitment")
    with pytest.raises(Refusal, match="check_of_another_unit"):
        actions.check(debt=debt, passed=True, result="合格", by=scene.other, at=scene.at)
    with pytest.raises(Refusal, match="debt_of_another_kind"):
        actions.hand_in(debt=debt, note="", by=scene.agent, at=scene.at)
    actions.check(debt=debt, passed=False, result="截水沟未建", by=scene.officer, at=scene.at)
    assert Debt.objects.get().state == "broken"


def climb(scene: Scene, debt: int, to: int, **more: Any) -> str:
    said = {"reason": "逾期未兑现", "by": scene.head, "at": scene.at, **more}
    actions.climb(debt=debt, to=to, **said)
    return DebtStep.objects.filter(debt=debt).latest("id").step


def test_every_rung_is_a_decision_with_a_reason(scene: Scene) -> None:
    debt = owed(scene, "commitment")
    scene.until(date(2026, 11, 23))
    with pytest.raises(Refusal, match="rung_out_of_order"):
        climb(scene, debt, 5)
    with pytest.raises(Refusal, match="text_missing"):
        climb(scene, debt, 2, reason=" ")
    assert climb(scene, debt, 2) == "overdue_notice"
    limit = date(2026, 12, 1)
    with pytest.raises(Refusal, match="party_not_told"):
        climb(scene, debt, 3, limit=limit)
    assert climb(scene, debt, 3, told=True, limit=limit) == "rectify_order"
    with pytest.raises(Refusal, match="rung_too_early"):
        climb(scene, debt, 4, told=True, heard=True)
    scene.until(date(2026, 12, 2))
    with pytest.raises(Refusal, match="party_not_heard"):
        climb(scene, debt, 4, told=True)
    assert climb(scene, debt, 4, told=True, heard=True) == "commitment_withdrawn"
    project = Debt.objects.get().project_id
    assert readers.commitment_lost(project, None)
    actions.repair(debt=debt, note="已补建并复核", by=scene.head, at=scene.at)
    assert not readers.commitment_lost(project, None)
    assert (Debt.objects.get().state, Debt.objects.get().rung) == ("met", 0)


def test_a_letter_is_exchanged_or_expires(scene: Scene) -> None:
    from luodi.projects.models import Project

    def letter(by: Acting = scene.officer, **more: Any) -> int:
        said: dict[str, Any] = {
            "project": Project.objects.get(slug=scene.slug).pk, "zone": "zgsfq", "replaces": "construction_planning_permit",
            "accepted_by": ["permit_foundation"], "text": "意见函", "expires": DUE, "by": by, "at": scene.at,
        }  # fmt: skip
        return actions.issue_letter(**{**said, **more})

    with pytest.raises(Refusal, match="letter_not_accepted_here"):
        letter(accepted_by=["permit_main"])
    with pytest.raises(Refusal, match="letter_for_nothing"):
        letter(accepted_by=[])
    first, second = letter(), letter()
    actions.exchange(debt=first, note="已换证", by=scene.officer, at=scene.at)
    scene.until(DUE + timedelta(days=1))
    assert actions.advance(at=scene.at).expired == 1
    assert {one.id: one.state for one in readers.letters_of(Debt.objects.get(pk=first).project_id)} == {
        first: "met",
        second: "expired",
    }


def test_as_of_a_moment_it_stands_as_it_stood(scene: Scene) -> None:
    debt = owed(scene)
    then = scene.at
    scene.wait(days=1)
    actions.hand_in(debt=debt, note="", by=scene.agent, at=scene.at)
    today = scene.at.date()
    (row,) = readers.owed(today=today, slug=scene.slug, as_of=then)
    assert row.state == "open"
    assert not readers.owed(today=today, slug=scene.slug, as_of=then - timedelta(seconds=1))
    assert not readers.owed(today=today, slug=scene.slug, as_of=scene.at)


def test_every_step_has_its_entry(scene: Scene) -> None:
    debt = owed(scene)
    actions.remind(debt=debt, by=scene.officer, at=scene.at)
    actions.hand_in(debt=debt, note="", by=scene.agent, at=scene.at)
    kept = {one.hash: one.kind for one in entries(project=scene.slug, limit=100).records}
    assert [kept[one.entry] for one in readers.steps(debt)] == ["debt.owed", "debt.reminded", "debt.handed_in"]


@pytest.mark.parametrize("what", ["due", "text"])
def test_nothing_is_owed_without_day_or_words(scene: Scene, what: str) -> None:
    from luodi.projects.models import Project

    said: dict[str, Any] = {"text": "承诺", "due": DUE} | {what: date(2026, 1, 1) if what == "due" else " "}
    with pytest.raises(Refusal):
        actions.owe(
            project=Project.objects.get(slug=scene.slug).pk, zone="zgsfq", matter="swc_report", kind="commitment",
            by=scene.officer, at=scene.at, **said,
        )  # fmt: skip
    assert not Debt.objects.exists()
