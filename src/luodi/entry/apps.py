"""The room of entry."""

from django.apps import AppConfig


class Entry(AppConfig):
    """Entry."""

    name = "luodi.entry"
    label = "entry"
