"""The five fronts: shadow tasks on the record, the shadow turning real on its trigger, and the proof against the record."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from tests.entry.scene import NOW, TEXT, TODAY, recorded, units
from tests.people import hired

from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.entry import gating, reviewing, shadowing
from luodi.entry.models import TaskStep
from luodi.entry.standing import made_for, standing
from luodi.journal.actions import append
from luodi.journal.models import Entry
from luodi.projects.actions import record_project
from luodi.projects.readers import Recorded, project

pytestmark = pytest.mark.django_db
CONTACT, SIGNED = date(2026, 10, 8), date(2026, 11, 12)


@pytest.fixture
def subject(db: None) -> Recorded:
    """A project met on 8 October and signed on 12 November."""
    recorded()
    days = f"contact: {CONTACT}\n  signed: {SIGNED}"
    text = TEXT.replace("contact: 2023-09-21\n  signed: 2023-09-21", days).replace(
        "as_of: 2023-09-21", f"as_of: {CONTACT}"
    )
    record_project(slug="p", document=text, sample=True, by=hired("zone_officer"), at=NOW)
    again = project("p")
    assert again is not None
    assert again.file.milestones["contact"] == CONTACT
    return again


def granted(matter: str, on: date) -> None:
    """A grant in the record of the project."""
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    payload: dict[str, Json] = {"case": "n-1", "matter": matter, "states": [11]}
    with transaction.atomic():
        append(
            chain=f"project:p-{matter}", kind="case.granted", by=hired("leader"), at=at, project="p", payload=payload
        )


def done(subject: Recorded, task: str, begun: date, ended: date) -> dict[str, tuple[date, date]]:
    by = hired("investment_officer")
    shadowing.begin_task(project=subject, task=task, on=begun, by=by, at=NOW)
    return shadowing.finish_task(project=subject, task=task, on=ended, paper="一稿", by=by, at=NOW)


def test_a_task_is_begun_then_done_each_once_and_never_changed(subject: Recorded) -> None:
    by, begun = hired("investment_officer"), date(2026, 10, 12)
    with pytest.raises(Refusal, match="front_not_begun"):
        shadowing.finish_task(project=subject, task="land.scheme", on=TODAY, paper="稿", by=by, at=NOW)
    assert done(subject, "land.scheme", begun, date(2026, 11, 9)) == {
        "design_scheme_review": (begun, date(2026, 11, 9))
    }
    with pytest.raises(Refusal, match="front_step_twice"):
        shadowing.begin_task(project=subject, task="land.scheme", on=TODAY, by=by, at=NOW)
    kinds = list(Entry.objects.filter(project="p", kind__startswith="front.").values_list("kind", flat=True))
    assert kinds == ["front.begun", "front.done"]
    assert TaskStep.objects.count() == 2
    assert not Entry.objects.filter(kind__startswith="case.").exists()


@pytest.mark.parametrize(
    ("task", "on", "code"),
    [
        ("land.nothing", TODAY, "front_task_unknown"),
        ("land.eia", TODAY + timedelta(days=1), "front_day_ahead"),
        ("land.eia", CONTACT - timedelta(days=1), "front_before_contact"),
    ],
)
def test_what_cannot_be_recorded_of_a_task(subject: Recorded, task: str, on: date, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        shadowing.begin_task(project=subject, task=task, on=on, by=hired("leader"), at=NOW)


def test_a_case_begins_with_what_was_prepared_for_its_matter(subject: Recorded) -> None:
    before = NOW - timedelta(days=1)
    assert made_for(subject.id, "design_scheme_review") == ()
    done(subject, "land.scheme", date(2026, 11, 9), TODAY)
    (made,) = made_for(subject.id, "design_scheme_review")
    assert (made.task.id, made.front.id, made.on) == ("land.scheme", "land", TODAY)
    assert made.paper
    assert made_for(subject.id, "permit_main") == made_for(subject.id, "design_scheme_review", as_of=before) == ()


def test_the_shadow_becomes_real_on_its_trigger(subject: Recorded) -> None:
    before = standing(subject, datetime(2026, 11, 11, 3, tzinfo=UTC))
    after = standing(subject, NOW)
    assert [one.triggered for one in (before.rows[0], after.rows[0])] == [None, SIGNED]
    assert after.clean


def test_a_grant_before_the_trigger_is_found_in_the_record(subject: Recorded) -> None:
    granted("land_auction_notice", SIGNED)  # on the day itself: lawful
    granted("energy_review", CONTACT)  # its own law lets it come early
    assert standing(subject, NOW).clean
    granted("land_listing", SIGNED - timedelta(days=1))
    granted("permit_main", TODAY)  # no planning permit yet
    found = standing(subject, NOW)
    assert not found.clean
    early = {one.front.id: [(grant.matter, grant.on) for grant in one.early] for one in found.rows if one.early}
    assert early["decision"] == [("land_listing", SIGNED - timedelta(days=1))]
    assert early["approval"] == [("permit_main", TODAY)]


def test_the_gates_say_what_is_missing_and_who_supplies_it(subject: Recorded) -> None:
    units()
    gate = {one.stage: one for one in gating.gates("p", date(2026, 11, 1))}["signed"]
    assert gate.reached is None
    kinds = [one.kind for one in gate.missing]
    assert (kinds.count("check"), kinds.count("task")) == (8, 4)
    energy = next(one for one in gate.missing if one.id == "energy_intensity")
    assert energy.who.zh == "发展和改革局"
    assert (energy.earliest, energy.usual) == (date(2026, 11, 9), True)  # five working days from Monday the 2nd
    assert (gate.earliest, gate.usual) == (max(one.earliest for one in gate.missing if one.earliest), True)
    done(subject, "decision.terms", CONTACT, TODAY)
    reviewing.open_review(project=subject, subject="方案", by=hired("leader"), at=NOW)
    later = {one.stage: one for one in gating.gates("p", date(2026, 11, 1))}["signed"]
    assert [one.kind for one in later.missing].count("task") == 3
    assert {one.stage: one for one in gating.gates("p", TODAY)}["signed"].reached == SIGNED
    assert gating.gates("nothing", TODAY) == ()
