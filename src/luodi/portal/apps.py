"""The room of portal."""

from django.apps import AppConfig


class Portal(AppConfig):
    """Portal."""

    name = "luodi.portal"
    label = "portal"
