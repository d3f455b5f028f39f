"""`luodi worker`: background jobs and what is done by the clock, until it is told to stop."""

import argparse
import logging
import os
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luodi.config.schedule import Clockwork

TICK = 1.0
GRACE = 20.0
"""Seconds a periodic call gets to end after the worker was told to stop."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi worker`."""
    parser = commands.add_parser(
        "worker", help="后台任务：重排计划、通知、封存 / background jobs: plans, notices, checkpoints"
    )
    parser.add_argument("--once", action="store_true", help="做完等待中的任务即退出 / do what is waiting, then exit")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Work until Ctrl-C or SIGTERM: the job under way is ended first, a second signal gives it up (it is queued again)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    from luodi.config.queue import PatientWorker, take_up, worker_id
    from luodi.config.schedule import Clockwork

    name = worker_id()
    clockwork = Clockwork(name)
    take_up(at=datetime.now(UTC))
    worker = PatientWorker(name, batch=args.once)
    if args.once:
        clockwork.tick(datetime.now(UTC))
        worker.run()
        return 0
    stop = threading.Event()
    beside = threading.Thread(target=keep_ticking, args=(clockwork, stop), name="clockwork", daemon=True)
    worker.configure_signals()
    print("落地 luodi worker    (Ctrl-C 停止 / stops)", flush=True)
    beside.start()
    try:
        worker.run()
    finally:
        stop.set()
        beside.join(GRACE)
    return 0


def keep_ticking(clockwork: "Clockwork", stop: threading.Event) -> None:
    """Call what is due, every second, until told to stop."""
    from django.db import close_old_connections

    from luodi.config.queue import close

    try:
        while not stop.is_set():
            close_old_connections()
            clockwork.tick(datetime.now(UTC))
            stop.wait(TICK)
    finally:
        close()
