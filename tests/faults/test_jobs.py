"""What a worker's death may leave of a job: nothing is waited for that nobody will do."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.cases import rushes
from tests.cases.scene import Scene, play
from tests.faults.truth import faults

from luodi.cases import actions, nightly, progress
from luodi.config import queue
from luodi.plans.actions import ask_for_offer
from luodi.plans.models import Offer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def planned(db: None) -> Scene:
    """A project with an announced plan, an offer of another one asked for."""
    scene = play(plan=True)
    ask_for_offer(project=scene.slug, by=scene.head, at=scene.at)
    return scene


def jobs() -> list[str]:
    """How the jobs stand, the oldest first."""
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_a_worker_killed_between_failing_and_queueing_again_loses_no_job(planned: Scene) -> None:
    DBTaskResult.objects.update(status="FAILED", worker_ids=["here:1:x"], finished_at=timezone.now())
    assert queue.take_up(at=timezone.now()) == 1
    assert jobs() == ["READY"]
    DBTaskResult.objects.update(status="FAILED", worker_ids=["here:1:x"] * queue.TRIES)
    assert queue.take_up(at=timezone.now()) == 0


def test_an_offer_whose_job_was_given_up_is_asked_for_again(planned: Scene) -> None:
    """Else the project would wait for it for ever, and no other would be asked for."""
    DBTaskResult.objects.update(status="FAILED", worker_ids=["here:1:x"] * queue.TRIES)
    planned.wait(minutes=50)
    ask_for_offer(project=planned.slug, by=planned.head, at=planned.at)
    assert jobs() == ["FAILED"], "it may still be under way"
    for _ in range(2):
        planned.wait(minutes=20)
        ask_for_offer(project=planned.slug, by=planned.head, at=planned.at)
    assert jobs() == ["FAILED", "READY"]
    assert Offer.objects.filter(state="working").count() == 1
    assert planned.at - Offer.objects.get(state="working").at < timedelta(minutes=30)


@pytest.mark.django_db(transaction=True)
def test_the_nightly_roll_forgets_no_act_of_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases are dispatched just after the night's work has read how far the project is."""
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite whoever writes comes after the other")
    scene = play(plan=True)
    scene.on(scene.opened()).accept()
    scene.wait(days=1)
    asked: list[int] = []

    def slowly(project: int, today: object) -> object:
        found = progress.now_progress(project, today)  # type: ignore[arg-type]
        if not asked:
            asked.append(project)
            time.sleep(1)
        return found

    def at_night() -> object:
        with monkeypatch.context() as patched:
            patched.setattr("luodi.cases.recording.now_progress", slowly)
            return nightly.roll_on(at=scene.at)

    def meanwhile() -> object:
        time.sleep(0.3)
        return actions.dispatch(project=scene.slug, by=scene.navigator, at=scene.at)

    answers = rushes.at_once(at_night, meanwhile)
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert faults(done=[]) == []
