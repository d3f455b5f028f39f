"""`luodi ledger check`: everything is written again from the first step on, and compared with the tables and the record."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db import connection, transaction

from luodi.domain.events.canonical import canonical
from luodi.domain.ledger.amounts import said
from luodi.domain.ledger.book import Phase, Step
from luodi.domain.ledger.kinds import kinds
from luodi.domain.ledger.proof import Line, Replay, Stand
from luodi.domain.vocabulary import Place, Problem
from luodi.journal import readers as journal
from luodi.journal.readers import Cursor
from luodi.ledgers.booking import sums_of
from luodi.ledgers.models import Account, Promise, Transfer
from luodi.ledgers.models import Line as LineModel
from luodi.ledgers.naming import FIGURES, account_name
from luodi.ledgers.readers import assertions

CHUNK = 2_000
STEPPING = ("allotted", "reserved", "prolonged", "committed", "posted", "released", "expired", "reversed")
"""The journal kinds that tell of steps, behind `ledger.`."""


@dataclass(slots=True)
class Checked:
    """How much was looked at."""

    accounts: int = 0
    steps: int = 0
    promises: int = 0
    entries: int = 0
    assertions: int = 0


def check(counted: Checked | None = None) -> Iterator[Problem]:
    """Every fault of the ledgers, in words.  Reads all of it once, piece by piece; writes nothing.

    Every transfer balances; no bounded account was below zero after any step; sums and lines are those of the steps;
    promises stand as their last step says; the record tells the same steps; what papers said holds.  On PostgreSQL all of
    it is seen at one moment, so that others may go on writing.
    """
    with _one_moment():
        yield from _checked(counted if counted is not None else Checked())


@contextmanager
def _one_moment() -> Iterator[None]:
    """One snapshot for all that is read; SQLite, where that would stop every writer, is checked as it goes."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _checked(counted: Checked) -> Iterator[Problem]:
    rows = {row.pk: row for row in Account.objects.order_by("pk")}
    replay = Replay(
        {
            number: Stand(str(row), f"{row.quota}/{row.period}", row.bounded, sums_of(row), row.count)
            for number, row in rows.items()
        }
    )
    acts: dict[str, list[dict[str, object]]] = {}
    for step, lines in _steps():
        counted.steps += 1
        replay.take(step, lines)
        acts.setdefault(step.act, []).append(_told(step, rows))
    counted.accounts = len(rows)
    yield from replay.settle()
    yield from _promises(replay, counted)
    yield from _record(acts, counted)
    yield from _assertions(rows, counted)


def _steps() -> Iterator[tuple[Step, list[Line]]]:
    """All steps in the order in which they were written, each with its lines.  Two queries, read side by side."""
    lines = groupby(LineModel.objects.order_by("transfer_id", "account_id").iterator(CHUNK), attrgetter("transfer_id"))
    waiting = next(lines, None)
    for row in Transfer.objects.order_by("pk").iterator(CHUNK):
        step = Step(
            row.pk, row.entry, Phase(row.phase), row.source_id, row.target_id, row.amount, row.at, row.promise_id,
            row.place, row.reverses_id, row.expires,
        )  # fmt: skip
        found: list[Line] = []
        if waiting is not None and waiting[0] == row.pk:
            found = [Line(one.account_id, one.seq, one.at, sums_of(one)) for one in waiting[1]]
            waiting = next(lines, None)
        yield step, found


def _told(step: Step, rows: dict[int, Account]) -> dict[str, object]:
    said: dict[str, object] = {
        "phase": step.phase.value, "from": str(rows[step.source]), "to": str(rows[step.target]), "amount": step.amount,
    }  # fmt: skip
    if step.promise is not None:
        said["promise"] = step.promise
    if step.reverses is not None:
        said["reverses"] = step.reverses
    return said


def _promises(replay: Replay, counted: Checked) -> Iterator[Problem]:
    """Promises against the last of their steps."""
    last = dict(replay.promises)
    for row in Promise.objects.select_related("source").order_by("pk").iterator(CHUNK):
        counted.promises += 1
        step = last.pop(row.pk, None)
        stands = (row.state, row.place, row.amount, row.source_id, row.target_id)
        if step is None or stands != (step.phase.value, step.place, step.amount, step.source, step.target):
            yield Problem(Place(str(row.source)), "ledger_promise_differs", {"promise": row.pk})
    for number in last:
        yield Problem(Place(f"#{number}"), "ledger_promise_differs", {"promise": number})


def _record(acts: dict[str, list[dict[str, object]]], counted: Checked) -> Iterator[Problem]:
    """The steps of every act against its journal entry, and every entry against its steps."""
    waiting = dict(acts)
    more: Cursor | None = None
    while True:
        page = journal.entries(kinds=[f"ledger.{one}" for one in STEPPING], before=more, limit=CHUNK)
        for entry in page.records:
            counted.entries += 1
            steps = waiting.pop(entry.hash, None)
            told = json.loads(entry.payload)["steps"]
            if steps is None:
                yield Problem(Place(f"{entry.chain}#{entry.seq}"), "ledger_entry_without_steps", {})
            elif canonical(told) != canonical(steps):  # type: ignore[arg-type]
                yield Problem(Place(f"{entry.chain}#{entry.seq}"), "ledger_entry_differs", {})
        if page.more is None:
            break
        more = page.more
    for hash_, steps in waiting.items():
        yield Problem(
            Place(str(steps[0]["from"])), "ledger_steps_without_entry", {"entry": hash_[:12], "count": len(steps)}
        )


def _assertions(rows: dict[int, Account], counted: Checked) -> Iterator[Problem]:
    for one in assertions():
        counted.assertions += 1
        if not one.holds:
            row = rows[one.account]
            kind = kinds()[row.quota]
            facts = {
                "account": account_name(row), "on": one.on, "figure": FIGURES[one.figure], "document": one.document,
                "said": said(one.said, kind), "found": said(one.found, kind),
            }  # fmt: skip
            yield Problem(Place(str(row)), "ledger_assertion_fails", facts)
