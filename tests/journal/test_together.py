"""Several processes writing at once: one chain stays one chain, and a key is good for one act."""

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import quote

import pytest
from django.db import connection

from luodi.domain.events.proof import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITER = """
import sys, django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from luodi.domain.vocabulary import Refusal
from luodi.journal import actions
from tests.journal.people import WANG, reading

chain, keyed = sys.argv[1], sys.argv[2] == "keyed"
print("ready", flush=True)
sys.stdin.readline()
done = refused = 0
for n in range(60):
    try:
        with transaction.atomic():
            actions.append(chain=chain, kind="page.read", by=WANG, at=datetime.now(UTC), payload=reading(),
                           key=f"k{n}" if keyed else None)
            done += 1
    except Refusal as no:
        assert no.code == "already_done", no
        refused += 1
print(done, refused)
"""

EXPORT = """
import sys, django
django.setup()
from luodi.journal import readers
sys.stdout.writelines(readers.lines())
"""


SURROUNDINGS = {
    **os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "luodi.config.settings"),
    "PYTHONPATH": os.pathsep.join(sys.path),
}  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A SQLite file with the tables of the record alone; memory cannot be shared between processes."""
    path = tmp_path_factory.mktemp("together") / "empty.sqlite3"
    cmd = [sys.executable, "-m", "django", "migrate", "journal", "-v0", "--skip-checks"]
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


def started(database, *words):
    """A writer that waits for its signal."""
    cmd = [sys.executable, "-c", WRITER, *words]
    one = subprocess.Popen(cmd, env=database, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert one.stdout.readline() == "ready\n"
    return one


def together(database, *all_words):
    """What each writer did, all let go at once: acts done, acts refused."""
    writers = [started(database, *words) for words in all_words]
    for one in writers:
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0].split() for one in writers]
    assert [one.returncode for one in writers] == [0] * len(writers)
    return [(int(done), int(refused)) for done, refused in said]


def exported(database):
    done = subprocess.run([sys.executable, "-c", EXPORT], env=database, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_two_writers_make_one_unbroken_chain(database):
    assert together(database, ("project:jinko", "free"), ("project:jinko", "free")) == [(60, 0), (60, 0)]
    lines = exported(database)
    assert len(lines) == 120
    assert list(verify(lines)) == []


def test_two_writers_with_the_same_keys_do_each_act_once(database):
    said = together(database, ("project:a", "keyed"), ("project:b", "keyed"), ("project:a", "keyed"))
    assert Counter(done + refused for done, refused in said) == {60: 3}
    assert sum(done for done, _ in said) == 60
    lines = exported(database)
    assert len(lines) == 60
    assert list(verify(lines)) == []


def test_writers_killed_in_the_middle_leave_whole_acts_only(database):
    writers = [started(database, "project:jinko", "free") for _ in range(3)]
    for one in writers:
        one.stdin.write("\n")
        one.stdin.flush()
    for one in writers:
        time.sleep(0.04)
        one.kill()
        one.communicate()
    before = len(exported(database))
    assert together(database, ("project:jinko", "free")) == [(60, 0)]
    lines = exported(database)
    assert len(lines) == before + 60
    assert list(verify(lines)) == []
