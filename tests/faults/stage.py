"""A database with projects in full swing, and processes on it that may be killed.  A program: one order a line, in JSON.

    {"do": "make", "projects": 2}                    projects announced and dispatched; what there is, and everybody's session
    {"do": "serve", "port": 8123, "workers": 2}      the server of `luodi serve`, forked; its process
    {"do": "work"}                                   `luodi worker`, forked; its process
    {"do": "kill", "process": 7, "how": "now"}       kill -9, one of three ways
    {"do": "check", "done": [], "undone": [], "cut": []}   what is not true in the database (`truth`)
    {"do": "finish"}                                 every job that waits, done; what is still not settled

Imports once and forks, so that a restart takes a fifth of a second.  It speaks to the database of LUODI_DATABASE_URL.
"""

import importlib
import json
import os
import random
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from typing import Any

import django
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

CHANCE = random.Random(7)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RUNNING: set[int] = set()
DOOM = RawArray("i", 2)
"""Shared with whatever is forked: the group that is to die, and the writes it has left."""
PEOPLE = ("officer", "second", "head", "navigator", "agent", "other")


def session_of(person: int, post: int) -> str:
    """The cookie of somebody who has just signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from luodi.accounts.models import Person

    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person), BACKEND
    store[HASH_SESSION_KEY] = Person.objects.get(pk=person).get_session_auth_hash()
    store["post"] = post
    store.create()
    return str(store.session_key)


def in_our_days() -> str:
    """Move the scene to yesterday, since servers ask the real clock; the project's document, its dates moved as far."""
    from tests import people
    from tests.cases import scene as scenes

    shift = timedelta(days=(datetime.now(UTC) - scenes.START).days - 1)
    scenes.START += shift
    people.AT += shift
    known = sorted(scenes.DATES.values(), reverse=shift > timedelta(0))  # so that no day is moved twice
    return scenes.text_of_project(**{day: str(date.fromisoformat(day) + shift) for day in known})


def make(projects: int) -> dict[str, Any]:
    """Projects announced and dispatched, one case accepted in each."""
    from tests.cases import scene as scenes

    from luodi.cases import actions
    from luodi.cases.models import Case

    document = in_our_days()
    scene = scenes.play(document=document, plan=True)
    slugs = [scene.slug, *(f"works-{number}" for number in range(1, projects))]
    for slug in slugs[1:]:
        another(scene, slug, document)
    for slug in slugs:
        scene.wait(minutes=1)
        opened = actions.dispatch(project=slug, by=scene.navigator, at=scene.at).opened
        scene.wait(minutes=1)
        actions.accept(case=opened[0].case, seq=1, by=scene.officer, at=scene.at)
    people = {name: getattr(scene, name) for name in PEOPLE}
    made = {
        "slugs": slugs,
        "cases": list(Case.objects.order_by("id").values_list("number", flat=True)),
        "accepted": list(Case.objects.filter(seq__gt=1).order_by("id").values_list("number", flat=True)),
        "sessions": {name: session_of(who.person, who.post) for name, who in people.items()},
        "labels": {name: who.label for name, who in people.items()},
    }
    warm(made)
    return made


def warm(made: dict[str, Any]) -> None:
    """Open the pages once and import what workers call, so that processes forked from here need not.

    Nothing is drawn or solved here: Typst and the solver keep threads, and a fork has none of them.
    """
    from django.test import Client

    from luodi.config.schedule import calls

    tuple(calls())

    for person in ("officer", "navigator"):
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies["luodi_session"] = made["sessions"][person]
        for page in (f"/cases/{made['accepted'][0]}/", f"/projects/{made['slugs'][0]}/dispatch/"):
            client.get(page)


def another(scene: Any, slug: str, document: str) -> None:
    """One more project of the same team, announced."""
    from luodi.accounts.acting import SYSTEM
    from luodi.plans.actions import announce
    from luodi.projects.actions import assign_member, record_project

    known: dict[str, Any] = {"by": SYSTEM, "at": scene.at}
    applicant = scene.agent.organisation
    record_project(
        slug=slug, document=document, sample=True, zone="zgsfq", applicant=applicant, live=True, **known
    )  # fmt: skip
    for role, who in (("navigator", scene.navigator), ("agent", scene.agent)):
        assign_member(project=slug, post=who.post, role=role, starts=scene.at.date(), **known)
    announce(project=slug, **known)


