"""Rows of cases for lists, straight from SQL into values: as they stand now, or as they stood at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from time import monotonic
from typing import Any

from django.db import connection

from luodi.cases.kinds import WRITES
from luodi.cases.readers.lights import Lights
from luodi.domain.clock.office import day_of
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import DayUnit, Text


@dataclass(frozen=True, slots=True)
class Row:
    """A case as lists show it.

    Lights: none | green | amber | red; of a closed case the light says whether it was in time.  `hours_left`: office
    hours, negative when overdue, None while no clock runs.  `used` and `budget` in `unit`, `promise` in `promise_unit`.
    """

    id: int
    seq: int
    number: str
    project: str
    project_name: Text
    matter: str
    organisation: int
    organisation_code: str
    organisation_name: Text
    zone: str
    state: int
    turn: str
    open: bool
    opened_at: datetime
    accepted_at: datetime | None
    closed_at: datetime | None
    paused_since: datetime | None
    pause: str
    due: date | None
    promise_due: date | None
    runs_out: date
    expected: date | None
    used: int
    budget: int | None
    unit: str
    promise: int | None
    promise_unit: str
    corrections: int
    handler: str
    handler_post: int | None
    mode: str
    round: int
    changed_at: datetime
    light: str
    promise_light: str
    hours_left: int | None
    promise_hours_left: int | None


PAGE, MOST, KEPT_SECONDS = 100, 20_000, 10.0
_NEVER: "tuple[float, Row | None]" = (float("-inf"), None)
_known: "dict[tuple[int, int, Lights], tuple[float, Row | None]]" = {}

_COLUMNS = """
c.id, {s}.seq, c.number, p.slug, p.zh, p.en, c.matter, c.organisation_id, o.code, o.zh, o.en, c.zone, {s}.state, {s}.turn,
{_}{s}.open, {_}c.opened_at, {_}{s}.accepted_at, {_}{s}.closed_at, {_}{s}.paused_since, {s}.pause, {_}{s}.due,
{_}{s}.promise_due, {_}{s}.runs_out, {_}{s}.expected, {s}.used, {s}.budget, c.unit, {s}.promise, c.promise_unit,
{corrections}, h.name, {s}.handler_id, c.mode, c.round, {_}{changed}
"""
_JOINS = """
JOIN projects_project p ON p.id = c.project_id JOIN accounts_organisation o ON o.id = c.organisation_id
LEFT JOIN accounts_post t ON t.id = {s}.handler_id LEFT JOIN accounts_person h ON h.id = t.person_id
"""
_COUNTED = f"""
(SELECT COUNT(*) FROM cases_caseevent k WHERE k.case_id = c.id AND k.seq <= s.seq AND k.kind = '{WRITES[State.CORRECTING]}')
"""  # noqa: S608 - a constant of ours
_LAST = """
FROM cases_case c JOIN cases_caseevent s ON s.case_id = c.id
AND s.seq = (SELECT MAX(e.seq) FROM cases_caseevent e WHERE e.case_id = c.id AND e.at <= %s)
"""


@cache
def _select(vendor: str, then: bool) -> str:
    """The statement up to its conditions, for cases as they stand or as they stood `then`.

    On SQLite a plus before a column keeps the driver from making dates of texts one by one, in Python: `_kept` makes
    them once a row.
    """
    plain = "+" if vendor == "sqlite" else ""
    if then:
        columns = _COLUMNS.format(s="s", corrections=_COUNTED, changed="s.at", _=plain)
        return "SELECT" + columns + _LAST + _JOINS.format(s="s")
    columns = _COLUMNS.format(s="c", corrections="c.corrections", changed="c.changed_at", _=plain)
    return "SELECT" + columns + "FROM cases_case c" + _JOINS.format(s="c")


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions of a list: SQL with its values.  `{s}` stands for whatever holds the standing: the case, or an event."""

    terms: tuple[str, ...] = ()
    values: tuple[object, ...] = ()

    def plus(self, term: str, *values: object) -> "Where":
        """One more condition."""
        return Where((*self.terms, term), (*self.values, *values))

    def sql(self) -> str:
        """All conditions, from WHERE on."""
        return " WHERE " + " AND ".join(self.terms) if self.terms else ""

    def among(self, column: str, values: Sequence[object]) -> "Where":
        """One more condition: a column among values; no values, no rows."""
        if not values:
            return self.plus("1 = 0")
        return self.plus(f"{column} IN ({', '.join(['%s'] * len(values))})", *values)


