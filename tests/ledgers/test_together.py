"""Several processes at one scarce account: what is granted is the quota exactly, also when some of them are killed."""

import os
import random
import shutil
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SETTING = """
import django
django.setup()
from tests.ledgers.accounts import officer, project, province
*_, zone = province(size="{size} 亩")
officer()
[project(f"p{{n}}") for n in range(8)]
print(zone)
"""

CLIENT = """
import random, sys, time, django
django.setup()
from datetime import UTC, datetime, timedelta
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import promising
from tests.ledgers.accounts import mu, officer, project
zone, slug, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
who, mine, held, luck = officer(), project(slug), [], random.Random(slug)
print("ready", flush=True)
sys.stdin.readline()
until = time.monotonic() + seconds
while True:
    now = datetime.now(UTC)
    busy = time.monotonic() < until
    try:
        if busy and held and luck.random() < 0.4:
            promising.release(promises=[held.pop()], why="x", by=who, at=now)
        else:
            held += promising.reserve(project=mine, wanted=[promising.Wanted(zone, mu(1))], expires=now + timedelta(days=9),
                                      document="", by=who, at=now)
    except Refusal as no:
        assert no.code == "quota_short", no
        if not busy:
            break
print(len(held), flush=True)
"""

CHECKING = """
import sys, django
django.setup()
from tests.ledgers.accounts import faults
from luodi.ledgers import readers
sums = readers.account(int(sys.argv[1])).sums
print(sums.reserved // 10_000, sums.available, len(readers.promises(limit=10_000)), faults())
"""

SURROUNDINGS = {
    **os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "luodi.config.settings"),
    "PYTHONPATH": os.pathsep.join(sys.path),
}  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A SQLite file with all tables; memory cannot be shared between processes."""
    path = tmp_path_factory.mktemp("together") / "empty.sqlite3"
    cmd = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
    subprocess.run(cmd, check=True, env=SURROUNDINGS | {"LUODI_DATABASE_URL": f"sqlite:///{path}"})
    return path


@pytest.fixture
def database(request, tmp_path):
    """Surroundings in which other processes find a database of their own on SQLite, this one on PostgreSQL."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('empty'), tmp_path / 'together.sqlite3')}"
    else:
        at = connection.settings_dict
        url = f"postgresql://{quote(at['USER'])}@{quote(at['HOST'], safe='')}/{quote(at['NAME'])}"
    return SURROUNDINGS | {"LUODI_DATABASE_URL": url}


def said(database, script, *words):
    """What a script in a process of its own printed last."""
    cmd = [sys.executable, "-c", script, *words]
    done = subprocess.run(cmd, env=database, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def clients(database, zone, count, seconds):
    """So many clients, all let go at once."""
    found = []
    for n in range(count):
        cmd = [sys.executable, "-c", CLIENT, zone, f"p{n}", str(seconds)]
        one = subprocess.Popen(cmd, env=database, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert one.stdout.readline() == "ready\n"
        found.append(one)
    for one in found:
        one.stdin.write("\n")
        one.stdin.flush()
    return found


def test_what_is_granted_is_the_quota_exactly(database):
    zone = said(database, SETTING.format(size=40))
    working = clients(database, zone, 2 if connection.vendor == "sqlite" else 6, 2.0)
    held = [int(one.communicate(timeout=90)[0]) for one in working]
    assert [one.returncode for one in working] == [0] * len(working)
    assert sum(held) == 40
    assert said(database, CHECKING, zone) == "40 0 40 []"


def test_killed_clients_leave_whole_acts_only(database):
    zone, luck = said(database, SETTING.format(size=60)), random.Random(5)
    working = clients(database, zone, 3, 30.0)
    for one in working:
        time.sleep(luck.uniform(0.1, 0.5))
        one.kill()
        one.communicate()
    assert said(database, CHECKING, zone).endswith("[]")
    (last,) = clients(database, zone, 1, 0.0)
    last.communicate(timeout=90)
    assert said(database, CHECKING, zone) == "60 0 60 []"
