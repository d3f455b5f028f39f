"""The room of the JSON interface."""

from django.apps import AppConfig


class Api(AppConfig):
    """The JSON interface."""

    name = "luodi.api"
    label = "api"
