"""The staging database that the national side reads: a SQLite file, or a schema of PostgreSQL.  Not one of Django's.

Rows are never changed in place.  A table of our own beside theirs (`luodi_sent`) knows what was sent last under each key, so
that a second run writes only what is new or different.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from luodi.domain.vocabulary import Refusal
from luodi.exchange.national.rows import Row, digest, written
from luodi.exchange.national.standard import INVALID, VALID, WAITING, Standard, Table

if TYPE_CHECKING:
    import psycopg

SENT = "luodi_sent"
SCHEMA = "spgl"
AT_ONCE = 400
"""Keys in one question: below what SQLite takes."""
SQLITE = {"text": "TEXT", "whole": "INTEGER", "decimal": "NUMERIC", "day": "TEXT", "moment": "TEXT", "bytes": "BLOB",
          "serial": "INTEGER PRIMARY KEY"}  # fmt: skip
POSTGRES = {"text": "text", "whole": "integer", "decimal": "numeric", "day": "date", "moment": "timestamp", "bytes": "bytea",
            "serial": "bigint PRIMARY KEY"}  # fmt: skip
OURS = (("tab", "text"), ("dfsjzj", "text"), ("digest", "text"), ("lsh", "whole"), ("about", "text"), ("zone", "text"),
        ("above", "text"), ("at", "moment"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent last under a key.  `state`: what the other side says of it (SJSCZT)."""

    digest: str
    lsh: int
    state: int


class Staging:
    """An open staging database, within one transaction; statements are written once for both databases."""

    def __init__(self, connection: "sqlite3.Connection | psycopg.Connection", standard: Standard) -> None:
        self.connection, self.standard = connection, standard
        self.sqlite = isinstance(connection, sqlite3.Connection)
        self._next = 0

    def make(self) -> None:
        """Make the tables that are missing and add the columns that a later version brought."""
        types = SQLITE if self.sqlite else POSTGRES
        for table in self.standard.sent:
            columns = {one.code: types[one.type] for one in table.columns.values()}
            self._table(table.stored, columns)
            self.ask(f"CREATE INDEX IF NOT EXISTS {table.stored}_key ON {table.stored} (DFSJZJ)")
        self._table(SENT, {name: types[type_] for name, type_ in OURS}, ", PRIMARY KEY (tab, dfsjzj)")
        self.ask(f"CREATE INDEX IF NOT EXISTS {SENT}_above ON {SENT} (above)")
        found = [self.ask(f"SELECT MAX(LSH) FROM {one.stored}")[0][0] or 0 for one in self.standard.sent]  # noqa: S608
        self._next = max((int(str(one)) for one in found), default=0)

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """One statement, with `?` for each value; its rows."""
        cursor = self.connection.cursor()
        cursor.execute(sql if self.sqlite else sql.replace("?", "%s"), tuple(values))
        return list(cursor.fetchall()) if cursor.description else []

    def many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """One statement for many rows."""
        if values:
            self.connection.cursor().executemany(sql if self.sqlite else sql.replace("?", "%s"), values)

    @property
    def made(self) -> bool:
        """Whether anything was ever sent there."""
        return bool(columns_of(self, SENT))

    def kept(self, table: str, keys: Sequence[str]) -> dict[str, Kept]:
        """What was sent last under keys of a table.  One query for every 400."""
        found: dict[str, Kept] = {}
        stored = self.standard.tables[table].stored
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            rows = self.ask(
                f"SELECT s.dfsjzj, s.digest, s.lsh, t.SJSCZT FROM {SENT} s JOIN {stored} t ON t.LSH = s.lsh"  # noqa: S608
                f" WHERE s.tab = ? AND s.dfsjzj IN ({', '.join('?' * len(some))})",
                (table, *some),
            )
            found |= {str(key): Kept(str(digest_), int(str(lsh)), int(str(state))) for key, digest_, lsh, state in rows}
        return found

    def below(self, above: str) -> list[tuple[str, str]]:
        """Table and key of everything sent below a row and not taken back since."""
        rows = self.ask(f"SELECT tab, dfsjzj FROM {SENT} WHERE above = ? AND digest <> ''", (above,))  # noqa: S608
        return [(str(tab), str(key)) for tab, key in rows]

    def add(self, table: Table, rows: Sequence[Row], at: datetime) -> None:
        """Write rows as valid and waiting, each under a new number, and remember them as the last of their keys."""
        numbers = self._numbers(len(rows))
        codes = list(table.columns)
        fixed = {"SJYXBS": VALID, "SJWXYY": None, "SJSCZT": WAITING, "SBYY": None}
        lines = []
        for row, number in zip(rows, numbers, strict=True):
            values = {**row.values, **fixed, "LSH": number, "DFSJZJ": row.key}
            lines.append([written(values.get(code)) for code in codes])
        self.many(f"INSERT INTO {table.stored} ({', '.join(codes)}) VALUES ({', '.join('?' * len(codes))})", lines)  # noqa: S608
        self.remember(
            (table.name, row.key, digest(row), number, row.about[:200], row.zone, place(row.parent), written(at))
            for row, number in zip(rows, numbers, strict=True)
        )

    def remember(self, lines: Iterable[Sequence[object]]) -> None:
        """Note what is now the last row of its key: the columns of `OURS`."""
        names = [name for name, _ in OURS]
        rest = ", ".join(f"{name} = excluded.{name}" for name in names[2:])
        self.many(
            f"INSERT INTO {SENT} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            f" ON CONFLICT (tab, dfsjzj) DO UPDATE SET {rest}",
            [tuple(one) for one in lines],
        )

    def copy(self, table: Table, numbers: Sequence[int], *, valid: bool, reason: str | None = None) -> tuple[int, ...]:
        """Write rows once more as they stand, waiting: as invalid with the reason, or valid again; their new numbers."""
        made = self._numbers(len(numbers))
        codes = [code for code in table.columns if code not in ("LSH", "SJYXBS", "SJWXYY", "SJSCZT", "SBYY")]
        self.many(
            f"INSERT INTO {table.stored} (LSH, SJYXBS, SJWXYY, SJSCZT, SBYY, {', '.join(codes)})"  # noqa: S608
            f" SELECT ?, ?, ?, ?, NULL, {', '.join(codes)} FROM {table.stored} WHERE LSH = ?",
            [(new, VALID if valid else INVALID, reason, WAITING, old) for new, old in zip(made, numbers, strict=True)],
        )
        return made

    def _numbers(self, count: int) -> tuple[int, ...]:
        first = self._next + 1
        self._next += count
        return tuple(range(first, first + count))

    def _table(self, name: str, columns: Mapping[str, str], more: str = "") -> None:
        listed = ", ".join(f"{code} {type_}" for code, type_ in columns.items())
        self.ask(f"CREATE TABLE IF NOT EXISTS {name} ({listed}{more})")
        there = columns_of(self, name)
        for code, type_ in columns.items():
            if code.lower() not in there:
                self.ask(f"ALTER TABLE {name} ADD COLUMN {code} {type_}")


