"""The room of supervision."""

from django.apps import AppConfig


class Supervision(AppConfig):
    """Supervision."""

    name = "luodi.supervision"
    label = "supervision"
