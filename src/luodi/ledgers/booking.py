"""Writing steps into accounts: the only place where sums change, under a lock, in the caller's transaction.

Locks are taken in one order by everybody, so that no two acts wait for each other: first the chain of the record
(`record`), then the accounts by number (`hold`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from luodi.domain.events.canonical import Json
from luodi.domain.ledger.book import Phase, Sums, effects
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import SKEW, Who, append
from luodi.ledgers.models import SUMS, Account, Line

CHINA = ZoneInfo("Asia/Shanghai")
STEP = (
    "phase", "source_id", "target_id", "amount", "at", "promise_id", "place", "reverses_id", "expires", "entry", "document",
)  # fmt: skip
LINED = ("account_id", "seq", "at", "transfer_id", *SUMS)
LINE = f"INSERT INTO ledgers_line ({', '.join(LINED)}) VALUES ({', '.join(['%s'] * len(LINED))})"  # noqa: S608 - our own names
UPDATE = f"UPDATE ledgers_account SET {', '.join(f'{name} = %s' for name in (*SUMS, 'count', 'latest'))} WHERE id = %s"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Draft:
    """A step still to be written; `before`: the step it follows, with its amount."""

    phase: Phase
    source: int
    target: int
    amount: int
    before: tuple[Phase, int] | None = None
    promise: int | None = None
    place: int = 0
    reverses: int | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """An account that does not have what was asked of it: what it has left, and what was asked."""

    account: Account
    left: int
    wanted: int


class TooLittle(Exception):  # noqa: N818 - turned into a sentence by whoever asked
    """Some accounts would fall below zero; nothing was written."""

    def __init__(self, short: Sequence[Short]) -> None:
        super().__init__(", ".join(str(one.account) for one in short))
        self.short = tuple(short)


def record(
    kind: str,
    drafts: Sequence[Draft],
    accounts: Mapping[int, Account],
    *,
    by: Who,
    at: datetime,
    key: str | None,
    facts: Mapping[str, Json] | None = None,
) -> str:
    """Write the journal entry of an act, in the chain of the project it concerns, else of the zone, else of all ledgers.

    Returns its hash.  Raises `Refusal` (`already_done`, `clock_behind`).
    """
    touched = [accounts[one.target] for one in drafts] or list(accounts.values())
    place = max(touched, key=lambda one: (one.level == "project", one.zone_id is not None))
    project = place.holder if place.level == "project" else ""
    zone = place.zone_id or ""
    chain = f"project:{project}" if project else f"zone:{zone}" if zone else "ledgers"
    payload = {"steps": [told(one, accounts) for one in drafts]} if drafts else {}
    return append(
        chain=chain, kind=kind, by=by, at=at, zone=zone, project=project, payload=payload | dict(facts or {}), key=key
    ).hash


def told(draft: Draft, accounts: Mapping[int, Account]) -> dict[str, Json]:
    """A step as the record holds it; `luodi ledger check` compares it with the table."""
    said: dict[str, Json] = {
        "phase": draft.phase.value,
        "from": str(accounts[draft.source]),
        "to": str(accounts[draft.target]),
        "amount": draft.amount,
    }
    if draft.promise is not None:
        said["promise"] = draft.promise
    if draft.reverses is not None:
        said["reverses"] = draft.reverses
    return said


def hold(numbers: Collection[int]) -> dict[int, Account]:
    """The accounts, locked until the transaction ends, always in the order of their numbers.  One query."""
    if not connection.in_atomic_block:
        raise RuntimeError("accounts are held inside the transaction of the act")
    rows = Account.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(numbers)).order_by("pk")
    return {row.pk: row for row in rows}


def write(
    drafts: Sequence[Draft], held: Mapping[int, Account], *, entry: str, at: datetime, document: str = ""
) -> tuple[int, ...]:
    """Write steps in their order into accounts that are held; the numbers of the steps.

    Raises `TooLittle` with every account that would fall below zero, at any step of the way.  Three statements, the
    last two sent once for each line and account.
    """
    stored = connection.ops.adapt_datetimefield_value(_in_order(held.values(), at))
    sums = {number: sums_of(row) for number, row in held.items()}
    lines: list[tuple[int, int, Sums]] = []  # step, account, sums after it
    short: dict[int, Short] = {}
    for place, one in enumerate(drafts):
        for number, change in zip((one.source, one.target), effects(one.phase, one.amount, one.before), strict=True):
            before, after = sums[number], sums[number] + change
            if held[number].bounded and after.available < 0 and number not in short:
                short[number] = Short(held[number], before.available, before.available - after.available)
            sums[number] = after
            lines.append((place, number, after))
    if short:
        raise TooLittle(tuple(short.values()))
    steps = _steps(drafts, entry, stored, document)
    rows = []
    for place, number, after in lines:
        held[number].count += 1
        rows.append((number, held[number].count, stored, steps[place], *columns(after).values()))
    with connection.cursor() as cursor:
        cursor.executemany(LINE, rows)
        cursor.executemany(
            UPDATE, [(*columns(sums[one]).values(), held[one].count, stored, one) for one in sorted(sums)]
        )
    return steps


def _steps(drafts: Sequence[Draft], entry: str, at: datetime | str | None, document: str) -> tuple[int, ...]:
    """Insert the steps; their numbers, in order.  Plain SQL: others wait for these accounts meanwhile."""
    values: list[datetime | str | int | None] = []
    for one in drafts:
        values += (one.phase.value, one.source, one.target, one.amount, at, one.promise, one.place, one.reverses)
        values += (one.expires and connection.ops.adapt_datetimefield_value(one.expires), entry, document)
    row = f"({', '.join(['%s'] * len(STEP))})"
    sql = f"INSERT INTO ledgers_transfer ({', '.join(STEP)}) VALUES {', '.join([row] * len(drafts))} RETURNING id"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(sorted(number for (number,) in cursor.fetchall()))


def sums_of(row: Account | Line) -> Sums:
    """The sums that stand on a row."""
    return Sums(*(getattr(row, name) for name in SUMS))


def columns(sums: Sums) -> dict[str, int]:
    """Sums as columns."""
    return {name: getattr(sums, name) for name in SUMS}


def _in_order(accounts: Collection[Account], at: datetime) -> datetime:
    """The moment of the step: never before the last line of any account it touches."""
    latest = max((row.latest for row in accounts if row.latest), default=at)
    if latest - at > SKEW:
        raise Refusal("clock_behind", at=at.astimezone(CHINA), latest=latest.astimezone(CHINA), chain="ledgers")
    return max(at, latest)
