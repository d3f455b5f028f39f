"""The room of projects."""

from django.apps import AppConfig


class Projects(AppConfig):
    """Projects."""

    name = "luodi.projects"
    label = "projects"
