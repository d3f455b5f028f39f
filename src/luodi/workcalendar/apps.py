"""The room of the working days in force."""

from django.apps import AppConfig


class WorkCalendar(AppConfig):
    """Working days in force."""

    name = "luodi.workcalendar"
    label = "workcalendar"