def read(
    where: Where, lights: Lights, *, order: str, limit: int | None = None, as_of: datetime | None = None
) -> tuple[Row, ...]:
    """The rows of a condition.  One query; of a page as things stand two, the second for cases that moved since."""
    if as_of is None and limit is not None and limit <= PAGE:
        return _page(where, lights.alike(), f" ORDER BY {order} LIMIT {int(limit)}")
    alias = "c" if as_of is None else "s"
    sql = _select(connection.vendor, as_of is not None) + where.sql()
    sql = (sql + f" ORDER BY {order}" + (f" LIMIT {int(limit)}" if limit is not None else "")).replace("{s}", alias)
    alike = lights.alike()
    return tuple([_kept(one, alike) for one in _asked(sql, where.values if as_of is None else (as_of, *where.values))])


def _page(where: Where, lights: Lights, end: str) -> tuple[Row, ...]:
    """A page of cases as they stand: which they are is always asked, what each shows only where it is not known.

    A case shows the same until its next event; names of projects and people may be `KEPT_SECONDS` old.
    """
    now, said = monotonic(), where.sql()
    project = " JOIN projects_project p ON p.id = c.project_id" if "p." in said else ""
    found = _asked(f"SELECT c.id, c.seq FROM cases_case c{project}{said}{end}".replace("{s}", "c"), where.values)  # noqa: S608
    known = [_known.get((*one, lights), _NEVER) for one in found]
    missing = [one[0] for one, (since, _row) in zip(found, known, strict=True) if since <= now - KEPT_SECONDS]
    rows = {}
    if missing:
        asked = Where().among("c.id", missing)
        sql = (_select(connection.vendor, False) + asked.sql()).replace("{s}", "c")
        rows = {one[0]: _kept(one, lights) for one in _asked(sql, asked.values)}
        if len(_known) > MOST:
            _known.clear()
        _known.update({(row.id, row.seq, lights): (now, row) for row in rows.values()})
    return tuple([rows.get(pk, row) for (pk, _), (_, row) in zip(found, known, strict=True)])  # type: ignore[misc]


def forget() -> None:
    """Know no row: for tests, whose cases come and go under the same numbers."""
    _known.clear()


def _asked(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_bound(one) for one in values])
        return cursor.fetchall()  # type: ignore[no-any-return]


@lru_cache(maxsize=8192)
def _kept(one: tuple[object, ...], lights: Lights) -> Row:
    """A row of `_COLUMNS` as a value; the same columns under the same lights are the same row."""
    (pk, seq, number, slug, zh, en, matter, unit_id, code, unit_zh, unit_en, zone, state, turn, is_open, opened, accepted,
     closed, paused, pause, *days, used, budget, unit, promise, promise_unit, corrections,
     handler, post, mode, round_, changed) = one  # fmt: skip
    due, promise_due, runs_out, expected = (date.fromisoformat(on) if isinstance(on, str) else on for on in days)
    light, hours = _light(due, bool(is_open), closed, budget, used, unit, lights)
    other, other_hours = _light(promise_due, bool(is_open), closed, promise, None, promise_unit, lights)
    return Row(
        pk, seq, number, slug, Text(zh, en), matter, unit_id, code, Text(unit_zh, unit_en), zone, state, turn,  # type: ignore[arg-type]
        bool(is_open), _at(opened), _at(accepted), _at(closed), _at(paused), pause, due, promise_due, runs_out, expected,  # type: ignore[arg-type]
        used, budget, unit, promise, promise_unit, corrections, handler or "", post, mode, round_, _at(changed),  # type: ignore[arg-type]
        light, other, hours, other_hours,
    )  # fmt: skip


def _light(
    due: object, is_open: bool, closed: object, budget: object, used: object, unit: object, lights: Lights
) -> tuple[str, int | None]:
    if not isinstance(due, date):
        stopped = is_open and isinstance(budget, int) and isinstance(used, int) and used > budget
        return ("red" if stopped else "none"), None
    if not is_open:
        ended = _at(closed)
        return ("red" if ended is not None and day_of(ended) > due else "green"), None
    if budget == 0 and due >= lights.today:
        return "none", None
    light, hours = lights.of(due)
    late = unit != DayUnit.WORKING and due < lights.today  # a day off is late for what calendar days count
    return ("red" if late else light), hours


def _at(value: object) -> datetime | None:
    """SQLite gives moments as texts without their zone, which is UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _bound(value: object) -> str | int | date | None:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime) and connection.vendor == "sqlite":
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    if isinstance(value, str | int | date) or value is None:
        return value
    raise TypeError(value)
