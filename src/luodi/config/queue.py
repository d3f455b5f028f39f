"""The queue of background jobs: what failed is tried again later, and what a killed worker left is taken up again."""

import logging
import os
import secrets
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
"""Before the second try; each further pause is four times as long."""

FORGOTTEN = timedelta(minutes=15)
"""A job that a worker on another machine has run for so long is held to be lost: the longest takes half a minute."""

KEPT = timedelta(days=14)
INTERVAL = 0.5
Job: TypeAlias = "DBTaskResult[..., object]"
log = logging.getLogger("luodi.worker")


def worker_id() -> str:
    """Who this process is to the others: machine, process and a random part, 64 characters at most."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"


class PatientWorker(Worker):
    """The worker of django-tasks-db, which by itself gives a failed job up at once."""

    def __init__(self, name: str, *, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"], interval=INTERVAL, batch=batch, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=name, excluded_queue_names=[],
        )  # fmt: skip

    def run_task(self, db_task_result: Job) -> None:
        """Run one job; where it fails, queue it once more, later."""
        super().run_task(db_task_result)
        if db_task_result.status == "FAILED":
            tries = len(db_task_result.worker_ids)
            last = (db_task_result.traceback or "").strip().rpartition("\n")[2]
            log.error("job %s failed (%s of %s tries): %s", db_task_result.task_path, tries, TRIES, last)
            again(db_task_result, at=timezone.now())


def again(job: Job, *, at: datetime) -> bool:
    """Queue a failed job once more, unless it has been tried often enough; whether it was queued."""
    tries = len(job.worker_ids)
    if tries >= TRIES:
        return False
    pause = FIRST_PAUSE * 4 ** (tries - 1)
    rows = DBTaskResult.objects.filter(pk=job.pk, status="FAILED")
    return bool(rows.update(status="READY", run_after=at + pause, finished_at=None))


def take_up(*, at: datetime) -> int:
    """Queue again the jobs of workers that are no more; how many.  A job that outlived its tries stays failed.

    A worker may also have ended between failing a job and queueing it again: then the job has tries left.
    """
    taken = sum(again(job, at=at) for job in DBTaskResult.objects.filter(status="FAILED"))
    running: QuerySet[Job] = DBTaskResult.objects.filter(status="RUNNING")
    for job in running:
        if not _lost(job.worker_ids, job.started_at, at):
            continue
        mine = DBTaskResult.objects.filter(pk=job.pk, status="RUNNING", started_at=job.started_at)
        if len(job.worker_ids) >= TRIES:
            mine.update(status="FAILED", finished_at=at, traceback="its worker ended before it did")
        else:
            taken += mine.update(status="READY", run_after=at)
    if taken:
        log.warning("%s job(s) of workers that ended were queued again", taken)
    return taken


def _lost(workers: Sequence[str], started: datetime | None, at: datetime) -> bool:
    machine, _, rest = (workers[-1] if workers else "").partition(":")
    process = rest.partition(":")[0]
    if machine == socket.gethostname()[:30] and process.isdigit() and int(process) != os.getpid():
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
    return started is None or at - started > FORGOTTEN


def forget(*, at: datetime) -> int:
    """Delete the notes on jobs that ended two weeks ago; how many.  What they did stands in the record."""
    with transaction.atomic():
        count, _ = DBTaskResult.objects.filter(status__in=("SUCCESSFUL", "FAILED"), finished_at__lt=at - KEPT).delete()
    return count


def close() -> None:
    """Give back this thread's connections."""
    connections.close_all()
