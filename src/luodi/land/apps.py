"""The room of land."""

from django.apps import AppConfig


class Land(AppConfig):
    """Land."""

    name = "luodi.land"
    label = "land"
