"""The room of cases."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Cases."""

    name = "luodi.cases"
    label = "cases"
