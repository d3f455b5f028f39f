"""The room of indicators."""

from django.apps import AppConfig


class Indicators(AppConfig):
    """Indicators."""

    name = "luodi.indicators"
    label = "indicators"
