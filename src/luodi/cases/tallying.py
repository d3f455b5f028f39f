"""Sums kept while things happen, so that no dashboard ever counts cases.

measures   opened accepted decided refused corrected  how many that day
           used                                        days used up by the cases granted that day
           due promise_due                             how many open cases fall due on that day; moves with their deadlines
           lost won                                    calendar days by which the ends of projects moved that day
           open                                        (day 2000-01-01) how many cases are open
           number                                      zone and year (unit "", 1 January): the last number given
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import connection

from luodi.cases.models import Case
from luodi.cases.standing import Stands
from luodi.domain.handling.states import State

ALWAYS = date(2000, 1, 1)
"""The day of sums that belong to no day."""

Place = tuple[str, str, date, str]
"""Zone, unit, day, measure: the key of a sum."""

OF_STATE: Mapping[State, str] = {
    State.RECEIVED: "opened",
    State.ACCEPTED: "accepted",
    State.CORRECTING: "corrected",
    State.NOT_NEEDED: "refused",
    State.REFUSED: "refused",
    State.GRANTED: "decided",
    State.GRANTED_DEFERRED: "decided",
    State.DENIED: "decided",
}

_TABLE = "cases_tally"
_UPSERT = (
    f"INSERT INTO {_TABLE} (zone, unit, day, measure, count) VALUES {{rows}} ON CONFLICT (zone, unit, day, measure) "  # noqa: S608
    f"DO UPDATE SET count = {_TABLE}.count + excluded.count"
)


def add(counts: Counter[Place]) -> None:
    """Add to the sums, in one statement and always in the same order, so that two acts never wait for each other.

    The last thing an act writes: its rows are shared by the whole zone.  One query.
    """
    rows = [(*place, count) for place, count in sorted(counts.items()) if count]
    if not rows:
        return
    with connection.cursor() as cursor:
        statement = _UPSERT.format(rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(rows)))
        cursor.execute(statement, [value for row in rows for value in row])


def numbers(zone: str, year: int, count: int) -> range:
    """The next `count` numbers of a zone's series of a year, unbroken: what rolls back is given again.  One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT.format(rows="(%s, %s, %s, %s, %s)") + f" RETURNING {_TABLE}.count",
            [zone, "", date(year, 1, 1), "number", count],
        )
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)


def still_open(zone: str, unit: str, sign: int) -> Counter[Place]:
    """What the opening (+1) or closing (-1) of a case does to the sum of open cases."""
    return Counter({(zone, unit, ALWAYS, "open"): sign})


def deadlines(row: Case, unit: str, sign: int) -> Counter[Place]:
    """What an open case adds to (or takes from) the sums of the days it falls due."""
    found: Counter[Place] = Counter()
    for measure, due in (("due", row.due), ("promise_due", row.promise_due)):
        if row.open and due:
            found[row.zone, unit, due, measure] += sign
    return found


def of_event(zone: str, unit: str, day: date, state: State, after: Stands) -> Counter[Place]:
    """What the writing of a state adds to the sums of its day."""
    found: Counter[Place] = Counter()
    if measure := OF_STATE.get(state):
        found[zone, unit, day, measure] += 1
    if state in (State.GRANTED, State.GRANTED_DEFERRED):
        found[zone, unit, day, "used"] += after.used
    return found
