"""What the national side says of the rows it was given: how many passed, which failed and why; and sending one again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal, Text
from luodi.exchange.national.staging import SENT, Staging, opened
from luodi.exchange.national.standard import FAILED, PASSED, WAITING, Standard, Table
from luodi.journal.actions import append


@dataclass(frozen=True, slots=True)
class TableState:
    """The last rows of all keys of a table, by what the other side says.  `other`: a state whose label was never seen."""

    table: str
    title: Text
    waiting: int
    failed: int
    passed: int
    other: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A row the other side refused.  `number`: LSH; `reason`: SBYY, its own words; `at`: when we wrote it (Shanghai)."""

    table: str
    title: Text
    key: str
    number: int
    about: str
    zone: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Read:
    """The answers.  `more`: the failed rows go on after this number; None where these are all."""

    tables: tuple[TableState, ...]
    failed: tuple[Failed, ...]
    more: int | None


def read_back(
    url: str, standard: Standard, *, zones: Collection[str] | None = None, after: int = 0, limit: int = 50
) -> Read:
    """How the rows of zones (None: all) stand on the other side, and those that failed, by number.

    Two queries for each table, on the staging database; nothing where nothing was ever sent.  Raises `Refusal` where it
    cannot be reached.
    """
    with opened(url, standard, write=False) as staging:
        if not staging.made:
            return Read((), (), None)
        tables = tuple(_state(staging, table, zones) for table in standard.sent)
        found = [one for table in standard.sent for one in _failed(staging, table, zones, after, limit)]
    page = sorted(found, key=lambda one: one.number)
    more = page[limit - 1].number if len(page) > limit else None
    return Read(tables, tuple(page[:limit]), more)


def resend(
    url: str, standard: Standard, *, table: str, key: str, number: int, zones: Collection[str] | None, by: Acting,
    at: datetime,
) -> int:  # fmt: skip
    """Send a row that failed once more, as it stands: a new row that waits; its number.  The act is recorded.

    Raises `Refusal`: `national_row_gone` where somebody was faster or it is another zone's, and where it did not fail.
    """
    found = standard.tables.get(table)
    if found is None or not found.filled:
        raise Refusal("national_row_gone", key=key[:80])
    with transaction.atomic(), opened(url, standard) as staging:
        rows = staging.ask(
            f"SELECT s.zone FROM {SENT} s JOIN {found.stored} t ON t.LSH = s.lsh"  # noqa: S608 - names of the standard
            " WHERE s.tab = ? AND s.dfsjzj = ? AND s.lsh = ? AND t.SJSCZT = ?",
            (found.name, key, number, FAILED),
        )
        if not rows or (zones is not None and rows[0][0] not in zones):
            raise Refusal("national_row_gone", key=key[:80])
        zone = str(rows[0][0] or "")
        append(
            chain=f"zone:{zone}" if zone else "exchange", kind="national.resent", by=by, at=at, zone=zone,
            payload={"table": found.name, "key": key, "row": number},
        )  # fmt: skip
        new = staging.copy(found, [number], valid=True)[0]
        staging.ask(f"UPDATE {SENT} SET lsh = ? WHERE tab = ? AND dfsjzj = ?", (new, found.name, key))  # noqa: S608
    return new


def _state(staging: Staging, table: Table, zones: Collection[str] | None) -> TableState:
    where, values = _of(zones)
    rows = staging.ask(
        f"SELECT t.SJSCZT, COUNT(*) FROM {SENT} s JOIN {table.stored} t ON t.LSH = s.lsh"  # noqa: S608 - as above
        f" WHERE s.tab = ? AND s.digest <> ''{where} GROUP BY t.SJSCZT",
        (table.name, *values),
    )
    counts = {int(str(state)): int(str(count)) for state, count in rows}
    waiting, failed, passed = (counts.pop(state, 0) for state in (WAITING, FAILED, PASSED))
    return TableState(table.name, table.title, waiting, failed, passed, sum(counts.values()))


def _failed(
    staging: Staging, table: Table, zones: Collection[str] | None, after: int, limit: int
) -> tuple[Failed, ...]:
    where, values = _of(zones)
    rows = staging.ask(
        f"SELECT s.dfsjzj, s.lsh, s.about, s.zone, t.SBYY, s.at FROM {SENT} s JOIN {table.stored} t ON t.LSH = s.lsh"  # noqa: S608
        f" WHERE s.tab = ? AND s.digest <> '' AND t.SJSCZT = ? AND s.lsh > ?{where} ORDER BY s.lsh LIMIT {int(limit) + 1}",
        (table.name, FAILED, after, *values),
    )
    return tuple(
        Failed(
            table.name, table.title, str(key), int(str(lsh)), str(about), str(zone or ""), str(why or ""), str(at)[:16]
        )
        for key, lsh, about, zone, why, at in rows
    )


def _of(zones: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    if zones is None:
        return "", ()
    if not zones:
        return " AND 1 = 0", ()
    return f" AND s.zone IN ({', '.join('?' * len(zones))})", tuple(sorted(zones))
