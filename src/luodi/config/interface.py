"""Addresses of the JSON interface: a file of their own, because describing its operations takes a third of a start."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern

NAME = "luodi.config.interface_urls"


class Later(URLResolver):
    """Addresses under a namespace that are read when one of them is asked for, not with the first link of any page."""

    def __init__(self, route: str, *, app_name: str, namespace: str) -> None:
        super().__init__(RoutePattern(route), NAME, app_name=app_name, namespace=namespace)

    def _populate(self) -> None:
        """Nothing: whoever reverses a name of this namespace is given the addresses themselves."""
