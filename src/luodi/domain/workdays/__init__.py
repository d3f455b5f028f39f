"""Official working days: the State Council's holiday notices as a calendar that refuses to guess."""

from luodi.domain.workdays.calendar import WorkCalendar
from luodi.domain.workdays.reading import official

__all__ = ["WorkCalendar", "official"]
