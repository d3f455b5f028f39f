"""The room of debts."""

from django.apps import AppConfig


class Debts(AppConfig):
    """Debts."""

    name = "luodi.debts"
    label = "debts"
