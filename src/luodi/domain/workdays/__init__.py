"""Official working days: the State Council's holiday notices as a calendar that refuses to guess."""

from luodi.domain.workdays.calendar import WorkCalendar
from luodi.domain.workdays.notices import Added
from luodi.domain.workdays.reading import in_force, official

__all__ = ["Added", "WorkCalendar", "in_force", "official"]
