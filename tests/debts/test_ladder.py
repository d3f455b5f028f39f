"""A commitment that is not kept: time alone does nothing, a failed check may be followed at once, and there is a way back."""

import json
from datetime import date

import pytest
from tests.cases.scene import SLUG, Scene, text_of_project
from tests.debts.test_debts import climb, owed

from luodi.accounts.acting import SYSTEM
from luodi.debts import actions, readers
from luodi.debts.models import Debt, DebtStep
from luodi.domain.handling.breaching import ladder
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import entries, last
from luodi.notices.models import Notice
from luodi.projects.actions import record_project
from luodi.projects.models import Project

FAR = date(2027, 6, 30)


def test_the_check_and_its_result_are_on_the_record(scene: Scene) -> None:
    debt = owed(scene, "commitment")
    scene.wait(days=5)
    actions.check(debt=debt, passed=True, result="现场复核，截水沟已建成", by=scene.officer, at=scene.at)
    (row,) = readers.owed(today=scene.at.date(), slug=SLUG, settled=True)
    assert (row.state, row.days_left, row.light) == ("met", None, "none")
    entry = last(f"project:{SLUG}")
    assert entry
    said = json.loads(entry.payload)
    assert (entry.kind, said["passed"], said["note"]) == ("debt.checked", True, "现场复核，截水沟已建成")
    assert (entry.person, entry.post) == (scene.officer.person, scene.officer.post)
    assert Notice.objects.filter(kind="check_done", person=scene.agent.person).count() == 1
    with pytest.raises(Refusal, match="debt_settled"):
        climb(scene, debt, 2)


def test_time_alone_takes_no_rung(scene: Scene) -> None:
    debt = owed(scene, "commitment")
    for month in (12, 1, 6):
        scene.until(date(2026 if month == 12 else 2027, month, 1))
        actions.advance(at=scene.at)
    row = Debt.objects.get(pk=debt)
    assert (row.state, row.rung) == ("open", 0)
    assert [one.step for one in DebtStep.objects.all()] == ["owed"]


def test_a_failed_check_need_not_wait_for_the_day(scene: Scene) -> None:
    debt = owed(scene, "commitment", FAR)
    climb(scene, debt, 1, reason="临近到期")
    with pytest.raises(Refusal, match="rung_too_early"):
        climb(scene, debt, 2)
    scene.wait(days=1)
    actions.check(debt=debt, passed=False, result="未建", by=scene.officer, at=scene.at)
    assert climb(scene, debt, 2) == "overdue_notice"
    assert climb(scene, debt, 3, told=True, limit=date(2026, 12, 1)) == "rectify_order"
    scene.until(date(2026, 12, 1))
    with pytest.raises(Refusal, match="rung_too_early"):
        climb(scene, debt, 4, told=True, heard=True)


def second_project(scene: Scene) -> int:
    """Another project of the same enterprise."""
    scene.wait(minutes=1)
    record_project(slug="second", document=text_of_project(), sample=True, by=SYSTEM, at=scene.at, zone="zgsfq",
                   applicant=scene.agent.organisation, live=True)  # fmt: skip
    return Project.objects.get(slug="second").pk


def test_the_whole_ladder_each_rung_signed_and_the_way_back(scene: Scene) -> None:
    debt, other = owed(scene, "commitment"), second_project(scene)
    project = Debt.objects.get().project_id
    scene.until(date(2026, 11, 23))
    climb(scene, debt, 2)
    climb(scene, debt, 3, told=True, limit=date(2026, 12, 1))
    scene.until(date(2026, 12, 2))
    climb(scene, debt, 4, told=True, heard=True)
    assert readers.commitment_lost(project, scene.agent.organisation)
    assert not readers.commitment_lost(other, scene.agent.organisation), "the withdrawal is this project's alone"
    climb(scene, debt, 5, told=True, heard=True)
    assert readers.commitment_lost(other, scene.agent.organisation), "the credit record follows the enterprise"
    assert not readers.commitment_lost(other, scene.other.organisation)
    climb(scene, debt, 6, told=True, heard=True)
    with pytest.raises(Refusal, match="ladder_at_top"):
        climb(scene, debt, 7, told=True, heard=True)
    taken = entries(project=SLUG, kinds=("debt.climbed",)).records[::-1]
    assert [json.loads(one.payload)["rung"] for one in taken] == [one.id for one in ladder()[1:]]
    assert {one.person for one in taken} == {scene.head.person}
    assert all(json.loads(one.payload)["note"] for one in taken), "each with its reason"
    actions.repair(debt=debt, note="已整改并公示", by=scene.head, at=scene.at)
    assert not readers.commitment_lost(other, scene.agent.organisation)
    with pytest.raises(Refusal, match="nothing_to_repair"):
        actions.repair(debt=debt, note="再次", by=scene.head, at=scene.at)
    assert [one.step for one in readers.steps(debt)][-1] == "repaired", "the steps stay; they no longer count"
