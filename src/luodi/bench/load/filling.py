# ruff: noqa: S608 - statements over constants of this file
"""A province of one's own for the dashboard row: 5,000,000 invented events, and exactly the roll-ups the pages read.

The events stand in a table of their own, which only the peer asks; the roll-ups are summed from it once, so that both
must give the same figures.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from luodi.cases.tallying import ALWAYS

DAYS, OPEN_SHARE = 730, 50
"""Days over which the events lie; one event in so many is an open case with a day on which it falls due."""
TABLE = "bench_event"
CREATE = f"""
CREATE TABLE {TABLE} (id INTEGER PRIMARY KEY, project INTEGER, zone VARCHAR(64), unit VARCHAR(64), day DATE, at TIMESTAMP,
                      kind VARCHAR(24), cause VARCHAR(24), days INTEGER)
"""
KINDS = ("opened", "accepted", "decided", "decided", "refused", "corrected", "lost", "seen", "seen", "seen")
CAUSES = ("late_decision", "correction", "silence", "halt")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is invented."""

    events: int = 5_000_000
    projects: int = 100_000
    zones: int = 93
    units: int = 20


def mixed(factor: int, most: int) -> str:
    """A number below `most` for each n: the same on every database."""
    return f"(((n * {factor}) % 2147483647) / 7 % {most})"


def fill(size: Size, today: date) -> None:
    """Make and fill the table of events and the roll-ups.  Some minutes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CREATE)
        cursor.execute(events(size, today))
        cursor.execute(
            f"INSERT INTO cases_tally (zone, unit, day, measure, count) SELECT zone, unit, day, kind, SUM(days) FROM {TABLE} "
            "WHERE kind <> 'seen' GROUP BY zone, unit, day, kind"
        )
        cursor.execute(
            "INSERT INTO cases_tally (zone, unit, day, measure, count) "
            f"SELECT zone, unit, '{ALWAYS}', 'open', COUNT(*) FROM {TABLE} WHERE kind = 'due' GROUP BY zone, unit"
        )
        cursor.execute(
            "INSERT INTO plans_delay (project_id, zone, at, matter, unit, organisation, cause, days, was, now, entry) "
            f"SELECT project, zone, at, '', unit, '', cause, days, day, day, '' FROM {TABLE} WHERE kind = 'lost'"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX bench_event_day ON {TABLE} (kind, day)")
        cursor.execute("ANALYZE")


def events(size: Size, today: date) -> str:
    """The statement that invents the events: most in the last two years, open ones with their day before or after today."""
    first = today - timedelta(days=DAYS - 1)
    due = f"n % {OPEN_SHARE} = 0"
    ahead = f"CASE WHEN {mixed(7919, 33)} = 0 THEN -1 - {mixed(104729, 20)} ELSE {mixed(15485863, 60)} END"
    day = f"CASE WHEN {due} THEN {DAYS - 1} + {ahead} ELSE {mixed(6700417, DAYS)} END"
    kind = f"CASE WHEN {due} THEN 'due' ELSE {chosen(KINDS, 2750159)} END"
    numbers, plus = series(size.events), dated(first)
    return f"""
    INSERT INTO {TABLE} (id, project, zone, unit, day, at, kind, cause, days)
    SELECT n, 1 + {mixed(32452843, size.projects)}, 'z' || {mixed(49979687, size.zones)}, 'u' || {mixed(67867967, size.units)},
           {plus.format(day="shift")}, {moment(plus.format(day="shift"))}, kind, {chosen(CAUSES, 86028121)},
           CASE WHEN kind = 'lost' THEN 1 + {mixed(982451, 9)} ELSE 1 END
      FROM (SELECT n, {day} AS shift, {kind} AS kind FROM ({numbers}) AS numbered) AS chosen
    """


def chosen(words: tuple[str, ...], factor: int) -> str:
    """One of the words for each n."""
    which = mixed(factor, len(words))
    return f"CASE {which} " + " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words)) + " END"


def series(count: int) -> str:
    """The numbers from 1 on."""
    if connection.vendor == "sqlite":
        return f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) SELECT n FROM s"
    return f"SELECT n FROM generate_series(1, CAST({count} AS BIGINT)) AS n"


def dated(first: date) -> str:
    """The day so many days after the first."""
    if connection.vendor == "sqlite":
        return f"date('{first}', ({{day}}) || ' days')"
    return f"(DATE '{first}' + CAST({{day}} AS INTEGER))"


def moment(day: str) -> str:
    """Noon of a day, as each database keeps moments."""
    return f"({day} || ' 12:00:00')" if connection.vendor == "sqlite" else f"({day} + TIME '12:00')"
