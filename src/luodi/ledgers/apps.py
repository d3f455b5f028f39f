"""The room of ledgers."""

from django.apps import AppConfig


class Ledgers(AppConfig):
    """Ledgers."""

    name = "luodi.ledgers"
    label = "ledgers"
