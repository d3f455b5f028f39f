"""The room of journal."""

from django.apps import AppConfig


class Journal(AppConfig):
    """Journal."""

    name = "luodi.journal"
    label = "journal"
