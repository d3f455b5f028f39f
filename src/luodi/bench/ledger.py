"""Bench of the quota ledgers: many clients at one scarce account beside pgbench's simple update, and a long account's balance.

Everything happens in a database of its own on the configured server (or in a SQLite file of its own), dropped afterwards.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from luodi.bench.rows import Row, agree, missing

CLIENTS, SQLITE_CLIENTS = 64, 2
PROCESSES = 4
"""The clients are threads of so many processes: 64 interpreters would measure memory."""
SECONDS = 60
QUOTA = 500
"""The scarce account holds so many units; clients reserve and release them one by one."""
LINES = 1_000_000
NAME = "luodi_bench_ledger"


@dataclass(frozen=True, slots=True)
class Done:
    """What one process of clients reports."""

    reserved: int
    released: int
    refused: int
    held: int
    seconds: float


def measured() -> list[Row]:
    """Transfers of all clients at one account, and the balance of an account with a million lines."""
    with a_database() as surroundings:
        zone = int(_said(surroundings, "prepare", str(QUOTA)))
        row = _transfers(surroundings, zone)
        milliseconds = float(_said(surroundings, "balance", str(LINES)))
        what = f"ledger: balance of an account with {LINES:,} entries"
        return [
            row,
            Row(what, milliseconds, within=10, note="median of 200 moments at random, Django's overhead included"),
        ]


def _transfers(surroundings: dict[str, str], zone: int) -> Row:
    postgres = surroundings["LUODI_DATABASE_URL"].startswith("postgresql")
    clients, processes = (CLIENTS, PROCESSES) if postgres else (SQLITE_CLIENTS, SQLITE_CLIENTS)
    words = ("clients", str(zone), str(clients // processes), str(SECONDS))
    working = [_started(surroundings, *words, str(n)) for n in range(processes)]
    reports = [Done(**json.loads(one.communicate()[0].splitlines()[-1])) for one in working]
    seconds = max(one.seconds for one in reports)
    done = sum(one.reserved + one.released for one in reports)
    granted, faults = json.loads(_said(surroundings, "settle", str(zone)))
    agree((sum(one.held for one in reports), granted, faults), (QUOTA, QUOTA, 0), "granted, on the account, faults")
    peer = _pgbench(surroundings, clients) if postgres else None
    note = (
        f"{clients} clients, {done:,} transfers in {seconds:.0f} s, {sum(one.refused for one in reports):,} refused;"
        f" granted at the end: {granted} of {QUOTA}, `ledger check`: {faults} faults; {done / seconds:.0f} transfers/s"
    )
    if postgres and peer is None:
        note += "; " + missing("pgbench")
    elif peer is not None:
        note += f", pgbench -N {1000 / peer:.0f}/s (each row another, no record, no checks)"
    what = f"ledger: a transfer, {clients} clients at one account"
    return Row(what, 1000 * seconds / done, peer="pgbench -N" if peer else "", peer_ms=peer, note=note)


def _pgbench(surroundings: dict[str, str], clients: int) -> float | None:
    """Milliseconds of a simple update with as many clients on the same server; None where pgbench is not installed."""
    if shutil.which("pgbench") is None:
        return None
    at = surroundings["PGBENCH"].split("\t")
    base = ["pgbench", "-h", at[0], "-p", at[1], "-U", at[2], at[3]]
    subprocess.run([*base, "-i", "-s", str(clients), "-q"], check=True, capture_output=True)  # noqa: S603 - ours
    seconds = str(min(SECONDS, 20))
    ran = subprocess.run(  # noqa: S603 - ours
        [*base, "-N", "-n", "-c", str(clients), "-j", "2", "-T", seconds], check=True, capture_output=True, text=True
    )
    line = next(one for one in ran.stdout.splitlines() if one.startswith("tps"))
    return 1000 / float(line.split("=")[1].split()[0])


@contextmanager
def a_database() -> Iterator[dict[str, str]]:
    """Surroundings of a database with all tables and nothing in it; gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    os.environ.setdefault("LUODI_SECRET_KEY", "bench" * 10)
    from django.conf import settings

    configured = settings.DATABASES["default"]
    surroundings = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
        if "postgresql" not in str(configured["ENGINE"]):
            surroundings["LUODI_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'ledger.sqlite3'}"
            _migrated(surroundings)
            yield surroundings
            return
        host, port, user = (str(configured[key]) for key in ("HOST", "PORT", "USER"))
        _sql(configured, f'DROP DATABASE IF EXISTS "{NAME}"', f'CREATE DATABASE "{NAME}"')
        secret = f":{quote(str(configured['PASSWORD']), safe='')}" if configured["PASSWORD"] else ""
        place = quote(host, safe="") + (f":{port}" if port else "")
        surroundings |= {
            "LUODI_DATABASE_URL": f"postgresql://{quote(user)}{secret}@{place}/{NAME}",
            "PGPASSWORD": str(configured["PASSWORD"]),
            "PGBENCH": "\t".join((host or "localhost", port or "5432", user, NAME)),
        }
        try:
            _migrated(surroundings)
            yield surroundings
        finally:
            _sql(configured, f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def _sql(configured: dict[str, object], *statements: str) -> None:
    import psycopg

    at = {"dbname": configured["NAME"], "user": configured["USER"], "host": configured["HOST"]}
    at |= {"port": configured["PORT"], "password": configured["PASSWORD"]}
    with psycopg.connect(autocommit=True, **{key: value for key, value in at.items() if value}) as link:  # type: ignore[arg-type]
        for statement in statements:
            link.execute(statement.encode())


def _migrated(surroundings: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"], check=True, env=surroundings)


def _started(surroundings: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "luodi.bench.ledger_clients", *words]
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves


def _said(surroundings: dict[str, str], *words: str) -> str:
    """What a step in a process of its own printed last."""
    one = _started(surroundings, *words)
    said = one.communicate()[0]
    if one.returncode:
        raise RuntimeError(f"bench step {words[0]} failed")
    return said.splitlines()[-1]
