"""The room of finding."""

from django.apps import AppConfig


class Finding(AppConfig):
    """Finding."""

    name = "luodi.finding"
    label = "finding"
