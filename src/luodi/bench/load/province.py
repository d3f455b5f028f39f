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
    """Milliseconds of one run.  `computing`: of the processor where the database is in the process, else as `ours`;
    `anew`: the same, each time after another event.
    """

    vendor: str
    ours: tuple[float, ...]
    computing: tuple[float, ...]
    anew: tuple[float, ...]
    first: float
    live: float
    seen: float
    sums: int
    events: int


def figures(today: date) -> dict[str, object]:
    """What the command room shows of a province, from the product's own function."""
    from luodi.desk.leading.command_views import sums

    shown = sums(None, today, BACK)
    return {"counts": shown.counts, "zones": shown.by_zone, "unit": shown.by_unit, "cause": shown.by_cause}


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

    def both() -> tuple[float, float]:
        processor = time.process_time()
        wall = timed(figures)
        return wall, 1000 * (time.process_time() - processor) if connection.vendor == "sqlite" else wall

    ours, computing = zip(*(both() for _ in range(TIMES)), strict=True)
    anew = []
    for _ in range(TIMES):
        event(today)
        anew.append(both()[1])
    peer = min(timed(live) for _ in range(2))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        events = cursor.fetchone()[0]
    return Taken(
        connection.vendor, ours, computing, tuple(anew), first, peer, seen(today), Tally.objects.count(), events
    )  # fmt: skip


def seen(today: date) -> float:
    """Milliseconds from an event to its showing."""
    from luodi.desk.leading.command_views import sums

    before = sums(None, today, BACK).counts.decided_today
    begun = time.perf_counter()
    event(today)
    while sums(None, today, BACK).counts.decided_today == before:
        if time.perf_counter() - begun > 10:
            raise AssertionError("a new event is not seen")
    return 1000 * (time.perf_counter() - begun)


def event(today: date) -> None:
    """Something is decided: its sums and its entry of the record, in one transaction, as every act writes them."""
    from collections import Counter

    from django.db import transaction

    from luodi.accounts.acting import SYSTEM
    from luodi.cases import tallying
    from luodi.journal.actions import append

    with transaction.atomic():
        append(chain="project:bench", kind="page.read", by=SYSTEM, at=datetime.now(UTC), project="bench",
               payload={"page": "bench", "subject": "bench"})  # fmt: skip
        tallying.add(Counter({("z1", "u1", today, "decided"): 1}))


def told(one: Taken) -> Figure:
    """The row.  `times`: of the median after an event, the worse of the two."""
    computing, anew, ours = percentile(one.computing, 0.95), percentile(one.anew, 0.95), percentile(one.anew, 0.5)
    return Figure(
        f"province over 100,000 projects and {one.events:,} events, {one.vendor}",
        {
            "computing p95 ms": computing, "by the clock p95 ms": percentile(one.ours, 0.95),
            "after an event p95 ms": anew, "after an event median ms": ours,
            "first in a minute ms": one.first,
            "live statements ms": one.live, "times the live ones": one.live / ours,
            "a new event is seen after ms": one.seen, "sums": one.sums,
        },
        (
            within("ms of computing, p95", computing, MOST_MS), within("ms right after an event, median", ours, MOST_MS),
            atleast("times the live statements", one.live / ours, TIMES_LIVE),
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
    ours, computing, anew = (tuple(found.pop(name)) for name in ("ours", "computing", "anew"))
    return Taken(ours=ours, computing=computing, anew=anew, **found)


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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # as a server does by itself
    print(json.dumps(asdict(taken(today))))


if __name__ == "__main__":
    main()