def watched(connection: BaseDatabaseWrapper) -> None:
    """Let a doomed process count its writes and commits, and kill its whole group at the last one it was given.

    Kills by the clock alone would mostly fall between two acts, where there is nothing to break.
    """
    commit = connection._commit  # type: ignore[attr-defined]

    def write(execute: Callable[..., object], sql: str, *rest: Any) -> object:
        if not sql.startswith("SELECT"):
            count_down()
        return execute(sql, *rest)

    def commit_watched() -> None:
        commit()
        count_down()

    connection.execute_wrappers.append(write)
    connection._commit = commit_watched  # type: ignore[attr-defined]


def count_down() -> None:
    """One write more."""
    if DOOM[0] == os.getpgrp():
        DOOM[1] -= 1
        if DOOM[1] <= 0:
            os.killpg(0, signal.SIGKILL)


def forked(run: Callable[[], object]) -> int:
    """A process of its own group that does one thing, its words in the file of LUODI_STAGE_LOG."""
    connections.close_all()
    process = os.fork()
    if process:
        with suppress(PermissionError):
            os.setpgid(process, process)  # here and there, so that it is so before anybody kills
        RUNNING.add(process)
        return process
    RUNNING.clear()
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    connection_created.connect(lambda connection, **_: watched(connection), weak=False)
    log = os.open(os.environ["LUODI_STAGE_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 1
    try:
        run()
        code = 0
    finally:
        os._exit(code)


def serve(port: int, workers: int) -> int:
    """The server of `luodi serve`; its main process."""
    from luodi.cli.demo import serve

    return forked(lambda: serve("127.0.0.1", port, workers=workers))


def work() -> int:
    """`luodi worker`.  Its leases and counts of tries are forgotten first, so that every start finds work to do."""
    from django.core.cache import cache
    from django_tasks_db.models import DBTaskResult

    from luodi.cli import worker
    from luodi.config import queue

    cache.clear()
    queue.take_up(at=datetime.now(UTC))
    DBTaskResult.objects.filter(status="READY").update(worker_ids=[], run_after=datetime.now(UTC))
    return forked(lambda: worker.run(Namespace(once=False)))


def kill(process: int, how: str, writes: int = 0) -> int | None:
    """Kill -9, and wait for the end; the exit code of a server that lost one serving process, else nothing.

    `how`: now | write (at one of its next writes, or now if it makes none) | one (one serving process alone).
    """
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    if how == "one":
        os.kill(int(CHANCE.choice(children)), signal.SIGKILL)
    elif how == "write":
        DOOM[:] = (process, writes)
    for _ in range({"now": 0, "write": 150, "one": 1500}[how]):
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            RUNNING.discard(process)
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    RUNNING.discard(process)
    return None


def check(done: list[str], undone: list[str], cut: list[str]) -> dict[str, object]:
    """What is not true; and which acts that nobody was answered about are on the record."""
    from tests.faults.truth import faults

    from luodi.journal.models import Entry

    return {
        "faults": faults(done, undone),
        "kept": list(Entry.objects.filter(key__in=cut).values_list("key", flat=True)),
    }


def finish() -> list[str]:
    """What is not settled after a worker did every job that waited, in peace."""
    from django_tasks_db.models import DBTaskResult

    from luodi.config import queue
    from luodi.plans.models import Offer

    queue.take_up(at=datetime.now(UTC))
    DBTaskResult.objects.filter(status="READY").update(worker_ids=[], run_after=datetime.now(UTC))
    quiet = forked(queue.PatientWorker("stage:1:x", batch=True).run)
    os.waitpid(quiet, 0)
    RUNNING.discard(quiet)
    return [f"offer {one} still waits" for one in Offer.objects.filter(state="working").values_list("pk", flat=True)]


ORDERS: dict[str, Callable[..., object]] = {
    "make": make, "serve": serve, "work": work, "kill": kill, "check": check, "finish": finish,
}  # fmt: skip


def main() -> None:
    """Carry out orders until there are no more; no process outlives the stage."""
    django.setup()
    for heavy in ("luodi.config.urls", "luodi.config.interface_urls", "luodi.papers.sealing", "luodi.papers.verifying"):
        importlib.import_module(heavy)  # before anybody forks
    importlib.import_module("luodi.desk.charting.answers").warm()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for line in sys.stdin:
            order = json.loads(line)
            answer = ORDERS[order.pop("do")](**order)
            connections.close_all()
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    finally:
        for process in RUNNING:
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
