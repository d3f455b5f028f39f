"""The room of taskforces."""

from django.apps import AppConfig


class Taskforces(AppConfig):
    """Taskforces."""

    name = "luodi.taskforces"
    label = "taskforces"
