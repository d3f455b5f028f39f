"""The room of pages."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Pages."""

    name = "luodi.desk"
    label = "desk"
