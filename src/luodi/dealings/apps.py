"""The room of dealings."""

from django.apps import AppConfig


class Dealings(AppConfig):
    """Dealings."""

    name = "luodi.dealings"
    label = "dealings"
