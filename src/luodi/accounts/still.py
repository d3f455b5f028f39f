"""What every page asks first (session, person, notices waiting, what was recorded) is not asked again while nothing is written.

Not by time: the database itself says whether anything was committed since, by whom ever.  PostgreSQL tells its snapshot, in
which every transaction has its number; SQLite tells when another connection changed the file, and its driver what this one
did.  Neither ever says the same again after a change.  Inside a transaction nothing is kept, for it sees its own changes.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TypeVar, cast

from django.db import connection

Value = TypeVar("Value")
Mark = tuple[object, ...]
MOST = 5_000
"""Answers kept in a process."""

_reading: ContextVar[list[Mark] | None] = ContextVar("reading", default=None)
_kept: dict[Mark, dict[Hashable, object]] = {}
_lock = Lock()


@contextmanager
def reading(method: str | None) -> Iterator[None]:
    """While a page is asked for by this HTTP method: only where it reads, and does not act, is anything kept."""
    before = _reading.set([] if method in ("GET", "HEAD") else None)
    try:
        yield
    finally:
        _reading.reset(before)


def kept(key: Hashable, ask: Callable[[], Value]) -> Value:
    """The answer to a question about the database, asked anew unless nothing was committed since.  `key` holds all it depends on.

    One query for the mark, once in a page; none outside of `reading`, where every question is asked.
    """
    marks = _reading.get()
    if marks is None or connection.in_atomic_block:
        return ask()
    if not marks:
        marks.append(mark())  # before the question: what is committed in between makes the next mark another one
    answers = _of(marks[0])
    if key in answers:
        return cast(Value, answers[key])
    answer = answers[key] = ask()
    return answer


def mark() -> Mark:
    """Never the same again once something was committed.  One query; on SQLite it reads no table."""
    connection.ensure_connection()
    own = connection.connection
    if connection.vendor == "sqlite":
        return own, own.total_changes, *own.execute("PRAGMA data_version").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return own, *cursor.fetchone()


def forget() -> None:
    """Keep nothing: for tests."""
    _kept.clear()


def _of(mark: Mark) -> dict[Hashable, object]:
    """The answers under a mark; those of another are thrown away."""
    answers = _kept.get(mark)
    if answers is None or len(answers) >= MOST:
        with _lock:
            _kept.clear()
            answers = _kept[mark] = {}
    return answers
