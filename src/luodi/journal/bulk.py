"""A whole chain written in memory first, for invented data: its acts need the hash of an entry before any row is kept."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from django.db import connection

from luodi.domain.events.canonical import canonical
from luodi.domain.events.kinds import kind as kind_rule
from luodi.domain.events.record import Record, linked
from luodi.journal.actions import BATCH, FIELDS, LONGEST_WHO, Draft
from luodi.journal.models import HASH, Chain

ENTRIES = "journal_entry"
ENTRY = ("chain_id", *FIELDS, "at")


class Strand:
    """A new chain.  Drafts are tied on in order of time, exactly as `append` would; `keep` writes them."""

    def __init__(self, name: str, zone: str) -> None:
        self.name, self.zone = name, zone
        self.records: list[Record] = []

    def tie(self, draft: Draft) -> str:
        """Tie one entry on; its hash.  A payload that its kind does not allow is a bug, and so is going back in time."""
        kind_rule(draft.kind).check(draft.payload)
        last = self.records[-1] if self.records else None
        if last is not None and draft.at < last.at:
            raise ValueError(f"{draft.kind} at {draft.at} comes after {last.kind} at {last.at}")
        by = draft.by
        record = linked(
            self.name, len(self.records) + 1, draft.kind, draft.zone, draft.project, by.person or None, by.post or None,
            by.label[:LONGEST_WHO], draft.at, canonical(draft.payload), last.hash if last else "0" * HASH,
        )  # fmt: skip
        self.records.append(record)
        return record.hash

    def keep(self) -> None:
        """Write the chain; one that exists already is an IntegrityError."""
        last = self.records[-1]
        row = Chain(name=self.name, zone=self.zone, count=last.seq, head=last.hash, latest=last.at)
        row.save(force_insert=True)
        rows = ((one.chain, *(getattr(one, name) for name in FIELDS), one.at) for one in self.records)
        insert(ENTRIES, ENTRY, rows)


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write many rows without objects: COPY on PostgreSQL, executemany on SQLite; inside the caller's transaction."""
    names = ", ".join(f'"{one}"' for one in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 - our names
        stored = ([_stored(value) for value in row] for row in rows)
        while batch := list(islice(stored, BATCH)):
            cursor.executemany(statement, batch)


def last_number(table: str) -> int:
    """The highest number a table has given so far.  One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608 - our own table names
        (found,) = cursor.fetchone()
    return int(found)


def give_on_from(table: str, number: int) -> None:
    """Let a table go on numbering behind `number`, below which numbers are given by hand; SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, max(1, number)])


def _stored(value: object) -> Any:  # what a driver takes
    if type(value) is datetime:
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")  # as Django keeps it there
    return value.isoformat() if type(value) is date else value
