"""The room of leads."""

from django.apps import AppConfig


class Leads(AppConfig):
    """Leads."""

    name = "luodi.leads"
    label = "leads"
