"""The room of notices."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Notices."""

    name = "luodi.notices"
    label = "notices"
