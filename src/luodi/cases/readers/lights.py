"""Lights and hours of a list: the ledger's rules applied to the days a row keeps, each day worked out once."""

from dataclasses import dataclass, field
from datetime import date, datetime

from luodi.cases.models import FAR
from luodi.domain.clock.office import day_of, minutes_left_today
from luodi.domain.clock.rules import clock_rules
from luodi.domain.workdays import WorkCalendar
from luodi.workcalendar.readers import in_force


@dataclass(slots=True, eq=False)
class Lights:
    """Lights at a moment.  `amber_until`: the last due day that is amber; what is due before `late_before` is red.

    On a day off nothing counted in working days falls late: `late_before` is then the last working day.
    """

    now: datetime
    calendar: WorkCalendar = field(default_factory=in_force)
    today: date = field(init=False)
    late_before: date = field(init=False)
    amber_until: date = field(init=False)
    minutes: int = field(init=False)
    seen: dict[date, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = clock_rules()
        self.today = day_of(self.now)
        self.late_before = self.calendar.last_workday(self.today)
        ahead = self.calendar.add(self.today, rules.lights.amber) if rules.lights.amber else self.today
        self.amber_until = max(self.today, ahead)
        self.minutes = minutes_left_today(rules.hours, self.now, self.calendar)

    def alike(self) -> "Lights":
        """The first lights made that say the same as these: rows are kept under the object."""
        key = self.today, self.minutes, self.late_before, self.amber_until, id(self.calendar)
        if len(_ALIKE) > MOST:
            _ALIKE.clear()
        return _ALIKE.setdefault(key, self)

    def of(self, due: date) -> tuple[str, int]:
        """Light and office hours left of what is due on a day; hours are negative when overdue."""
        found = self.seen.get(due)
        if found is None:
            days = self.calendar.count(self.today, due)
            minutes = clock_rules().hours.per_day * days + self.minutes
            light = "red" if due < self.late_before else "amber" if due <= self.amber_until else "green"
            found = self.seen[due] = light, minutes // 60
        return found

    def span(self, light: str) -> tuple[date, date]:
        """First and last day due (`runs_out`) of a light; `none`: no clock runs."""
        early, day = date.min, date.resolution
        return {
            "red": (early, self.late_before - day),
            "amber": (self.late_before, self.amber_until),
            "green": (self.amber_until + day, FAR - day),
            "none": (FAR, FAR),
        }[light]


MOST = 256
_ALIKE: dict[tuple[object, ...], Lights] = {}
