"""The clients of the ledger bench, in processes of their own: prepare, reserve and release for a while, settle, balance."""

import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from luodi.projects.readers import Recorded

QUOTA, UNIT = "so2", 10**6
PROJECTS = 64


def prepare(units: str) -> str:
    """A zone with a scarce account and some projects; the account's number."""
    from luodi.accounts.acting import SYSTEM
    from luodi.domain.vocabulary import Text
    from luodi.ledgers import actions
    from luodi.projects.models import Project
    from luodi.zones.models import Zone

    now = datetime.now(UTC)
    Zone.objects.create(id="bench", zh="台账", en="Bench", kind="industrial", confidence="verified")
    rows = [
        Project(
            slug=f"p{n}", document="x", recorded_by="bench", created=now, changed=now, zh=f"项目{n}", en=f"P{n}",
            zone_id="bench",
        )
        for n in range(PROJECTS)
    ]  # fmt: skip
    Project.objects.bulk_create(rows)
    route = [
        actions.open_account(
            quota=QUOTA, period="", level=level, holder="bench" if level == "zone" else "", name=Text(level, level),
            zone="bench" if level == "zone" else None, by=SYSTEM, at=now,
        )
        for level in ("outside", "province", "zone")
    ]  # fmt: skip
    actions.allot(route=route, amount=int(units) * UNIT, document="bench", by=SYSTEM, at=now)
    return str(route[-1])


def clients(zone: str, count: str, seconds: str, process: str) -> str:
    """So many clients as threads, at work for so long, then taking what is left; what they did, as JSON."""
    from luodi.projects.readers import project

    done = {"reserved": 0, "released": 0, "refused": 0, "held": 0}
    guard, begun = threading.Lock(), time.monotonic()
    until = begun + float(seconds)
    first = int(process) * int(count)
    working = []
    for n in range(int(count)):
        mine = project(f"p{(first + n) % PROJECTS}")
        assert mine is not None  # noqa: S101 - made by prepare
        working.append(threading.Thread(target=_client, args=(int(zone), mine, first + n, until, done, guard)))
    for one in working:
        one.start()
    for one in working:
        one.join()
    return json.dumps(done | {"seconds": time.monotonic() - begun})


def _client(
    zone: int, mine: "Recorded", number: int, until: float, done: dict[str, int], guard: threading.Lock
) -> None:
    from django.db import connection

    from luodi.accounts.acting import SYSTEM
    from luodi.domain.vocabulary import Refusal
    from luodi.ledgers import promising

    luck, held, counts = random.Random(number), list[int](), dict.fromkeys(done, 0)
    while True:
        now, busy = datetime.now(UTC), time.monotonic() < until
        try:
            if busy and held and luck.random() < 0.5:
                promising.release(promises=[held.pop()], why="bench", by=SYSTEM, at=now)
                counts["released"] += 1
            else:
                held += promising.reserve(
                    project=mine, wanted=[promising.Wanted(zone, UNIT)], expires=now + timedelta(days=9), document="",
                    by=SYSTEM, at=now,
                )  # fmt: skip
                counts["reserved"] += 1
        except Refusal as refused:
            if refused.code != "quota_short":
                raise
            counts["refused"] += 1
            if not busy:
                break
    counts["held"] = len(held)
    with guard:
        for name, value in counts.items():
            done[name] += value
    connection.close()


def settle(zone: str) -> str:
    """What stands reserved on the account now, in units, and how many faults the check finds."""
    from luodi.ledgers import readers
    from luodi.ledgers.proving import check

    row = readers.account(int(zone))
    return json.dumps([row.sums.reserved // UNIT if row else 0, sum(1 for _ in check())])


def balance(lines: str) -> str:
    """Median milliseconds of a balance at a moment, on an account with so many lines."""
    from luodi.ledgers import readers

    begin, count = datetime(2026, 1, 1, tzinfo=UTC), int(lines)
    account = _filled(count)
    luck, times = random.Random(7), []
    for _ in range(200):
        moment = luck.randrange(1, count)
        begun = time.perf_counter()
        found = readers.balance_at(account, begin + timedelta(seconds=moment))
        times.append(1000 * (time.perf_counter() - begun))
        if found.inward != moment:
            raise AssertionError(f"balance {found.inward}, not {moment}")
    return str(statistics.median(times))


def _filled(count: int) -> int:
    """An account that received so often, a unit a second; written by the database itself, since it is only to be read."""
    from django.db import connection

    from luodi.ledgers.models import Account, Transfer

    one, other = Account.objects.bulk_create(
        Account(quota="cod", period="", level=level, holder="long", zh="长", en="Long", bounded=level != "outside")
        for level in ("outside", "city")
    )
    last = Transfer.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    at = (
        "TIMESTAMPTZ '2026-01-01 00:00:00Z' + x * INTERVAL '1 second'" if connection.vendor == "postgresql"
        else "strftime('%%Y-%%m-%%d %%H:%%M:%%S', '2026-01-01', '+' || x || ' seconds')"
    )  # fmt: skip
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{numbers} INSERT INTO ledgers_transfer (id, phase, source_id, target_id, amount, at, place, entry, document)"  # noqa: S608
            f" SELECT %s + x, 'move', %s, %s, 1, {at}, 0, 'bench', '' FROM n",
            [count, last, one.pk, other.pk],
        )
        cursor.execute(
            f"{numbers} INSERT INTO ledgers_line (account_id, seq, at, transfer_id, inward, outward, reserved, committed,"  # noqa: S608
            f" expected) SELECT %s, x, {at}, %s + x, x, 0, 0, 0, 0 FROM n",
            [count, other.pk, last],
        )
    return other.pk


STEPS: dict[str, Callable[..., str]] = {"prepare": prepare, "clients": clients, "settle": settle, "balance": balance}

if __name__ == "__main__":
    django.setup()
    print(STEPS[sys.argv[1]](*sys.argv[2:]))
