"""The room of accounts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Accounts."""

    name = "luodi.accounts"
    label = "accounts"