def columns_of(staging: Staging, name: str) -> set[str]:
    """The columns a table there has, in small letters; none where there is no such table."""
    if staging.sqlite:
        return {str(row[1]).lower() for row in staging.ask(f"PRAGMA table_info({name})")}
    rows = staging.ask(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?",
        (name.lower(),),
    )
    return {str(row[0]) for row in rows}


def place(parent: tuple[str, str] | None) -> str:
    """Table and key of a row in one text."""
    return "|".join(parent) if parent else ""


@contextmanager
def opened(url: str, standard: Standard, *, write: bool = True) -> Iterator[Staging]:
    """The staging database at `sqlite:///file` or `postgresql://…[?schema=spgl]`, in one transaction: all or nothing.

    `write` False: only read, and make nothing; ask `made` whether anything is there.
    Raises `Refusal`: `national_staging_unknown`, `national_staging_unreachable`.
    """
    import psycopg  # where no PostgreSQL is used, no first page waits for it

    try:
        connection = _connected(url, write=write)
    except (sqlite3.Error, psycopg.Error, OSError) as error:
        raise Refusal("national_staging_unreachable", reason=str(error).strip()[:300]) from error
    staging = Staging(connection, standard)
    try:
        if write:
            staging.make()
        yield staging
        connection.commit()
    except (sqlite3.Error, psycopg.Error) as error:
        connection.rollback()
        raise Refusal("national_staging_unreachable", reason=str(error).strip()[:300]) from error
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.close()


def _connected(url: str, *, write: bool) -> "sqlite3.Connection | psycopg.Connection":
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = Path(unquote(url.removeprefix("sqlite:///")))
        if not write and not path.exists():
            return sqlite3.connect(":memory:", isolation_level=None)
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        return connection
    if parts.scheme in ("postgresql", "postgres"):
        schema = parse_qs(parts.query).get("schema", [SCHEMA])[0]
        if not schema.replace("_", "").isalnum() or not schema.isascii():
            raise Refusal("national_staging_unknown", url=schema[:40])
        import psycopg

        found = psycopg.connect(url.partition("?")[0])
        if write:
            found.execute("SELECT pg_advisory_xact_lock(hashtext('luodi national exchange'))")
            found.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        found.execute(f"SET LOCAL search_path TO {schema}")
        return found
    raise Refusal("national_staging_unknown", url=parts.scheme or "?")
