"""The room of plans."""

from django.apps import AppConfig


class Plans(AppConfig):
    """Plans."""

    name = "luodi.plans"
    label = "plans"
