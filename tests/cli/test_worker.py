"""The worker: failed jobs are tried again, lost ones taken up, periodic calls made once."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from luodi.config import queue
from luodi.config.schedule import SCHEDULE, Clockwork, Periodic, calls

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
CALLED: list[datetime] = []


@task()
def breaks() -> None:
    raise ValueError("broken on purpose")


@task()
def works() -> int:
    return 1


def noted(*, at: datetime) -> None:
    CALLED.append(at)


def failing(*, at: datetime) -> None:
    raise ValueError(at)


def job(path: object) -> DBTaskResult:  # type: ignore[type-arg]
    return DBTaskResult.objects.get(task_path=path.module_path)  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_is_tried_again_later_and_not_for_ever() -> None:
    breaks.enqueue()
    for tries in range(1, queue.TRIES + 1):
        DBTaskResult.objects.update(run_after=AT)
        queue.PatientWorker("here:1:x", batch=True).run()
        found = job(breaks)
        assert len(found.worker_ids) == tries
        assert found.status == ("READY" if tries < queue.TRIES else "FAILED")
        assert found.run_after > datetime.now(UTC) or tries == queue.TRIES
    assert "broken on purpose" in found.traceback


@pytest.mark.django_db
def test_the_pauses_grow() -> None:
    breaks.enqueue()
    pauses = []
    for tries in range(1, 4):
        DBTaskResult.objects.update(status="FAILED", worker_ids=["w"] * tries)
        assert queue.again(job(breaks), at=AT)
        pauses.append(job(breaks).run_after - AT)
    assert pauses == [timedelta(seconds=s) for s in (30, 120, 480)]


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("worker", "minutes", "taken"),
    [
        ("dead", 0, True),
        ("alive", 1, False),
        ("alive", 20, True),
        ("elsewhere:4:x", 1, False),
        ("elsewhere:4:x", 20, True),
    ],
)
def test_what_a_killed_worker_left_is_taken_up(worker: str, minutes: int, taken: bool) -> None:
    machine = queue.worker_id().partition(":")[0]
    names = {"dead": f"{machine}:{ended_process()}:x", "alive": f"{machine}:{os.getpid()}:x"}
    works.enqueue()
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=[names.get(worker, worker)], started_at=AT - timedelta(minutes=minutes)
    )
    assert queue.take_up(at=AT) == int(taken)
    assert job(works).status == ("READY" if taken else "RUNNING")
    if taken:
        queue.PatientWorker("here:1:x", batch=True).run()
        assert job(works).status == "SUCCESSFUL"


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up() -> None:
    works.enqueue()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["w"] * queue.TRIES, started_at=AT - timedelta(hours=1))
    assert queue.take_up(at=AT) == 0
    assert job(works).status == "FAILED"


@pytest.mark.django_db
def test_a_periodic_call_is_made_when_due_by_one_worker_alone() -> None:
    plan = (Periodic("a", 60, f"{__name__}.failing"), Periodic("b", 60, f"{__name__}.noted"))
    one, other = Clockwork("one", plan), Clockwork("other", plan)
    CALLED.clear()
    assert one.tick(AT) == ("a", "b")
    assert other.tick(AT) == ()
    assert one.tick(AT + timedelta(seconds=59)) == ()
    assert [AT] == CALLED


def test_everything_scheduled_exists_once() -> None:
    assert {one.name for one, _ in calls()} == {one.name for one in SCHEDULE}
    assert len({one.name for one in SCHEDULE}) == len(SCHEDULE)
    with pytest.raises(ModuleNotFoundError):
        list(calls((Periodic("x", 1, "luodi.nowhere.at_all"),)))


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_worker_stops_when_told(tmp_path: Path, how: signal.Signals) -> None:
    env = dict(os.environ, LUODI_DATABASE_URL=f"sqlite:///{tmp_path}/w.sqlite3", LUODI_DEV=str(tmp_path))
    made = [sys.executable, "-m", "django", "migrate", "--settings=luodi.config.settings", "--verbosity=0"]
    subprocess.run(made, env=env, check=True)
    luodi = [sys.executable, "-c", "import sys; from luodi.cli import main; sys.exit(main())", "worker"]
    with subprocess.Popen(luodi, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"luodi worker" in process.stdout.readline()
        process.send_signal(how)
        assert process.wait(timeout=20) == 0
