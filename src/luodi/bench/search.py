"""Bench of the search box: half a million records beside a plain LIKE over the same table, in a database of its own."""

import json
import subprocess
import sys

from luodi.bench.ledger import a_database
from luodi.bench.rows import Row

RECORDS = 500_000
LIKE = "LIKE '%…%'"


def measured() -> list[Row]:
    """What a post finds while it types, in its own zone and in the whole province: the median, and the slowest of all."""
    with a_database() as surroundings:
        command = [sys.executable, "-m", "luodi.bench.search_asking", str(RECORDS)]
        ran = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
        said = json.loads(ran.stdout.splitlines()[-1])
    kind = "PostgreSQL" if surroundings["LUODI_DATABASE_URL"].startswith("postgresql") else "SQLite"
    note = f"{kind}; {said['marks']:,} beginnings, {said['words']} words typed; all that is found, LIKE finds too"
    rows = []
    for reach in ("province", "zone"):
        one = said[reach]
        rows += [
            Row(
                f"search: {RECORDS:,} records, {reach}", one["median"], peer=LIKE, peer_ms=one["peer_median"], faster=10,
                within=100, note=note,
            ),
            Row(
                f"search: the slowest word, {reach}", one["worst"], peer=LIKE, peer_ms=one["peer_worst"], within=100,
                note=f"“{one['worst_word']}”; LIKE's own slowest beside it",
            ),
        ]  # fmt: skip
    return rows
