"""Where projects stop on their way: the last event reached, the next one due, the days between, and days nobody owned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "indicators/lags.yaml"


@dataclass(frozen=True, slots=True)
class Wait:
    """One way of lagging: `after` has happened, `until` has not.

    `usual`: so many calendar days are no lag yet.  `act`: what helps.
    """

    id: str
    name: Text
    after: str
    until: str
    usual: int
    act: Text


@dataclass(frozen=True, slots=True)
class Waits:
    """All of them, in the order of the way, and what the usual lengths rest on."""

    rows: tuple[Wait, ...]
    confidence: Confidence
    source: Source


@dataclass(frozen=True, slots=True)
class Lag:
    """A project that waits: since when, so many calendar days until today, so many past the usual (0: none)."""

    wait: Wait
    since: date
    days: int
    over: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody was on the project: both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days + 1


@cache
def waits() -> Waits:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    rows = []
    for id_, row in ask.rows(ask.child(root, "waits")):
        rows.append(
            Wait(id_, ask.pair(row), ask.text(row, "after"), ask.text(row, "until"), ask.whole(row, "usual", low=0),
                 text_of(row, "act"))
        )  # fmt: skip
        ask.close(row)
    found = Waits(tuple(rows), confidence_of(root), source_of(root))
    ask.close(root)
    faults.settle()
    return found


def lag(events: Mapping[str, date], today: date, rules: Sequence[Wait]) -> Lag | None:
    """What a project waits for on a day; None where it is not on the way, or at its end.

    The furthest event counts: who has started has landed, whether or not that day was written down.
    """
    reached = {event: day for event, day in events.items() if day <= today}
    for wait in reversed(rules):
        if wait.after in reached:
            if wait.until in reached:
                return None
            since = reached[wait.after]
            days = (today - since).days
            return Lag(wait, since, days, max(0, days - wait.usual))
    return None


def gaps(start: date, end: date, held: Iterable[tuple[date, date | None]]) -> tuple[Gap, ...]:
    """The days from `start` to `end` on which none of the tenures (first and last day; None: still) held."""
    found, free = [], start
    for first, last in sorted(held, key=lambda one: one[0]):
        if first > free:
            found.append(Gap(free, min(first - timedelta(days=1), end)))
        if last is None:
            free = end + timedelta(days=1)
            break
        free = max(free, last + timedelta(days=1))
        if free > end:
            break
    if free <= end:
        found.append(Gap(free, end))
    return tuple(one for one in found if one.start <= one.end)
