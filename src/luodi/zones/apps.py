"""The room of zones."""

from django.apps import AppConfig


class Zones(AppConfig):
    """Zones."""

    name = "luodi.zones"
    label = "zones"
