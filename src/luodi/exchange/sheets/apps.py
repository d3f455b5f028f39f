"""The ledgers that were handed in, as an app: its tables."""

from django.apps import AppConfig


class Sheets(AppConfig):
    """Ledgers handed in."""

    name = "luodi.exchange.sheets"
    label = "sheets"
