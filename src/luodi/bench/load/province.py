# ruff: noqa: S608 - statements over constants of this room
"""Row 5: the province's figures over 100,000 projects and 5,000,000 events, from roll-ups beside the live statements.

Runs in a process and a database of its own: `python -m luodi.bench.load.province` with LUODI_DATABASE_URL set to an
empty one, which `luodi bench load` makes and throws away.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from luodi.bench.load import passing
from luodi.bench.load.figures import Aim, Figure, atleast, percentile, within

TIMES, BACK = 40, 30
MOST_MS, TIMES_LIVE, SEEN_MS = 10.0, 50.0, 1000.0


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of one run.  `computing`: of the processor where the database is in the process, else as `ours`."""

    vendor: str
    ours: tuple[float, ...]
    computing: tuple[float, ...]
    first: float
    live: float
    seen: float
    sums: int
    events: int


def figures(today: date) -> dict[str, object]:
    """What the command room shows of a province, from the product's own readers."""
    from luodi.cases import readers as cases
    from luodi.cases.standing import midnight
    from luodi.plans import readers as plans

    since = today - timedelta(days=BACK)
    settled, begins = midnight(today), midnight(since)
    counts, zones = cases.at_a_glance(None, today, since)
    unit, cause = plans.lost_by("unit", "cause", since=begins, settled=settled)
    return {"counts": counts, "zones": zones, "unit": unit, "cause": cause}


def live(today: date) -> dict[str, object]:
    """The same from the events themselves, at the moment of asking: the peer."""
    from django.db import connection

    from luodi.bench.load.filling import TABLE
    from luodi.cases.readers.lights import Lights
    from luodi.cases.standing import midnight

    lights, since = Lights(midnight(today)), today - timedelta(days=BACK)
    due, span = f"FROM {TABLE} WHERE kind = 'due'", f"FROM {TABLE} WHERE kind = %s AND day BETWEEN %s AND %s"
    statements: dict[str, tuple[str, list[object]]] = {
        "today": (f"SELECT kind, COUNT(*) FROM {TABLE} WHERE day = %s AND kind <> 'due' GROUP BY kind", [today]),
        "open": (f"SELECT zone, COUNT(*) {due} GROUP BY zone", []),
        "overdue": (f"SELECT zone, COUNT(*) {due} AND day < %s GROUP BY zone", [lights.late_before]),
        "decided": (f"SELECT zone, COUNT(*) {span} GROUP BY zone", ["decided", since, today]),
        "lost": (f"SELECT zone, SUM(days) {span} GROUP BY zone", ["lost", since, today]),
        "unit": (f"SELECT unit, SUM(days) {span} GROUP BY unit", ["lost", since, today]),
        "cause": (f"SELECT cause, SUM(days) {span} GROUP BY cause", ["lost", since, today]),
    }
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for name, (sql, values) in statements.items():
            cursor.execute(sql, [str(one) for one in values])
            found[name] = dict(cursor.fetchall())
    return found


def agree(ours: Mapping[str, object], theirs: Mapping[str, object]) -> None:
    """Both must say the same, else no time is believed."""
    zones = {one.zone: one for one in ours["zones"]}  # type: ignore[attr-defined]
    for name in ("open", "overdue", "decided", "lost"):
        said = {zone: getattr(one, name) for zone, one in zones.items() if getattr(one, name)}
        if said != theirs[name]:
            raise AssertionError(f"{name}: the roll-ups and the events differ")
    for name in ("unit", "cause"):
        if {one.key: one.lost for one in ours[name]} != theirs[name]:  # type: ignore[attr-defined]
            raise AssertionError(f"{name}: the roll-ups and the events differ")


def taken(today: date) -> Taken:
    """Take the times in a filled database."""
    from django.db import connection

    from luodi.bench.load.filling import TABLE
    from luodi.cases.models import Tally

    def timed(act: object) -> float:
        begun = time.perf_counter()
        act(today)  # type: ignore[operator]
        return 1000 * (time.perf_counter() - begun)

    first = timed(figures)
    agree(figures(today), live(today))
    both = []
    for _ in range(TIMES):
        processor = time.process_time()
        wall = timed(figures)
        both.append((wall, 1000 * (time.process_time() - processor) if connection.vendor == "sqlite" else wall))
    ours, computing = zip(*both, strict=True)
    peer = min(timed(live) for _ in range(2))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        events = cursor.fetchone()[0]
    return Taken(connection.vendor, ours, computing, first, peer, seen(today), Tally.objects.count(), events)


def seen(today: date) -> float:
    """Milliseconds from an event's sums to their showing."""
    from collections import Counter

    from luodi.cases import readers, tallying

    before = readers.standing_of(None, today).decided_today
    begun = time.perf_counter()
    tallying.add(Counter({("z1", "u1", today, "decided"): 1}))
    while readers.standing_of(None, today).decided_today == before:
        if time.perf_counter() - begun > 10:
            raise AssertionError("a new event is not seen")
    return 1000 * (time.perf_counter() - begun)


def told(one: Taken) -> Figure:
    """The row."""
    computing, ours = percentile(one.computing, 0.95), percentile(one.ours, 0.5)
    return Figure(
        f"province over 100,000 projects and {one.events:,} events, {one.vendor}",
        {
            "computing p95 ms": computing, "by the clock p95 ms": percentile(one.ours, 0.95), "median ms": ours,
            "first in a minute ms": one.first,
            "live statements ms": one.live, "times the live ones": one.live / ours,
            "a new event is seen after ms": one.seen, "sums": one.sums,
        },
        (
            within("ms of computing, p95", computing, MOST_MS), atleast("times the live statements", one.live / ours, TIMES_LIVE),
            within("ms until a new event is seen", one.seen, SEEN_MS), Aim("the same figures as the live statements", True),
        ),
        "sums of the days before today are kept for a minute in the process: the first in a minute pays for them",
    )  # fmt: skip


def measure() -> list[Figure]:
    """The row, in a process and a database of its own."""
    with passing.database() as url:
        said = subprocess.run(
            [sys.executable, "-m", "luodi.bench.load.province"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"], "LUODI_DATABASE_URL": url},
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    return [told(read(said))]


def read(said: str) -> Taken:
    """What that process printed."""
    found = json.loads(said)
    ours, computing = tuple(found.pop("ours")), tuple(found.pop("computing"))
    return Taken(ours=ours, computing=computing, **found)


def main() -> None:
    """Fill an empty database and print the times as JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from luodi.bench.load.filling import Size, fill

    today = datetime.now(UTC).date()
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:  # the events belong to no project of the tables
        cursor.execute(
            "PRAGMA foreign_keys=OFF" if connection.vendor == "sqlite" else "SET session_replication_role = replica"
        )
    fill(Size(*(int(one) for one in sys.argv[1:2])), today)
    print(json.dumps(asdict(taken(today))))


if __name__ == "__main__":
    main()
