"""64 clients at one scarce account while their processes are killed at random: nothing acknowledged is lost, nothing doubled.

In the suite a short form (4 kills); `LUODI_LEDGER_KILLS=200` kills so often, `LUODI_LEDGER_KILLS_SEED` chooses other moments.
On PostgreSQL only: SQLite lets one write at a time (`test_together.py` kills its clients).
"""

import os
import random
import subprocess
import sys
import time

import pytest
from django.db import connection
from tests.ledgers.test_together import CHECKING, SETTING, clients, database, said

from luodi.ledgers.models import Promise

__all__ = ["database"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="64 clients at once are for PostgreSQL"),
]
KILLS, SEED = int(os.environ.get("LUODI_LEDGER_KILLS", "4")), int(os.environ.get("LUODI_LEDGER_KILLS_SEED", "1"))
PROCESSES, THREADS, UNITS = 4, 16, 60

CROWD = """
import random, sys, threading, django
django.setup()
from datetime import UTC, datetime, timedelta
from django.db import connection
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import promising
from tests.ledgers.accounts import mu, officer, project
zone, folder, seed, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
who = officer()
def work(n):
    luck, held, mine = random.Random(f"{seed}-{n}"), [], project(f"p{n % 8}")
    with open(f"{folder}/{seed}-{n}", "w", buffering=1) as log:
        while True:
            now = datetime.now(UTC)
            try:
                if held and luck.random() < 0.5:
                    number = held.pop()
                    log.write(f"try {number}\\n")
                    promising.release(promises=[number], why="x", by=who, at=now)
                    log.write(f"free {number}\\n")
                else:
                    (number,) = promising.reserve(project=mine, wanted=[promising.Wanted(zone, mu(1))],
                                                  expires=now + timedelta(days=9), document="", by=who, at=now)
                    held.append(number)
                    log.write(f"held {number}\\n")
            except Refusal as no:
                assert no.code == "quota_short", no
print("ready", flush=True)
for n in range(count):
    threading.Thread(target=work, args=(n,), daemon=True).start()
threading.Event().wait()
"""


def crowd(database, zone, folder, seed):
    """A process of clients, at work."""
    cmd = [sys.executable, "-c", CROWD, zone, str(folder), str(seed), str(THREADS)]
    one = subprocess.Popen(cmd, env=database, stdout=subprocess.PIPE, text=True)
    assert one.stdout.readline() == "ready\n"
    return one


def acknowledged(folder):
    """What the clients were told: numbers held for sure, numbers freed for sure, and those that may be either."""
    held, freed, tried = set[int](), set[int](), set[int]()
    for file in folder.iterdir():
        for line in file.read_text().splitlines():
            word, _, number = line.partition(" ")
            {"held": held, "free": freed, "try": tried}[word].add(int(number))
    return held - tried, freed, len(held)


def test_killed_workers_lose_and_double_nothing(database, tmp_path):
    zone, luck, folder = said(database, SETTING.format(size=UNITS)), random.Random(SEED), tmp_path / "acks"
    folder.mkdir()
    working = [crowd(database, zone, folder, n) for n in range(PROCESSES)]
    try:
        for n in range(KILLS):
            time.sleep(luck.uniform(0.1, 0.8))
            place = luck.randrange(PROCESSES)
            working[place].kill()
            working[place].wait()
            working[place] = crowd(database, zone, folder, PROCESSES + n)
        assert said(database, CHECKING, zone).endswith("[]"), "seen at one moment while the others write"
    finally:
        for one in working:
            one.kill()
            one.wait()
    held, freed, acts = acknowledged(folder)
    states = dict(Promise.objects.values_list("pk", "state"))
    assert {states.get(number) for number in held} <= {"reserve"}, "what was acknowledged is lost"
    assert {states.get(number) for number in freed} <= {"void"}
    assert acts > KILLS, "nobody was at work: this proves nothing"
    (last,) = clients(database, zone, 1, 0.0)
    last.communicate(timeout=90)
    assert said(database, CHECKING, zone) == f"{UNITS} 0 {UNITS} []", "granted is the quota exactly"
    sys.stdout.write(f"\n{KILLS} kills of processes with {THREADS} clients each, {acts} reservations, seed {SEED}\n")
