"""Addresses of the pages about the JSON interface; the interface itself is mounted by `interface.mounted`."""

from django.urls import URLPattern, path

from luodi.api import token_views

urlpatterns: list[URLPattern] = [
    path("account/tokens/", token_views.listed, name="api_tokens"),
    path("account/tokens/make/", token_views.make, name="make_api_token"),
    path("account/tokens/<int:token>/revoke/", token_views.revoke, name="revoke_api_token"),
]
