"""Chance that is the same for the same seed: every thing has a stream of its own, named by what it decides."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from luodi.domain.clock.office import SHANGHAI
from luodi.domain.clock.rules import office_hours
from luodi.domain.workdays import WorkCalendar
from luodi.rehearsal.habits import Habits, habits

T = TypeVar("T")


class Chance:
    """One stream of chance.  What it decides depends on its names alone, never on what was decided elsewhere.

    `own`: other habits than the usual ones of `rehearsal.yaml`.
    """

    def __init__(self, *names: str | int, own: Habits | None = None) -> None:
        self.names, self.habits = names, own or habits()
        self._random = Random("/".join(str(one) for one in names))  # noqa: S311 - invented data, no secret

    def of(self, *names: str | int) -> "Chance":
        """The stream of a part."""
        return Chance(*self.names, *names, own=self.habits)

    def happens(self, name: str) -> bool:
        """Whether something of a share of `rehearsal.yaml` happens this time."""
        return self._random.random() < self.habits.shares[name]

    def days(self, name: str) -> int:
        """A number of days out of a span of `rehearsal.yaml`."""
        return self._random.randint(*self.habits.days[name])

    def later(self, name: str) -> int:
        """0, 1, 2 … by the weights of `rehearsal.yaml`."""
        weights = self.habits.weights[name]
        return self._random.choices(range(len(weights)), weights)[0]

    def used(self) -> float:
        """Which part of a limit is used up where it is kept."""
        low, mode, high = self.habits.used
        return self._random.triangular(low, high, mode)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends possible."""
        return self._random.randint(low, high)

    def pick(self, among: Sequence[T]) -> T:
        """One of several."""
        return self._random.choice(among)

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """Several different ones."""
        return self._random.sample(list(among), count)

    def moment(self, day: date) -> datetime:
        """A second of the office hours of a day."""
        spans = office_hours().spans
        first, last = self._random.choice(spans)
        return midnight(day) + timedelta(
            minutes=self._random.randint(first, last - 2), seconds=self._random.randint(0, 59)
        )

    def after(self, at: datetime, days: int, calendar: WorkCalendar) -> datetime:
        """A moment of the office hours so many working days after another; 0: later on the same day, if any is left."""
        day = at.astimezone(SHANGHAI).date()
        if days == 0 and calendar.is_workday(day):
            end = midnight(day) + timedelta(minutes=office_hours().spans[-1][1])
            left = int((end - at).total_seconds()) - 300
            if left > 0:
                return _within(at + timedelta(seconds=240 + self._random.randint(0, min(left, 9000))), day)
        return self.moment(calendar.add(day, max(1, days)))


def midnight(day: date) -> datetime:
    """The first moment of a Shanghai day."""
    return datetime.combine(day, time(), SHANGHAI)


def _within(at: datetime, day: date) -> datetime:
    """A moment of the lunch break is moved behind it."""
    begin = midnight(day)
    minute = int((at - begin).total_seconds()) // 60
    for first, last in office_hours().spans:
        if minute < first:
            return begin + timedelta(minutes=first, seconds=at.second)
        if minute < last:
            return at
    return begin + timedelta(minutes=office_hours().spans[-1][1] - 1)
