"""The room of factors."""

from django.apps import AppConfig


class Factors(AppConfig):
    """Factors."""

    name = "luodi.factors"
    label = "factors"
