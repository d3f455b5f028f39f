"""The room of papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers."""

    name = "luodi.papers"
    label = "papers"
