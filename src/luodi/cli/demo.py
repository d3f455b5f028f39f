"""`luodi demo`: the sample province on this machine, with its worker, served until Ctrl-C."""

import argparse
import errno
import importlib
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from luodi.domain.vocabulary import Refusal

APPLICATION, PAGES = "luodi.config.wsgi", "luodi.config.urls"
HEAD_START = 3.0
"""Seconds that the pages have the processors for themselves before the worker begins."""
PATIENCE = 6.0
"""Seconds the worker gets to end, each time it is told."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi demo`."""
    parser = commands.add_parser("demo", help="在本机打开示例省份 / serve the sample province on this machine")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="地址 / address (127.0.0.1)")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Make or bring up the demo database, say where it is, and serve it.  Raises `Refusal` for a port it cannot have."""
    free(args.host, args.port)
    prepare(args.host)
    importlib.import_module(PAGES)  # once here instead of once in each worker; a fault stops the start in plain sight
    with working():
        print(f"落地 luodi: http://{args.host}:{args.port}    (Ctrl-C 停止 / stops)", flush=True)
        serve(args.host, args.port)
    return 0


def free(host: str, port: int) -> None:
    """Make sure that nobody else has the port, before anything is written."""
    if not 1 <= port <= 65535:
        raise Refusal("port_out_of_range", port=port)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal("port_in_use", port=port, other=port + 1 if port < 65535 else 8001) from None
            raise Refusal("port_refused", host=host, port=port, reason=os.strerror(error.errno or 0)) from None


def prepare(host: str) -> None:
    """Migrate the demo database and load the samples that are not in it, or whose file has changed."""
    from luodi.config import environment
    from luodi.config.language import compile_messages

    try:
        environment.dev_folder().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise Refusal("demo_folder_refused", folder=environment.dev_folder(), reason=reason) from None
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    os.environ.setdefault("LUODI_SECRET_KEY", environment.secret_key())  # the same for all workers of this run
    os.environ["LUODI_DEMO"] = "1"  # the invented people may sign in here, and nowhere else
    environment.make_sealing_key()
    make_journal_key()
    os.environ.setdefault("LUODI_EXCHANGE_URL", f"sqlite:///{environment.dev_folder() / 'exchange.sqlite3'}")
    os.environ.setdefault("LUODI_ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],testserver,{host}")
    compile_messages(Path(__file__).parent.parent / "locale")

    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    from luodi.cli import prepared

    django.setup()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if prepared.unchanged(database):
        return
    try:
        call_command("migrate", verbosity=0, interactive=False)
        load_samples()
        rehearse()
        load_means()
        report_nationally()
        if connections["default"].vendor == "sqlite":
            prepared.mark(database)
    except DatabaseError as error:
        raise Refusal("demo_database_refused", reason=str(error)) from error
    connections.close_all()


def make_journal_key() -> None:
    """The key that signs checkpoints, where there is neither key nor file, so that the demo's worker can seal its record."""
    from luodi.config import environment

    if not os.environ.get("LUODI_JOURNAL_KEY") and not environment.journal_key_file().exists():
        environment.journal_key_file().touch(mode=0o600)
        environment.journal_key_file().write_text(secrets.token_hex(32) + "\n", encoding="ascii")


def load_samples() -> None:
    """Record zones, invented people, powers and every sample project; what is recorded and unchanged is left alone."""
    from luodi.accounts import samples as people
    from luodi.accounts.acting import SYSTEM
    from luodi.domain.facts import samples
    from luodi.projects.actions import record_project
    from luodi.projects.readers import documents
    from luodi.zones import registry
    from luodi.zones import samples as powers

    registry.load(by=SYSTEM, at=datetime.now(UTC))
    people.load(by=SYSTEM, at=datetime.now(UTC))
    powers.load(by=SYSTEM, at=datetime.now(UTC))
    known = documents()
    folder = Path(__file__).parent.parent / "data" / "samples"
    for name in samples.names():
        document = (folder / f"{name}.yaml").read_text(encoding="utf-8")
        if known.get(name) != document:
            record_project(slug=name, document=document, sample=True, by=SYSTEM, at=datetime.now(UTC))


def rehearse() -> None:
    """Play the live projects of the demo into it, where nothing is handled there yet."""
    from luodi.projects.bulk import any_live

    if not any_live():
        from luodi.rehearsal.showing import show

        print("正在排演示例项目，约十秒 / the live sample projects are played, about ten seconds …", flush=True)
        show(at=datetime.now(UTC))


def load_means() -> None:
    """Record sample quotas and parcels: after what was played, since the record of a zone is written in order."""
    from luodi.accounts.acting import SYSTEM
    from luodi.cli.finding import rebuild
    from luodi.dealings import samples as dealings
    from luodi.entry import samples as entry
    from luodi.factors import samples as factors
    from luodi.indicators import samples as indicators
    from luodi.land import samples as land
    from luodi.leads import samples as leads
    from luodi.ledgers import samples as quotas
    from luodi.taskforces import samples as taskforces
    from luodi.zones import region_samples as regions

    quotas.load(by=SYSTEM, at=datetime.now(UTC))
    regions.load(by=SYSTEM, at=datetime.now(UTC))
    factors.load(by=SYSTEM, at=datetime.now(UTC))
    land.load(by=SYSTEM, at=datetime.now(UTC))
    entry.load(by=SYSTEM, at=datetime.now(UTC))
    taskforces.load(by=SYSTEM, at=datetime.now(UTC))
    leads.load(by=SYSTEM, at=datetime.now(UTC))
    dealings.load(by=SYSTEM, at=datetime.now(UTC))
    indicators.load(by=SYSTEM, at=datetime.now(UTC))
    rebuild(datetime.now(UTC))


def report_nationally() -> None:
    """Write the sample's rows for the national exchange into the demo's own staging database."""
    from luodi.domain.catalogue.reading import load
    from luodi.exchange.national.choices import choices
    from luodi.exchange.national.gathering import gathered
    from luodi.exchange.national.sending import Order, send
    from luodi.exchange.national.standard import standard

    order = Order(standard(), choices(), load(), datetime.now(UTC), os.environ["LUODI_EXCHANGE_URL"])
    send(gathered(date(2020, 1, 1), order.catalogue, order.choices, None), order)


@contextmanager
def working() -> Iterator[None]:
    """The background worker as a process of its own, for as long as this lasts; it ends its job first when told to stop."""
    command = [sys.executable, "-c", "from luodi.cli.demo import work; work()"]
    worker = subprocess.Popen(  # noqa: S603 - ourselves
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        for tell in (worker.terminate, worker.terminate, worker.kill):  # the second time it gives its job up
            tell()
            try:
                worker.wait(PATIENCE)
                break
            except subprocess.TimeoutExpired:
                continue


def work() -> None:
    """The worker of a demo, which ends with it whichever way that ends: then nobody holds its standard input any more."""
    from luodi.cli import main

    def listen() -> None:
        sys.stdin.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=listen, daemon=True).start()
    time.sleep(HEAD_START)
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # that it was told to stop is no news here
    main(["worker"])


def serve(host: str, port: int, workers: int = 2) -> None:
    """Serve until Ctrl-C, by worker processes with one thread each."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        f"{APPLICATION}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
